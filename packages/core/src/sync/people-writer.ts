/** What an order about people and devices writes: rows, the entries that prove them, and the document that everybody reads. Holds AUD-5. */
import { must } from '../base/assert.ts';
import type { Compartment } from '../model/compartment.ts';
import type { DeviceId, DocumentId, MemberNumber } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import { agencyOf } from '../model/role.ts';
import type { Role } from '../model/role.ts';
import { hasEnded } from '../policy/access.ts';
import { dayOf } from '../policy/calendar.ts';
import { codeHashOf, makeInvitationCode, memberDocumentOf } from './crockford.ts';
import { NO_PREVIOUS } from './envelope.ts';
import type { HubCore } from './hub-core.ts';
import { principalOf } from './hub-index.ts';
import type { Overlay } from './hub-overlay.ts';
import { appointmentBody, enrolmentBody, recoveryBody, revocationBody } from './people-entries.ts';
import type { RecoveryDeed } from './people-entries.ts';
import type { DeviceRow, FeedEntry, MemberRow, Naming, Orderer } from './ports.ts';

/** An appointment, as the office decides it. */
export interface Appointment {
  readonly name: string;
  readonly role: Role;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly namedFor: readonly Compartment[];
  /** When it ends, in ms; null while open. */
  readonly untilMs: number | null;
  readonly title?: string;
  /** See MemberRow. */
  readonly proposed?: readonly Naming[];
}

/** How an order is given. */
export interface Order {
  /** Who gives it, for the log. */
  readonly by?: Orderer;
}

/** What may be said to an order about somebody. */
export type OrderRefusal = 'not-enrolled' | 'last-lead';

/** An invitation: 16 Crockford characters, shown once and kept nowhere. */
export interface Invited {
  readonly member: MemberNumber;
  readonly code: string;
  readonly expiresAtMs: number;
}

/** How long an invitation holds. */
export const INVITATION_MS = 72 * 3_600_000;

/** See the file's head. Everything is written into the overlay of an order. */
export class PeopleWriter {
  readonly #core: HubCore;

  constructor(core: HubCore) {
    this.#core = core;
  }

  /** Makes a device of somebody, invited by whom the entry says. */
  enter(
    overlay: Overlay,
    device: Pick<DeviceRow, 'device' | 'member' | 'signKey' | 'sealKey' | 'leases'>,
    by?: Orderer,
  ): DeviceRow {
    const row: DeviceRow = { ...device, lastN: 0, lastHash: NO_PREVIOUS, revoked: false, lastContactMs: this.#nowMs() };
    overlay.setDevice(row);
    this.#note(overlay, 'device', row.member, enrolmentBody(row, by), row.device);
    return row;
  }

  /** Ends a device. */
  revoke(overlay: Overlay, row: DeviceRow, by?: Orderer): void {
    overlay.setDevice({ ...row, revoked: true });
    this.#note(overlay, 'device', row.member, revocationBody(row, by), row.device);
  }

  /** Writes the row that rights are judged by, the entry that proves it, and the document that everybody reads. */
  async appoint(
    overlay: Overlay,
    member: MemberNumber,
    appointment: Appointment,
    { suspended, by }: Order & { readonly suspended: boolean },
  ): Promise<void> {
    const { name, role, villages, schools, namedFor, untilMs, title, proposed } = appointment;
    const principal = {
      member,
      role,
      villages,
      schools,
      namedFor,
      untilMs,
      ...this.#sinceOf(overlay.member(member), role),
    };
    const rest = { ...(title === undefined ? {} : { title }), ...(proposed?.length ? { proposed } : {}) };
    const row = { member, name, principal, suspended, ...rest };
    const titleBefore = overlay.member(member)?.title;
    const { seq } = this.#note(overlay, 'member', member, appointmentBody(row, by));
    overlay.setMember({ ...row, seq });
    const sets = [
      { name: 'name', value: name },
      { name: 'role', value: role },
      { name: 'agency', value: agencyOf(role) },
      { name: 'number', value: member },
      { name: 'villages', value: [...villages] },
      { name: 'schools', value: [...schools] },
      { name: 'until', value: untilMs === null ? null : dayOf(untilMs - 1) },
      { name: 'active', value: !suspended },
      ...(title === titleBefore ? [] : [{ name: 'title', value: title ?? null }]),
    ];
    const written = await this.#core.author.write(overlay, this.documentOf(member), sets, this.#nowMs());
    must(written.ok || null, 'a document for a member');
  }

  /** Returns a fresh invitation of somebody appointed. */
  inviteMember(
    overlay: Overlay,
    member: MemberNumber,
    { isReusable = false, by }: Order & { readonly isReusable?: boolean },
  ): Invited {
    const { world } = this.#core.options;
    const code = makeInvitationCode(world);
    const expiresAtMs = world.nowMs() + INVITATION_MS;
    overlay.setInvitation({
      codeHash: codeHashOf(code, world.crypto),
      member,
      expiresAtMs,
      usedAtMs: null,
      isReusable,
      ...(by ? { by } : {}),
    });
    return { member, code, expiresAtMs };
  }

  /** Notes a step towards opening a vault anew. */
  noteRecovery(overlay: Overlay, deed: RecoveryDeed): void {
    this.#note(overlay, 'recovery', deed.member, recoveryBody(deed), deed.device);
  }

  /** Returns the document that says who somebody is. */
  documentOf(member: MemberNumber): DocumentId {
    const { commune, world } = this.#core.options;
    return memberDocumentOf(commune, member, world.crypto);
  }

  /** A role begins anew where it is another one, and where his work was over: suspended, or at its end. Rule POL-24. */
  #sinceOf(before: MemberRow | null, role: Role): Pick<Principal, 'sinceMs'> {
    // of somebody new there is nothing from before
    if (!before) return {};
    const nowMs = this.#nowMs();
    const { sinceMs } = before.principal;
    if (before.principal.role !== role || hasEnded(principalOf(before), nowMs)) return { sinceMs: nowMs };
    return sinceMs === undefined ? {} : { sinceMs };
  }

  #note(
    overlay: Overlay,
    type: 'member' | 'device' | 'recovery',
    member: MemberNumber,
    body: Uint8Array,
    device: DeviceId | null = null,
  ): FeedEntry {
    return overlay.append({ atMs: this.#nowMs(), type, document: null, member, device, n: 0, body });
  }

  #nowMs(): number {
    return this.#core.options.world.nowMs();
  }
}

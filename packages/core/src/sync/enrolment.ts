/** People and devices: inviting, enrolling, changing, suspending, revoking. Orders on the overlay, committed like everything else. Holds ENR-1 … ENR-8, RES-7. */
import { must } from '../base/assert.ts';
import { equalBytes } from '../base/bytes.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { PublicKey } from '../base/world.ts';
import type { Compartment } from '../model/compartment.ts';
import { HUB_MEMBER, makeUlid } from '../model/ids.ts';
import type { DeviceId, DocumentId, MemberNumber } from '../model/ids.ts';
import { parseInvitationCode } from '../model/invitation.ts';
import type { EnrolRefusal } from '../model/invitation.ts';
import { agencyOf } from '../model/role.ts';
import type { Role } from '../model/role.ts';
import { hasEnded } from '../policy/access.ts';
import { dayOf } from '../policy/calendar.ts';
import { codeHashOf, makeInvitationCode, memberDocumentOf } from './crockford.ts';
import { NO_PREVIOUS } from './envelope.ts';
import type { HubCore } from './hub-core.ts';
import { beginEpoch } from './hub-epoch.ts';
import type { Overlay } from './hub-overlay.ts';
import { LEASE_SIZES, isFree, usableLeases } from './leases.ts';
import type { Lease } from './leases.ts';
import { sealPassport } from './passport.ts';
import type { Bearer, Passport } from './passport.ts';
import { appointmentBody, enrolmentBody, revocationBody } from './people-entries.ts';
import type { DeviceRow, FeedEntry, MemberRow } from './ports.ts';

/** An appointment, as the office decides it. */
export interface Appointment {
  readonly name: string;
  readonly role: Role;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly namedFor: readonly Compartment[];
  /** When it ends, in ms; null while open. */
  readonly untilMs: number | null;
}

/** What a new device gets. */
export interface Enrolled {
  readonly member: MemberNumber;
  readonly device: DeviceId;
  readonly epoch: number;
  readonly leases: readonly Lease[];
  readonly hub: { readonly signKey: PublicKey; readonly sealKey: PublicKey };
  /** Sealed by the Hub, to be shown to it when it does not know the device: see `Passport`. */
  readonly passport: Uint8Array;
}

/** An invitation: 16 Crockford characters, shown once and kept nowhere. */
export interface Invited {
  readonly member: MemberNumber;
  readonly code: string;
  readonly expiresAtMs: number;
}

/** How long an invitation holds. */
export const INVITATION_MS = 72 * 3_600_000;

const KEY_BYTES = 32;

/** Decides about people and devices. Every verb resolves when it is durable and rejects with an Outage. */
export class Enrolment {
  readonly #core: HubCore;

  constructor(core: HubCore) {
    this.#core = core;
  }

  /** Appoints somebody new and returns the invitation for the first device. */
  invite(appointment: Appointment, options: { readonly isReusable?: boolean } = {}): Promise<Invited> {
    return this.#core.order([], async (overlay) => {
      const member = this.#nextMember(overlay);
      await this.#appoint(overlay, member, appointment, false);
      return this.#inviteMember(overlay, member, options.isReusable ?? false);
    });
  }

  /** Returns an invitation for another device of somebody appointed. */
  inviteAgain(
    member: MemberNumber,
    options: { readonly isReusable?: boolean } = {},
  ): Promise<Result<Invited, 'not-enrolled'>> {
    return this.#core.order([], (overlay) =>
      Promise.resolve(
        overlay.member(member)
          ? ok(this.#inviteMember(overlay, member, options.isReusable ?? false))
          : err('not-enrolled' as const),
      ),
    );
  }

  /**
   * Makes a device of somebody who has a valid code. A second try with the same key gets the same device, since the first answer may
   * have been lost. Who has the right code is told why it does not work any more; everybody else is refused alike.
   */
  enrol(request: {
    readonly code: string;
    readonly signKey: Uint8Array;
    readonly sealKey: Uint8Array;
  }): Promise<Result<Enrolled, EnrolRefusal>> {
    return this.#core.order([], (overlay) => this.#enrol(overlay, request));
  }

  /** Changes an appointment from now on. */
  change(member: MemberNumber, appointment: Appointment): Promise<Result<void, 'not-enrolled'>> {
    return this.#rewrite(member, (row) => ({ ...appointment, suspended: row.suspended }));
  }

  /** Ends somebody's rights at once, or gives them back. His devices still deliver what they hold. */
  suspend(member: MemberNumber, suspended = true): Promise<Result<void, 'not-enrolled'>> {
    return this.#rewrite(member, ({ name, principal }) => ({ ...principal, name, suspended }));
  }

  /** Believes nothing more that is signed by this device. */
  revoke(device: DeviceId): Promise<Result<void, 'not-enrolled'>> {
    return this.#core.order<Result<void, 'not-enrolled'>>([], (overlay) => {
      const row = overlay.device(device);
      if (!row || row.member === HUB_MEMBER) return Promise.resolve(err('not-enrolled'));
      if (!row.revoked) this.#revoke(overlay, row);
      return Promise.resolve(ok(undefined));
    });
  }

  /**
   * Knows a device again whose enrolment this Hub has forgotten, as one that is revoked: what it holds is handed in and held for those who
   * decide, since nobody remembers what became of it or of its person meanwhile. Says whether it did: not under a number that is
   * somebody else's by now. Begins an epoch above that of then first, unless that has happened: what the
   * Hub writes here must not take the ids of then.
   */
  async readmit({ device, signKey, sealKey, epoch, lease, person }: Passport, aboveEpoch: number): Promise<boolean> {
    const { member, name, role } = person;
    await beginEpoch(this.#core, Math.max(epoch, aboveEpoch));
    return this.#core.order([this.#documentOf(member)], async (overlay) => {
      if (overlay.device(device)) return true;
      const known = overlay.member(member);
      if (known && !(await this.#isStill(known, person))) return false;
      const taken = [...overlay.index.devices()].map((row) => overlay.device(row.device)?.leases ?? row.leases);
      const nowhere = { villages: [], schools: [], namedFor: [], untilMs: null };
      if (!known) await this.#appoint(overlay, member, { name, role, ...nowhere }, true);
      this.#revoke(
        overlay,
        this.#enter(overlay, { device, member, signKey, sealKey, leases: isFree(lease, taken) ? [lease] : [] }),
      );
      return true;
    });
  }

  async #enrol(
    overlay: Overlay,
    { code, signKey, sealKey }: { code: string; signKey: Uint8Array; sealKey: Uint8Array },
  ): Promise<Result<Enrolled, EnrolRefusal>> {
    const { world } = this.#core.options;
    const parsed = parseInvitationCode(code);
    const invitation = parsed && overlay.invitation(codeHashOf(parsed, world.crypto));
    if (!invitation || signKey.length !== KEY_BYTES || sealKey.length !== KEY_BYTES) return err('bad-code');
    const { member, usedAtMs, expiresAtMs, isReusable } = invitation;
    const known = [...this.#core.index().devices()].find((row) => equalBytes(row.signKey, signKey));
    if (known?.member === member) return known.revoked ? err('ended-code') : ok(await this.#enrolled(overlay, known));
    if (known) return err('bad-code');
    const nowMs = world.nowMs();
    if (usedAtMs !== null && !isReusable) return err('used-code');
    if (nowMs >= expiresAtMs) return err('expired-code');
    const { principal, suspended } = must(overlay.member(member), 'the person of an invitation');
    if (suspended || hasEnded(principal, nowMs)) return err('ended-code');
    overlay.setInvitation({ ...invitation, usedAtMs: nowMs });
    const from = overlay.takeClientIds(LEASE_SIZES.block);
    const device = makeUlid(world) as string as DeviceId;
    const leases: Lease[] = [[from, from + LEASE_SIZES.block]];
    return ok(await this.#enrolled(overlay, this.#enter(overlay, { device, member, signKey, sealKey, leases })));
  }

  #enter(overlay: Overlay, device: Pick<DeviceRow, 'device' | 'member' | 'signKey' | 'sealKey' | 'leases'>): DeviceRow {
    const row: DeviceRow = { ...device, lastN: 0, lastHash: NO_PREVIOUS, revoked: false, lastContactMs: this.#nowMs() };
    overlay.setDevice(row);
    this.#note(overlay, 'device', row.member, enrolmentBody(row), row.device);
    return row;
  }

  #revoke(overlay: Overlay, row: DeviceRow): void {
    overlay.setDevice({ ...row, revoked: true });
    this.#note(overlay, 'device', row.member, revocationBody(row), row.device);
  }

  async #enrolled(overlay: Overlay, row: DeviceRow): Promise<Enrolled> {
    const { signer, sealer, sealKey } = this.#core.options;
    const { epoch } = overlay;
    const { member, device } = row;
    const hub = { signKey: signer.publicKey, sealKey };
    const { name, principal } = must(overlay.member(member), 'the person of a device');
    const person = { member, name, role: principal.role, appointed: await this.#appointedBy(member) };
    const lease = row.leases[0] ?? [0, 0];
    const passport = sealPassport({ ...row, epoch, lease, person }, sealer);
    return { member, device, epoch, leases: usableLeases(row.leases, epoch, 0), hub, passport };
  }

  /** Says whether a number is that of a passport's bearer: by the entry that appointed him, or since this Hub has known him again. */
  async #isStill(known: MemberRow, { member, name, role, appointed }: Bearer): Promise<boolean> {
    const [first = known] = await this.#core.options.store.readMembersOf(member);
    // nobody else begins with no rights
    if (first.suspended) return first.name === name && first.principal.role === role;
    return equalBytes(await this.#appointedBy(member), appointed);
  }

  /** Returns the hash of the entry by which somebody was first appointed. */
  async #appointedBy(member: MemberNumber): Promise<Uint8Array> {
    const { store } = this.#core.options;
    const [first] = await store.readMembersOf(member);
    const { seq } = must(first, 'the appointment of a member');
    const [line] = await store.readLines(seq - 1, seq, 1);
    return must(line, 'the entry of an appointment').hash;
  }

  #rewrite(
    member: MemberNumber,
    next: (row: MemberRow) => Appointment & { readonly suspended: boolean },
  ): Promise<Result<void, 'not-enrolled'>> {
    return this.#core.order([this.#documentOf(member)], async (overlay) => {
      const row = overlay.member(member);
      if (!row) return err('not-enrolled' as const);
      const { suspended, ...appointment } = next(row);
      await this.#appoint(overlay, member, appointment, suspended);
      return ok(undefined);
    });
  }

  /** Writes the row that rights are judged by, the entry that proves it, and the document that everybody reads. */
  async #appoint(overlay: Overlay, member: MemberNumber, appointment: Appointment, suspended: boolean): Promise<void> {
    const { name, role, villages, schools, namedFor, untilMs } = appointment;
    const principal = { member, role, villages, schools, namedFor, untilMs };
    const row = { member, name, principal, suspended };
    const { seq } = this.#note(overlay, 'member', member, appointmentBody(row));
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
    ];
    const written = await this.#core.author.write(overlay, this.#documentOf(member), sets, this.#nowMs());
    must(written.ok || null, 'a document for a member');
  }

  #inviteMember(overlay: Overlay, member: MemberNumber, isReusable: boolean): Invited {
    const { world } = this.#core.options;
    const code = makeInvitationCode(world);
    const expiresAtMs = world.nowMs() + INVITATION_MS;
    overlay.setInvitation({
      codeHash: codeHashOf(code, world.crypto),
      member,
      expiresAtMs,
      usedAtMs: null,
      isReusable,
    });
    return { member, code, expiresAtMs };
  }

  #nextMember(overlay: Overlay): MemberNumber {
    let member = 1;
    while (overlay.member(member as MemberNumber)) member += 1;
    return member as MemberNumber;
  }

  #documentOf(member: MemberNumber): DocumentId {
    const { commune, world } = this.#core.options;
    return memberDocumentOf(commune, member, world.crypto);
  }

  #note(
    overlay: Overlay,
    type: 'member' | 'device',
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

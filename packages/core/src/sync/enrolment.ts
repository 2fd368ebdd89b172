/** People and devices: inviting, enrolling, changing, suspending, revoking. Orders on the overlay, committed like everything else. Holds ENR-1 … ENR-8, RES-7. */
import { must } from '../base/assert.ts';
import { equalBytes } from '../base/bytes.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { PublicKey } from '../base/world.ts';
import { HUB_MEMBER, makeUlid } from '../model/ids.ts';
import type { DeviceId, MemberNumber } from '../model/ids.ts';
import { parseInvitationCode } from '../model/invitation.ts';
import type { EnrolRefusal } from '../model/invitation.ts';
import { hasEnded } from '../policy/access.ts';
import { ledUntilMs } from '../policy/succession.ts';
import { codeHashOf } from './crockford.ts';
import type { HubCore } from './hub-core.ts';
import { beginEpoch } from './hub-epoch.ts';
import type { Overlay } from './hub-overlay.ts';
import { LEASE_SIZES, isFree, usableLeases } from './leases.ts';
import type { Lease } from './leases.ts';
import { sealPassport } from './passport.ts';
import type { Bearer, Passport } from './passport.ts';
import type { RecoveryDeed } from './people-entries.ts';
import { PeopleWriter } from './people-writer.ts';
import type { Appointment, Invited, Order, OrderRefusal } from './people-writer.ts';
import type { DeviceRow, MemberRow } from './ports.ts';

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

const KEY_BYTES = 32;

/** An order about somebody who may be the lead. */
export interface LeadOrder extends Order {
  /** Refuses what would leave a day to come without a lead. Rule ENR-9. */
  readonly keepsLead?: boolean;
}

/** Decides about people and devices. Every verb resolves when it is durable and rejects with an Outage. */
export class Enrolment {
  readonly #core: HubCore;
  readonly #writer: PeopleWriter;

  constructor(core: HubCore) {
    this.#core = core;
    this.#writer = new PeopleWriter(core);
  }

  /** Appoints somebody new and returns the invitation for the first device. */
  invite(appointment: Appointment, options: Order & { readonly isReusable?: boolean } = {}): Promise<Invited> {
    return this.#core.order([], async (overlay) => {
      const member = this.#nextMember(overlay);
      await this.#writer.appoint(overlay, member, appointment, { suspended: false, ...options });
      return this.#writer.inviteMember(overlay, member, options);
    });
  }

  /** Returns an invitation for another device of somebody appointed. */
  inviteAgain(
    member: MemberNumber,
    options: Order & { readonly isReusable?: boolean } = {},
  ): Promise<Result<Invited, 'not-enrolled'>> {
    return this.#core.order([], (overlay) =>
      Promise.resolve(
        overlay.member(member) ? ok(this.#writer.inviteMember(overlay, member, options)) : err('not-enrolled' as const),
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
  change(member: MemberNumber, appointment: Appointment, order: LeadOrder = {}): Promise<Result<void, OrderRefusal>> {
    return this.#rewrite(member, order, (row) => ({ ...appointment, suspended: row.suspended }));
  }

  /** Ends somebody's rights at once, or gives them back. His devices still deliver what they hold. */
  suspend(member: MemberNumber, suspended = true, order: LeadOrder = {}): Promise<Result<void, OrderRefusal>> {
    return this.#rewrite(member, order, (row) => ({ ...appointmentOf(row), suspended }));
  }

  /** Changes an appointment by what it is in that very moment; `next` says null when it is to stay as it is. */
  amend(
    member: MemberNumber,
    next: (now: Appointment) => Appointment | null,
    order: LeadOrder = {},
  ): Promise<Result<void, OrderRefusal | 'unchanged'>> {
    return this.#rewrite<'unchanged'>(member, order, (row) => {
      const amended = next(appointmentOf(row));
      return amended && { ...amended, suspended: row.suspended };
    });
  }

  /** Gives a device the name that the office calls it by; it is part of no right, so of no entry. */
  nameDevice(device: DeviceId, label: string): Promise<Result<void, 'not-enrolled'>> {
    return this.#core.order<Result<void, 'not-enrolled'>>([], (overlay) => {
      const row = overlay.device(device);
      if (!row || row.member === HUB_MEMBER) return Promise.resolve(err('not-enrolled'));
      overlay.setDevice({ ...row, label });
      return Promise.resolve(ok(undefined));
    });
  }

  /** Believes nothing more that is signed by this device, and has it erase what it holds once that is handed in. */
  revoke(device: DeviceId, { by }: Order = {}): Promise<Result<void, 'not-enrolled'>> {
    return this.#core.order<Result<void, 'not-enrolled'>>([], (overlay) => {
      const row = overlay.device(device);
      if (!row || row.member === HUB_MEMBER) return Promise.resolve(err('not-enrolled'));
      const erasure = { orderedAtMs: this.#core.options.world.nowMs(), erasedAtMs: null };
      if (!row.revoked) this.#writer.revoke(overlay, { ...row, erasure }, by);
      return Promise.resolve(ok(undefined));
    });
  }

  /** Notes a step towards opening a vault anew; resolves when that is durable. */
  noteRecovery(deed: RecoveryDeed): Promise<void> {
    return this.#core.order([], (overlay) => Promise.resolve(this.#writer.noteRecovery(overlay, deed)));
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
    return this.#core.order([this.#writer.documentOf(member)], async (overlay) => {
      if (overlay.device(device)) return true;
      const known = overlay.member(member);
      if (known && !(await this.#isStill(known, person))) return false;
      const taken = [...overlay.index.devices()].map((row) => overlay.device(row.device)?.leases ?? row.leases);
      const nowhere = { villages: [], schools: [], namedFor: [], untilMs: null };
      if (!known) await this.#writer.appoint(overlay, member, { name, role, ...nowhere }, { suspended: true });
      this.#writer.revoke(
        overlay,
        this.#writer.enter(overlay, { device, member, signKey, sealKey, leases: isFree(lease, taken) ? [lease] : [] }),
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
    const entered = this.#writer.enter(overlay, { device, member, signKey, sealKey, leases }, invitation.by);
    return ok(await this.#enrolled(overlay, entered));
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

  #rewrite<Other = never>(
    member: MemberNumber,
    { by, keepsLead = false }: LeadOrder,
    next: (row: MemberRow) => (Appointment & { readonly suspended: boolean }) | null,
  ): Promise<Result<void, OrderRefusal | Other>> {
    return this.#core.order([this.#writer.documentOf(member)], async (overlay) => {
      const row = overlay.member(member);
      if (!row) return err('not-enrolled' as const);
      const amended = next(row);
      if (!amended) return err('unchanged' as Other);
      if (keepsLead && this.#losesLead(overlay, row, amended)) return err('last-lead' as const);
      const { suspended, ...appointment } = amended;
      await this.#writer.appoint(overlay, member, appointment, { suspended, ...(by ? { by } : {}) });
      return ok(undefined);
    });
  }

  /** Decided in the order itself: two at once each see what the other left. */
  #losesLead(overlay: Overlay, row: MemberRow, next: Appointment & { readonly suspended: boolean }): boolean {
    const people = [...overlay.index.members()].map((known) => overlay.member(known.member) ?? known);
    const others = people.filter(({ member }) => member !== row.member);
    const { role, untilMs, suspended } = next;
    const nowMs = this.#core.options.world.nowMs();
    const wasMs = ledUntilMs([...others, row], nowMs);
    return ledUntilMs([...others, { principal: { role, untilMs }, suspended }], nowMs) < wasMs;
  }

  #nextMember(overlay: Overlay): MemberNumber {
    let member = 1;
    while (overlay.member(member as MemberNumber)) member += 1;
    return member as MemberNumber;
  }
}

/** Returns the appointment in a row. */
function appointmentOf({ name, principal, title, proposed }: MemberRow): Appointment {
  return { ...principal, name, ...(title === undefined ? {} : { title }), ...(proposed ? { proposed } : {}) };
}

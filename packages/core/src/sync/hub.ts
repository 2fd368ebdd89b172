/** The Hub: one commune's Feed, whoever carries its sockets and wherever its store lies. */
import { must } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import type { PublicKey } from '../base/world.ts';
import { accessRuleOfKind } from '../model/grant.ts';
import { parseFolderId } from '../model/ids.ts';
import type { DeviceId, DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import type { EnrolRefusal } from '../model/invitation.ts';
import type { Principal } from '../model/principal.ts';
import type { AuditAnswer, AuditAsk } from '../wire/audit.ts';
import type { EraseReceipt } from '../wire/erase.ts';
import { CLOSE } from '../wire/refusal.ts';
import { readDeeds } from './audit-book.ts';
import type { AuditPorts, AuditReader } from './audit-book.ts';
import { Enrolment } from './enrolment.ts';
import type { Enrolled, LeadOrder } from './enrolment.ts';
import { accessNow } from './feed-plan.ts';
import { HubCore } from './hub-core.ts';
import type { HubOptions } from './hub-core.ts';
import { beginEpoch, foundEpoch } from './hub-epoch.ts';
import { answerErase, type EraseAnswer, type EraseAsk, type EraseRefusal, noteErased } from './hub-erase.ts';
import { HubIndex, principalOf } from './hub-index.ts';
import { answerLease, type LeaseAnswer, type LeaseAsk, type LeaseRefusal } from './hub-lease.ts';
import { HubSession } from './hub-session.ts';
import type { RecoveryDeed } from './people-entries.ts';
import type { Appointment, Invited, Order, OrderRefusal } from './people-writer.ts';
import type { DeviceRow, HubSocket, InvitationRow, MemberRow, SocketEvents } from './ports.ts';

/** A device, without what only the Hub needs. */
export type DeviceLine = Pick<
  DeviceRow,
  'device' | 'member' | 'revoked' | 'lastContactMs' | 'label' | 'protocol' | 'report' | 'erasure'
>;

/** What a server does with a Hub. Verbs that write resolve when that is durable, and reject with an Outage. */
export interface Hub {
  /** Takes a connection; the events are to be fed from it. Closes it at once with 1012 while draining, 1013 while the store is lost. */
  accept(socket: HubSocket): SocketEvents;
  /** Appoints somebody and returns the code for his first device. */
  invite(appointment: Appointment, options?: Order & { readonly isReusable?: boolean }): Promise<Invited>;
  /** Returns a code for another device of somebody appointed. */
  inviteAgain(
    member: MemberNumber,
    options?: Order & { readonly isReusable?: boolean },
  ): Promise<Result<Invited, 'not-enrolled'>>;
  /** Makes a device of a code. */
  enrol(request: {
    readonly code: string;
    readonly signKey: Uint8Array;
    readonly sealKey: Uint8Array;
  }): Promise<Result<Enrolled, EnrolRefusal>>;
  /** Changes an appointment; open sessions feel it at once. */
  changeMember(member: MemberNumber, appointment: Appointment, order?: LeadOrder): Promise<Result<void, OrderRefusal>>;
  /** Changes an appointment by what it is in that very moment; null leaves it. */
  amendMember(
    member: MemberNumber,
    next: (now: Appointment) => Appointment | null,
    order?: LeadOrder,
  ): Promise<Result<void, OrderRefusal | 'unchanged'>>;
  /** Ends somebody's rights, or with `false` gives them back. */
  suspendMember(member: MemberNumber, suspended?: boolean, order?: LeadOrder): Promise<Result<void, OrderRefusal>>;
  /** Believes a device no more and ends its session. */
  revokeDevice(device: DeviceId, order?: Order): Promise<Result<void, 'not-enrolled'>>;
  /** Gives a device the name that the office calls it by. */
  nameDevice(device: DeviceId, label: string): Promise<Result<void, 'not-enrolled'>>;
  /** Gives a device leave to go on showing files. */
  lease(ask: LeaseAsk): Promise<Result<LeaseAnswer, LeaseRefusal>>;
  /** Orders a device that was dismissed to erase what it holds. */
  erase(ask: EraseAsk): Promise<Result<EraseAnswer, EraseRefusal>>;
  /** Notes that a device has obeyed. */
  erased(receipt: EraseReceipt & { readonly device: DeviceId }): Promise<Result<void, 'bad-proof'>>;
  /** Begins a new epoch after a restore; open sessions end and come back. */
  beginEpoch(): Promise<number>;
  /** Returns who a device speaks for now, or null when it is not enrolled or revoked: for tickets to the rooms. */
  principalOf(device: DeviceId): Principal | null;
  /** Returns the key that a device signs with, or null when it is not enrolled or revoked. */
  signKeyOf(device: DeviceId): PublicKey | null;
  /** Returns the key that boxes for a device are sealed with, or null when it is not enrolled or revoked. */
  sealKeyOf(device: DeviceId): PublicKey | null;
  /** Notes a step towards opening a vault anew in the log. */
  noteRecovery(deed: RecoveryDeed): Promise<void>;
  /** Says whether somebody may hold this document, or any of this folder but requests, whole now: for who sees whom in a room. */
  mayRead(member: MemberNumber, target: DocumentId | FolderId): boolean;
  /** Returns the appointments of now. */
  members(): readonly MemberRow[];
  /** Returns the devices of now, without what only the Hub needs. */
  devices(): readonly DeviceLine[];
  /** Returns the newest invitation of each person, without its code. */
  invitations(): ReadonlyMap<MemberNumber, Pick<InvitationRow, 'expiresAtMs' | 'usedAtMs'>>;
  /** Returns the last entry of the audit chain: what to note outside. */
  head(): { readonly seq: number; readonly hash: Uint8Array };
  /** Returns what the log says of who did what, as far as this reader may hear of it. Rejects with an Outage. */
  deeds(reader: AuditReader, ask: AuditAsk): Promise<Omit<AuditAnswer, 'head'>>;
  /** Returns how many documents are out of service: neither their state nor their log can be read whole. */
  lostDocuments(): number;
  /** Tells open sessions that the public directory changed. */
  hintDirectory(): void;
  /** Takes no more pushes, finishes the commit, closes every session with 1012. The store stays open. */
  drain(): Promise<void>;
}

/** Returns a Hub over what is in its store, ready for connections. Rejects with an Outage when the store cannot be read. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const core = new HubCore(options, new HubIndex(await options.store.load()));
  const enrolment = new Enrolment(core);
  await foundEpoch(core);
  return { ...doorOf(core), ...officeOf(core, enrolment) };
}

type Door = Pick<Hub, 'accept' | 'hintDirectory' | 'drain'>;

function doorOf(core: HubCore): Door {
  let isDraining = false;
  return {
    accept(socket) {
      const isLost = core.options.trouble?.() === 'storage-lost';
      if (!core.isOpen || isLost) {
        socket.close(isDraining ? CLOSE.restart : CLOSE.later, 'closed');
        return { onFrame: () => undefined, onClose: () => undefined };
      }
      const session = new HubSession(core, socket);
      core.sessions.add(session);
      return session;
    },
    hintDirectory() {
      for (const session of core.sessions) session.sendHint();
    },
    async drain() {
      isDraining = true;
      core.stop();
      await core.loop.stop();
      for (const session of core.sessions) session.close(CLOSE.restart, 'restart');
    },
  };
}

function deviceKeysOf(core: HubCore): Pick<Hub, 'signKeyOf' | 'sealKeyOf'> {
  const known = (device: DeviceId): DeviceRow | null => {
    const row = core.index().device(device);
    return row && !row.revoked ? row : null;
  };
  return {
    signKeyOf: (device) => known(device)?.signKey ?? null,
    sealKeyOf: (device) => known(device)?.sealKey ?? null,
  };
}

/** What a device asks without a session. */
function aloneDevicesOf(core: HubCore): Pick<Hub, 'lease' | 'erase' | 'erased'> {
  return {
    lease: (ask) => answerLease(core, ask),
    erase: (ask) => answerErase(core, ask),
    erased: (receipt) => noteErased(core, receipt),
  };
}

function officeOf(core: HubCore, enrolment: Enrolment): Omit<Hub, keyof Door> {
  return {
    invite: (appointment, how) => enrolment.invite(appointment, how),
    inviteAgain: (member, how) => enrolment.inviteAgain(member, how),
    enrol: (request) => enrolment.enrol(request),
    changeMember: (member, appointment, order) => enrolment.change(member, appointment, order),
    amendMember: (member, next, order) => enrolment.amend(member, next, order),
    suspendMember: (member, suspended, order) => enrolment.suspend(member, suspended, order),
    revokeDevice: (device, order) => enrolment.revoke(device, order),
    nameDevice: (device, label) => enrolment.nameDevice(device, label),
    ...aloneDevicesOf(core),
    beginEpoch: () => beginEpoch(core, core.index().epoch),
    principalOf(device) {
      const row = core.index().device(device);
      return row && !row.revoked ? principalOf(must(core.index().member(row.member), 'the member of a device')) : null;
    },
    ...deviceKeysOf(core),
    noteRecovery: (deed) => enrolment.noteRecovery(deed),
    mayRead(member, target) {
      const index = core.index();
      const folder = parseFolderId(target);
      // whoever asks holds what he asked, wherever he asks it: that alone makes nobody a reader of the folder
      const inFolder = folder ? index.documentsOf(folder).filter(({ parts }) => !accessRuleOfKind(parts.kind)) : null;
      const documents = inFolder ?? [index.find(target as DocumentId)];
      const nowMs = core.options.world.nowMs();
      return documents.some((document) => document && accessNow({ member }, document, index, nowMs).access === 'whole');
    },
    lostDocuments: () => core.sound.lostCount,
    deeds: (reader, ask) => readDeeds(reader, ask, auditPortsOf(core)),
    head: () => ({ seq: core.index().headSeq, hash: core.index().headHash }),
    members: () => [...core.index().members()],
    devices: () => [...core.index().devices()].map(deviceLine),
    invitations: () => newestInvitations(core.index().invitations()),
  };
}

function auditPortsOf({ index, options: { store, sealer, world } }: HubCore): AuditPorts {
  return { index, store, sealer, nowMs: () => world.nowMs() };
}

function deviceLine(row: DeviceRow): DeviceLine {
  const { device, member, revoked, lastContactMs, label, protocol, report, erasure } = row;
  return {
    device,
    member,
    revoked,
    lastContactMs,
    ...(label === undefined ? {} : { label }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(report ? { report } : {}),
    ...(erasure ? { erasure } : {}),
  };
}

function newestInvitations(rows: Iterable<InvitationRow>): ReturnType<Hub['invitations']> {
  const newest = new Map<MemberNumber, Pick<InvitationRow, 'expiresAtMs' | 'usedAtMs'>>();
  for (const { member, expiresAtMs, usedAtMs } of rows) {
    if (expiresAtMs >= (newest.get(member)?.expiresAtMs ?? 0)) newest.set(member, { expiresAtMs, usedAtMs });
  }
  return newest;
}

/**
 * Requests of locked tablets that two officers help to open, in memory alone: who may see them, who has answered, when they end. The Hub
 * carries boxes that it cannot open. Rules VLT-13, VLT-14.
 */
import { hexOf } from '@chungtay/core/base/bytes';
import { err, ok } from '@chungtay/core/base/result';
import type { Result } from '@chungtay/core/base/result';
import type { World } from '@chungtay/core/base/world';
import { makeUlid } from '@chungtay/core/model/ids';
import type { DeviceId, MemberNumber } from '@chungtay/core/model/ids';
import { hasEnded } from '@chungtay/core/policy/access';
import { KEEPERS_NEEDED, keepsShareOf } from '@chungtay/core/policy/recovery';
import type { Hub } from '@chungtay/core/sync/hub';
import type { MemberRow } from '@chungtay/core/sync/ports';
import type { OfficeProblemCode } from '@chungtay/core/wire/office';
import { RECOVERY_LIMITS } from '@chungtay/core/wire/recovery';
import type {
  KeepersAnswer,
  RecoverAnswer,
  RecoverAsk,
  RecoverRefusal,
  RecoveryLine,
} from '@chungtay/core/wire/recovery';
import type { PassHolder } from '../auth/recovery-pass.ts';
import { TokenBucket } from '../ops/rate-limit.ts';

/** What the book needs of the Hub. */
export interface RecoveryPorts {
  readonly hub: Pick<Hub, 'members' | 'devices' | 'principalOf' | 'sealKeyOf' | 'noteRecovery'>;
  readonly world: Pick<World, 'nowMs' | 'randomBytes'>;
}

/** An officer at his device. */
export interface Officer {
  readonly member: MemberNumber;
  readonly device: DeviceId;
}

type Keeper = KeepersAnswer['keepers'][number] & { readonly row: MemberRow };

interface Asked extends PassHolder {
  readonly request: string;
  readonly key: string;
  /** Boxes by the device that opens them. */
  readonly shares: ReadonlyMap<string, string>;
  readonly askedAtMs: number;
  /** What officers sealed for the tablet: one each. */
  readonly answers: Map<MemberNumber, string>;
  /** Whose answer is on its way into the log. */
  readonly taking: Set<MemberNumber>;
  state: RecoveryLine['state'];
  refusedBy: MemberNumber | null;
}

/** Of one tablet: so many at once, then one in so many seconds. Each is a line of the log. */
const ASKING = { atOnce: 4, everyS: 1_800 } as const;
const MAX_REQUESTS = 300;

/** See the file's head. */
export class RecoveryBook {
  readonly #ports: RecoveryPorts;
  readonly #requests = new Map<DeviceId, Asked>();
  readonly #paces = new Map<DeviceId, TokenBucket>();

  constructor(ports: RecoveryPorts) {
    this.#ports = ports;
  }

  /** Returns the devices of everybody who keeps a share of somebody's vaults now; none while those are fewer than two people. */
  keepersOf(about: MemberNumber): readonly Keeper[] {
    const { hub, world } = this.#ports;
    const rows = hub.members().filter((row) => keepsShareOf(about, row, world.nowMs()));
    const keepers = rows.flatMap((row) => this.#devicesOf(row)).slice(0, RECOVERY_LIMITS.maxShares);
    return new Set(keepers.map(({ member }) => member)).size >= KEEPERS_NEEDED ? keepers : [];
  }

  /** A locked tablet asks; its former request is forgotten, with the answers that were sealed for another key. Rejects with an Outage. */
  async ask(
    of: PassHolder,
    { key, shares }: Extract<RecoverAsk, { verb: 'ask' }>,
  ): Promise<Result<RecoverAnswer, RecoverRefusal>> {
    if (!this.#isAtWork(of)) return err('bad-pass');
    const keepers = new Set(this.keepersOf(of.member).map(({ device }) => device));
    const useful = new Map(shares.filter(({ device }) => keepers.has(device)).map(({ device, box }) => [device, box]));
    if (this.#peopleWith(of, useful).length < KEEPERS_NEEDED) return err('too-few');
    if (!this.#pace(of.device).tryTake()) return err('too-many');
    const { world, hub } = this.#ports;
    this.#tidy();
    if (this.#requests.size >= MAX_REQUESTS && !this.#requests.has(of.device)) return err('too-many');
    const request = makeUlid(world);
    const asked: Asked = {
      ...of,
      request,
      key,
      shares: useful,
      askedAtMs: world.nowMs(),
      answers: new Map(),
      taking: new Set(),
      state: 'open',
      refusedBy: null,
    };
    await hub.noteRecovery({ ...of, step: 'asked' });
    this.#requests.set(of.device, asked);
    return ok(this.#answerTo(asked));
  }

  /** How the tablet's request stands. */
  look(of: PassHolder, request: string): RecoverAnswer {
    const asked = this.#of(of.device);
    return asked?.request === request && this.#isAtWork(of) ? this.#answerTo(asked) : { is: 'gone' };
  }

  /** The tablet takes it back. Rejects with an Outage. */
  async withdraw(of: PassHolder, request: string): Promise<RecoverAnswer> {
    const asked = this.#of(of.device);
    if (asked?.request === request && asked.state === 'open') {
      asked.state = 'withdrawn';
      asked.answers.clear();
      await this.#ports.hub.noteRecovery({ member: of.member, device: of.device, step: 'withdrawn' });
    }
    return { is: 'gone' };
  }

  /** Returns the requests that an officer may see: never his own. */
  linesFor({ member, device }: Officer): readonly RecoveryLine[] {
    this.#tidy();
    const { hub } = this.#ports;
    const labels = new Map(hub.devices().map((row) => [row.device, row.label ?? '']));
    return [...this.#requests.values()].flatMap((asked) => {
      const row = this.#rowOf(asked.member);
      if (!row || asked.member === member || !this.#isAtWork(asked)) return [];
      const isOpen = asked.state === 'open' && !asked.answers.has(member);
      return {
        request: asked.request,
        device: asked.device,
        label: labels.get(asked.device) ?? '',
        member: asked.member,
        name: row.name,
        role: row.principal.role,
        key: asked.key,
        share: isOpen ? (asked.shares.get(device) ?? null) : null,
        askedAtMs: asked.askedAtMs,
        untilMs: asked.askedAtMs + RECOVERY_LIMITS.waitsMs,
        state: asked.state,
        approvedBy: this.#approvers(asked).map(({ name }) => name),
        hasApproved: asked.answers.has(member),
      };
    });
  }

  /** An officer hands over his share, sealed for the tablet: once, whatever device he does it on. Returns null when it is taken. Rejects with an Outage. */
  async approve(officer: Officer, request: string, box: string): Promise<OfficeProblemCode | null> {
    const asked = this.#open(request);
    if (!asked) return 'no-recovery';
    if (asked.member === officer.member) return 'yourself';
    if (asked.answers.has(officer.member) || asked.taking.has(officer.member)) return 'approved-already';
    if (!asked.shares.has(officer.device) || !this.#keeps(asked, officer.member)) return 'no-share';
    // two at once on two devices of one officer are one; and what no log tells of reaches no tablet
    asked.taking.add(officer.member);
    await this.#note(asked, 'approved', officer).finally(() => asked.taking.delete(officer.member));
    if (asked.state !== 'open') return 'no-recovery';
    asked.answers.set(officer.member, box);
    return null;
  }

  /** An officer says no, for everybody: what was handed over is forgotten. Returns null when it is done. Rejects with an Outage. */
  async refuse(officer: Officer, request: string): Promise<OfficeProblemCode | null> {
    const asked = this.#open(request);
    if (!asked) return 'no-recovery';
    if (asked.member === officer.member) return 'yourself';
    if (!this.#keeps(asked, officer.member)) return 'no-share';
    asked.state = 'refused';
    asked.refusedBy = officer.member;
    asked.answers.clear();
    await this.#note(asked, 'refused', officer);
    return null;
  }

  /** The person is in again, with a new passphrase: said by the device itself. Rejects with an Outage. */
  async finish(of: PassHolder): Promise<void> {
    const asked = this.#of(of.device);
    // a Hub that was started anew has forgotten the request, not what is in its log
    if (!asked && !this.#pace(of.device).tryTake()) return;
    if (asked?.state === 'recovered') return;
    await this.#note(of, 'recovered', of);
    if (!asked) return;
    asked.state = 'recovered';
    asked.answers.clear();
  }

  #note({ member, device }: PassHolder, step: 'approved' | 'refused' | 'recovered', by: Officer): Promise<void> {
    return this.#ports.hub.noteRecovery({ member, device, step, by: { member: by.member, device: by.device } });
  }

  #answerTo(asked: Asked): RecoverAnswer {
    if (asked.state === 'refused') return { is: 'refused', by: this.#rowOf(asked.refusedBy)?.name ?? '' };
    if (asked.state !== 'open') return { is: 'gone' };
    const approvers = new Set(this.#approvers(asked).map(({ principal }) => principal.member));
    return {
      is: 'open',
      request: asked.request,
      untilMs: asked.askedAtMs + RECOVERY_LIMITS.waitsMs,
      officers: this.#peopleWith(asked, asked.shares).map(({ name, principal }) => ({
        name,
        role: principal.role,
        hasApproved: approvers.has(principal.member),
      })),
      boxes: [...asked.answers].flatMap(([member, box]) => (approvers.has(member) ? [box] : [])),
    };
  }

  /** Who has approved and is still somebody who may. */
  #approvers(asked: Asked): readonly MemberRow[] {
    return this.#peopleWith(asked, asked.shares).filter(({ principal }) => asked.answers.has(principal.member));
  }

  /** The people of now who can open one of these boxes. */
  #peopleWith({ member }: PassHolder, shares: ReadonlyMap<string, string>): readonly MemberRow[] {
    const rows = this.keepersOf(member).flatMap(({ device, row }) => (shares.has(device) ? row : []));
    return [...new Set(rows)];
  }

  #keeps({ member }: PassHolder, officer: MemberNumber): boolean {
    const row = this.#rowOf(officer);
    return row !== null && keepsShareOf(member, row, this.#ports.world.nowMs());
  }

  #devicesOf(row: MemberRow): readonly Keeper[] {
    const { hub } = this.#ports;
    const own = hub.devices().filter(({ member, revoked }) => member === row.principal.member && !revoked);
    return own.flatMap(({ member, device }) => {
      const sealKey = hub.sealKeyOf(device);
      return sealKey ? { member, device, sealKey: hexOf(sealKey), row } : [];
    });
  }

  #isAtWork({ member, device }: PassHolder): boolean {
    const principal = this.#ports.hub.principalOf(device);
    return principal?.member === member && !hasEnded(principal, this.#ports.world.nowMs());
  }

  #open(request: string): Asked | null {
    this.#tidy();
    const asked = [...this.#requests.values()].find((one) => one.request === request);
    return asked?.state === 'open' && this.#isAtWork(asked) ? asked : null;
  }

  #of(device: DeviceId): Asked | null {
    this.#tidy();
    return this.#requests.get(device) ?? null;
  }

  #tidy(): void {
    const sinceMs = this.#ports.world.nowMs() - RECOVERY_LIMITS.waitsMs;
    for (const [device, { askedAtMs }] of this.#requests) if (askedAtMs <= sinceMs) this.#requests.delete(device);
  }

  #pace(device: DeviceId): TokenBucket {
    const known = this.#paces.get(device) ?? new TokenBucket(this.#ports.world, 1 / ASKING.everyS, ASKING.atOnce);
    this.#paces.set(device, known);
    return known;
  }

  #rowOf(member: MemberNumber | null): MemberRow | null {
    return this.#ports.hub.members().find((row) => row.member === member) ?? null;
  }
}

import type { World } from '@chungtay/core/base/world';
import {
  type ClockReading,
  leaseAt,
  leaseGiven,
  type LeaseRecord,
  type Standing,
  standingOf,
} from '@chungtay/core/policy/lease';
import { Serial } from '@chungtay/core/sync/device-serial';
import { HIGH_AREAS } from '@chungtay/core/sync/ports';
import { leaseBoxOf } from '@chungtay/core/wire/lease';
import type { Vault } from '../platform/idb-vault.ts';
import { eraseLeaseKey, keepLeaseKey, restingLeaseKey } from '../platform/lease-key.ts';
import { sealTo } from '../platform/seal-to-hub.ts';
import { recordKeyOf, sealRecord, openRecord } from '../platform/vault-records.ts';
import { base64UrlOf, bytesOfBase64Url } from './identity.ts';
import type { Identity } from './identity.ts';
import type { AskForLease } from './lease-ask.ts';

/** What a keeper stands on. `monotonicMs` runs evenly while the program does, whatever the clock is set to. */
export interface LeaseParts {
  readonly vault: Vault;
  readonly identity: Identity;
  readonly world: World;
  readonly monotonicMs: () => number;
  readonly ask: AskForLease;
}

/** What is kept in the vault. `box`: the key sealed to the Hub; `canary`: something under the key, by which a key that comes back is known. */
interface Kept extends LeaseRecord {
  readonly box: string;
  readonly canary: string;
  /** Something of the short lease was let go: everything is to be fetched again. */
  readonly isPatchy: boolean;
}

const RECORD = 'lease/record';
const KEY_LABEL = 'lease/key';
const CANARY_LABEL = 'lease/canary';
const KEY_BYTES = 32;
/** The time that is known is written down at least so often, while it runs. */
const WRITTEN_EVERY_MS = 60_000;

/** The lease of one vault: what may be shown, by a time that cannot be put back, and the key that ends with it. Rules LSE-2, LSE-3, LSE-5, LSE-9. */
export class LeaseKeeper {
  readonly #parts: LeaseParts;
  readonly #turns = new Serial();
  #kept: Kept;
  #since: ClockReading;
  #hasKey: boolean;
  #writtenMs: number;
  #givenAtMonotonicMs: number | null = null;

  private constructor(parts: LeaseParts, kept: Kept, hasKey: boolean) {
    this.#parts = parts;
    this.#kept = kept;
    this.#since = readClocks(parts);
    this.#hasKey = hasKey;
    this.#writtenMs = kept.seenMs;
  }

  /** Takes up the lease of a vault that has just been opened; one that never had any begins now. Rejects with an Outage. */
  static async open(parts: LeaseParts): Promise<LeaseKeeper> {
    const bytes = await parts.vault.read('meta', RECORD);
    if (!bytes) return LeaseKeeper.#begin(parts);
    const kept = JSON.parse(new TextDecoder().decode(bytes)) as Kept;
    const resting = await restingLeaseKey(parts.vault.name);
    const raw = resting && (await parts.vault.unseal(KEY_LABEL, resting.sealed));
    parts.vault.setHigh(raw && (await recordKeyOf(raw)));
    const keeper = new LeaseKeeper(parts, kept, raw !== null);
    await keeper.tick();
    return keeper;
  }

  static async #begin(parts: LeaseParts): Promise<LeaseKeeper> {
    const { wallMs } = readClocks(parts);
    const none = { box: '', canary: '', isPatchy: false };
    const keeper = new LeaseKeeper(parts, { ...leaseGiven(wallMs, wallMs), ...none }, false);
    await keeper.#newKey();
    return keeper;
  }

  /** Returns what may be shown now. */
  get standing(): Standing {
    const standing = standingOf(this.#now());
    return standing === 'whole' && !this.#hasKey ? 'open' : standing;
  }

  /** Returns when the leases end, by the tablet's own clock as it is set now. */
  get ends(): { readonly highAtMs: number; readonly allAtMs: number } {
    const { highUntilMs, allUntilMs, offsetMs } = this.#now();
    return { highAtMs: highUntilMs - offsetMs, allAtMs: allUntilMs - offsetMs };
  }

  /** Returns how far the Hub's clock was ahead of this tablet's when it last gave leave, in ms: known over a restart, too. */
  get hubAheadMs(): number {
    return this.#now().offsetMs;
  }

  /** Says whether something was let go that only a full download brings back; asked once, it is in hand. */
  get isPatchy(): boolean {
    return this.#kept.isPatchy;
  }

  /** Returns how long ago the Hub last gave leave to this program, in ms; null when it has not. */
  get sinceGivenMs(): number | null {
    return this.#givenAtMonotonicMs === null ? null : this.#parts.monotonicMs() - this.#givenAtMonotonicMs;
  }

  /** Counts the time on, writes it down, and erases what its time is over for. Rejects with an Outage. */
  tick(): Promise<void> {
    return this.#turns.run(async () => {
      this.#advance();
      if (standingOf(this.#kept) !== 'whole' && this.#hasKey) await this.#erase();
      if (this.#kept.seenMs - this.#writtenMs >= WRITTEN_EVERY_MS) await this.#write();
    });
  }

  /** Asks the Hub; with its word everything may be shown again. Rejects with an Outage. */
  renew(): Promise<'given' | 'refused' | 'offline'> {
    return this.#turns.run(async () => {
      const box = this.#hasKey ? null : bytesOfBase64Url(this.#kept.box);
      const answer = await this.#parts.ask(box);
      if (answer.is !== 'given') return answer.is;
      const { wallMs } = readClocks(this.#parts);
      this.#kept = { ...this.#kept, ...leaseGiven(answer.hubMs, wallMs) };
      this.#since = readClocks(this.#parts);
      this.#givenAtMonotonicMs = this.#since.monotonicMs;
      if (this.#hasKey) await this.#restKey(null);
      else if (answer.key && (await this.#isOurKey(answer.key))) await this.#restKey(answer.key);
      else await this.#startAnew();
      await this.#write();
      return 'given';
    });
  }

  /** Notes that something of the short lease came and could not be kept. Rejects with an Outage. */
  notePatchy(isPatchy: boolean): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#kept.isPatchy === isPatchy) return;
      this.#kept = { ...this.#kept, isPatchy };
      await this.#write();
    });
  }

  #now(): LeaseRecord {
    return leaseAt(this.#kept, this.#since, readClocks(this.#parts));
  }

  #advance(): void {
    const now = readClocks(this.#parts);
    this.#kept = { ...this.#kept, ...leaseAt(this.#kept, this.#since, now) };
    this.#since = now;
  }

  async #write(): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(this.#kept));
    await this.#parts.vault.commit([{ area: 'meta', key: RECORD, bytes }]);
    this.#writtenMs = this.#kept.seenMs;
  }

  async #erase(): Promise<void> {
    this.#parts.vault.setHigh(null);
    this.#hasKey = false;
    await eraseLeaseKey(this.#parts.vault.name);
    await this.#write();
  }

  /** Puts the key to rest until its new end; `raw` when it is not there yet. */
  async #restKey(raw: Uint8Array | null): Promise<void> {
    const { vault } = this.#parts;
    const sealed = raw ? await vault.seal(KEY_LABEL, raw) : (await restingLeaseKey(vault.name))?.sealed;
    if (raw) vault.setHigh(await recordKeyOf(raw));
    if (sealed) await keepLeaseKey(vault.name, { sealed, endsAtMs: this.ends.highAtMs });
    this.#hasKey = true;
  }

  async #newKey(): Promise<void> {
    const { identity, world } = this.#parts;
    const raw = world.randomBytes(KEY_BYTES);
    const box = await sealTo(identity.hubSealKey)(leaseBoxOf(identity.device, raw));
    const canary = await sealRecord(await recordKeyOf(raw), CANARY_LABEL, world.randomBytes(KEY_BYTES));
    this.#kept = { ...this.#kept, box: base64UrlOf(box), canary: base64UrlOf(canary) };
    await this.#write();
    await this.#restKey(raw);
    raw.fill(0);
  }

  async #isOurKey(raw: Uint8Array): Promise<boolean> {
    const canary = bytesOfBase64Url(this.#kept.canary);
    return canary !== null && (await openRecord(await recordKeyOf(raw), CANARY_LABEL, canary)) !== null;
  }

  /** The Hub cannot give the key back: what lies under it is nobody's any more, and comes anew. */
  async #startAnew(): Promise<void> {
    const { vault } = this.#parts;
    for (const area of HIGH_AREAS) {
      const keys = await vault.keysOf(area);
      await vault.commit(keys.map((key) => ({ area, key, bytes: null })));
    }
    this.#kept = { ...this.#kept, isPatchy: true };
    await this.#newKey();
  }
}

function readClocks({ world, monotonicMs }: Pick<LeaseParts, 'world' | 'monotonicMs'>): ClockReading {
  return { wallMs: world.nowMs(), monotonicMs: monotonicMs() };
}

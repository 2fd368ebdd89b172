import { retireOlder, turnKeyRing } from '../auth/key-ring.ts';
import type { KeyPlace, Secrets } from '../auth/key-ring.ts';
import { loadHubKeys } from '../auth/keys.ts';
import type { Log } from '../ops/log.ts';
import { deriveKey, fingerprintOf } from '../ops/secret.ts';
import type { HubDatabase } from '../store/hub-database.ts';
import type { OfficeAnswer } from './office.ts';

/** Returns what rows are sealed with, the newest first. */
export function bodyKeysOf([newest, ...older]: Secrets): readonly [Uint8Array, ...Uint8Array[]] {
  return [bodyKeyOf(newest), ...older.map(bodyKeyOf)];
}

function bodyKeyOf(secret: Uint8Array): Uint8Array {
  return deriveKey(secret, 'bodies');
}

/** What a rotation works on. */
export interface RotationNeeds {
  readonly place: KeyPlace;
  readonly database: Pick<HubDatabase, 'renew'>;
  readonly log: Log;
}

/** How long `ct key rotate` waits for the end before it says that the Hub goes on with it. */
const WAIT_MS = 5_000;

/**
 * Gives a Hub at work another key: new work is sealed under it at once, what is stored little by little, and the old secret is forgotten
 * when nothing lies under it any more. Broken off, it goes on with the Hub's next start. Rules STO-9, HUB-12.
 */
export class KeyRotation {
  readonly #needs: RotationNeeds;
  #secrets: Secrets;
  #underWay: Promise<void> | null = null;
  #isStopped = false;

  constructor(needs: RotationNeeds, secrets: Secrets) {
    this.#needs = needs;
    this.#secrets = secrets;
    if (secrets.length > 1) void this.#begin();
  }

  /** Begins a rotation, unless one is under way; answers when it is through, or after a few seconds. */
  async rotate(): Promise<OfficeAnswer> {
    const { place, log } = this.#needs;
    if (this.#underWay) return { problem: 'A rotation of the key is under way. Try again when it is through.' };
    this.#underWay = Promise.resolve();
    try {
      this.#secrets = await turnKeyRing(place, this.#secrets);
    } catch (error) {
      this.#underWay = null;
      throw error;
    }
    loadHubKeys(place.dataDirectory, ...this.#secrets);
    log.note('key-turned');
    const through = this.#begin();
    await Promise.race([through, new Promise((resolve) => setTimeout(resolve, WAIT_MS).unref())]);
    return { fingerprint: fingerprintOf(this.#secrets[0]), isThrough: this.#underWay === null };
  }

  /** Does something that reads with the keys of its beginning; once more when they were changed meanwhile. */
  async underOneKey<T>(task: (bodyKeys: readonly Uint8Array[]) => Promise<T>): Promise<T> {
    for (;;) {
      const [newest] = this.#secrets;
      const isTurned = (): boolean => this.#secrets[0] !== newest;
      try {
        const done = await task(bodyKeysOf(this.#secrets));
        if (!isTurned()) return done;
      } catch (error) {
        // what lies under the new key is damage to whoever has the old one alone
        if (!isTurned()) throw error;
      }
    }
  }

  /** The Hub is about to close: what is not through goes on with its next start. */
  stop(): void {
    this.#isStopped = true;
  }

  #begin(): Promise<void> {
    this.#underWay = this.#renew();
    return this.#underWay;
  }

  async #renew(): Promise<void> {
    const { place, database, log } = this.#needs;
    try {
      await database.renew(bodyKeyOf(this.#secrets[0]));
      this.#secrets = retireOlder(place.dataDirectory, this.#secrets);
      log.note('key-rotated');
    } catch (error) {
      if (!this.#isStopped) log.fault(error);
    } finally {
      this.#underWay = null;
    }
  }
}

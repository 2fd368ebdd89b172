import { HIGH_AREAS, Outage, type ReplicaArea } from '@chungtay/core/sync/ports';

const HIGH: ReadonlySet<ReplicaArea> = new Set(HIGH_AREAS);

/** The keys of an open vault, in memory alone: its own, and that of the short lease while it lasts. */
export class VaultKeys {
  #own: CryptoKey | null;
  #high: CryptoKey | null = null;

  constructor(own: CryptoKey) {
    this.#own = own;
  }

  /** Returns the vault's own key; throws an Outage once it is forgotten. */
  get own(): CryptoKey {
    if (!this.#own) throw new Outage('storage-lost');
    return this.#own;
  }

  /** Sets the key of the short lease, or forgets it. */
  setHigh(key: CryptoKey | null): void {
    this.#high = key;
  }

  /** Says whether an area cannot be opened, since its lease is over. */
  isShut(area: ReplicaArea): boolean {
    return HIGH.has(area) && this.#high === null;
  }

  /** Returns the key of an area, or null when its lease is over; throws an Outage once all are forgotten. */
  of(area: ReplicaArea): CryptoKey | null {
    const { own } = this;
    return HIGH.has(area) ? this.#high : own;
  }

  /** Forgets all of them. */
  forget(): void {
    this.#own = null;
    this.#high = null;
  }
}

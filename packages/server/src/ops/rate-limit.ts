import type { Clock } from '@chungtay/core/base/world';

/** Tokens that come back with time: `burst` at most, `perSecond` new ones. */
export class TokenBucket {
  #tokens: number;
  #atMs: number;
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#atMs = clock.nowMs();
  }

  /** Takes `count` tokens, into debt if need be; returns how many ms to wait until there is none left to pay, 0 when there is none now. */
  take(count: number): number {
    this.#refill();
    this.#tokens -= count;
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1_000);
  }

  /** Takes one token if there is one; says whether there was. */
  tryTake(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Says whether nothing was taken lately. */
  get isFull(): boolean {
    this.#refill();
    return this.#tokens >= this.#burst;
  }

  #refill(): void {
    const nowMs = this.#clock.nowMs();
    const elapsedMs = Math.max(0, nowMs - this.#atMs);
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsedMs * this.#perSecond) / 1_000);
    this.#atMs = nowMs;
  }
}

const ADDRESSES_KEPT = 10_000;
const ALL_TOGETHER = 5;

/** Counts tries per address and in all: a minute's worth at once, then as they come back. Rule HUB-6. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perMinute: number;
  readonly #all: TokenBucket;
  readonly #byAddress = new Map<string, TokenBucket>();

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock;
    this.#perMinute = perMinute;
    this.#all = new TokenBucket(clock, (perMinute * ALL_TOGETHER) / 60, perMinute * ALL_TOGETHER);
  }

  /** Says whether this address may try now, and counts the try. */
  tryFrom(address: string): boolean {
    return this.#bucketOf(address).tryTake() && this.#all.tryTake();
  }

  #bucketOf(address: string): TokenBucket {
    const known = this.#byAddress.get(address);
    if (known) return known;
    if (this.#byAddress.size >= ADDRESSES_KEPT) this.#forgetQuiet();
    const bucket = new TokenBucket(this.#clock, this.#perMinute / 60, this.#perMinute);
    this.#byAddress.set(address, bucket);
    return bucket;
  }

  #forgetQuiet(): void {
    for (const [address, bucket] of this.#byAddress) if (bucket.isFull) this.#byAddress.delete(address);
    // an attacker with ten thousand addresses is held by the limit on all together
    if (this.#byAddress.size >= ADDRESSES_KEPT) this.#byAddress.clear();
  }
}

import { describe, expect, it } from 'vitest';
import { RateLimit, TokenBucket } from './rate-limit.ts';

describe('limits', () => {
  it('[HUB-6] an address has its tries a minute, others have theirs, and all together have a bound', () => {
    const clock = { time: 0, nowMs: () => clock.time };
    const limit = new RateLimit(clock, 10);
    const count = (address: string, tries: number): number =>
      Array.from({ length: tries }, () => limit.tryFrom(address)).filter(Boolean).length;
    expect(count('a', 30)).toBe(10);
    expect(count('b', 30)).toBe(10);
    clock.time += 30_000;
    expect(count('a', 30)).toBe(5);
    const flood = Array.from({ length: 20_000 }, (_, i) => limit.tryFrom(`x${i}`)).filter(Boolean).length;
    expect(flood).toBeLessThanOrEqual(50);
  });

  it('[HUB-4] a bucket in debt says how long to wait, and a clock set back gives nothing away', () => {
    const clock = { time: 1_000_000, nowMs: () => clock.time };
    const bucket = new TokenBucket(clock, 10, 20);
    expect(bucket.take(20)).toBe(0);
    expect(bucket.take(10)).toBe(1_000);
    clock.time -= 500_000;
    expect(bucket.take(0)).toBe(1_000);
    clock.time += 1_000;
    expect(bucket.take(0)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../model/ids.ts';
import { isHighDocument, LEASE, leaseAt, leaseGiven, standingOf } from './lease.ts';

const HUB_MS = 1_772_413_200_000;
const HOUR_MS = 3_600_000;
const given = leaseGiven(HUB_MS, HUB_MS);
const start = { wallMs: HUB_MS, monotonicMs: 0 };

describe('the lease of a tablet', () => {
  it.each([
    ['whole', 0],
    ['whole', 71.9],
    ['open', 72],
    ['open', 14 * 24 - 1],
    ['ended', 14 * 24],
  ] as const)('[LSE-1] shows %s after %d hours', (standing, hours) => {
    expect(standingOf(leaseAt(given, start, { ...start, wallMs: HUB_MS + hours * HOUR_MS }))).toBe(standing);
  });

  it('[LSE-1] goes by the Hub, however wrong the clock of the tablet is', () => {
    const wallMs = HUB_MS - 400 * 24 * HOUR_MS;
    const off = leaseGiven(HUB_MS, wallMs);
    const since = { wallMs, monotonicMs: 0 };
    expect(standingOf(leaseAt(off, since, { wallMs: wallMs + 71 * HOUR_MS, monotonicMs: 0 }))).toBe('whole');
    expect(standingOf(leaseAt(off, since, { wallMs: wallMs + 73 * HOUR_MS, monotonicMs: 0 }))).toBe('open');
  });

  it('[LSE-2] wins no time by a clock that is put back, and goes on counting from where it was', () => {
    const later = leaseAt(given, start, { wallMs: HUB_MS + 71 * HOUR_MS, monotonicMs: 0 });
    const back = { wallMs: HUB_MS - 9_000 * HOUR_MS, monotonicMs: 0 };
    const put = leaseAt(later, back, back);
    expect(put.seenMs).toBe(later.seenMs);
    expect(standingOf(leaseAt(put, back, { ...back, wallMs: back.wallMs + 2 * HOUR_MS }))).toBe('open');
    expect(standingOf(leaseAt(put, back, { ...back, monotonicMs: 2 * HOUR_MS }))).toBe('open');
  });

  it('[LSE-2] counts what has run while somebody holds the clock back', () => {
    let record = given;
    let since = start;
    for (let hour = 1; hour <= 73; hour += 1) {
      const now = { wallMs: HUB_MS, monotonicMs: hour * HOUR_MS };
      record = leaseAt(record, since, now);
      since = now;
    }
    expect(standingOf(record)).toBe('open');
  });

  it('[LSE-2] ends early for a clock that was set ahead, and is whole again at the Hub’s word', () => {
    const ahead = leaseAt(given, start, { wallMs: HUB_MS + 1_000 * LEASE.allMs, monotonicMs: 5 });
    expect(standingOf(ahead)).toBe('ended');
    expect(standingOf(leaseGiven(HUB_MS + 6, HUB_MS + 1_000 * LEASE.allMs))).toBe('whole');
  });

  it.each([
    ['01J9ZZZZZZZZZZZZZZZZZZZZZD/case', false],
    ['01J9ZZZZZZZZZZZZZZZZZZZZZD/identity', false],
    ['01J9ZZZZZZZZZZZZZZZZZZZZZD/sealed-case', true],
    ['01J9ZZZZZZZZZZZZZZZZZZZZZD/informant/01J9ZZZZZZZZZZZZZZZZZZZZZE', true],
    ['01J9ZZZZZZZZZZZZZZZZZZZZZD/of-a-later-release', true],
  ])('[LSE-1] %s is of the short lease: %s', (document, isHigh) => {
    expect(isHighDocument(document as DocumentId)).toBe(isHigh);
  });
});

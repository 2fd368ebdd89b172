import { beforeEach, describe, expect, it } from 'vitest';
import { HubClock } from './hub-clock.ts';

const NOON = Date.UTC(2026, 9, 5, 5);
const HOUR = 3_600_000;
let tablet: { atMs: number };
let clock: HubClock;

beforeEach(() => {
  tablet = { atMs: NOON };
  clock = new HubClock({ nowMs: () => tablet.atMs });
});

describe("[REP-14] the Hub's time on a tablet", () => {
  it('is the clock of the tablet while nothing else is known', () => expect(clock.nowMs()).toBe(NOON));

  it('is never before what the Hub is known to have done', () => {
    clock.see(NOON + HOUR);
    clock.see(NOON - HOUR);
    expect(clock.nowMs()).toBe(NOON + HOUR);
  });

  it('does not go back with a clock that is put back', () => {
    expect(clock.nowMs()).toBe(NOON);
    tablet.atMs -= 24 * HOUR;
    expect(clock.nowMs()).toBe(NOON);
  });

  it.each([
    ['behind', HOUR],
    ['ahead', -HOUR],
  ])('is what the Hub says, once it is met by a tablet that is %s', (_, skewMs) => {
    clock.nowMs();
    clock.meet(skewMs);
    expect(clock.nowMs()).toBe(NOON + skewMs);
    clock.meet(null);
    expect(clock.nowMs()).toBe(NOON + skewMs);
  });
});

// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { effectScope } from 'vue';
import { IDLE_LOCK_MS, useIdleLock } from './use-idle-lock.ts';

let scope = effectScope();
afterEach(() => scope.stop());

function device() {
  scope = effectScope();
  let nowMs = 1_000;
  let locks = 0;
  let look = () => {};
  scope.run(() =>
    useIdleLock({
      lock: () => (locks += 1),
      nowMs: () => nowMs,
      every(_, wake) {
        look = wake;
        return () => {};
      },
    }),
  );
  return {
    locks: () => locks,
    pass(ms: number, isAwake = true) {
      nowMs += ms;
      if (isAwake) look();
    },
  };
}

describe('[UX-33] useIdleLock', () => {
  it('locks after five minutes untouched, once', () => {
    const tablet = device();
    tablet.pass(IDLE_LOCK_MS - 1);
    expect(tablet.locks()).toBe(0);
    tablet.pass(1);
    tablet.pass(5_000);
    expect(tablet.locks()).toBe(1);
  });

  it('counts from the last touch', () => {
    const tablet = device();
    tablet.pass(IDLE_LOCK_MS - 1);
    dispatchEvent(new Event('pointerdown'));
    tablet.pass(IDLE_LOCK_MS - 1);
    expect(tablet.locks()).toBe(0);
    tablet.pass(1);
    expect(tablet.locks()).toBe(1);
  });

  it('locks on the very touch that wakes a tablet up after an hour asleep', () => {
    const tablet = device();
    tablet.pass(3_600_000, false);
    dispatchEvent(new Event('pointerdown'));
    expect(tablet.locks()).toBe(1);
  });
});

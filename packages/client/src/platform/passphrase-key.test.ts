import { describe, expect, it } from 'vitest';
import { calibrateStretch, costAfter, isPlausible, STRETCH_FLOOR, stretch } from './passphrase-key.ts';

const SALT = new Uint8Array(16).fill(7);

describe('a passphrase made into a key', () => {
  it('[VLT-1] is Argon2id: 32 bytes, another for each salt and each cost', async () => {
    const key = await stretch('lúa chín', SALT, STRETCH_FLOOR);
    expect(key).toHaveLength(32);
    expect(await stretch('Lua  chin ', SALT, STRETCH_FLOOR)).toEqual(key);
    expect(await stretch('lúa chín', new Uint8Array(16).fill(8), STRETCH_FLOOR)).not.toEqual(key);
    expect(await stretch('lúa chín', SALT, { ...STRETCH_FLOOR, passes: 3 })).not.toEqual(key);
  });

  it.each([
    ['a slow tablet gets the floor', 1_500, STRETCH_FLOOR],
    ['a common one about 0.7 s', 400, { memoryKiB: 47_104, passes: 4 }],
    ['a fast one more passes, up to a limit', 20, { memoryKiB: 47_104, passes: 12 }],
    ['a clock that stands still is no reason to be weak', 0, { memoryKiB: 47_104, passes: 12 }],
  ])('[VLT-1] %s', async (_what, tookMs, cost) => {
    let nowMs = 0;
    const elapsed = (): number => (nowMs += tookMs);
    expect(await calibrateStretch(elapsed)).toEqual(cost);
  });

  it.each([
    ['what was bearable stays', [47_104, 4], 700, [47_104, 4]],
    ['quick, but not too quick, stays', [47_104, 4], 350, [47_104, 4]],
    ['slow, but not too slow, stays', [47_104, 4], 1_400, [47_104, 4]],
    ['too quick: more passes', [47_104, 4], 200, [47_104, 12]],
    ['too quick at the floor: more memory too', [19_456, 2], 100, [47_104, 6]],
    ['just too quick at the floor: never fewer than were tried first', [19_456, 2], 349, [47_104, 2]],
    ['much too slow: half at most', [47_104, 12], 60_000, [47_104, 6]],
    ['too slow: fewer passes', [47_104, 4], 1_500, [47_104, 2]],
    ['too slow with the fewest passes: the floor', [47_104, 2], 3_000, [19_456, 2]],
    ['the slowest tablet keeps the floor', [19_456, 2], 9_000, [19_456, 2]],
    ['a clock that stands still is no reason to be weak', [47_104, 4], 0, [47_104, 12]],
  ])('[VLT-1] measured again: %s', (_what, [memoryKiB = 0, passes = 0], tookMs, [nextKiB, nextPasses]) => {
    const next = costAfter({ memoryKiB, passes }, tookMs);
    expect(next).toEqual({ memoryKiB: nextKiB, passes: nextPasses });
    expect(isPlausible(next)).toBe(true);
  });
});

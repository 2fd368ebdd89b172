import { describe, expect, it } from 'vitest';
import { calibrateStretch, STRETCH_FLOOR, stretch } from './passphrase-key.ts';

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
});

import { DamagedRow } from '@chungtay/core/sync/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../ops/log.ts';
import { type CommuneHome, makeCommuneHome } from './commune-home.support.ts';
import { openHub } from './open-hub.ts';
import type { OpenHub } from './open-hub.ts';

const log = createLog(() => undefined, Date.now);
let home: CommuneHome;
let open: OpenHub;

beforeEach(async () => {
  home = makeCommuneHome();
  open = await openHub(home.place, log);
});
afterEach(async () => {
  await open.close();
  home.remove();
});

describe('what reads beside a rotation of the key', () => {
  it('[STO-9] is begun again with both keys when the key was turned before it read a row, and fails of nothing', async () => {
    const { keyRotation } = open;
    const newest: string[] = [];
    const read = await keyRotation.underOneKey(async ([key]) => {
      newest.push(Buffer.from(key ?? []).toString('hex'));
      if (newest.length > 1) return 'read';
      await keyRotation.rotate();
      throw new DamagedRow();
    });
    expect(read).toBe('read');
    expect(new Set(newest).size).toBe(2);
  });

  it('[STO-9] fails of damage where the key is still the one', async () => {
    await expect(open.keyRotation.underOneKey(() => Promise.reject(new DamagedRow()))).rejects.toThrow(DamagedRow);
  });
});

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadHubKeys } from '@chungtay/server/auth/keys';
import { openSealed } from '@chungtay/server/auth/unseal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealTo } from '../../packages/client/src/platform/seal-to-hub.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealed-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('what a tablet seals to its Hub', () => {
  it('[KEP-7] is opened by that Hub, over restarts, and is another box each time', async () => {
    const secret = randomBytes(32);
    const { sealKey } = loadHubKeys(directory, secret);
    const text = new TextEncoder().encode('Trẻ ở sau trường học');
    const [box, again] = [await sealTo(sealKey)(text), await sealTo(sealKey)(text)];
    expect(box).not.toEqual(again);
    expect(await openSealed(loadHubKeys(directory, secret), box)).toEqual(text);
    expect(await openSealed(loadHubKeys(directory, secret), again)).toEqual(text);
  });

  it('[HUB-10] is nothing to another Hub, when it was changed, or when it is none', async () => {
    const keys = loadHubKeys(directory, randomBytes(32));
    const box = await sealTo(keys.sealKey)(randomBytes(300));
    for (const at of [0, 31, 40, box.length - 1]) {
      const changed = box.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await openSealed(keys, changed)).toBeNull();
    }
    expect(await openSealed(keys, new Uint8Array(80))).toBeNull();
    expect(await openSealed(keys, new Uint8Array(3))).toBeNull();
    const other = mkdtempSync(join(tmpdir(), 'sealed-'));
    expect(await openSealed(loadHubKeys(other, randomBytes(32)), box)).toBeNull();
    rmSync(other, { recursive: true });
  });
});

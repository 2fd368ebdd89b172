import { describe, expect, it } from 'vitest';
import { testSealer } from '../../../../test/fixtures/sealer.ts';
import type { DeviceId } from '../model/ids.ts';
import { START, openCursor, sealCursor } from './cursor.ts';

const device = '01KJP0Y9MM7VMRXR0YBARR68A9' as DeviceId;
const other = '01KJP0Y9MM7VMRXR0YBARR68AA' as DeviceId;
const sealer = testSealer('a');
const standing = {
  epoch: 1_023,
  base: { seq: 281_474_976_710_655, atMs: 1_772_413_200_123, documents: 4_294_967_295 },
  done: { seq: 7, atMs: 8, documents: 9, mark: 0xff_fe_fd },
  position: 4_000_000_000,
};

describe('a cursor', () => {
  it('[FEED-1] comes back whole, to its own device alone', () => {
    const cursor = sealCursor(standing, device, sealer);
    expect(openCursor(cursor, device, sealer)).toEqual(standing);
    expect(openCursor(cursor, other, sealer)).toBeNull();
    expect(openCursor(cursor, device, testSealer('b'))).toBeNull();
  });

  it('[FEED-1] fits the envelope and has one length, whatever it says', () => {
    const cursor = sealCursor(standing, device, sealer);
    const start = sealCursor({ epoch: 1, base: START, done: START, position: 0 }, device, sealer);
    expect(start).toHaveLength(cursor.length);
    expect(cursor.length).toBeLessThanOrEqual(96);
  });

  it('[FEED-1] changed in any byte is none', () => {
    const cursor = sealCursor(standing, device, sealer);
    for (let at = 0; at < cursor.length; at += 1) {
      const changed = cursor.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(openCursor(changed, device, sealer)).toBeNull();
    }
    expect(openCursor(new Uint8Array(0), device, sealer)).toBeNull();
    expect(openCursor(sealer.seal(new Uint8Array(68)), device, sealer)).toBeNull();
  });
});

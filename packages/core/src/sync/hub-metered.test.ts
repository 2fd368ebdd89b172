import { describe, expect, it } from 'vitest';
import { nodeDeflate } from '../../../../test/fixtures/world.ts';
import { MeteredDeflate } from './hub-metered.ts';

const MEGABYTE = 1024 * 1024;

/** Returns a deflate whose costs are noted. */
function metered() {
  const charged: number[] = [];
  const socket = { send: () => undefined, bufferedBytes: 0, close: () => undefined };
  return {
    charged,
    deflate: new MeteredDeflate(nodeDeflate, { ...socket, charge: (bytes) => void charged.push(bytes) }),
  };
}

describe('what a frame costs', () => {
  it('[HUB-4] is what it inflates to, beyond its own length, and all that it might have been when it is too much', async () => {
    const { charged, deflate } = metered();
    const packed = await deflate.deflate(new Uint8Array(MEGABYTE));
    expect(await deflate.inflate(packed, MEGABYTE)).toHaveLength(MEGABYTE);
    expect(await deflate.inflate(packed, MEGABYTE / 2)).toBeNull();
    expect(charged).toEqual([MEGABYTE - packed.length, MEGABYTE / 2 - packed.length]);
  });

  it('[HUB-4] is nothing more when it does not shrink', async () => {
    const { charged, deflate } = metered();
    const packed = await deflate.deflate(new Uint8Array([1, 2, 3]));
    expect(await deflate.inflate(packed, MEGABYTE)).toHaveLength(3);
    expect(charged).toEqual([0]);
  });
});

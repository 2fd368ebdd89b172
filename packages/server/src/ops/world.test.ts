import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createSigner, loadHubKeys } from '../auth/keys.ts';
import { createSealer } from '../auth/sealer.ts';
import { withFolder } from '../store/samples.support.ts';
import { createNodeWorld } from './world.ts';

const world = createNodeWorld();

describe('the World of this machine', () => {
  it('[HUB-10] a little is inflated here and now, a bomb of a few kilobytes in the thread pool', async () => {
    const isAtOnce = async (size: number): Promise<boolean> => {
      const packed = deflateRawSync(new Uint8Array(size));
      let isDone = false;
      const inflating = world.deflate.inflate(packed, 1_048_576).then((bytes) => {
        isDone = true;
        return bytes;
      });
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      const wasDone = isDone;
      expect(await inflating).toHaveLength(size);
      return wasDone;
    };
    expect([await isAtOnce(10_000), await isAtOnce(1_000_000)]).toEqual([true, false]);
  });

  it('[HUB-10] hashes and signs as the standards say', async () => {
    expect(Buffer.from(world.crypto.sha256(Buffer.from('abc'))).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    // RFC 8032 § 7.1, test 2
    const signer = createSigner(Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'));
    expect(Buffer.from(signer.publicKey).toString('hex')).toBe(
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    );
    const signature = await signer.sign(new Uint8Array([0x72]));
    expect(Buffer.from(signature).toString('hex').slice(0, 32)).toBe('92a009a9f0d4cab8720e820b5f642540');
    expect(await world.crypto.verify(signer.publicKey, new Uint8Array([0x72]), signature)).toBe(true);
    expect(await world.crypto.verify(signer.publicKey, new Uint8Array([0x73]), signature)).toBe(false);
  });

  it.each([0, 1, 31, 33, 64])('[HUB-10] a key of %i bytes or a short signature is a plain no', async (length) => {
    expect(await world.crypto.verify(new Uint8Array(length), new Uint8Array(3), new Uint8Array(64))).toBe(false);
    const signer = createSigner(new Uint8Array(32).fill(3));
    expect(await world.crypto.verify(signer.publicKey, new Uint8Array(3), new Uint8Array(length))).toBe(false);
  });

  it.each([3, 5_000, 50_000])('[HUB-10] %i bytes: inflating stops at the bound, and damage is null', async (size) => {
    const plain = randomBytes(size);
    const packed = await world.deflate.deflate(plain);
    expect(await world.deflate.inflate(packed, size)).toEqual(new Uint8Array(plain));
    expect(await world.deflate.inflate(packed, size - 1)).toBeNull();
    expect(await world.deflate.inflate(packed.subarray(0, -2), size)).toBeNull();
    expect(await world.deflate.inflate(Uint8Array.from([...packed, 0]), size)).toBeNull();
  });

  it('[HUB-10] a bomb costs no more than its bound', async () => {
    const bomb = deflateRawSync(Buffer.alloc(200_000_000));
    const before = process.memoryUsage().rss;
    expect(await world.deflate.inflate(bomb, 1_048_576)).toBeNull();
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it('[HUB-10] what the Hub seals opens for it alone, and looks different each time', () => {
    const sealer = createSealer(new Uint8Array(32).fill(1));
    const plain = new Uint8Array([1, 2, 3]);
    const sealed = sealer.seal(plain);
    expect(sealed).toHaveLength(31);
    expect(sealer.seal(plain)).not.toEqual(sealed);
    expect(sealer.open(sealed)).toEqual(plain);
    expect(createSealer(new Uint8Array(32)).open(sealed)).toBeNull();
    for (let i = 0; i < sealed.length; i += 1) {
      const damaged = sealed.slice();
      damaged[i] = (damaged[i] ?? 0) ^ 1;
      expect(sealer.open(damaged)).toBeNull();
    }
    for (let length = 0; length < 40; length += 1) expect(sealer.open(new Uint8Array(length))).toBeNull();
  });

  it('[HUB-10] the Hub is the same Hub after a restart, and cannot start with another key file', async () => {
    await withFolder(async (folder) => {
      const secret = randomBytes(32);
      const [first, again] = [loadHubKeys(folder, secret), loadHubKeys(folder, secret)];
      expect(again.signer.publicKey).toEqual(first.signer.publicKey);
      expect(again.sealKey).toEqual(first.sealKey);
      expect(again.cursors.open(first.cursors.seal(new Uint8Array([7])))).toEqual(new Uint8Array([7]));
      expect(again.tickets.open(first.cursors.seal(new Uint8Array([7])))).toBeNull();
      expect(() => loadHubKeys(folder, randomBytes(32))).toThrow('cannot be opened');
      await Promise.resolve();
    });
  });
});

import type { World } from '@chungtay/core/base/world';
import { LEASE } from '@chungtay/core/policy/lease';
import type { ReplicaWrite } from '@chungtay/core/sync/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { createVault, openVault, type Vault } from '../platform/idb-vault.ts';
import { databases, emptyDisk, recordsOf } from '../platform/indexed-db.support.ts';
import { eraseOverdueKeys, restingLeaseKey } from '../platform/lease-key.ts';
import { STRETCH_FLOOR } from '../platform/passphrase-key.ts';
import { browserWorld } from '../platform/world.ts';
import { PHRASE } from './engine.support.ts';
import { identityFor } from './identity.support.ts';
import type { LeaseGiven } from './lease-ask.ts';
import { LeaseKeeper } from './lease-keeper.ts';

const START_MS = 1_772_413_200_000;
const HOUR_MS = 3_600_000;
const SECRET: ReplicaWrite = {
  area: 'highLog',
  key: '0000000001',
  bytes: new TextEncoder().encode('Sùng Thị Kanarina'),
};

let wallMs: number;
let ranMs: number;
let vault: Vault;
let keeper: LeaseKeeper;
let boxes: (Uint8Array | null)[];
let answer: LeaseGiven;
const world: World = { ...browserWorld(), nowMs: () => wallMs };

beforeEach(async () => {
  emptyDisk();
  wallMs = START_MS;
  ranMs = 0;
  boxes = [];
  answer = { is: 'offline' };
  vault = await createVault('one', PHRASE, STRETCH_FLOOR, () => undefined);
  keeper = await open();
  await vault.commit([SECRET]);
});

function open(): Promise<LeaseKeeper> {
  const ask = (box: Uint8Array | null): Promise<LeaseGiven> => {
    boxes.push(box);
    return Promise.resolve(answer);
  };
  return LeaseKeeper.open({ vault, identity: identityFor('lead'), world, monotonicMs: () => ranMs, ask });
}

/** The next start of the program. */
async function restart(): Promise<void> {
  vault.close();
  ranMs = 0;
  const next = await openVault('one', PHRASE, () => undefined);
  if (!next) throw new Error('wrong passphrase');
  vault = next;
  keeper = await open();
}

async function isReadable(): Promise<boolean> {
  return (await vault.readAll('highLog')).records.length === 1;
}

describe('the lease of a vault', () => {
  it('[LSE-5] opens its areas with a key that rests sealed, and with nothing else', async () => {
    await restart();
    expect([keeper.standing, await isReadable()]).toEqual(['whole', true]);
    vault.setHigh(null);
    expect(await vault.readAll('highLog')).toEqual({ records: [], damaged: 0 });
    await expect(vault.commit([SECRET])).rejects.toThrow('storage-lost');
  });

  it('[P14] [LSE-5] erases the key at its end: what lies under it stays, and nothing on the tablet opens it', async () => {
    const resting = await restingLeaseKey('one');
    wallMs += LEASE.highMs;
    expect(keeper.standing).toBe('open');
    await keeper.tick();
    expect(await databases()).not.toContain('ct-lease-one');
    const kept = await recordsOf('ct-vault-one');
    expect(kept.filter(({ area }) => area === 'highLog')).toHaveLength(1);
    const holdsKey = kept.some(
      ({ value }) => value instanceof Uint8Array && String(value).includes(String(resting?.sealed)),
    );
    expect(holdsKey).toBe(false);
    await restart();
    expect([keeper.standing, await isReadable()]).toEqual(['open', false]);
  });

  it('[LSE-5] erases it at the first start after its end, before anybody opens', async () => {
    await eraseOverdueKeys(['one'], START_MS + LEASE.highMs - 1);
    expect(await restingLeaseKey('one')).not.toBeNull();
    await eraseOverdueKeys(['one'], START_MS + LEASE.highMs);
    expect(await restingLeaseKey('one')).toBeNull();
    await restart();
    expect(keeper.standing).toBe('open');
  });

  it('[P14] [LSE-2] no time is won by putting the clock back before each start', async () => {
    wallMs += 71 * HOUR_MS;
    await keeper.tick();
    for (let start = 0; start < 3; start += 1) {
      wallMs = START_MS - 8_000 * HOUR_MS;
      await restart();
      wallMs += 10 * 60_000;
      ranMs += 10 * 60_000;
      await keeper.tick();
      expect(keeper.standing).toBe('whole');
    }
    wallMs = START_MS - 9_000 * HOUR_MS;
    await restart();
    ranMs += 31 * 60_000;
    await keeper.tick();
    expect([keeper.standing, await isReadable()]).toEqual(['open', false]);
  });

  it('[LSE-3] is renewed by the Hub alone, at its time', async () => {
    wallMs += 70 * HOUR_MS;
    await keeper.tick();
    expect(await keeper.renew()).toBe('offline');
    answer = { is: 'refused' };
    expect(await keeper.renew()).toBe('refused');
    expect(keeper.ends.highAtMs).toBe(START_MS + LEASE.highMs);
    answer = { is: 'given', hubMs: START_MS + 69 * HOUR_MS, key: null };
    expect(await keeper.renew()).toBe('given');
    expect(keeper.ends.highAtMs).toBe(wallMs + LEASE.highMs);
    expect(boxes).toEqual([null, null, null]);
  });

  it('[LSE-9] gets its key back from the Hub, and everything under it with it', async () => {
    const raw = await keyOfBox();
    wallMs += 100 * HOUR_MS;
    await keeper.tick();
    answer = { is: 'given', hubMs: wallMs, key: raw };
    await keeper.renew();
    expect(boxes.at(-1)?.length).toBe(106);
    expect([keeper.standing, keeper.isPatchy, await isReadable()]).toEqual(['whole', false, true]);
    await restart();
    expect([keeper.standing, await isReadable()]).toEqual(['whole', true]);
  });

  it.each([
    ['no key', null],
    ['another key', new Uint8Array(32).fill(7)],
  ])('[LSE-9] begins anew when the Hub gives %s: everything is to come again', async (_what, key) => {
    wallMs += 100 * HOUR_MS;
    await keeper.tick();
    answer = { is: 'given', hubMs: wallMs, key };
    await keeper.renew();
    expect([keeper.standing, keeper.isPatchy, await vault.keysOf('highLog')]).toEqual(['whole', true, []]);
    await vault.commit([SECRET]);
    await restart();
    expect([keeper.standing, keeper.isPatchy, await isReadable()]).toEqual(['whole', true, true]);
  });
});

/** The key as it rests, opened: what a Hub would find in the box. */
async function keyOfBox(): Promise<Uint8Array> {
  const resting = await restingLeaseKey('one');
  const raw = resting && (await vault.unseal('lease/key', resting.sealed));
  if (!raw) throw new Error('no key');
  return raw;
}

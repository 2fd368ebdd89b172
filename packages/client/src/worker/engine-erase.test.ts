import { documentIdOf } from '@chungtay/core/model/ids';
import { Outage } from '@chungtay/core/sync/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, emptyDisk } from '../platform/indexed-db.support.ts';
import type { ErasedWord } from '../platform/tablet-registry.ts';
import { type Door, openDoor } from './door.ts';
import type { EngineApi } from './engine-api.ts';
import { engineApi } from './engine-verbs.ts';
import type { EngineEvent } from './engine-views.ts';
import { dismissing, hasty, hublessLease, PHRASE, settlePerson, worldAt } from './engine.support.ts';
import { Engine } from './engine.ts';
import { identityFor } from './identity.support.ts';
import type { OrderToErase } from './open-erase.ts';
import { Recovery } from './recovery.ts';

const world = hasty(worldAt({ nowMs: 1_772_413_200_000 }));
const word = (lastN: number, lastHash: Uint8Array): ErasedWord => ({
  device: 'd',
  nonce: 'n',
  lastN,
  lastHash: Buffer.from(lastHash).toString('base64url'),
  atMs: 1_772_413_200_000,
  ordered: 'o',
  obeyed: 'b',
});
/** A Hub that orders it of whoever has handed in everything. */
const ordering: OrderToErase = (_opened, { lastN, lastHash }) => Promise.resolve(word(lastN, lastHash));

/** A busy machine is slow, not wrong. */
const PATIENT = { timeout: 10_000 };

let told: EngineEvent[];
let hubKnows: boolean;
let heard: ErasedWord[];
let door: Door;
const started: EngineApi[] = [];

beforeEach(async () => {
  emptyDisk();
  hubKnows = true;
  heard = [];
  await settlePerson(world, 'one');
  await settlePerson(world, 'two', identityFor('lead', 'Bùi Thị Xuân'));
});

afterEach(async () => {
  for (const api of started.splice(0)) await api.lock({ forget: true });
  // what goes on behind an answer would go on on the next test's disk
  await door.eraseCondemned().catch(() => undefined);
});

/** Starts the engine as a fresh worker does, before a Hub that sends dismissed devices away. */
async function start(orderToErase: OrderToErase, over: Partial<Door> = {}): Promise<EngineApi> {
  told = [];
  const tellErased = (said: ErasedWord): Promise<boolean> => {
    heard.push(said);
    return Promise.resolve(hubKnows);
  };
  door = { ...(await openDoor(world, () => undefined, undefined, tellErased)), ...over };
  const parts = {
    world,
    tab: { holds: true, takeOver: () => Promise.resolve() },
    dial: dismissing,
    openLease: hublessLease(world),
    recovery: new Recovery(() => Promise.resolve({ is: 'no', code: 'offline' })),
    orderToErase,
    tell: (event: EngineEvent) => void told.push(event),
    door,
  };
  const api = engineApi(new Engine(parts), parts);
  started.push(api);
  return api;
}

async function vaults(): Promise<readonly string[]> {
  return (await databases()).filter((name) => /^ct-(?:vault|lease)-/u.test(name)).toSorted();
}

const isLocked = (): boolean => told.some((event) => event.type === 'locked' && event.reason === 'revoked');
const OTHERS = ['ct-vault-two'];

describe('a device that was dismissed', () => {
  it('[P12] [ERA-3] erases the vault of this person alone, says so, and tells the Hub once', async () => {
    const api = await start(ordering);
    expect((await api.unlock('one', PHRASE)).ok).toBe(true);
    await expect.poll(isLocked, PATIENT).toBe(true);
    await expect.poll(vaults, PATIENT).toEqual(OTHERS);
    await expect.poll(() => heard.length, PATIENT).toBe(1);
    const boot = await api.boot();
    expect([boot.people.map(({ vault }) => vault), boot.erased.map(({ vault }) => vault)]).toEqual([['two'], ['one']]);
    expect(await api.unlock('one', PHRASE)).toMatchObject({ ok: false });
    await api.sawErased('one');
    expect((await api.boot()).erased).toEqual([]);
    expect((await api.unlock('two', PHRASE)).ok).toBe(true);
    await api.lock({ forget: true });
    expect(heard).toHaveLength(1);
  });

  it('[P12] [ERA-3] without an order, or with one about something else, erases nothing', async () => {
    for (const order of [async () => null, async () => word(7, new Uint8Array(32))]) {
      let asked = 0;
      const counted: OrderToErase = () => {
        asked += 1;
        return order();
      };
      const api = await start(counted);
      await api.unlock('one', PHRASE);
      await expect.poll(() => asked, PATIENT).toBeGreaterThan(0);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(isLocked()).toBe(false);
      expect((await api.me()).role).toBe('lead');
      expect(await vaults()).toContain('ct-vault-one');
      await api.lock({ forget: true });
    }
  });

  it('[P12] [ERA-3] keeps what was written while the Hub was asked, and is not asked while something waits', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = 0;
    const api = await start(async (_opened, { lastN, lastHash }) => {
      asked += 1;
      await held;
      return word(lastN, lastHash);
    });
    await api.unlock('one', PHRASE);
    await expect.poll(() => asked, PATIENT).toBe(1);
    const document = documentIdOf(await api.newFolder(), 'identity');
    const sets = [
      { name: 'village', value: 'na-pan' },
      { name: 'name', value: 'Vàng Thị Dợ' },
    ];
    expect((await api.edit([{ document, sets }])).ok).toBe(true);
    release();
    await expect.poll(async () => (await api.syncPanel()).summary.waiting, PATIENT).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isLocked()).toBe(false);
    expect(asked).toBe(1);
    expect(await vaults()).toContain('ct-vault-one');
    expect((await api.queryChildren({ text: '', filter: 'all', village: null, group: null, limit: 9 })).total).toBe(1);
  });

  it('[P12] [ERA-5] killed between the order and the erasing, erases at the next start, before anybody opens', async () => {
    const stuck = await start(ordering, { eraseCondemned: () => Promise.reject(new Outage('storage-blocked')) });
    await stuck.unlock('one', PHRASE);
    await expect.poll(isLocked, PATIENT).toBe(true);
    expect(await vaults()).toContain('ct-vault-one');
    hubKnows = false;
    const api = await start(ordering);
    expect((await api.boot()).erased).toHaveLength(1);
    await expect.poll(vaults, PATIENT).toEqual(OTHERS);
    await expect.poll(() => heard.length, PATIENT).toBe(1);
    hubKnows = true;
    await api.boot();
    await expect.poll(() => heard.length, PATIENT).toBe(2);
    await api.sawErased('one');
    await expect.poll(() => door.erased(), PATIENT).toEqual([]);
  });

  it('[P12] [ERA-3] whose order cannot be written down erases nothing', async () => {
    const api = await start(ordering, { condemn: () => Promise.reject(new Outage('storage-full')) });
    await api.unlock('one', PHRASE);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isLocked()).toBe(false);
    expect(await vaults()).toContain('ct-vault-one');
  });
});

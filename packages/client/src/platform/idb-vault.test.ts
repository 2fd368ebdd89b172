import { must } from '@chungtay/core/base/assert';
import type { ReplicaArea } from '@chungtay/core/sync/ports';
import { Outage } from '@chungtay/core/sync/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { createVault, dropVault, openVault, openVaultWithAuthenticator, type Vault } from './idb-vault.ts';
import {
  breakSealing,
  databases,
  emptyDisk,
  fillDisk,
  putBehind,
  recordsOf,
  watchDurability,
} from './indexed-db.support.ts';
import { STRETCH_FLOOR } from './passphrase-key.ts';

const PHRASE = 'trâu vàng thuyền nhỏ đèn ấm núi xanh';
const STORY = 'Cháu Sùng A Chớ kể: bố đánh bằng thắt lưng.';
const lost = (): void => undefined;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

let vault: Vault;
beforeEach(async () => {
  emptyDisk();
  vault = await createVault('one', PHRASE, STRETCH_FLOOR, lost);
});

/** Returns a sealed record as it lies on disk. */
async function sealed(area: ReplicaArea, key: string): Promise<Uint8Array> {
  const found = (await recordsOf('ct-vault-one')).find((record) => record.area === area && record.key === key);
  return found?.value as Uint8Array;
}

describe('a vault on disk', () => {
  it('[VLT-1] holds no word of what was saved, nor of what opens it', async () => {
    await vault.commit([
      { area: 'log', key: '0000000001', bytes: bytesOf(STORY) },
      { area: 'drafts', key: 'a', bytes: bytesOf(STORY) },
    ]);
    const records = await recordsOf('ct-vault-one');
    expect(records.map(({ area }) => area).toSorted()).toEqual(['drafts', 'log', 'slots']);
    for (const { value } of records) {
      const shown = JSON.stringify(value, (_key, part: unknown) =>
        part instanceof Uint8Array ? new TextDecoder('latin1').decode(part) : part,
      );
      for (const word of ['Sùng', 'lưng', 'trâu', 'trau', 'vang']) expect(shown).not.toContain(word);
    }
    const [first, second] = [await sealed('log', '0000000001'), await sealed('drafts', 'a')];
    expect(first).not.toEqual(second);
  });

  it.each([
    ['as it was chosen', PHRASE, true],
    ['without marks', 'trau vang thuyen nho den am nui xanh', true],
    ['in capitals, with room between', '  TRÂU VÀNG   THUYỀN NHỎ ĐÈN ẤM  NÚI XANH ', true],
    ['one word other', 'trâu vàng thuyền nhỏ đèn ấm núi trắng', false],
    ['a part', 'trâu vàng thuyền nhỏ', false],
    ['nothing', '', false],
  ])('[VLT-1] the passphrase %s', async (_what, phrase, opens) => {
    await vault.commit([{ area: 'meta', key: 'k', bytes: bytesOf(STORY) }]);
    vault.close();
    const again = await openVault('one', phrase, lost);
    expect((await again?.read('meta', 'k')) ?? null).toEqual(opens ? bytesOf(STORY) : null);
  });

  it.each([
    ['memory below the floor', { memoryKiB: 1_024, passes: 2 }],
    ['one pass', { memoryKiB: 19_456, passes: 1 }],
    ['memory that stops the tablet', { memoryKiB: 8_388_608, passes: 2 }],
    ['a year of passes', { memoryKiB: 19_456, passes: 1_000_000 }],
  ])('[VLT-1] a slot whose cost was changed to %s opens nothing, and costs nothing', async (_what, cost) => {
    vault.close();
    const [slot] = await recordsOf('ct-vault-one');
    await putBehind('ct-vault-one', 'slots', 'passphrase', { ...(slot?.value as object), cost });
    const startedAtMs = performance.now();
    expect(await openVault('one', PHRASE, lost)).toBeNull();
    expect(performance.now() - startedAtMs).toBeLessThan(500);
  });

  it('[VLT-1] a slot put into another vault opens nothing', async () => {
    const [slot] = await recordsOf('ct-vault-one');
    const other = await createVault('two', 'sáo nâu bè dài lúa chín sao sáng', STRETCH_FLOOR, lost);
    other.close();
    await putBehind('ct-vault-two', 'slots', 'passphrase', slot?.value);
    expect(await openVault('two', PHRASE, lost)).toBeNull();
  });

  it('[VLT-1] a vault that is not there does not open', async () => {
    expect(await openVault('nobody', PHRASE, lost)).toBeNull();
  });

  it.each([
    ['another key', 'log', '0000000002'],
    ['another area', 'packs', '0000000001'],
  ] as const)('[VLT-2] a record moved to %s is refused; the others open', async (_what, area, key) => {
    await vault.commit([{ area: 'log', key: '0000000001', bytes: bytesOf('một') }]);
    await putBehind('ct-vault-one', area, key, await sealed('log', '0000000001'));
    expect(await vault.read(area, key)).toBeNull();
    expect((await vault.readAll(area)).damaged).toBe(1);
    expect(await vault.read('log', '0000000001')).toEqual(bytesOf('một'));
  });

  it('[VLT-2] a record of another person’s vault is refused', async () => {
    await vault.commit([{ area: 'meta', key: 'k', bytes: bytesOf('một') }]);
    const other = await createVault('two', PHRASE, STRETCH_FLOOR, lost);
    await putBehind('ct-vault-two', 'meta', 'k', await sealed('meta', 'k'));
    expect(await other.read('meta', 'k')).toBeNull();
  });

  it.each([0, 6, 12, 20, -1])('[VLT-2] one bit flipped at byte %i: this record is lost, no other', async (at) => {
    await vault.commit([1, 2, 3].map((n) => ({ area: 'packs' as const, key: `${n}`, bytes: bytesOf(`gói số ${n}`) })));
    const bytes = (await sealed('packs', '2')).slice();
    bytes.set([(bytes.at(at) ?? 0) ^ 4], at < 0 ? bytes.length + at : at);
    await putBehind('ct-vault-one', 'packs', '2', bytes);
    const { records, damaged } = await vault.readAll('packs');
    expect([damaged, records.map(({ key }) => key)]).toEqual([1, ['1', '3']]);
  });

  it.each([0, 1, 12, 27])('[VLT-2] a record cut to %i bytes is damaged, not a fault', async (length) => {
    await vault.commit([{ area: 'meta', key: 'k', bytes: bytesOf('một') }]);
    await putBehind('ct-vault-one', 'meta', 'k', (await sealed('meta', 'k')).slice(0, length));
    expect(await vault.read('meta', 'k')).toBeNull();
  });
});

describe('a vault at work', () => {
  it('[VLT-7] a full disk is an outage of that name, and nothing of the batch is there', async () => {
    await vault.commit([{ area: 'meta', key: '1', bytes: bytesOf('trước') }]);
    const giveRoom = fillDisk();
    const failure: unknown = await vault
      .commit([
        { area: 'meta', key: '1', bytes: bytesOf('sau') },
        { area: 'outbox', key: '000000000001', bytes: bytesOf('sau') },
      ])
      .catch((error: unknown) => error);
    giveRoom();
    expect(failure).toBeInstanceOf(Outage);
    expect((failure as Outage).kind).toBe('storage-full');
    expect(await vault.read('meta', '1')).toEqual(bytesOf('trước'));
    expect(await vault.read('outbox', '000000000001')).toBeNull();
  });

  it('[VLT-7] every write asks for strict durability', async () => {
    const watch = watchDurability();
    await vault.commit([{ area: 'outbox', key: '000000000001', bytes: bytesOf('x') }]);
    watch.end();
    expect(watch.asked).toEqual(['strict']);
  });

  it('[VLT-7] a database that went away is an outage, not a fault', async () => {
    let isLost = false;
    const other = await createVault('two', PHRASE, STRETCH_FLOOR, () => (isLost = true));
    await dropVault('two');
    expect(isLost).toBe(true);
    const failure: unknown = await other
      .commit([{ area: 'meta', key: 'k', bytes: bytesOf('x') }])
      .catch((e: unknown) => e);
    expect((failure as Outage).kind).toBe('storage-lost');
  });

  it('[VLT-1] closed, it has forgotten its key', async () => {
    await vault.commit([{ area: 'meta', key: 'k', bytes: bytesOf('x') }]);
    vault.close();
    const closed = { name: 'Outage', kind: 'storage-lost' };
    await expect(vault.read('meta', 'k')).rejects.toMatchObject(closed);
    await expect(vault.readAll('meta')).rejects.toMatchObject(closed);
    await expect(vault.commit([{ area: 'meta', key: 'k', bytes: bytesOf('y') }])).rejects.toMatchObject(closed);
  });

  it('[VLT-4] dropped, nothing is left of it', async () => {
    vault.close();
    await dropVault('one');
    expect(await databases()).toEqual([]);
  });
});

describe('PIN and authenticator', () => {
  const secret = new Uint8Array(32).fill(9);
  const given = { pin: '482915', secret };
  const openWith = (pin: string, by: Uint8Array) => openVaultWithAuthenticator('one', { pin, secret: by }, lost);
  const changed = (at: number): Uint8Array => secret.map((byte, i) => (i === at ? byte ^ 1 : byte));

  beforeEach(async () => {
    await vault.commit([{ area: 'meta', key: 'k', bytes: bytesOf(STORY) }]);
    await vault.addAuthenticator(given);
    vault.close();
  });

  it('[VLT-11] open together what the passphrase opens, and it still opens', async () => {
    for (const open of [() => openWith('482915', secret), () => openVault('one', PHRASE, lost)]) {
      const again = await open();
      expect(await again?.read('meta', 'k')).toEqual(bytesOf(STORY));
      again?.close();
    }
  });

  it.each([
    ['another PIN', '482916', secret],
    ['no PIN', '', secret],
    ['an authenticator that says one bit other', '482915', changed(31)],
    ['no authenticator', '482915', new Uint8Array(0)],
    ['an authenticator that says nothing', '482915', new Uint8Array(32)],
    ['an answer cut short', '482915', secret.slice(1)],
    ['PIN and answer that are the same one after the other', '82915', new Uint8Array([...secret.slice(1), 0x34])],
  ])('[VLT-11] %s opens nothing', async (_what, pin, by) => {
    expect(await openWith(pin, by)).toBeNull();
  });

  it('[VLT-11] leave neither of them, nor the key, on the disk', async () => {
    const slots = (await recordsOf('ct-vault-one')).filter(({ area }) => area === 'slots');
    expect(slots.map(({ key }) => key)).toEqual(['authenticator', 'passphrase']);
    for (const { value } of slots) {
      const parts = Object.values(value as object).filter((part) => part instanceof Uint8Array);
      expect(parts.every((part) => Buffer.from(part).indexOf(Buffer.from(secret)) < 0)).toBe(true);
      expect(parts.every((part) => Buffer.from(part).indexOf('482915') < 0)).toBe(true);
    }
  });

  it('[VLT-11] another authenticator takes the place of the former; dropped, none opens', async () => {
    const again = await openVault('one', PHRASE, lost);
    await again?.addAuthenticator({ pin: '482915', secret: changed(0) });
    expect(await openWith('482915', secret)).toBeNull();
    const other = await openWith('482915', changed(0));
    await other?.dropAuthenticator();
    other?.close();
    expect(await openWith('482915', changed(0))).toBeNull();
    expect(await openVault('one', PHRASE, lost)).not.toBeNull();
    again?.close();
  });

  it('[VLT-11] a slot put into another vault opens nothing', async () => {
    const slot = (await recordsOf('ct-vault-one')).find(({ key }) => key === 'authenticator');
    (await createVault('two', PHRASE, STRETCH_FLOOR, lost)).close();
    await putBehind('ct-vault-two', 'slots', 'authenticator', slot?.value);
    expect(await openVaultWithAuthenticator('two', given, lost)).toBeNull();
  });
});

describe('the cost of a passphrase', () => {
  const DAY_MS = 86_400_000;
  type Measured = { readonly measuredAtMs: number; readonly salt: Uint8Array };
  const slots = async (): Promise<readonly Measured[]> =>
    (await recordsOf('ct-vault-one')).filter(({ area }) => area === 'slots').map(({ value }) => value as Measured);
  const slot = async (): Promise<Measured> => must((await slots())[0], 'the slot');

  it.each([
    ['a day old', DAY_MS, false],
    ['a month old', 31 * DAY_MS, true],
    ['from what is to come', -DAY_MS, true],
  ])('[VLT-1] %s is measured again, or not, and the passphrase opens afterwards', async (_what, ageMs, isAgain) => {
    vault.close();
    const former = await slot();
    const nowMs = former.measuredAtMs + ageMs;
    (await openVault('one', PHRASE, lost, nowMs))?.close();
    const next = await slot();
    expect(next.measuredAtMs).toBe(isAgain ? nowMs : former.measuredAtMs);
    expect(Buffer.from(next.salt).equals(former.salt)).toBe(!isAgain);
    expect(await openVault('one', PHRASE, lost, nowMs)).not.toBeNull();
  });

  it('[VLT-1] not after a wrong passphrase, and a full disk keeps nobody out', async () => {
    vault.close();
    const former = await slot();
    const nowMs = former.measuredAtMs + 31 * DAY_MS;
    expect(await openVault('one', 'sáo nâu bè dài', lost, nowMs)).toBeNull();
    expect((await slot()).measuredAtMs).toBe(former.measuredAtMs);
    const giveRoom = fillDisk();
    await putBehind('ct-vault-one', 'meta', 'last', new Uint8Array(1));
    const opened = await openVault('one', PHRASE, lost, nowMs);
    giveRoom();
    expect([opened?.name, (await slots())[0]?.measuredAtMs]).toEqual(['one', former.measuredAtMs]);
  });

  it('[VLT-1] a browser that cannot make the new slot keeps nobody out, and the next opening tries again', async () => {
    vault.close();
    const former = await slot();
    const nowMs = former.measuredAtMs + 31 * DAY_MS;
    const mend = breakSealing();
    const opened = await openVault('one', PHRASE, lost, nowMs).finally(mend);
    expect([opened?.name, await slot()]).toEqual(['one', former]);
    opened?.close();
    (await openVault('one', PHRASE, lost, nowMs))?.close();
    expect((await slot()).measuredAtMs).toBe(nowMs);
  });
});

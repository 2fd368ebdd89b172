import { describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import { type DocumentId, documentIdOf } from '../model/ids.ts';
import { CLOSE } from '../wire/refusal.ts';
import { epochOf } from './leases.ts';
import type { MemoryFeedStore } from './memory-feed-store.ts';

/** Starts the Hub again on an older copy of its store. */
async function putBack(test: TestHub, backup: MemoryFeedStore, devices: readonly TestDevice[]): Promise<void> {
  for (const device of devices) device.hangUp();
  Object.assign(test, { store: backup });
  await test.start();
}

/** Connects until the Hub does not send the device away to a new epoch. */
async function comeBack(device: TestDevice): Promise<void> {
  await device.connect();
  if (device.closed) await device.connect();
}

async function twoLeads() {
  const test = await new TestHub().start();
  const [first, second] = [await (await test.enrol()).connect(), await (await test.enrol()).connect()];
  const document: DocumentId = documentIdOf(test.folder(), 'identity');
  await first.push(await first.edit(document, { village: VILLAGES.dong, name: 'Giàng A Sử' }));
  await test.pass();
  return { test, first, second, document };
}

describe('a Hub that was put back from an older backup', () => {
  it('[RES-1] knows it by a cursor that its Feed does not run through, begins a new epoch once, and sends everything anew', async () => {
    const { test, first, second, document } = await twoLeads();
    const backup = test.store.copy();
    await first.push(await first.edit(document, { name: 'Giàng A Sính' }));
    await test.pass(3_000);
    await putBack(test, backup, [first, second]);
    await first.connect();
    expect(first.closed?.[0]).toBe(CLOSE.restart);
    await first.connect();
    expect(must(first.all('challenge')[0], 'a challenge')[1].epoch).toBe(2);
    await comeBack(second);
    expect((await test.store.load()).epoch).toBe(2);
    expect((await second.items()).map((item) => item[1])).toContain(document);
  });

  it('[RES-1] knows it too when it has gone on meanwhile, entry for entry', async () => {
    const { test, first, second, document } = await twoLeads();
    const backup = test.store.copy();
    await first.push(await first.edit(document, { name: 'Giàng A Sính' }));
    await test.pass(3_000);
    await putBack(test, backup, [first, second]);
    await test.hub.invite({ name: 'Ma Sính', role: 'nurse', villages: [], schools: [], namedFor: [], untilMs: null });
    await first.connect();
    expect(first.closed?.[0]).toBe(CLOSE.restart);
  });

  it('[RES-2] takes again what it had stored, byte for byte, over a gap where a tablet kept nothing', async () => {
    const { test, first, second, document } = await twoLeads();
    const backup = test.store.copy();
    const handedIn = await first.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.tay });
    const kept = await first.edit(document, { name: 'Giàng A Sính' });
    await first.push(handedIn, kept);
    await second.push(await second.edit(document, { address: 'chợ' }));
    await test.pass(3_000);
    await putBack(test, backup, [first, second]);
    await comeBack(first);
    expect((await first.push(kept))[0]?.verdict).toBe('stored');
    expect((await first.push(kept))[0]?.verdict).toBe('duplicate');
    expect((await test.store.readStored(first.device, 3))?.body).toEqual(kept.bytes);
  });

  it('[RES-2] lets nobody leave out a number who does not come from forgotten times', async () => {
    const { second, document } = await twoLeads();
    const late = await second.edit(document, { carerName: 'Giàng Thị Mỷ' }, { forge: { n: 3 } });
    expect((await second.push(late))[0]?.code).toBe('chain-broken');
  });

  it('[RES-2] lets a tablet leave out numbers under a client id of a former epoch, and of none else', async () => {
    const { test, second, document } = await twoLeads();
    const old = second.client;
    await test.hub.beginEpoch();
    await second.connect();
    const fresh = must(must(second.all('welcome')[0], 'a welcome')[1].leases[0], 'a lease')[0];
    const lateAnew = await second.edit(document, { address: 'chợ' }, { forge: { n: 4, client: fresh }, isAside: true });
    expect((await second.push(lateAnew))[0]?.code).toBe('chain-broken');
    const late = await second.edit(document, { address: 'chợ' }, { forge: { n: 4, client: old } });
    expect((await second.push(late))[0]?.verdict).toBe('stored');
  });

  it('[RES-2] judges nothing more of a session once a commit of it has failed: the next number would be taken over the lost one', async () => {
    const { test, first, second, document } = await twoLeads();
    const backup = test.store.copy();
    await first.push(await first.edit(document, { name: 'Giàng A Sính' }));
    await test.pass(3_000);
    await putBack(test, backup, [first, second]);
    await comeBack(first);
    const lost = await first.edit(document, { address: 'chợ' });
    const next = await first.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.tay });
    test.store.failNext = 'before';
    await Promise.all([first.push(lost), first.push(next)]);
    expect(first.closed?.[0]).toBe(CLOSE.later);
    expect(await test.store.readStored(first.device, next.envelope.n)).toBeNull();
    await first.connect();
    expect((await first.push(lost, next)).map(({ verdict }) => verdict)).toEqual(['stored', 'stored']);
  });

  it('[RES-3] a client id leased in forgotten times belongs to the device that comes from there, and to nobody else', async () => {
    const { test, first, second, document } = await twoLeads();
    const backup = test.store.copy();
    second.hangUp();
    await test.hub.beginEpoch();
    await first.connect();
    const leased = must(must(first.all('welcome')[0], 'a welcome')[1].leases[0], 'a lease')[0];
    first.client = leased;
    const written = await first.edit(document, { name: 'Giàng A Sính' });
    expect((await first.push(written))[0]?.verdict).toBe('stored');
    await test.pass();
    await putBack(test, backup, [first, second]);
    await comeBack(first);
    expect((await test.store.load()).epoch).toBeGreaterThan(epochOf(leased));
    const stolen = await second.edit(document, { name: 'Giàng A Sang' }, { forge: { client: leased } });
    await second.connect();
    expect((await second.push(stolen))[0]?.code).toBe('not-leased');
    expect((await first.push(written))[0]?.verdict).toBe('stored');
  });

  it('[RES-4] waits for what others have to hand in before it judges what leans on it, and not for ever', async () => {
    const { test, first, second, document } = await twoLeads();
    await second.push(await second.edit(document, { address: 'chợ' }));
    await test.pass();
    const backup = test.store.copy();
    const below = await second.edit(document, { name: 'Giàng A Sính' });
    await second.push(below);
    await test.pass();
    const above = await first.edit(document, { name: 'Giàng A Sang' });
    await first.push(above);
    await test.pass();
    await putBack(test, backup, [first, second]);
    await comeBack(first);
    expect(await first.push(above)).toEqual([]);
    await test.pass(11_000);
    expect(first.closed?.[0]).toBe(CLOSE.restart);
    await comeBack(second);
    expect((await second.push(below))[0]?.verdict).toBe('stored');
    // a device of the tests forgets what it handed in again
    second.hangUp();
    await first.connect();
    expect((await first.push(above))[0]?.verdict).toBe('stored');
  });
});

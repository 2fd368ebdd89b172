import { describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { settle } from '../../../../test/fixtures/world.ts';
import type { World } from '../base/world.ts';
import { documentIdOf } from '../model/ids.ts';

/** A Hub that takes its time over packing a frame: until `open` is called. */
class SlowPackingHub extends TestHub {
  open: () => void = () => undefined;
  #gate: Promise<void> = Promise.resolve();
  override readonly hubWorld: World = this.#slow(this.world);

  /** Frames packed from now on wait. */
  close(): void {
    this.#gate = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  #slow(world: World): World {
    const port = world.deflate;
    const deflate = (bytes: Uint8Array) => this.#gate.then(() => port.deflate(bytes));
    return { ...world, deflate: { ...port, deflate } };
  }
}

const WIDE = { appends: [{ name: 'notes', value: { text: 'Ngõ sau chợ, cạnh suối. '.repeat(60) } }] };

describe('a right that ends while a frame is being packed', () => {
  it('[SY-2] keeps the frame back, and the device hears what is true now', async () => {
    const test = await new SlowPackingHub().start();
    const lead = await (await test.enrol()).connect();
    const role = { role: 'collaborator', villages: [VILLAGES.dong] } as const;
    const collaborator = await (await test.enrol(role)).connect();
    const [kept, lost] = [documentIdOf(test.folder(), 'identity'), documentIdOf(test.folder(), 'identity')];
    await lead.push(await lead.edit(kept, { village: VILLAGES.dong, name: 'H’Loan Êban' }));
    await lead.push(await lead.edit(lost, { village: VILLAGES.dong, name: 'Hoàng A Páo' }));
    await test.pass();
    collaborator.clear();
    test.close();
    await lead.push(await lead.edit(lost, {}, WIDE), await lead.edit(kept, {}, WIDE));
    await test.pass();
    await lead.push(await lead.edit(lost, { village: VILLAGES.tay }));
    test.open();
    for (let turn = 0; turn < 5; turn += 1) await settle();
    await test.pass();
    const items = await collaborator.items();
    expect(items.filter(([type, document]) => type !== 'c' && document === lost)).toEqual([]);
    expect(items.map(([type, document]) => [type, document])).toEqual([
      ['u', kept],
      ['c', lost],
    ]);
  });

  it('[SY-2] stops nothing that is still right', async () => {
    const test = await new SlowPackingHub().start();
    const lead = await (await test.enrol()).connect();
    const role = { role: 'collaborator', villages: [VILLAGES.dong, VILLAGES.tay] } as const;
    const collaborator = await (await test.enrol(role)).connect();
    const document = documentIdOf(test.folder(), 'identity');
    await lead.push(await lead.edit(document, { village: VILLAGES.dong, name: 'Cứ Thị Dợ' }));
    await test.pass();
    collaborator.clear();
    test.close();
    await lead.push(await lead.edit(document, {}, WIDE));
    await test.pass();
    await lead.push(await lead.edit(document, { village: VILLAGES.tay }));
    test.open();
    for (let turn = 0; turn < 5; turn += 1) await settle();
    await test.pass();
    expect((await collaborator.items()).map(([type]) => type)).toEqual(['u', 'u']);
  });

  it('[SY-2] keeps back what was packed for a device that is revoked', async () => {
    const test = await new SlowPackingHub().start();
    const lead = await (await test.enrol()).connect();
    const other = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] })).connect();
    const document = documentIdOf(test.folder(), 'identity');
    test.close();
    await lead.push(await lead.edit(document, { village: VILLAGES.dong }, WIDE));
    await test.pass();
    other.clear();
    await test.hub.revokeDevice(other.device);
    test.open();
    await test.pass();
    expect(other.closed?.[1]).toBe('revoked');
    expect(await other.items()).toEqual([]);
  });
});

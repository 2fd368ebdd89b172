import { describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import { valueOf } from '../doc/read.ts';
import { type DocumentId, documentIdOf } from '../model/ids.ts';
import { MemoryFeedStore } from './memory-feed-store.ts';

/** A store whose next read of states is answered late, with what was there when it was asked. */
class SlowStore extends MemoryFeedStore {
  gate: Promise<void> | null = null;

  override async readStates(documents: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Uint8Array>> {
    const { gate } = this;
    this.gate = null;
    const states = await super.readStates(documents);
    await gate;
    return states;
  }
}

describe('a state on its way to a device', () => {
  it('[FEED-2] that a commit of this very device overtakes is read again: it never comes behind its verdict without it', async () => {
    const store = new SlowStore();
    const test = await new TestHub(store).start();
    const lead = await (await test.enrol()).connect();
    const collaborator = await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] });
    const document = documentIdOf(test.folder(), 'identity');
    await lead.push(await lead.edit(document, { village: VILLAGES.dong, name: 'Y Thim Byă' }));
    await collaborator.connect();
    collaborator.hangUp();
    // more than travels as single updates: what comes is the state
    for (let i = 0; i < 20; i += 1) await lead.push(await lead.edit(document, { address: `Buôn ${i}` }));
    let open: () => void = () => undefined;
    store.gate = new Promise((resolve) => {
      open = resolve;
    });
    await collaborator.connect();
    const [verdict] = await collaborator.push(await collaborator.edit(document, { carerName: 'H’Bia Byă' }));
    expect(verdict?.verdict).toBe('stored');
    open();
    await test.pass();
    const item = (await collaborator.items()).find(([type]) => type === 's');
    expect(item?.[1]).toBe(document);
    expect(valueOf(must(collaborator.states.get(document), 'state'), 'carerName')).toBe('H’Bia Byă');
  });
});

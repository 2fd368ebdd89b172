import { readDocument } from '@chungtay/core/doc/read';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { verifyStore } from '@chungtay/core/sync/verify';
import { describe, expect, it } from 'vitest';
import { Readings } from '../../packages/client/src/worker/readings.ts';
import { TestHub } from '../fixtures/hub.ts';
import { type Tablet, enrolTablet } from '../fixtures/tablet.ts';

const NAMED = { namedFor: ['sealed' as const], villages: ['*'] };

/** Who read what, as the records on a tablet say. */
function toldOn({ replica }: Tablet): readonly string[] {
  const records = [...replica.documents()].filter((document) => document.includes('/reads-'));
  return records.flatMap((record) => {
    const held = replica.read(record);
    const lines = held?.access === 'whole' ? (readDocument(held.state).logs.get('reads') ?? []) : [];
    return lines.map(({ value, member }) => {
      const { document, act } = value as { readonly document: string; readonly act: string };
      return `${String(member)} ${act} ${document}`;
    });
  });
}

describe('a sealed report that is read', () => {
  it('[P19] [POL-20] offline, is in the log of the Hub once the tablet is back, and told to those who may read it alone', async () => {
    const test = await new TestHub().start();
    const lead = await enrolTablet(test, { name: 'Phạm Văn Ơn', ...NAMED });
    const police = await enrolTablet(test, { name: 'Lê Văn Đức', role: 'police' });
    const colleague = await enrolTablet(test, { name: 'Bùi Thị Xuân', villages: ['*'] });
    const folder = makeFolderId(police.world);
    const report = documentIdOf(folder, 'sealed-intake', makeUlid(police.world));
    await police.replica.edit([{ document: report, sets: [{ name: 'currentCondition', value: 'Cháu kể ở trường.' }] }]);
    await police.wake();
    await lead.wake();
    expect(lead.replica.read(report)).not.toBeNull();
    lead.stop();
    const missed = await new Readings(lead.replica, lead.world, () => true).note(folder, 'open');
    expect(missed).toEqual(new Set());
    const before = test.hub.head().seq;
    await lead.start();
    await police.wake();
    await colleague.wake();
    const line = `${lead.identity.member} open ${report}`;
    expect([toldOn(lead), toldOn(police), toldOn(colleague)]).toEqual([[line], [line], []]);
    const [entry] = await test.store.readEntries(before, before + 1, 1);
    expect(entry).toMatchObject({ type: 'envelope', member: lead.identity.member });
    expect(entry?.document).toContain(`${folder}/reads-sealed/`);
    expect((await verifyStore(test.store, test.world.crypto)).damages).toEqual([]);
  });
});

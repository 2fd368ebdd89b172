import { describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { enrolTablet, type Tablet } from '../../../../test/fixtures/tablet.ts';
import type { Json } from '../base/any.ts';
import { must } from '../base/assert.ts';
import { type DocumentId, documentIdOf } from '../model/ids.ts';
import type { DocumentEdit } from './replica-edit.ts';

const APPENDS = Array.from({ length: 33 }, (_, i) => ({ name: 'notes', value: { text: `${i} ${'x'.repeat(1_914)}` } }));

/** A lead, and a collaborator whose edit of a child came after the child had moved away. */
async function heldEdit(late: Omit<DocumentEdit, 'document'>) {
  const test = await new TestHub().start();
  const lead = await enrolTablet(test, { name: 'Lò Thị Hương', villages: ['*'] });
  const writer = await enrolTablet(test, { role: 'collaborator', villages: [VILLAGES.dong] });
  const document = documentIdOf(test.folder(), 'identity');
  await write(writer, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
  await test.pass(2_000);
  writer.stop();
  await write(lead, document, { village: VILLAGES.tay });
  await test.pass(2_000);
  await writer.replica.edit([{ document, ...late }]);
  await writer.wake();
  await test.pass(2_000);
  const cards = [...lead.replica.documents()].filter((id) => id.includes('/held-identity/'));
  return { test, lead, writer, document, cards };
}

async function write(tablet: Tablet, document: DocumentId, values: Readonly<Record<string, Json>>): Promise<void> {
  const sets = Object.entries(values).map(([name, value]) => ({ name, value }));
  const saved = await tablet.replica.edit([{ document, sets }]);
  if (!saved.ok) throw new Error(saved.error.reason);
}

/** Looks for the Hub again, as a tablet does that comes back to the network. */
async function comeBack(tablet: Tablet): Promise<void> {
  tablet.stop();
  await tablet.wake();
}

const decisionsOf = (tablet: Tablet) => tablet.replica.quarantine().map(({ decision }) => decision);
const address = { sets: [{ name: 'address', value: 'chợ' }] };

describe('the writer of a held edit', () => {
  it.each(['accepted', 'declined'] as const)(
    '[ADM-19] [QUA-6] hears that it was %s, by whom and when, also after a restart',
    async (outcome) => {
      const { test, lead, writer, cards } = await heldEdit(address);
      expect(cards).toHaveLength(1);
      await comeBack(writer);
      expect(decisionsOf(writer)).toEqual([null]);
      await write(lead, must(cards[0], 'a card'), { outcome });
      await test.pass();
      const decidedAtMs = test.timeline.nowMs;
      await test.pass(60_000);
      await comeBack(writer);
      const [decision] = decisionsOf(writer);
      expect(decision).toMatchObject({ outcome, member: lead.identity.member });
      expect(Math.abs((decision?.atMs ?? 0) - decidedAtMs)).toBeLessThan(1_000);
      writer.stop();
      await writer.start();
      expect(decisionsOf(writer)).toEqual([decision]);
      expect(writer.replica.sync.heldAsks()).toEqual([]);
    },
  );

  it('[ADM-19] hears of an edit on several cards when the last of them is decided', async () => {
    const { test, lead, writer, cards } = await heldEdit({ appends: APPENDS });
    expect(cards.length).toBeGreaterThan(1);
    for (const [i, card] of cards.entries()) {
      await comeBack(writer);
      expect(decisionsOf(writer)).toEqual([null]);
      await write(lead, card, { outcome: i === 0 ? 'accepted' : 'declined' });
      await test.pass(2_000);
    }
    await comeBack(writer);
    expect(decisionsOf(writer)).toMatchObject([{ outcome: 'partly' }]);
  });

  it('[ADM-19] [POL-7] hears nothing once his work has ended, and nobody else hears anything', async () => {
    const { test, lead, writer, document, cards } = await heldEdit(address);
    await write(lead, must(cards[0], 'a card'), { outcome: 'accepted' });
    await test.pass(2_000);
    const asks = writer.replica.sync.heldAsks();
    const stranger = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] })).connect();
    await stranger.say(['ask-held', asks]);
    await stranger.say(['ask-held', [[1, document, new Uint8Array(32)]]]);
    expect(stranger.all('held')).toEqual([
      ['held', []],
      ['held', []],
    ]);
    await test.hub.suspendMember(writer.identity.member);
    await comeBack(writer);
    expect(decisionsOf(writer)).toEqual([null]);
    await test.hub.suspendMember(writer.identity.member, false);
    await comeBack(writer);
    expect(decisionsOf(writer)).toMatchObject([{ outcome: 'accepted' }]);
  });
});

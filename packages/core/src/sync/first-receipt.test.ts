import { beforeEach, describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { TestHub, VILLAGES, documentIn } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import type { Row } from '../derive/rows.ts';
import { rowOf } from '../derive/rows.ts';
import { parseState } from '../doc/state.ts';
import type { FirstReceipt } from '../model/first-receipt.ts';
import { documentIdOf, folderOf } from '../model/ids.ts';
import type { DocumentId } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import { verifyStore } from './verify.ts';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

let test: TestHub;
let lead: TestDevice;
let writer: TestDevice;

beforeEach(async () => {
  test = await new TestHub().start();
  lead = await (await test.enrol()).connect();
  writer = await (await test.enrol({ name: 'Y Bhăm Niê' })).connect();
});

/** The row that a device derives of what the Hub says. */
function rowFrom(document: DocumentId, kind: string, state: Uint8Array, firstReceipt: FirstReceipt): Row {
  const parsed = parseState(state);
  if (!parsed.ok) throw new Error(parsed.error);
  const meta = { document, folder: folderOf(document), owner: null, number: null, atMs: 0, isWaiting: false };
  return must(rowOf(kind, parsed.value, { ...meta, firstReceipt }), 'a row');
}

async function toldOf(
  device: TestDevice,
  document: DocumentId,
): Promise<Extract<FeedItem, readonly ['s', ...unknown[]]>> {
  const items = await device.items();
  const item = items.find((one) => one[0] === 's' && one[1] === document);
  return must(item?.[0] === 's' ? item : null, 'a state');
}

/** Clock while writing, clock when sending, and where the 12 hours start: in ms from when it was written. */
const CLOCKS: readonly (readonly [string, number, number, number])[] = [
  ['right', 0, 0, 0],
  ['a few seconds off', 20_000, 20_000, 20_000],
  ['two years ahead', 2 * YEAR, 2 * YEAR, 0],
  ['two years behind', -2 * YEAR, -2 * YEAR, 0],
  ['two years ahead, put right before it is sent: the Hub’s receipt', 2 * YEAR, 0, 5 * HOUR],
  ['two years behind, put right before it is sent: what the tablet had seen last', -2 * YEAR, 0, -3 * HOUR],
];

describe('the Hub’s first receipt', () => {
  it.each(CLOCKS)(
    '[DL-9] a report written offline by a clock %s',
    async (_what, writingOff, sendingOff, startsAfter) => {
      writer.hangUp();
      await test.pass(3 * HOUR);
      writer.setClockOff(writingOff);
      const writtenMs = test.world.nowMs();
      const document = documentIn(test.folder(), 'intake', test.world);
      const receivedAt = writer.world.nowMs();
      const first = await writer.edit(document, { receivedAt, summary: 'Cháu có vết bầm.', village: VILLAGES.dong });
      const later = await writer.edit(document, { childName: 'H’Bia Niê' });
      await test.pass(5 * HOUR);
      writer.setClockOff(sendingOff);
      await writer.connect();
      const [verdict] = await writer.push(first);
      await test.pass(HOUR);
      await writer.push(later);
      await test.pass();
      await lead.connect({ cursor: new Uint8Array(0) });
      const [, , , atMs, state, , firstAtMs, skewMs] = await toldOf(lead, document);
      expect(atMs).toBeGreaterThanOrEqual(firstAtMs + HOUR);
      expect(firstAtMs).toBe(must(verdict, 'a verdict').atMs);
      expect(verdict?.skewMs ?? 0).toBe(skewMs);
      const row = rowFrom(document, 'intake', state, { atMs: firstAtMs, skewMs });
      const startMs = row.type === 'intake' ? row.receivedAtMs - writtenMs : Number.NaN;
      // the way to the Hub, and the last sign of life before
      expect(Math.abs(startMs - startsAfter)).toBeLessThan(1_000);
      expect(await verifyStore(test.store, test.world.crypto)).toMatchObject({ damages: [] });
    },
  );

  it('[DL-9] a case opened by a clock years behind, and written in by another years behind, starts when it was opened', async () => {
    writer.setClockOff(-2 * YEAR);
    await writer.connect();
    const document = documentIdOf(test.folder(), 'case');
    const openedMs = test.world.nowMs();
    const stage = { name: 'stage', value: { n: 1, to: 'received' } };
    await writer.push(await writer.edit(document, { childName: 'Điểu Thị Hồng' }, { appends: [stage] }));
    await test.pass(HOUR);
    lead.setClockOff(-3 * YEAR);
    await lead.connect();
    await lead.push(await lead.edit(document, { riskReason: 'Đã gặp cháu.' }));
    await test.pass();
    await writer.connect({ cursor: new Uint8Array(0) });
    const [, , , , state, , atMs, skewMs] = await toldOf(writer, document);
    const row = rowFrom(document, 'case', state, { atMs, skewMs });
    expect(row.type === 'case' && Math.abs(row.openedAtMs - openedMs)).toBeLessThan(60_000);
  });

  it('[DL-9] is told again with a duplicate, and stands over a restart of the Hub', async () => {
    writer.setClockOff(YEAR);
    await writer.connect();
    const document = documentIn(test.folder(), 'intake', test.world);
    const edit = await writer.edit(document, { summary: 'Cháu nghỉ học.' });
    const [stored] = await writer.push(edit);
    expect(stored?.skewMs).toBe(-YEAR);
    await test.start();
    await writer.connect();
    const [duplicate] = await writer.push(edit);
    expect(duplicate).toMatchObject({ verdict: 'duplicate', skewMs: -YEAR, atMs: stored?.atMs });
  });
});

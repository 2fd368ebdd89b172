import { beforeEach, describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { SCHOOL, TestHub, VILLAGES, documentIn } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import { readField } from '../doc/read.ts';
import { parseState } from '../doc/state.ts';
import { parseUpdate } from '../doc/update.ts';
import { documentIdOf } from '../model/ids.ts';
import type { DocumentId } from '../model/ids.ts';
import { FRAME_LIMITS } from '../wire/frames.ts';
import type { HistoryAnswer, HistoryPart } from '../wire/frames.ts';
import { HISTORY_PACE } from './hub-history.ts';
import { PAST_LIMITS } from './past-read.ts';

const NOTHING: Uint8Array = new Uint8Array(0);

let test: TestHub;
let lead: TestDevice;
let asked = 0;

beforeEach(async () => {
  test = await new TestHub().start();
  lead = await (await test.enrol()).connect();
});

const child = (): DocumentId => documentIdOf(test.folder(), 'identity');

/** Stores one edit after another. */
async function write(
  device: TestDevice,
  document: DocumentId,
  ...edits: readonly Record<string, string>[]
): Promise<void> {
  for (const values of edits) {
    const [verdict] = await device.push(await device.edit(document, values));
    expect(verdict?.verdict).toBe('stored');
    await test.pass();
  }
}

async function ask(device: TestDevice, document: string, next = NOTHING): Promise<HistoryAnswer> {
  asked += 1;
  await device.say(['ask-history', { ask: asked, document, next }]);
  await test.pass(0);
  const answer = device.all('history').find(([, { ask: of }]) => of === asked);
  return must(answer, 'an answer')[1];
}

async function partOf(device: TestDevice, document: string, next = NOTHING): Promise<HistoryPart> {
  return must((await ask(device, document, next)).part, 'a part');
}

/** The values of a field that a part tells, oldest first. */
function told(part: HistoryPart, field: string): readonly unknown[] {
  const base = part.base && parseState(part.base);
  const before = base?.ok ? [readField(base.value, field)?.value ?? null] : [];
  const updates = part.entries.flatMap(([, , bytes]) => {
    const update = parseUpdate(bytes);
    return update.ok ? update.value.items.filter((item) => item.field.path === field).map(({ value }) => value) : [];
  });
  return [...before, ...updates];
}

describe('a document’s past', () => {
  it('[HIS-1] tells whoever may read it now who wrote what when, in order, and nothing of other documents', async () => {
    const document = child();
    await write(lead, document, { village: VILLAGES.dong, name: 'H’Bia' }, { name: 'H’Bia Niê' });
    await write(lead, child(), { village: VILLAGES.dong, name: 'Y Thao' });
    await write(lead, document, { name: 'H’Bia Niê Kđăm' });
    const part = await partOf(lead, document);
    expect(part.base).toBeNull();
    expect(part.next).toHaveLength(0);
    expect(told(part, 'name')).toEqual(['H’Bia', 'H’Bia Niê', 'H’Bia Niê Kđăm']);
    expect(part.entries.map(([member, atMs]) => [member, atMs])).toEqual(
      [40, 30, 10].map((ago) => [lead.member, test.world.nowMs() - ago]),
    );
  });

  it('[HIS-1] tells nobody else anything: not that there is such a document, nor how large a past it has', async () => {
    const east = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] })).connect();
    const teacher = await (await test.enrol({ role: 'teacher', schools: [SCHOOL] })).connect();
    const chair = await (await test.enrol({ role: 'chair' })).connect();
    const elsewhere = child();
    await write(lead, elsewhere, { village: VILLAGES.tay, name: 'Lò Thị Ón' }, { name: 'Lò Thị Ún' });
    const folder = test.folder();
    const pupil = documentIdOf(folder, 'identity');
    await write(lead, pupil, { village: VILLAGES.dong, name: 'Y Thao' });
    await write(lead, documentIdOf(folder, 'education'), { school: SCHOOL });
    expect((await teacher.items()).some((item) => item[0] === 'x' && item[1] === pupil)).toBe(true);
    const filed = documentIn(test.folder(), 'intake', test.world);
    await write(east, filed, { summary: 'Cháu có vết bầm.' });
    const sealed = documentIn(test.folder(), 'sealed-intake', test.world);
    await write(east, sealed, { summary: 'Cháu kể với cô.' });
    const closed: readonly (readonly [TestDevice, string])[] = [
      [east, elsewhere],
      [east, filed],
      [east, sealed],
      [chair, sealed],
      [teacher, pupil],
      [teacher, elsewhere],
      [lead, child()],
      [lead, 'constructor'],
    ];
    for (const [device, document] of closed) {
      const answer = await ask(device, document);
      expect(answer).toEqual({ ask: asked, part: null, isTooFast: false, signature: NOTHING });
    }
  });

  it('[HIS-2] who came later gets what stood when it was opened to him, and what came since', async () => {
    const west = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.tay] })).connect();
    const document = child();
    await write(
      lead,
      document,
      { village: VILLAGES.dong, name: 'Y Thao', carerPhone: '0912000111' },
      { carerPhone: '0912000222' },
      { village: VILLAGES.tay, name: 'Y Thao Niê' },
      { name: 'Y Thao Niê Kđăm' },
    );
    const part = await partOf(west, document);
    expect(told(part, 'carerPhone')).toEqual(['0912000222']);
    expect(told(part, 'name')).toEqual(['Y Thao Niê', 'Y Thao Niê Kđăm']);
    expect(part.entries).toHaveLength(1);
    expect(Buffer.from(must(part.base, 'a base')).includes('0912000111')).toBe(false);
  });

  it('[HIS-2] what came while he did not hold it is not told, though he held it before and holds it again', async () => {
    const east = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] })).connect();
    const document = child();
    await write(lead, document, { village: VILLAGES.dong, name: 'Một' }, { name: 'Hai' });
    await write(lead, document, { village: VILLAGES.tay, name: 'Ba' }, { name: 'Bốn' });
    await write(lead, document, { village: VILLAGES.dong, name: 'Năm' }, { name: 'Sáu' });
    expect(told(await partOf(east, document), 'name')).toEqual(['Năm', 'Sáu']);
    expect(told(await partOf(lead, document), 'name')).toEqual(['Một', 'Hai', 'Ba', 'Bốn', 'Năm', 'Sáu']);
  });

  it('[HIS-2] an appointment that changed counts as a place does', async () => {
    const device = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.tay] })).connect();
    const document = child();
    await write(lead, document, { village: VILLAGES.dong, name: 'Một' }, { name: 'Hai' });
    const both = { name: 'Y Bhăm', role: 'collaborator', villages: [VILLAGES.tay, VILLAGES.dong] } as const;
    const rest = { schools: [], namedFor: [], untilMs: null };
    await test.hub.changeMember(device.member, { ...both, ...rest });
    await test.pass();
    await write(lead, document, { name: 'Ba' });
    expect(told(await partOf(device, document), 'name')).toEqual(['Hai', 'Ba']);
    await test.hub.suspendMember(device.member);
    expect((await ask(device, document)).part).toBeNull();
  });
});

describe('a long past', () => {
  const EDITS = PAST_LIMITS.entries + 10;

  async function longDocument(): Promise<DocumentId> {
    const document = child();
    await write(lead, document, { village: VILLAGES.dong, name: 'Trẻ' });
    const edits = [];
    for (let i = 1; i < EDITS; i += 1) edits.push(await lead.edit(document, { address: `nhà ${i}` }));
    for (let i = 0; i < edits.length; i += 300) await lead.push(...edits.slice(i, i + 300));
    await test.pass();
    return document;
  }

  it('[HIS-3] [HIS-4] comes in parts that fit a frame, without a gap, and not without end', async () => {
    const document = await longDocument();
    const parts = [await partOf(lead, document)];
    for (let next = parts[0]?.next ?? NOTHING; next.length > 0; next = parts.at(-1)?.next ?? NOTHING)
      parts.push(await partOf(lead, document, next));
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.filter(({ base }) => base !== null)).toEqual([parts[0]]);
    const values = parts.flatMap((part) => told(part, 'address'));
    // what is before the thousand newest is told as it stood
    expect(values).toEqual(Array.from({ length: PAST_LIMITS.entries + 1 }, (_, i) => `nhà ${i + 9}`));
    expect(Math.max(...lead.sizes)).toBeLessThan(FRAME_LIMITS.maxFrameBytes);
  });

  it('[HIS-4] goes on for the same device and the same document alone, while he may read it', async () => {
    const document = await longDocument();
    const east = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] })).connect();
    const other = child();
    await write(lead, other, { village: VILLAGES.dong, name: 'Y Thao' });
    const { next } = await partOf(lead, document);
    for (const [device, of, from] of [
      [east, document, next],
      [lead, other, next],
      [lead, document, lead.cursor],
      [lead, document, new Uint8Array(90).fill(3)],
    ] as const)
      expect((await ask(device, of, from)).part).toBeNull();
    await test.hub.suspendMember(lead.member);
    expect((await ask(lead, document, next)).part).toBeNull();
  });

  it('[HIS-5] who asks too fast waits, beyond that is told so, and his pushes do not wait', async () => {
    const document = child();
    await write(lead, document, { village: VILLAGES.dong, name: 'Trẻ' });
    const { burst, waiting } = HISTORY_PACE;
    for (let i = 0; i < burst + waiting + 5; i += 1)
      await lead.say(['ask-history', { ask: 1_000 + i, document, next: NOTHING }]);
    const answers = () => lead.all('history').map(([, answer]) => answer);
    expect(answers().filter(({ part }) => part !== null)).toHaveLength(burst);
    expect(answers().filter(({ isTooFast }) => isTooFast)).toHaveLength(5);
    expect((await lead.push(await lead.edit(document, { name: 'Y Thao' })))[0]?.verdict).toBe('stored');
    await test.pass(10_000);
    expect(answers().filter(({ part }) => part !== null)).toHaveLength(burst + waiting);
    expect(lead.closed).toBeNull();
  });

  it('[HIS-9] asks the store about rights twice for each piece of it, not for each entry', async () => {
    const document = child();
    await write(lead, document, { village: VILLAGES.dong, name: 'Giàng A Sử' });
    const edits = [];
    for (let i = 0; i < 300; i += 1) edits.push(await lead.edit(document, { address: `nhà số ${i}` }));
    for (let from = 0; from < 300; from += 100) await lead.push(...edits.slice(from, from + 100));
    await test.pass();
    const reads: string[] = [];
    const { store } = test;
    for (const name of [
      'readScopesOf',
      'readMembersOf',
      'readScopeAt',
      'readMemberAt',
      'readDocumentEntries',
    ] as const) {
      const read = store[name].bind(store) as (...args: readonly unknown[]) => never;
      Object.assign(store, { [name]: (...args: readonly unknown[]) => (reads.push(name), read(...args)) });
    }
    expect((await partOf(lead, document)).entries.length).toBeGreaterThan(100);
    expect(reads.filter((name) => name === 'readDocumentEntries')).toHaveLength(3);
    expect(reads).toHaveLength(9);
  });
});

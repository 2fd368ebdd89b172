import { beforeEach, describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { SCHOOL, TestHub, VILLAGES, documentIn } from '../../../../test/fixtures/hub.ts';
import { settle } from '../../../../test/fixtures/world.ts';
import { must } from '../base/assert.ts';
import { documentIdOf } from '../model/ids.ts';
import type { DocumentId, FolderId } from '../model/ids.ts';
import { verifyExtract, verifyPack } from '../wire/hub-signature.ts';
import { decodePack } from '../wire/pack.ts';
import type { SignedEnvelope } from './envelope.ts';

let test: TestHub;
let lead: TestDevice;
/** Holds the eastern village. */
let east: TestDevice;

beforeEach(async () => {
  test = await new TestHub().start();
  lead = await (await test.enrol()).connect();
  east = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong], name: 'Y Bhăm Niê' })).connect();
  await test.pass();
  lead.clear();
  east.clear();
});

const child = (folder: FolderId = test.folder()): DocumentId => documentIdOf(folder, 'identity');
const named = { village: VILLAGES.dong, name: "H'Bia Niê" };

/** What a device was told of a document, by kind of item. */
async function told(device: TestDevice, document: string): Promise<string> {
  return (await device.items())
    .filter((item) => item[1] === document)
    .map((item) => item[0])
    .join(' ');
}

/** Stores an edit and lets the feeds run. */
async function store(
  device: TestDevice,
  document: DocumentId,
  values: Parameters<TestDevice['edit']>[1],
): Promise<void> {
  const [verdict] = await device.push(await device.edit(document, values));
  expect(verdict).toMatchObject({ verdict: 'stored' });
  await test.pass();
}

/** Many children of one village, in few pushes. */
async function manyChildren(count: number, village: string = VILLAGES.dong): Promise<DocumentId[]> {
  const documents: DocumentId[] = [];
  const edits: SignedEnvelope[] = [];
  for (let i = 0; i < count; i += 1) {
    const document = child();
    documents.push(document);
    edits.push(await lead.edit(document, { village, name: `Trẻ số ${i}`, address: `nhà ${i}` }));
  }
  for (let i = 0; i < edits.length; i += 300) await lead.push(...edits.slice(i, i + 300));
  await test.pass();
  return documents;
}

describe('what a device is sent', () => {
  it('[FEED-2] a new document as its state, later edits as their updates', async () => {
    const document = child();
    await store(lead, document, named);
    await store(lead, document, { address: 'nhà cuối dốc' });
    expect(await told(east, document)).toBe('s u');
    const update = (await east.items()).find((item) => item[0] === 'u');
    expect(update?.slice(1, 4)).toEqual([document, lead.member, test.world.nowMs() - 10]);
    expect(east.states.get(document)?.live.size).toBe(3);
  });

  it('[FEED-3] nothing at all of what it may not see: no item, no frame, no byte', async () => {
    const frames = east.frames.length;
    await store(lead, child(), { village: VILLAGES.tay, name: 'Lò Thị Ón' });
    await store(lead, documentIn(test.folder(), 'intake', test.world), { childName: 'Lò Thị Ón' });
    expect(east.frames).toHaveLength(frames);
    await east.connect();
    const before = east.sizes.at(-1);
    for (let i = 0; i < 5; i += 1) await store(lead, child(), { village: VILLAGES.tay, name: 'Lò Văn Ún' });
    await east.connect();
    expect(east.sizes.at(-1)).toBe(before);
    expect(await east.items()).toEqual([]);
  });

  it('[FEED-1] a cursor that tells nothing: the same standing looks different each time and is always as long', async () => {
    const first = (await east.connect()).cursor;
    for (let i = 0; i < 30; i += 1) await store(lead, child(), { village: VILLAGES.tay });
    const second = (await east.connect()).cursor;
    expect(second).not.toEqual(first);
    expect(second).toHaveLength(first.length);
    expect(second.length).toBeLessThanOrEqual(96);
  });

  it('[FEED-1] a cursor of another device, or a made-up one, counts as none', async () => {
    const document = child();
    await store(lead, document, named);
    for (const cursor of [lead.cursor, new Uint8Array(93).fill(1)]) {
      east.cursor = cursor;
      await east.connect();
      expect(await told(east, document)).toBe('s');
      expect(must(east.all('welcome')[0], 'a welcome')[1].total).toBe(3);
    }
  });

  it('[FEED-6] not its own words, unless it may have missed the verdict', async () => {
    const document = child();
    await store(lead, document, named);
    await store(lead, document, { address: 'chợ' });
    expect(await told(lead, document)).toBe('');
    await test.pass(2_000);
    const lost = await lead.edit(document, { address: 'suối' });
    await lead.say(['push', [lost.bytes]]);
    lead.hangUp();
    await store(east, document, { address: 'nhà cuối dốc' });
    await lead.connect();
    expect(await told(lead, document)).toBe('u u');
    expect((await lead.push(lost))[0]?.verdict).toBe('duplicate');
  });

  it('[FEED-6] a device that only wrote is soon told where it stands, and then hears nothing again', async () => {
    const document = child();
    await store(lead, document, named);
    await test.pass(2_000);
    expect(lead.all('feed').at(-1)?.[1].items).toEqual([]);
    await lead.connect();
    expect(await lead.items()).toEqual([]);
  });

  it('[FEED-9] a change goes at once, and what comes within five milliseconds after it in one frame', async () => {
    const documents = [child(), child(), child()];
    for (const document of documents) await lead.push(await lead.edit(document, named));
    await settle();
    expect(east.all('feed').map(([, { items }]) => items.length)).toEqual([1]);
    await test.pass();
    expect(east.all('feed').map(([, { items }]) => items.length)).toEqual([1, 2]);
    expect((await east.items()).map((item) => item[1])).toEqual(documents);
  });

  it('[FEED-14] what somebody may not know of neither delays nor gathers what he is sent', async () => {
    const hidden = await store(lead, child(), { village: VILLAGES.tay }).then(() => child());
    await test.pass(1);
    east.clear();
    await lead.push(await lead.edit(hidden, { village: VILLAGES.tay }));
    await lead.push(await lead.edit(child(), named));
    await settle();
    expect(east.all('feed')).toHaveLength(1);
  });

  it('[FEED-14] a pack holds as many documents whether there are others beside them or not', async () => {
    const packs = async () => {
      const device = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] })).connect();
      const sizes: number[] = [];
      for (const [, { items }] of device.all('feed')) {
        for (const item of items) {
          const packed = item[0] === 'p' ? await decodePack(item[1], test.world.deflate) : null;
          if (packed?.ok) sizes.push(packed.value.length);
        }
      }
      return sizes;
    };
    await manyChildren(60, VILLAGES.tay);
    await manyChildren(120);
    expect((await packs()).slice(0, 1)).toEqual([100]);
  });

  it('[FEED-9] a Hub whose clock is put back keeps nobody waiting for it', async () => {
    await store(lead, child(), named);
    test.timeline.nowMs -= 3_600_000;
    await lead.push(await lead.edit(child(), named));
    await settle();
    expect(east.all('feed')).toHaveLength(2);
  });

  it('[FEED-2] many edits of one document travel as its state', async () => {
    const document = child();
    await store(lead, document, named);
    east.hangUp();
    for (let i = 0; i < 20; i += 1) await lead.push(await lead.edit(document, { address: `nhà ${i}` }));
    await east.connect();
    expect(await told(east, document)).toBe('s');
  });

  it('[FEED-8] the same after a restart of the Hub, read from its store', async () => {
    const [seen, fresh, hidden] = [child(), child(), child()];
    await store(lead, seen, named);
    await store(lead, hidden, { village: VILLAGES.tay });
    east.hangUp();
    await store(lead, seen, { address: 'chợ' });
    await store(lead, fresh, named);
    await store(lead, hidden, { address: 'suối' });
    await test.hub.drain();
    await test.start();
    await east.connect();
    expect((await east.items()).map((item) => [item[0], item[1]])).toEqual([
      ['u', seen],
      ['s', fresh],
    ]);
  });
});

describe('when a child moves', () => {
  it('[FEED-4] it closes to those who lose sight of it and opens to those who gain it, live', async () => {
    const west = await (
      await test.enrol({ role: 'collaborator', villages: [VILLAGES.tay], name: 'Vàng A Páo' })
    ).connect();
    const folder = test.folder();
    const document = child(folder);
    await store(lead, document, named);
    expect([await told(east, document), await told(west, document)]).toEqual(['s', '']);
    await store(lead, document, { village: VILLAGES.tay });
    expect([await told(east, document), await told(west, document)]).toEqual(['s c', 's']);
    await store(lead, document, { address: 'bản trên' });
    expect([await told(east, document), await told(west, document)]).toEqual(['s c', 's u']);
  });

  it('[FEED-4] the same for a device that was away, and a round trip leaves no trace', async () => {
    const [moved, back] = [child(), child()];
    await store(lead, moved, named);
    await store(lead, back, named);
    east.hangUp();
    await store(lead, moved, { village: VILLAGES.tay });
    await store(lead, back, { village: VILLAGES.tay });
    await store(lead, back, { village: VILLAGES.dong });
    const passing = child();
    await store(lead, passing, { village: VILLAGES.tay });
    await store(lead, passing, { village: VILLAGES.dong });
    await store(lead, passing, { village: VILLAGES.tay });
    await east.connect();
    expect([await told(east, moved), await told(east, back), await told(east, passing)]).toEqual(['c', 'u u', '']);
  });

  it('[FEED-4] while two people disagree where it lives, both villages see it', async () => {
    const west = await (
      await test.enrol({ role: 'collaborator', villages: [VILLAGES.tay], name: 'Vàng A Páo' })
    ).connect();
    const other = await (await test.enrol()).connect();
    const document = child();
    await store(lead, document, named);
    other.hangUp();
    const here = await lead.edit(document, { village: VILLAGES.dong });
    const there = await other.edit(document, { village: VILLAGES.tay });
    await lead.push(here);
    await other.connect();
    await other.push(there);
    await test.pass();
    expect(await told(west, document)).toBe('s');
    expect((await told(east, document)).includes('c')).toBe(false);
  });
});

describe('when a person changes', () => {
  it('[FEED-12] his new places open, the old ones close, and he is told who he is', async () => {
    const [eastern, western] = [child(), child()];
    await store(lead, eastern, named);
    await store(lead, western, { village: VILLAGES.tay });
    east.clear();
    const row = must(
      test.hub.members().find(({ member }) => member === east.member),
      'a member',
    );
    await test.hub.changeMember(east.member, { ...row.principal, name: row.name, villages: [VILLAGES.tay] });
    await test.pass();
    expect(must(east.all('principal')[0], 'a principal')[1].villages).toEqual([VILLAGES.tay]);
    expect([await told(east, eastern), await told(east, western)]).toEqual(['c', 's']);
  });

  it('[FEED-12] suspended, he loses everything at once, online or later', async () => {
    const document = child();
    await store(lead, document, named);
    const second = await test.enrolWith(must(await invitedAgain(), 'a code'));
    await second.connect();
    second.hangUp();
    await test.hub.suspendMember(east.member);
    await test.pass();
    expect((await told(east, document)).endsWith('c')).toBe(true);
    await second.connect();
    expect(await told(second, document)).toBe('c');
    await store(lead, document, { address: 'chợ' });
    expect((await told(east, document)).endsWith('c')).toBe(true);
  });

  it('[FEED-12] an appointment or a seat that ends by the clock closes within a minute, also for one who was away', async () => {
    const untilMs = test.world.nowMs() + 3_600_000;
    const guest = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong], untilMs })).connect();
    const away = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong], untilMs })).connect();
    const document = child();
    await store(lead, document, named);
    away.hangUp();
    await test.pass(3_599_000 - 1_000);
    expect(await told(guest, document)).toBe('s');
    await test.pass(62_000);
    expect(await told(guest, document)).toBe('s c');
    await away.connect();
    expect(await told(away, document)).toBe('c');
  });

  async function invitedAgain(): Promise<string | null> {
    const invited = await test.hub.inviteAgain(east.member);
    return invited.ok ? invited.value.code : null;
  }
});

describe('an extract', () => {
  it('[FEED-5] travels instead of its source, signed, and again only when it says something else', async () => {
    const teacher = await (await test.enrol({ role: 'teacher', schools: [SCHOOL], name: 'Trần Văn Út' })).connect();
    const folder = test.folder();
    const document = child(folder);
    await store(lead, document, { ...named, carerName: 'Niê Thị Mai', carerPhone: '0912345678' });
    expect(await told(teacher, document)).toBe('');
    await store(lead, documentIdOf(folder, 'education'), { school: SCHOOL });
    expect(await told(teacher, document)).toBe('x');
    await store(lead, document, { fatherPersonalId: '001099012345' });
    await store(lead, document, { name: "H'Bia Niê" });
    expect(await told(teacher, document)).toBe('x');
    await store(lead, document, { carerPhone: '0987654321' });
    expect(await told(teacher, document)).toBe('x x');
    const items = (await teacher.items()).filter((item) => item[0] === 'x');
    const [, id, extract, atMs, json, signature] = must(items.at(-1), 'an extract');
    expect(JSON.stringify(JSON.parse(json))).toContain('0987654321');
    expect(json).not.toContain('001099012345');
    const claim = { document: id, extract, atMs, json };
    expect(await verifyExtract(claim, signature, test.signer.publicKey, test.world.crypto)).toBe(true);
  });

  it('[FEED-5] closes when the child leaves the school', async () => {
    const teacher = await (await test.enrol({ role: 'teacher', schools: [SCHOOL], name: 'Trần Văn Út' })).connect();
    const folder = test.folder();
    await store(lead, child(folder), named);
    await store(lead, documentIdOf(folder, 'education'), { school: SCHOOL });
    await store(lead, documentIdOf(folder, 'education'), { school: 'tieu-hoc-2' });
    expect(await told(teacher, child(folder))).toBe('x c');
  });
});

describe('a new device', () => {
  it('[FEED-7] gets everything it may see in packs signed by the Hub, made once for all who see the same', async () => {
    const documents = await manyChildren(550);
    await manyChildren(20, VILLAGES.tay);
    const first = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] })).connect();
    const { total } = must(first.all('welcome')[0], 'a welcome')[1];
    expect(total).toBe((await first.items()).length);
    const second = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] })).connect();
    const packsOf = (device: TestDevice) =>
      device.all('feed').flatMap(([, { items }]) => items.filter((item) => item[0] === 'p'));
    const [pack] = packsOf(first);
    expect(pack?.[1]).toEqual(packsOf(second)[0]?.[1]);
    expect(
      await verifyPack(must(pack, 'a pack')[1], must(pack, 'a pack')[2], test.signer.publicKey, test.world.crypto),
    ).toBe(true);
    const children = (await first.items()).map((item) => item[1]).filter((id) => String(id).includes('identity'));
    expect(children).toEqual(documents);
    expect(
      first
        .all('feed')
        .map(([, { more }]) => more)
        .slice(0, 3),
    ).toEqual([true, true, false]);
    expect(Math.max(...first.sizes)).toBeLessThanOrEqual(256 * 1024);
  });

  it('[FEED-8] goes on where it was when the connection broke, and misses nothing that happened meanwhile', async () => {
    const documents = await manyChildren(900);
    const device = await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] });
    device.bufferedBytes = 1024 * 1024;
    await device.connect();
    expect(device.all('feed')).toHaveLength(0);
    device.bufferedBytes = 0;
    await device.dial();
    await device.say(await device.hello());
    const [, { cursor, more, items }] = must(device.all('feed')[0], 'a frame');
    expect(more).toBe(true);
    device.hangUp();
    device.cursor = cursor;
    const arrived = await decodePack(must(items[0], 'a pack')[1] as Uint8Array, test.world.deflate);
    const held = new Set<string>(arrived.ok ? arrived.value.map((item) => item[1]) : []);
    for (const id of device.states.keys()) if (!held.has(id)) device.states.delete(id);
    expect(held.has(must(documents[1], 'a child'))).toBe(true);
    expect(held.has(must(documents[899], 'a child'))).toBe(false);
    await store(lead, must(documents[0], 'a child'), { address: 'chợ' });
    await store(lead, must(documents[1], 'a child'), { village: VILLAGES.tay });
    await store(lead, must(documents[899], 'a child'), { address: 'suối' });
    await device.connect();
    expect(await told(device, must(documents[0], 'a child'))).toBe('u');
    expect(await told(device, must(documents[1], 'a child'))).toBe('c');
    expect(await told(device, must(documents[899], 'a child'))).toBe('s');
    expect(await told(device, must(documents[5], 'a child'))).toBe('');
    expect([...device.states.keys()].filter((id) => id.endsWith('identity'))).toHaveLength(899);
    expect(device.all('welcome')[0]?.[1].total).toBeGreaterThan(0);
  }, 30_000);

  it('[FEED-8] a pack is not sent to one who lost the right while it was made', async () => {
    await manyChildren(50);
    const device = await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong] });
    await device.dial();
    const hello = await device.hello();
    const row = must(
      test.hub.members().find(({ member }) => member === device.member),
      'a member',
    );
    await Promise.all([
      device.say(hello),
      test.hub.changeMember(device.member, { ...row.principal, name: row.name, villages: [VILLAGES.tay] }),
    ]);
    await test.pass();
    expect([...device.states.keys()].filter((id) => id.endsWith('identity'))).toEqual([]);
  });
});

describe('a slow reader', () => {
  it('[FEED-10] is sent no more than its socket takes, and gets the rest later', async () => {
    east.hangUp();
    await manyChildren(900);
    const before = lead.frames.length;
    east.bufferedBytes = 1024 * 1024;
    await east.connect();
    await test.pass(1_000);
    expect(east.all('feed')).toHaveLength(0);
    east.bufferedBytes = 0;
    await test.pass(50);
    expect((await east.items()).length).toBeGreaterThanOrEqual(900);
    expect(east.all('feed').length).toBeGreaterThan(1);
    expect(lead.frames.length).toBe(before);
  });

  it('[FEED-8] a long absence comes in bounded frames, resumable in between', async () => {
    const documents = await manyChildren(60);
    await east.connect();
    east.hangUp();
    const note = { text: 'x'.repeat(1_900) };
    for (const document of documents) {
      const appends = Array.from({ length: 3 }, () => ({ name: 'notes', value: note }));
      await lead.push(await lead.editFields(document, [], { appends }));
    }
    const cursor = east.cursor;
    await east.connect();
    const frames = east.all('feed');
    expect(frames.length).toBeGreaterThan(1);
    expect(frames.map(([, { more }]) => more).filter(Boolean)).toHaveLength(frames.length - 1);
    const middle = must(frames[0], 'a frame')[1];
    east.hangUp();
    east.cursor = middle.cursor;
    await east.connect();
    const later = (await east.items()).map((item) => item[1]);
    const first = middle.items.map((item) => item[1]);
    expect(later.some((id) => first.includes(id))).toBe(false);
    expect(new Set([...later, ...first]).size).toBe(60);
    expect(cursor).not.toEqual(east.cursor);
  });
});

describe('receipts', () => {
  it('[FEED-11] are given when another agency holds a document durably, and told to its writers', async () => {
    const nurse = await (
      await test.enrol({ role: 'nurse', villages: ['*'], schools: ['*'], name: 'Hồ Thị Lan' })
    ).connect();
    const document = child();
    await store(lead, document, named);
    lead.clear();
    expect(await told(nurse, document)).toBe('s');
    expect(lead.all('receipts')).toEqual([]);
    const atMs = test.world.nowMs();
    await nurse.ack();
    expect(lead.all('receipts').map(([, lines]) => lines)).toEqual([[[document, 'healthStation', atMs]]]);
    await store(lead, document, { address: 'chợ' });
    await nurse.ack();
    expect(lead.all('receipts')).toHaveLength(1);
  });

  it('[FEED-11] are answered for what one may read, and only that', async () => {
    const document = child();
    await store(lead, document, named);
    await east.ack();
    await lead.say(['ask-receipts', [document, 'nonsense', child()]]);
    expect(
      lead
        .all('receipts')
        .at(-1)?.[1]
        .map(([id, agency]) => [id, agency]),
    ).toEqual([[document, 'village']]);
    const west = await (await test.enrol({ role: 'collaborator', villages: [VILLAGES.tay] })).connect();
    await west.say(['ask-receipts', [document]]);
    expect(west.all('receipts')[0]?.[1]).toEqual([]);
  });

  it('[FEED-11] of a frame whose acknowledgement was lost are given at the next hello', async () => {
    const document = child();
    await store(lead, document, named);
    east.hangUp();
    await east.connect();
    await test.pass();
    await lead.say(['ask-receipts', [document]]);
    expect(
      lead
        .all('receipts')
        .at(-1)?.[1]
        .map(([id, agency]) => [id, agency]),
    ).toEqual([[document, 'village']]);
  });

  it('[FEED-11] are not given for work within one agency', async () => {
    const colleague = await (await test.enrol()).connect();
    const document = child();
    await store(lead, document, named);
    await colleague.ack();
    await lead.say(['ask-receipts', [document]]);
    expect(lead.all('receipts').at(-1)?.[1]).toEqual([]);
  });
});

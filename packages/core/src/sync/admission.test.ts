import { beforeEach, describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { TestHub, VILLAGES, documentIn } from '../../../../test/fixtures/hub.ts';
import { testSealer } from '../../../../test/fixtures/sealer.ts';
import { nodeCrypto, seededRandom, settle, testSigner } from '../../../../test/fixtures/world.ts';
import type { Json } from '../base/any.ts';
import { must } from '../base/assert.ts';
import type { Entry } from '../doc/entry.ts';
import { opOf, registerKey } from '../doc/field-key.ts';
import { encodeUpdate } from '../doc/update.ts';
import { documentIdOf, makeUlid } from '../model/ids.ts';
import type { DocumentId } from '../model/ids.ts';
import { encodePlainFrame } from '../wire/codec.ts';
import { CLOSE, closeCodeOf } from '../wire/refusal.ts';
import type { RefusalCode } from '../wire/refusal.ts';
import { receiveEnvelopes } from './admission.ts';
import { minutesOf } from './envelope.ts';
import type { SignedEnvelope } from './envelope.ts';
import { verifyStore } from './verify.ts';

let test: TestHub;
let lead: TestDevice;
let collaborator: TestDevice;

beforeEach(async () => {
  test = await new TestHub().start();
  lead = await (await test.enrol()).connect();
  collaborator = await (
    await test.enrol({ role: 'collaborator', villages: [VILLAGES.dong], name: 'Y Bhăm Niê' })
  ).connect();
});

const child = (): DocumentId => documentIdOf(test.folder(), 'identity');
const named = { village: VILLAGES.dong, name: "H'Bia Niê" };

/** Bytes of an update as a hostile device may make them, stamped like an honest one. */
function rawUpdate(
  device: TestDevice,
  fields: readonly (readonly [string, Json])[],
  part: {
    clock?: number;
    client?: number;
    member?: number;
    minutes?: number;
    deletes?: readonly [number, number][];
  } = {},
): Uint8Array {
  const { clock = 0, client = device.client, member = device.member } = part;
  const minutes = part.minutes ?? minutesOf(device.world.nowMs());
  const items = fields.map(([name, value], i): Omit<Entry, 'sizeBytes'> => {
    const op = opOf(client, clock + i);
    return { op, client, clock: clock + i, field: registerKey(name), value, member, minutes };
  });
  const deletes = (part.deletes ?? []).map(([target, at]) => ({ client: target, clock: at, length: 1 }));
  return encodeUpdate({ client, clock, items, deletes });
}

async function codeOf(envelope: SignedEnvelope, device = lead): Promise<string | undefined> {
  const [verdict] = await device.push(envelope);
  return verdict?.verdict === 'refused' ? verdict.code : verdict?.verdict;
}

describe('admission', () => {
  it('[ADM-14] of a long push a few signatures are checked at a time: others wait behind those alone', async () => {
    const { bytes } = await lead.edit(child(), named);
    let [atOnce, most] = [0, 0];
    const verify: typeof nodeCrypto.verify = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await settle();
      atOnce -= 1;
      return true;
    };
    const received = await receiveEnvelopes(Array<Uint8Array>(200).fill(bytes), () => lead.signer.publicKey, {
      ...nodeCrypto,
      verify,
    });
    expect(received.ok && received.value.length).toBe(200);
    expect(most).toBeLessThanOrEqual(32);
  });

  it('[ADM-10] stores an edit with its document, scope, number and place in the chain', async () => {
    const document = child();
    const verdicts = await collaborator.push(await collaborator.edit(document, named));
    expect(verdicts).toEqual([{ n: 1, verdict: 'stored', number: 'TE 2026/0001', atMs: test.world.nowMs() }]);
    const image = await test.store.load();
    expect(image.documents.at(-1)).toMatchObject({ document, owner: collaborator.member, number: 'TE 2026/0001' });
    expect(image.scopes.map(({ scope }) => scope.villages)).toEqual([[VILLAGES.dong]]);
    expect(image.devices.find(({ device }) => device === collaborator.device)?.lastN).toBe(1);
    expect(await verifyStore(test.store, test.world.crypto)).toMatchObject({ damages: [] });
  });

  it('[ADM-10] answers each envelope of a push, in order, in one commit', async () => {
    const document = child();
    const commits = test.store.commits;
    const verdicts = await lead.push(
      await lead.edit(document, named),
      await lead.edit(document, { name: 'Niê Bia' }),
      await lead.edit(child(), { village: VILLAGES.tay }),
    );
    expect(verdicts.map(({ n, verdict }) => [n, verdict])).toEqual([
      [1, 'stored'],
      [2, 'stored'],
      [3, 'stored'],
    ]);
    expect(test.store.commits - commits).toBe(1);
  });

  it('[ADM-1] ends a session that pushes something else than envelopes, storing nothing of it', async () => {
    const good = await lead.edit(child(), named);
    await lead.say(['push', [good.bytes, new Uint8Array(80)]]);
    expect(lead.closed?.[0]).toBe(closeCodeOf('malformed'));
    const headSeq = (await test.store.load()).headSeq;
    await lead.connect();
    expect((await lead.push(good)).map(({ verdict }) => verdict)).toEqual(['stored']);
    expect((await test.store.load()).headSeq).toBeGreaterThan(headSeq);
  });

  it('[ADM-1] ends a session that pushes too much at once, or for another device', async () => {
    await lead.say(['push', [new Uint8Array(70_000)]]);
    expect(lead.closed?.[0]).toBe(closeCodeOf('too-large'));
    await collaborator.push(await lead.edit(child(), named));
    expect(collaborator.closed?.[0]).toBe(closeCodeOf('not-author'));
  });

  it('[ADM-2] a bad signature is refused and never consumes a number', async () => {
    const document = child();
    const forged = await lead.edit(document, named, { signer: testSigner(77), isAside: true });
    expect(await codeOf(forged)).toBe('bad-signature');
    expect(await codeOf(await lead.edit(document, named))).toBe('stored');
  });

  it('[ADM-3] the same envelope again is a duplicate, with the same number and time', async () => {
    const edit = await lead.edit(child(), named);
    const [first] = await lead.push(edit);
    await test.pass(60_000);
    const [again] = await lead.push(edit);
    expect(again).toEqual({ ...first, verdict: 'duplicate' });
    expect((await lead.push(edit, edit)).map(({ verdict }) => verdict)).toEqual(['duplicate', 'duplicate']);
  });

  it('[ADM-3] an acknowledgement that was lost is given again after a restart of the Hub', async () => {
    const edit = await lead.edit(child(), named);
    const second = await lead.edit(child(), { village: VILLAGES.tay });
    lead.hangUp();
    const lost = await lead.connect();
    await lost.say(['push', [edit.bytes]]);
    lost.hangUp();
    await test.hub.drain();
    await test.start();
    await lead.connect();
    expect(lead.all('welcome')[0]?.[1].lastN).toBe(1);
    expect((await lead.push(edit, second)).map(({ verdict }) => verdict)).toEqual(['duplicate', 'stored']);
  });

  it('[ADM-3] a refusal is remembered and given again', async () => {
    const wrong = await lead.edit(child(), { village: VILLAGES.dong, sex: 'blue' });
    const [first] = await lead.push(wrong);
    expect(first).toMatchObject({ verdict: 'refused', code: 'invalid-value', field: 'sex' });
    await test.pass(60_000);
    expect(await lead.push(wrong)).toEqual([first]);
  });

  it('[ADM-4] another envelope under a used number is a fork: refused, and the session ends', async () => {
    const document = child();
    const other = await lead.edit(document, { village: VILLAGES.tay }, { isAside: true });
    await lead.push(await lead.edit(document, named));
    expect(await codeOf(other)).toBe('device-forked');
    expect(lead.closed?.[0]).toBe(closeCodeOf('device-forked'));
  });

  it.each([
    ['a gap in the numbers', { n: 5 }],
    ['another hash of the one before', { prev: new Uint8Array(32).fill(1) }],
  ])('[ADM-5] %s breaks the chain and consumes nothing', async (_name, forge) => {
    const document = child();
    expect(await codeOf(await lead.edit(document, named, { forge, isAside: true }))).toBe('chain-broken');
    expect(await codeOf(await lead.edit(document, named))).toBe('stored');
  });

  it('[ADM-6] another author or a client id of another device is refused', async () => {
    const member = collaborator.member;
    expect(await codeOf(await lead.edit(child(), named, { forge: { member } }))).toBe('not-author');
    expect(await codeOf(await lead.edit(child(), named, { forge: { client: collaborator.client } }))).toBe(
      'not-leased',
    );
    expect(await codeOf(await lead.edit(child(), named, { forge: { client: 5 } }))).toBe('not-leased');
  });

  it('[ADM-9] an unknown kind, or an id with a part too many or too few, is refused', async () => {
    const folder = test.folder();
    for (const document of [
      documentIdOf(folder, 'horoscope'),
      documentIn(folder, 'identity', test.world),
      documentIdOf(folder, 'intake'),
    ]) {
      const update = rawUpdate(lead, [['village', VILLAGES.dong]]);
      expect(await codeOf(await lead.seal({ document, update }))).toBe('unknown-document-kind');
    }
  });

  it.each<readonly [RefusalCode, string, (device: TestDevice) => Uint8Array]>([
    ['malformed', 'no update at all', () => Uint8Array.of(1, 2, 3)],
    ['malformed', 'a pure delete', () => Uint8Array.of(0, 1, 5, 1, 0, 1)],
    [
      'foreign-operation',
      'an update of another client',
      (d) => rawUpdate(d, [['name', 'A Lềnh']], { client: d.client + 1 }),
    ],
    ['clock-gap', 'a gap in the clock', (d) => rawUpdate(d, [['name', 'A Lềnh']], { clock: 3 })],
    ['not-author', 'another member in the value', (d) => rawUpdate(d, [['name', 'A Lềnh']], { member: 99 })],
    ['not-author', 'another time in the value', (d) => rawUpdate(d, [['name', 'A Lềnh']], { minutes: 1 })],
    ['not-this-field', 'an unknown field', (d) => rawUpdate(d, [['shoeSize', 44]])],
    ['invalid-value', 'a value outside the schema', (d) => rawUpdate(d, [['name', 7]])],
    [
      'twice',
      'one field set twice',
      (d) =>
        rawUpdate(d, [
          ['name', 'A Lềnh'],
          ['name', 'A Páo'],
        ]),
    ],
    [
      'foreign-operation',
      'a delete of what never was',
      (d) => rawUpdate(d, [['name', 'A Lềnh']], { deletes: [[9, 9]] }),
    ],
  ])('[ADM-9] %s: %s', async (code, _name, make) => {
    await lead.push(await lead.edit(child(), { village: VILLAGES.dong }));
    const document = child();
    expect(await codeOf(await lead.seal({ document, update: make(lead) }))).toBe(code);
    expect((await test.store.load()).documents.some((head) => head.document === document)).toBe(false);
  });

  it('[ADM-9] a register written as a log is no field of the kind', async () => {
    const appends = [{ name: 'name', value: 'A Lềnh' }];
    const sets = [{ name: 'village', value: VILLAGES.dong }];
    const [verdict] = await lead.push(await lead.editFields(child(), sets, { appends }));
    expect(verdict).toMatchObject({ verdict: 'refused', code: 'unknown-field', field: 'name' });
  });

  it('[ADM-9] deleting a value that the update does not set, or more live values than a person can choose from', async () => {
    const document = child();
    await lead.push(await lead.edit(document, named));
    const steals = rawUpdate(lead, [['sex', 'male']], { clock: 2, deletes: [] });
    expect(await codeOf(await lead.seal({ document, update: steals }))).toBe('stored');
    const other = await (await test.enrol()).connect();
    const foreign = rawUpdate(other, [['sex', 'male']], { deletes: [[lead.client, 1]] });
    expect(await codeOf(await other.seal({ document, update: foreign }), other)).toBe('foreign-operation');
    for (let i = 0; i < 63; i += 1) {
      const update = rawUpdate(lead, [['nicknames', `Tí ${i}`]], { clock: 3 + i });
      expect(await codeOf(await lead.seal({ document, update }))).toBe('stored');
    }
    await lead.push(await lead.seal({ document, update: rawUpdate(lead, [['nicknames', 'Tí']], { clock: 66 }) }));
    const last = rawUpdate(lead, [['nicknames', 'Tèo']], { clock: 67 });
    expect(await codeOf(await lead.seal({ document, update: last }))).toBe('too-many-conflicts');
  });

  it('[ADM-9] a document grows no larger than one frame can carry', async () => {
    const random = seededRandom(3);
    const words = (length: number): string =>
      Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
    const document = child();
    await lead.push(await lead.edit(document, named));
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 8; i += 1) {
      const notes = Array.from({ length: 16 }, () => ({ name: 'notes', value: { text: words(1_900) } }));
      codes.push(await codeOf(await lead.editFields(document, [], { appends: notes })));
    }
    expect(codes[0]).toBe('stored');
    expect(codes).toContain('too-large');
    const reader = await (await test.enrol()).connect();
    expect((await reader.items()).map((item) => item[1])).toContain(document);
  });

  it('[ADM-8] who has no right to a kind, to a place, to a field, is refused with the reason', async () => {
    const teacher = await (await test.enrol({ role: 'teacher', schools: ['tieu-hoc-1'] })).connect();
    expect(await codeOf(await teacher.edit(child(), named), teacher)).toBe('no-grant');
    const elsewhere = await collaborator.edit(child(), { village: VILLAGES.tay, name: 'Lò Văn Ón' });
    expect(await codeOf(elsewhere, collaborator)).toBe('not-here');
    const document = child();
    await lead.push(await lead.edit(document, named));
    await test.pass();
    const police = await (await test.enrol({ role: 'police' })).connect();
    const [verdict] = await police.push(await police.edit(document, { nicknames: 'Tèo' }));
    expect(verdict).toMatchObject({ verdict: 'refused', code: 'not-this-field', field: 'nicknames' });
    expect(await codeOf(await lead.edit(documentIdOf(test.folder(), 'member'), { name: 'Ma' }))).toBe('hub-only');
  });

  it('[ADM-20] who may not know of a document hears the same no whether it is there or not', async () => {
    const nurse = await (await test.enrol({ role: 'nurse', namedFor: ['hiv'], villages: ['*'] })).connect();
    const there = documentIdOf(test.folder(), 'hiv');
    const nowhere = documentIdOf(test.folder(), 'hiv');
    await nurse.push(await nurse.edit(there, { treatmentPlace: 'Trạm y tế' }));
    const noTo = async (document: DocumentId) => {
      const [verdict] = await lead.push(await lead.edit(document, { treatmentPlace: 'x' }));
      return { ...verdict, n: 0 };
    };
    expect(await noTo(there)).toEqual(await noTo(nowhere));
  });

  it('[ADM-8] a child is moved only by one who holds the old place and the new', async () => {
    const document = child();
    await collaborator.push(await collaborator.edit(document, named));
    const moving = await collaborator.edit(document, { village: VILLAGES.tay });
    expect(await codeOf(moving, collaborator)).toBe('not-here');
    const both = await (await test.enrol({ role: 'collaborator', villages: Object.values(VILLAGES) })).connect();
    expect(await codeOf(await both.edit(document, { village: VILLAGES.tay }), both)).toBe('stored');
  });

  it('[ADM-17] what follows a refused edit of a document is refused, and nothing else', async () => {
    const [first, second] = [child(), child()];
    const verdicts = await lead.push(
      await lead.edit(first, named),
      await lead.edit(first, { sex: 'blue' }),
      await lead.edit(first, { name: 'Y Thao' }),
      await lead.edit(second, named),
    );
    expect(verdicts.map(({ verdict, code }) => code ?? verdict)).toEqual([
      'stored',
      'invalid-value',
      'after-refused',
      'stored',
    ]);
    expect(await codeOf(await lead.edit(first, { name: 'Y Thao' }))).toBe('after-refused');
    lead.client += 1;
    lead.states.delete(first);
    lead.cursor = new Uint8Array(0);
    await lead.connect();
    expect(await codeOf(await lead.edit(first, { name: 'Y Thao' }))).toBe('stored');
  });

  it('[ADM-13] official numbers run by kind and year without a gap, whoever is refused in between', async () => {
    const numbers: (string | undefined)[] = [];
    for (const values of [named, { village: VILLAGES.dong, sex: 'blue' }, named]) {
      const [verdict] = await lead.push(await lead.edit(child(), values));
      numbers.push(verdict?.number);
    }
    test.timeline.nowMs += 310 * 86_400_000;
    await lead.connect();
    const [late] = await lead.push(await lead.edit(child(), named));
    expect([...numbers, late?.number]).toEqual(['TE 2026/0001', undefined, 'TE 2026/0002', 'TE 2027/0001']);
  });
});

describe('groups', () => {
  const groupOf = (count: number) => ({ id: makeUlid(test.world), count });

  it('[ADM-15] are stored together', async () => {
    const folder = test.folder();
    const group = groupOf(2);
    const verdicts = await lead.push(
      await lead.edit(documentIdOf(folder, 'identity'), named, { group }),
      await lead.edit(documentIdOf(folder, 'education'), { school: 'tieu-hoc-1' }, { group }),
    );
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['stored', 'stored']);
  });

  it('[ADM-15] are refused together, each with its reason, and leave nothing behind', async () => {
    const group = groupOf(2);
    const [good, bad] = [child(), child()];
    const verdicts = await lead.push(
      await lead.edit(good, named, { group }),
      await lead.edit(bad, { village: VILLAGES.dong, sex: 'blue' }, { group }),
    );
    expect(verdicts.map(({ code }) => code)).toEqual(['group-incomplete', 'invalid-value']);
    const { documents, numbers, scopes } = await test.store.load();
    expect(documents.some(({ document }) => document === good || document === bad)).toBe(false);
    expect([numbers, scopes]).toEqual([[], []]);
    expect(await codeOf(await lead.edit(child(), named))).toBe('stored');
  });

  it('[ADM-15] come whole in one push or not at all', async () => {
    const group = groupOf(3);
    const verdicts = await lead.push(
      await lead.edit(child(), named, { group }),
      await lead.edit(child(), named, { group }),
    );
    expect(verdicts.map(({ code }) => code)).toEqual(['group-incomplete', 'group-incomplete']);
  });

  it('[ADM-3] sent again get the same answers', async () => {
    const group = groupOf(2);
    const edits = [await lead.edit(child(), named, { group }), await lead.edit(child(), named, { group })];
    await lead.push(...edits);
    expect((await lead.push(...edits)).map(({ verdict }) => verdict)).toEqual(['duplicate', 'duplicate']);
  });
});

describe('a right lost meanwhile', () => {
  it('[ADM-12] holds the edit for those who decide there, in words, signed and remembered', async () => {
    const document = child();
    await collaborator.push(await collaborator.edit(document, named));
    await lead.connect();
    collaborator.hangUp();
    await lead.push(await lead.edit(document, { village: VILLAGES.tay }));
    const late = await collaborator.edit(document, { motherPhone: '0912 345 678' });
    await collaborator.connect();
    const [verdict] = await collaborator.push(late);
    expect(verdict).toMatchObject({ n: 2, verdict: 'held', code: 'moved-away' });
    expect(await collaborator.push(late)).toEqual([verdict]);
    await test.pass();
    const held = (await lead.items()).find((item) => item[0] === 's' && item[1].includes('/held-identity/'));
    const state = must(lead.states.get(must(held, 'a held document')[1] as DocumentId), 'its state');
    const value = (name: string): Json => must(state.fields.get(name)?.[0], name).value;
    expect(value('document')).toBe(document);
    expect(value('member')).toBe(collaborator.member);
    expect(value('code')).toBe('moved-away');
    expect(value('edits')).toEqual([{ field: 'motherPhone', code: null, value: '0912 345 678' }]);
    expect((await test.store.readEntries(0, 99, 99)).filter(({ type }) => type === 'judged')).toHaveLength(1);
    expect(await verifyStore(test.store, test.world.crypto)).toMatchObject({ damages: [] });
  });

  it('[ADM-18] an edit too long for one card is held on several, and not a word of it is lost to who decides', async () => {
    const document = child();
    await collaborator.push(await collaborator.edit(document, named));
    await lead.connect();
    collaborator.hangUp();
    await lead.push(await lead.edit(document, { village: VILLAGES.tay }));
    const texts = Array.from({ length: 33 }, (_, i) => `${i} ${'x'.repeat(1_914)}`);
    const appends = texts.map((text) => ({ name: 'notes', value: { text } }));
    const late = await collaborator.edit(document, {}, { appends });
    // as long as one edit may be, and no room for who wrote it and when
    expect(late.envelope.update.length).toBeGreaterThan(64_300);
    await collaborator.connect();
    expect((await collaborator.push(late))[0]?.verdict).toBe('held');
    await test.pass();
    const cards = (await lead.items()).filter((item) => item[0] === 's' && item[1].includes('/held-identity/'));
    const held = cards.flatMap((card) => {
      const state = must(lead.states.get(card[1] as DocumentId), 'its state');
      expect(must(state.fields.get('document')?.[0], 'document').value).toBe(document);
      const edits = must(state.fields.get('edits')?.[0], 'edits').value as { value: { text: string } }[];
      return edits.map(({ value }) => value.text);
    });
    expect(held.toSorted()).toEqual(texts.toSorted());
    expect(cards.length).toBeGreaterThan(1);
    expect(await verifyStore(test.store, test.world.crypto)).toMatchObject({ damages: [] });
  });

  it('[ADM-12] his own last word in a document that the Hub stored proves the right as a cursor does', async () => {
    const document = child();
    const seen = collaborator.cursor;
    await collaborator.push(await collaborator.edit(document, named));
    await test.hub.suspendMember(collaborator.member);
    const late = await collaborator.edit(document, { address: 'chợ' }, { forge: { seen } });
    expect(await codeOf(late, collaborator)).toBe('held');
    const intake = documentIn(test.folder(), 'intake', test.world);
    await test.hub.suspendMember(collaborator.member, false);
    await collaborator.push(await collaborator.edit(intake, { childName: 'Sùng A Chớ' }));
    await test.pass();
    await test.hub.suspendMember(collaborator.member);
    expect(await codeOf(await collaborator.edit(intake, { place: 'suối' }), collaborator)).toBe('no-grant');
  });

  it('[ADM-12] [POL-17] tells the place that was taken from its writer from the file that moved', async () => {
    const document = child();
    await collaborator.push(await collaborator.edit(document, named));
    await test.pass(5_000);
    const elsewhere = { ...must(test.hub.principalOf(collaborator.device), 'a principal'), villages: [VILLAGES.tay] };
    await test.hub.changeMember(collaborator.member, { ...elsewhere, name: 'Sùng Thị Dợ' });
    const [verdict] = await collaborator.push(await collaborator.edit(document, { address: 'nhà cuối dốc' }));
    expect(verdict).toMatchObject({ verdict: 'held', code: 'right-ended' });
  });

  it('[ADM-12] holds what follows in the same document too', async () => {
    const document = child();
    await collaborator.push(await collaborator.edit(document, named));
    await test.pass(5_000);
    await test.hub.suspendMember(collaborator.member);
    const verdicts = await collaborator.push(
      await collaborator.edit(document, { address: 'nhà cuối dốc' }),
      await collaborator.edit(document, { address: 'cạnh trường' }),
    );
    expect(verdicts.map(({ verdict, code }) => [verdict, code])).toEqual([
      ['held', 'right-ended'],
      ['held', 'right-ended'],
    ]);
  });

  it('[ADM-12] without a cursor, or with one sealed by somebody else, nothing proves the right: refused', async () => {
    const document = child();
    await lead.push(await lead.edit(document, named));
    await test.pass();
    await test.hub.suspendMember(collaborator.member);
    await test.pass();
    collaborator.states.set(document, must(lead.states.get(document), 'a state'));
    const none = await collaborator.edit(document, { address: 'nhà cuối dốc' }, { forge: { seen: new Uint8Array(0) } });
    expect(await codeOf(none, collaborator)).toBe('no-grant');
    const seen = testSealer('other').seal(new Uint8Array(65));
    const forged = await collaborator.edit(document, { address: 'cạnh trường' }, { forge: { seen } });
    expect(await codeOf(forged, collaborator)).toBe('no-grant');
  });

  it('[ADM-12] a closed case holds later edits; the loser of a race of steps is held', async () => {
    const chair = await (await test.enrol({ role: 'chair', name: 'Bùi Thị Xuân' })).connect();
    const folder = test.folder();
    const file = documentIdOf(folder, 'case');
    const step = (n: number, from: string | null, to: string, reason: string | null = null) => ({
      appends: [{ name: 'stage', value: { n, from, to, reason } }],
    });
    await lead.push(await lead.editFields(file, [], step(1, null, 'received')));
    await test.pass();
    const [ended] = await chair.push(await chair.editFields(file, [], step(2, 'received', 'screenedOut', 'nhầm trẻ')));
    expect(ended).toMatchObject({ verdict: 'stored' });
    const [raced] = await lead.push(await lead.editFields(file, [], step(2, 'received', 'assessingInitial')));
    expect(raced).toMatchObject({ verdict: 'held', code: 'stage-changed' });
    await test.pass();
    const other = await (await test.enrol()).connect();
    const [late] = await other.push(await other.edit(file, { contactPerson: 'Đinh Thị Mơ' }));
    expect(late).toMatchObject({ verdict: 'held', code: 'locked' });
  });
});

describe('a filer', () => {
  it('[ADM-16] hands in and appends until he sees that it arrived; then it is closed and never comes back', async () => {
    const intake = documentIn(test.folder(), 'intake', test.world);
    const filed = await collaborator.edit(intake, { childName: 'Sùng A Chớ', channel: 'phone' });
    const appended = await collaborator.edit(intake, { place: 'chợ' });
    expect(await collaborator.push(filed)).toMatchObject([{ verdict: 'stored' }]);
    expect(await collaborator.push(appended)).toMatchObject([{ verdict: 'stored' }]);
    await test.pass();
    expect(await collaborator.items()).toContainEqual(['c', intake]);
    const [third] = await collaborator.push(await collaborator.edit(intake, { place: 'suối' }));
    expect(third).toMatchObject({ verdict: 'refused', code: 'no-grant' });
    collaborator.cursor = new Uint8Array(0);
    await collaborator.connect();
    const told = (await collaborator.items()).filter((item) => item[1] === intake);
    expect(told.map(([type]) => type)).toEqual(['c']);
    expect((await lead.items()).some((item) => item[1] === intake)).toBe(true);
  });

  it('[ADM-16] is told that it closed even when the connection broke before', async () => {
    const intake = documentIn(test.folder(), 'intake', test.world);
    const edit = await collaborator.edit(intake, { childName: 'Sùng A Chớ' });
    const { cursor } = collaborator;
    await collaborator.say(['push', [edit.bytes]]);
    collaborator.hangUp();
    // nothing of the answer reached him
    collaborator.cursor = cursor;
    await collaborator.connect();
    expect(await collaborator.items()).toContainEqual(['c', intake]);
  });

  it('[ADM-16] is told of malformed work, and of nothing else', async () => {
    const intake = documentIn(test.folder(), 'intake', test.world);
    const wrong = await collaborator.edit(intake, { channel: 'pigeon' });
    expect((await collaborator.push(wrong))[0]).toMatchObject({ code: 'invalid-value', field: 'channel' });
  });
});

describe('a commit that fails', () => {
  it.each(['before', 'after'] as const)(
    '[ADM-11] %s writing: nothing is answered, everybody is sent away',
    async (when) => {
      const edit = await lead.edit(child(), named);
      lead.clear();
      collaborator.clear();
      test.store.failNext = when;
      await lead.say(['push', [edit.bytes]]);
      expect(lead.verdicts()).toEqual([]);
      expect([lead.closed?.[0], collaborator.closed?.[0]]).toEqual([CLOSE.later, CLOSE.later]);
      await test.pass();
      expect(await collaborator.items()).toEqual([]);
      await lead.connect();
      const [verdict] = await lead.push(edit);
      expect(verdict?.verdict).toBe(when === 'before' ? 'stored' : 'duplicate');
      expect(await verifyStore(test.store, test.world.crypto)).toMatchObject({ damages: [] });
    },
  );

  it('[ADM-11] the Hub goes on writing after it, numbers and all', async () => {
    test.store.failNext = 'after';
    const intake = documentIn(test.folder(), 'intake', test.world);
    await collaborator.say(['push', [(await collaborator.edit(intake, { childName: 'Y Thao' })).bytes]]);
    const { code } = await test.hub.invite({
      name: 'Lý Mẩy',
      role: 'nurse',
      villages: [],
      schools: [],
      namedFor: [],
      untilMs: null,
    });
    const nurse = await (await test.enrolWith(code)).connect();
    expect(nurse.closed).toBeNull();
    expect(await verifyStore(test.store, test.world.crypto)).toMatchObject({ damages: [] });
  });
});

describe('many at once', () => {
  it('[ADM-14] pushes of many sessions share a commit, and one long queue does not hold up the others', async () => {
    const long: SignedEnvelope[] = [];
    for (let i = 0; i < 600; i += 1) long.push(await lead.edit(child(), named));
    const commits = test.store.commits;
    const one = await collaborator.edit(child(), named);
    await Promise.all([lead.say(['push', long.map(({ bytes }) => bytes)]), collaborator.say(['push', [one.bytes]])]);
    await test.pass();
    const placeOf = async (device: TestDevice, n: number): Promise<number> =>
      must(await test.store.readStored(device.device, n), 'an entry').seq;
    expect(await placeOf(collaborator, 1)).toBeLessThan(await placeOf(lead, 600));
    expect(lead.verdicts()).toHaveLength(600);
    expect(collaborator.verdicts()).toHaveLength(1);
    expect(test.store.commits - commits).toBeLessThanOrEqual(3);
  });

  it('[ADM-14] the Hub stops reading a session that is far ahead, and goes on when it has caught up', async () => {
    const notes = Array.from({ length: 20 }, () => ({ name: 'notes', value: { text: 'x'.repeat(1_900) } }));
    const edits: SignedEnvelope[] = [];
    for (let i = 0; i < 60; i += 1) {
      edits.push(await lead.editFields(child(), [{ name: 'village', value: VILLAGES.dong }], { appends: notes }));
    }
    let wasPaused = false;
    for (const edit of edits) {
      void lead.sayBytes(encodePlainFrame(['push', [edit.bytes]]));
      wasPaused ||= lead.isPaused;
    }
    await test.pass();
    expect(wasPaused).toBe(true);
    expect(lead.isPaused).toBe(false);
    expect(lead.verdicts()).toHaveLength(60);
  });
});

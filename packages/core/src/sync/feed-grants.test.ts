import { beforeEach, describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { TestHub, VILLAGES, documentIn } from '../../../../test/fixtures/hub.ts';
import type { Json } from '../base/any.ts';
import type { World } from '../base/world.ts';
import type { DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import { documentIdOf } from '../model/ids.ts';
import { DAY_MS, HOUR_MS, addDays, dayOf, startOfDayMs } from '../policy/calendar.ts';
import type { Appointment } from './people-writer.ts';
import { verifyStore } from './verify.ts';

const MINUTE_MS = 60_000;
const EVERYWHERE = { villages: ['*'], schools: ['*'] };

/** A Hub whose own clock may be put back. */
class WanderingHub extends TestHub {
  offMs = 0;
  override readonly hubWorld: World = { ...this.world, nowMs: () => this.world.nowMs() + this.offMs };
}

let test: WanderingHub;
let [lead, teacher, police, other]: TestDevice[] = [];
let folder: FolderId;
let education: DocumentId;
let request: DocumentId;
let terms: Readonly<Record<string, Json>>;

beforeEach(async () => {
  test = new WanderingHub();
  await test.start();
  lead = await (await test.enrol({ ...EVERYWHERE, namedFor: ['sealed'] })).connect();
  teacher = await (await test.enrol({ role: 'teacher', name: 'Trần Văn Út', ...EVERYWHERE })).connect();
  police = await (await test.enrol({ role: 'police', name: 'Lê Văn Đức' })).connect();
  other = await (await test.enrol({ role: 'police', name: 'Kpă Klơng' })).connect();
  folder = test.folder();
  education = documentIdOf(folder, 'education');
  request = documentIn(folder, 'access-education', test.world);
  await says(lead, documentIdOf(folder, 'identity'), {
    village: VILLAGES.dong,
    name: 'Lò Thị Ún',
    birth: '2014-05-01',
  });
  await says(teacher, education, { school: 'tieu-hoc-1', class: '4A' });
  const from = dayOf(test.world.nowMs());
  terms = {
    reason: 'Công văn số 12',
    member: police?.member ?? 0,
    basis: 'written-request',
    from,
    until: addDays(from, 9),
  };
});

/** Writes as this device; returns the verdict's code, or `stored`. */
async function says(
  who: TestDevice | undefined,
  document: DocumentId,
  values: Readonly<Record<string, Json>>,
  log: Readonly<Record<string, Json>> = {},
): Promise<string> {
  if (!who) throw new Error('nobody');
  const appends = Object.entries(log).map(([name, value]) => ({ name, value }));
  const [verdict] = await who.push(await who.edit(document, values, { appends }));
  await test.pass(1_000);
  return verdict?.code ?? verdict?.verdict ?? 'unanswered';
}

async function approve(who = teacher): Promise<void> {
  expect(await says(police, request, { reason: 'Công văn số 12', ...terms })).toBe('stored');
  expect(await says(who, request, {}, { approvals: terms })).toBe('stored');
}

/** The types of the items that a device got of a document, in order. */
async function told(who: TestDevice | undefined, document = education): Promise<string> {
  const items = (await who?.items()) ?? [];
  return items.flatMap((item) => (item[1] === document ? [item[0]] : [])).join(' ');
}

async function expectSound(): Promise<void> {
  expect((await verifyStore(test.store, test.world.crypto)).damages).toEqual([]);
}

describe('a grant on its way through the Hub', () => {
  it('[FEED-15] [P10] opens the document to its reader alone, and closes it when it is ended', async () => {
    expect(await says(police, request, { reason: 'Công văn số 12', ...terms })).toBe('stored');
    expect([await told(police), await told(teacher, request), await told(other, request)]).toEqual(['', 's', '']);
    await says(teacher, request, {}, { approvals: terms });
    expect([await told(police), await told(other)]).toEqual(['s', '']);
    await says(teacher, education, { class: '4B' });
    expect(await told(police)).toBe('s u');
    await says(lead, request, {}, { ended: { reason: 'Đã xong việc' } });
    expect(await told(police)).toBe('s u c');
    await says(teacher, education, { class: '4C' });
    expect([await told(police), await told(other)]).toEqual(['s u c', '']);
    await expectSound();
  });

  it.each<[string, Partial<Appointment>, boolean]>([
    ['takes up another role', { role: 'union' }, false],
    ['is suspended', {}, true],
    ['has come to the end of his time', { untilMs: 1 }, false],
  ])(
    '[POL-24] [FEED-12] ends when its reader %s, and does not come back with his former work',
    async (_what, change, isOut) => {
      await approve();
      const part = {
        name: 'Lê Văn Đức',
        role: 'police',
        villages: [],
        schools: [],
        namedFor: [],
        untilMs: null,
      } as const;
      const member = police?.member ?? (0 as MemberNumber);
      expect(await told(police)).toBe('s');
      await (isOut ? test.hub.suspendMember(member) : test.hub.changeMember(member, { ...part, ...change }));
      await test.pass(MINUTE_MS);
      expect(await told(police)).toBe('s c');
      await (isOut ? test.hub.suspendMember(member, false) : test.hub.changeMember(member, part));
      await test.pass(MINUTE_MS);
      await says(teacher, education, { class: '4D' });
      expect([await told(police), test.hub.mayRead(member, education)]).toEqual(['s c', false]);
      await expectSound();
    },
  );

  it('[POL-25] the glass is broken once, and again only after somebody else has looked at it', async () => {
    const glass = (): DocumentId => documentIn(folder, 'access-education', test.world);
    const words = { isEmergency: true, reason: 'Cháu bị thương' };
    const [first, last] = [glass(), glass()];
    expect(await says(police, first, words)).toBe('stored');
    expect(await says(police, glass(), words)).toBe('not-reviewed');
    expect(await says(other, glass(), words)).toBe('stored');
    await test.pass(DAY_MS);
    await says(police, first, {}, { ended: { reason: 'Đã xong' } });
    expect(await says(police, glass(), words)).toBe('not-reviewed');
    expect(await says(police, last, { ...terms, reason: 'Công văn số 13' })).toBe('stored');
    expect(await says(lead, first, {}, { reviews: { isJustified: true, text: 'Đúng là khẩn cấp' } })).toBe('stored');
    expect(await says(police, glass(), words)).toBe('stored');
    await expectSound();
  });

  it('[POL-24] outlives a change of anything else: his name, his places, another end of his time', async () => {
    await approve();
    const member = police?.member ?? (0 as MemberNumber);
    const untilMs = test.world.nowMs() + 60 * 24 * 60 * MINUTE_MS;
    const part = {
      name: 'Lê Đức',
      role: 'police',
      villages: [VILLAGES.dong],
      schools: [],
      namedFor: [],
      untilMs,
    } as const;
    await test.hub.changeMember(member, part);
    await test.pass(MINUTE_MS);
    expect([await told(police), test.hub.mayRead(member, education)]).toEqual(['s', true]);
  });

  it('[FEED-15] begins and ends by the clock within a minute, also for who was away', async () => {
    const from = addDays(dayOf(test.world.nowMs()), 2);
    terms = { ...terms, from, until: addDays(from, 1) };
    await approve();
    expect(await told(police)).toBe('');
    await test.pass(startOfDayMs(from) - test.world.nowMs() - MINUTE_MS);
    expect(await told(police)).toBe('');
    await test.pass(2 * MINUTE_MS);
    expect([await told(police), await told(other)]).toEqual(['s', '']);
    police?.hangUp();
    await test.pass(2 * DAY_MS);
    await police?.connect();
    expect(await told(police)).toBe('c');
    await expectSound();
  });

  it('[FEED-15] is told to a device that begins with nothing, and kept from one that does when it is over', async () => {
    await approve();
    const begin = async (): Promise<string> => {
      police?.hangUp();
      if (police) police.cursor = new Uint8Array(0);
      await police?.connect();
      await test.pass();
      return told(police);
    };
    expect(await begin()).toBe('s');
    await test.pass(10 * DAY_MS);
    expect(await begin()).toBe('');
  });

  it('[FEED-15] [P9] holds by the Hub’s clock, also when that is put back', async () => {
    await approve();
    await test.pass(10 * DAY_MS + MINUTE_MS);
    expect(await told(police)).toBe('s c');
    test.offMs = -5 * DAY_MS;
    await test.pass(2 * MINUTE_MS);
    expect(await told(police)).toBe('s c s');
    test.offMs = -25 * DAY_MS;
    await test.pass(2 * MINUTE_MS);
    expect(await told(police)).toBe('s c s c');
  });

  it('[FEED-15] [P9] an emergency is open for 24 hours from the Hub’s first receipt, whatever the tablet’s clock says', async () => {
    police?.setClockOff(-400 * DAY_MS);
    expect(await says(police, request, { isEmergency: true, reason: 'Cháu bị bỏng nặng' })).toBe('stored');
    expect([await told(police), await told(lead, request)]).toEqual(['s', 's']);
    await test.pass(23 * HOUR_MS);
    // said again, or later, it is no longer open
    await says(police, request, { reason: 'Cháu vẫn ở viện', isEmergency: true });
    expect(await told(police)).toBe('s');
    await test.pass(HOUR_MS + MINUTE_MS);
    expect(await told(police)).toBe('s c');
    await expectSound();
  });

  it('[POL-22] who opened in an emergency cannot take back that he did: somebody else has yet to look at it', async () => {
    expect(await says(police, request, { isEmergency: true, reason: 'Cháu bị bỏng nặng' })).toBe('stored');
    expect(await says(police, request, { isEmergency: false })).toBe('invalid-value');
    expect(await told(police)).toBe('s');
    expect(await says(lead, request, {}, { ended: { reason: 'Đã xem xong' } })).toBe('stored');
    expect(await told(police)).toBe('s c');
    await expectSound();
  });

  it('[FEED-15] consent that is withdrawn closes at once', async () => {
    const [mother, child] = [documentIn(folder, 'consent', test.world), documentIn(folder, 'consent', test.world)];
    const given = { agreed: true, on: terms['from'] ?? null, scope: ['education'], disclosedTo: ['police'] };
    await says(lead, mother, { by: 'representative', ...given });
    terms = { ...terms, basis: 'consent', consents: [mother, child].toSorted() };
    await approve();
    expect(await told(police)).toBe('');
    await says(lead, child, { by: 'child', ...given });
    expect(await told(police)).toBe('s');
    await says(lead, child, {}, { withdrawals: { reason: 'Cháu không muốn nữa' } });
    expect(await told(police)).toBe('s c');
    await expectSound();
  });

  it('[DRV-26] [FEED-15] consent opens to the agency it names, and to no other', async () => {
    const [mother, child] = [documentIn(folder, 'consent', test.world), documentIn(folder, 'consent', test.world)];
    const given = { agreed: true, on: terms['from'] ?? null, scope: ['education'] };
    await says(lead, mother, { by: 'representative', ...given, disclosedTo: ['school'] });
    await says(lead, child, { by: 'child', ...given, disclosedTo: ['police', 'school'] });
    terms = { ...terms, basis: 'consent', consents: [mother, child].toSorted() };
    await approve();
    expect([await told(police), test.hub.mayRead(police?.member ?? (0 as MemberNumber), education)]).toEqual([
      '',
      false,
    ]);
    await says(lead, mother, { disclosedTo: ['school', 'police'] });
    expect(await told(police)).toBe('s');
    await says(lead, mother, { disclosedTo: ['school'] });
    expect(await told(police)).toBe('s c');
    await expectSound();
  });

  it('[ROOM-5] [P10] who may only have asked is no reader of the folder: he hears of nobody who works in it', async () => {
    const province = await (await test.enrol({ role: 'province', name: 'Võ Thị Sáu' })).connect();
    const asked = documentIn(folder, 'access-identity', test.world);
    const wanted = { ...terms, member: province.member };
    const mayRead = (): boolean => test.hub.mayRead(province.member, folder);
    expect(await says(province, asked, { reason: 'Công văn của Sở', ...wanted })).toBe('stored');
    expect([mayRead(), test.hub.mayRead(province.member, asked)]).toEqual([false, true]);
    await says(lead, asked, {}, { approvals: wanted });
    expect(mayRead()).toBe(true);
    await says(lead, asked, {}, { ended: { reason: 'Đã xong việc' } });
    expect(mayRead()).toBe(false);
  });

  it('[FEED-15] of sealed files two people must agree, and a village that has another birth closes nothing', async () => {
    const province = await (await test.enrol({ role: 'province', name: 'Võ Thị Sáu' })).connect();
    const file = test.folder();
    const [intake, sealed] = [
      documentIn(file, 'sealed-intake', test.world),
      documentIn(file, 'access-sealed', test.world),
    ];
    await says(lead, intake, { childName: 'Hờ Thị Dí' });
    const wanted = { ...terms, member: province.member, basis: 'forwarded-case' };
    await says(lead, sealed, { reason: 'Công văn của Sở', ...wanted });
    await says(lead, sealed, {}, { approvals: wanted });
    expect([await told(province, intake), await told(province, sealed)]).toEqual(['', '']);
    await says(lead, sealed, {}, { approvals: { ...wanted, note: 'lần hai' } });
    expect(await told(province, intake)).toBe('');
    await says(police, sealed, {}, { approvals: wanted });
    // and the paper that opened it, for as long
    expect([await told(province, intake), await told(province, sealed)]).toEqual(['s', 's']);
    await expectSound();
  });
});

describe('a hostile member', () => {
  it.each<[string, Readonly<Record<string, Json>>]>([
    ['approves', { approvals: {} }],
    ['refuses what others asked', { refusals: { reason: 'x' } }],
    ['reviews', { reviews: { isJustified: true, text: 'x' } }],
  ])('[ADM-21] who %s his own request is refused', async (_what, log) => {
    await says(police, request, { reason: 'Công văn số 12', ...terms });
    const filled = 'approvals' in log ? { approvals: terms } : log;
    expect(await says(police, request, {}, filled)).toBe('not-this-field');
    expect(await told(police)).toBe('');
  });

  it('[ADM-21] who words the request of another is refused, and cannot ask in a closed compartment', async () => {
    await says(police, request, { reason: 'Công văn số 12', ...terms });
    expect(await says(teacher, request, { member: teacher?.member ?? 0 })).toBe('not-this-field');
    expect(await says(other, request, { until: '2030-01-01' })).not.toBe('stored');
    for (const kind of ['access-identity', 'access-hiv', 'access-support', 'hiv-consent'])
      expect(await says(police, documentIn(folder, kind, test.world), { reason: 'x' })).not.toBe('stored');
  });

  it('[ADM-21] who lengthens what was approved loses it', async () => {
    await approve();
    expect(await told(police)).toBe('s');
    await says(police, request, { until: addDays(dayOf(test.world.nowMs()), 60) });
    expect(await told(police)).toBe('s c');
    await expectSound();
  });

  it('[ADM-21] who breaks the glass for somebody else, or of hiv, opens nothing', async () => {
    await says(police, request, { isEmergency: true, reason: 'Khẩn', member: other?.member ?? 0 });
    expect([await told(other), await told(police)]).toEqual(['', 's']);
    const hiv = documentIn(folder, 'access-hiv', test.world);
    expect(await says(lead, hiv, { isEmergency: true, reason: 'Khẩn' })).toBe('not-this-field');
  });
});

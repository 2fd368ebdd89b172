import { newDirectory } from '@chungtay/core/model/directory';
import type { Role } from '@chungtay/core/model/role';
import type { WireVerb } from '@chungtay/core/policy/office';
import type { OfficeAsker } from '@chungtay/core/sync/hub-office';
import { namingsAnswer, peopleAnswer } from '@chungtay/core/wire/office';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../ops/log.ts';
import { type CommuneHome, makeCommuneHome } from './commune-home.support.ts';
import { answerAtDesk } from './office-desk.ts';
import { openHub } from './open-hub.ts';
import type { OpenHub } from './open-hub.ts';

let home: CommuneHome;
let open: OpenHub;
let key = 0;

beforeEach(async () => {
  home = makeCommuneHome();
  open = await openHub(
    home.place,
    createLog(() => undefined, Date.now),
  );
  const villages = { 'ban-pa-u': { name: 'Bản Pa Ủ', kind: 'ban', oldNames: [], order: 0 } } as const;
  await open.directory.write({ ...newDirectory({ name: 'Xã Tân Thành' }), villages });
});
afterEach(async () => {
  await open.close();
  home.remove();
});

/** Appoints somebody, with a device of his. */
async function asker(role: Role, name: string): Promise<OfficeAsker> {
  const places = { villages: ['*'], schools: ['*'], namedFor: [], untilMs: null };
  const { member, code } = await open.hub.invite({ name, role, ...places });
  key += 1;
  const keys = { signKey: new Uint8Array(32).fill(key), sealKey: new Uint8Array(32).fill(key) };
  const enrolled = await open.hub.enrol({ code, ...keys });
  if (!enrolled.ok) throw new Error(enrolled.error);
  return { member, device: enrolled.value.device, row: rowOf(member) };
}

function rowOf(member: number): OfficeAsker['row'] {
  const row = open.hub.members().find((one) => one.member === member);
  if (!row) throw new Error('nobody');
  return row;
}

async function ask(who: OfficeAsker, verb: WireVerb, body: unknown): Promise<Record<string, unknown>> {
  const current = { ...who, row: rowOf(who.member) };
  return JSON.parse(await answerAtDesk(open, current, verb, typeof body === 'string' ? body : JSON.stringify(body)));
}

const NOT_YOURS = { problem: { code: 'not-yours' } };
const YOURSELF = { problem: { code: 'yourself' } };

describe('the office’s desk', () => {
  it('[ENR-10] an administrator appoints, changes, suspends and invites again; each answer is what the screen reads', async () => {
    const admin = await asker('administrator', 'Lò Văn Pản');
    const invited = await ask(admin, 'invite', {
      name: 'Tòng Văn Ún',
      role: 'collaborator',
      villages: ['ban-pa-u'],
      schools: [],
      title: 'Trưởng bản',
    });
    expect(invited['code']).toMatch(/^[0-9A-Z]{16}$/u);
    const member = invited['member'];
    const list = peopleAnswer.parse(await ask(admin, 'people', {}));
    expect(list.members.find((one) => one.member === member)).toMatchObject({
      title: 'Trưởng bản',
      villages: ['ban-pa-u'],
      invitation: { hasExpired: false },
    });
    const changed = peopleAnswer.parse(await ask(admin, 'change', { member, until: '2030-12-31', title: '' }));
    expect(changed.members.at(-1)).toMatchObject({ until: '2030-12-31', title: '', role: 'collaborator' });
    await ask(admin, 'suspend', { member, isSuspended: true });
    expect(await ask(admin, 'inviteAgain', { member })).toEqual({ problem: { code: 'suspended', member } });
    await ask(admin, 'suspend', { member, isSuspended: false });
    expect((await ask(admin, 'inviteAgain', { member }))['code']).not.toBe(invited['code']);
    expect((await open.verify()).damages).toEqual([]);
  });

  it('[ENR-10] a device is named and ended', async () => {
    const admin = await asker('administrator', 'Lò Văn Pản');
    const nurse = await asker('nurse', 'Hoàng Thị Sao');
    const { device } = nurse;
    const named = peopleAnswer.parse(await ask(admin, 'nameDevice', { device, label: ' Máy  trạm ' }));
    expect(named.devices.find((one) => one.device === device)).toMatchObject({ label: 'Máy trạm', isRevoked: false });
    const ended = peopleAnswer.parse(await ask(admin, 'revoke', { device }));
    expect(ended.devices.find((one) => one.device === device)).toMatchObject({ label: 'Máy trạm', isRevoked: true });
    expect(await ask(admin, 'revoke', { device: '../../etc' })).toMatchObject({ problem: { code: 'no-device' } });
    expect((await open.verify()).damages).toEqual([]);
  });

  it('[ENR-10] a lead orders what is about collaborators alone, and makes nobody anything else', async () => {
    const lead = await asker('lead', 'Đàm Thị Hương');
    const nurse = await asker('nurse', 'Hoàng Thị Sao');
    const ctv = await asker('collaborator', 'Tòng Văn Ún');
    const person = { name: 'Vàng Thị Sua', villages: ['*'], schools: [] };
    expect((await ask(lead, 'invite', { ...person, role: 'collaborator' }))['code']).toBeTruthy();
    expect(await ask(lead, 'suspend', { member: ctv.member, isSuspended: true })).toHaveProperty('members');
    const refused: readonly (readonly [WireVerb, unknown])[] = [
      ['invite', { ...person, role: 'administrator' }],
      ['invite', { ...person, role: 'collaborator', namedFor: ['hiv'] }],
      ['change', { member: ctv.member, role: 'lead' }],
      ['change', { member: ctv.member, namedFor: ['sealed'] }],
      ['change', { member: nurse.member, name: 'X' }],
      ['suspend', { member: nurse.member, isSuspended: true }],
      ['inviteAgain', { member: nurse.member }],
      ['inviteAgain', { member: lead.member }],
      ['revoke', { device: nurse.device }],
      ['nameDevice', { device: nurse.device, label: 'X' }],
      ['suspend', { member: 99, isSuspended: true }],
    ];
    for (const [verb, body] of refused)
      expect([verb, body, await ask(lead, verb, body)]).toEqual([verb, body, NOT_YOURS]);
  });

  it.each<[WireVerb, object]>([
    ['suspend', { isSuspended: true }],
    ['inviteAgain', {}],
    ['change', { until: '2020-01-01' }],
  ])(
    '[ENR-10] a lead’s %s is about the person it names, whatever device of a collaborator is named beside',
    async (verb, rest) => {
      const lead = await asker('lead', 'Đàm Thị Hương');
      const chair = await asker('chair', 'Lù Văn Kẻo');
      const { device } = await asker('collaborator', 'Tòng Văn Ún');
      expect(await ask(lead, verb, { member: chair.member, device, ...rest })).toEqual(NOT_YOURS);
    },
  );

  it('[ENR-10] a lead’s order about a device is about whose it is, whatever collaborator is named beside', async () => {
    const lead = await asker('lead', 'Đàm Thị Hương');
    const { device } = await asker('chair', 'Lù Văn Kẻo');
    const { member } = await asker('collaborator', 'Tòng Văn Ún');
    expect(await ask(lead, 'revoke', { member, device })).toEqual(NOT_YOURS);
    expect(await ask(lead, 'nameDevice', { member, device, label: 'X' })).toEqual(NOT_YOURS);
  });

  it('[ENR-10] nobody ends his own rights or the device in his hands', async () => {
    const admin = await asker('administrator', 'Lò Văn Pản');
    const { member, device } = admin;
    expect(await ask(admin, 'suspend', { member, isSuspended: true })).toEqual(YOURSELF);
    expect(await ask(admin, 'change', { member, role: 'union' })).toEqual(YOURSELF);
    expect(await ask(admin, 'change', { member, until: '2020-01-01' })).toEqual(YOURSELF);
    expect(await ask(admin, 'revoke', { device })).toEqual(YOURSELF);
    expect(await ask(admin, 'change', { member, name: 'Lò Văn Pán' })).toHaveProperty('members');
  });

  it.each<[WireVerb, unknown]>([
    ['invite', ''],
    ['invite', 'null'],
    ['invite', '[]'],
    ['invite', { name: 'A', role: 'king', villages: [], schools: [] }],
    ['invite', { name: 'A', role: 'police', villages: '*', schools: [] }],
    ['change', { member: '1' }],
    ['change', {}],
    ['suspend', { member: 1 }],
    ['revoke', { device: 7 }],
    ['nameDevice', { device: 'x' }],
  ])('[ENR-10] %s of %j is malformed, and nothing is done', async (verb, body) => {
    const admin = await asker('administrator', 'Lò Văn Pản');
    const { seq } = open.hub.head();
    expect(await ask(admin, verb, body)).toEqual({ problem: { code: 'malformed' } });
    expect(open.hub.head().seq).toBe(seq);
  });

  it('[ENR-11] who is named for a closed compartment waits for a second person, who is neither he nor the first', async () => {
    const admin = await asker('administrator', 'Lò Văn Pản');
    const lead = await asker('lead', 'Đàm Thị Hương');
    const chair = await asker('chair', 'Lù Văn Kẻo');
    const nurse = await asker('nurse', 'Hoàng Thị Sao');
    const named = (): readonly string[] => rowOf(nurse.member).principal.namedFor;
    await ask(admin, 'change', { member: nurse.member, namedFor: ['hiv', 'health'] });
    expect(named()).toEqual(['health']);
    const waiting = namingsAnswer.parse(await ask(chair, 'namings', {})).namings;
    expect(waiting).toMatchObject([{ member: nurse.member, compartment: 'hiv', by: { name: 'Lò Văn Pản' } }]);
    const confirm = { member: nurse.member, compartment: 'hiv', isConfirmed: true };
    for (const who of [admin, nurse]) expect(await ask(who, 'confirmNaming', confirm)).toEqual(YOURSELF);
    expect(await ask(lead, 'confirmNaming', { ...confirm, compartment: 'legal' })).toMatchObject({
      problem: { code: 'no-naming' },
    });
    expect(named()).toEqual(['health']);
    await ask(chair, 'confirmNaming', confirm);
    expect(named()).toEqual(['health', 'hiv']);
    expect(await ask(chair, 'confirmNaming', confirm)).toMatchObject({ problem: { code: 'no-naming' } });
    // taken back by one alone, and given again by two
    await ask(admin, 'change', { member: nurse.member, namedFor: [] });
    expect(named()).toEqual([]);
    await ask(admin, 'change', { member: nurse.member, namedFor: ['hiv'] });
    await ask(lead, 'confirmNaming', { ...confirm, isConfirmed: false });
    expect([named(), rowOf(nurse.member).proposed ?? []]).toEqual([[], []]);
    await ask(admin, 'change', { member: lead.member, namedFor: ['sealed'] });
    expect(await ask(lead, 'confirmNaming', { ...confirm, member: lead.member, compartment: 'sealed' })).toEqual(
      YOURSELF,
    );
    expect((await open.verify()).damages).toEqual([]);
  });

  it('[ENR-11] another role loses what waited, and a Hub that starts again still knows what waits', async () => {
    const admin = await asker('administrator', 'Lò Văn Pản');
    const nurse = await asker('nurse', 'Hoàng Thị Sao');
    await ask(admin, 'change', { member: nurse.member, namedFor: ['hiv'] });
    await open.close();
    open = await openHub(
      home.place,
      createLog(() => undefined, Date.now),
    );
    expect(rowOf(nurse.member).proposed).toMatchObject([{ compartment: 'hiv' }]);
    await ask(admin, 'change', { member: nurse.member, role: 'union' });
    expect(rowOf(nurse.member).proposed).toBeUndefined();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { testSigner } from '../../../../test/fixtures/world.ts';
import { must } from '../base/assert.ts';
import { documentIdOf } from '../model/ids.ts';
import type { MemberNumber } from '../model/ids.ts';
import { parseInvitationCode } from '../model/invitation.ts';
import { CLOSE, closeCodeOf } from '../wire/refusal.ts';
import { LEASE_SIZES, countIds } from './leases.ts';
import { INVITATION_MS } from './people-writer.ts';
import type { Appointment } from './people-writer.ts';
import { verifyStore } from './verify.ts';

let test: TestHub;
beforeEach(async () => {
  test = await new TestHub().start();
});

const appointment: Appointment = {
  name: 'Hồ Thị Lan',
  role: 'nurse',
  villages: ['*'],
  schools: ['*'],
  namedFor: ['hiv'],
  untilMs: null,
};
const keysOf = (seed: number) => ({ signKey: testSigner(seed).publicKey, sealKey: new Uint8Array(32).fill(seed) });

describe('an invitation', () => {
  it('[ENR-1] is sixteen letters that nobody keeps, and makes one device of one person', async () => {
    const { code, member } = await test.hub.invite(appointment);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/u);
    const kept = JSON.stringify([await test.store.load(), await test.store.readEntries(0, 99, 99)]);
    expect(kept).not.toContain(code);
    const enrolled = await test.hub.enrol({ code, ...keysOf(5) });
    expect(enrolled).toMatchObject({ ok: true, value: { member, epoch: 1 } });
    const { leases, hub } = must(enrolled.ok ? enrolled.value : null, 'a device');
    expect(countIds(leases)).toBe(LEASE_SIZES.block);
    expect(hub.signKey).toEqual(test.signer.publicKey);
    expect(await test.hub.enrol({ code, ...keysOf(6) })).toEqual({ ok: false, error: 'used-code' });
  });

  it('[ENR-1] given again after a lost answer makes the same device', async () => {
    const { code } = await test.hub.invite(appointment);
    const first = await test.hub.enrol({ code, ...keysOf(5) });
    const { passport, ...device } = must(first.ok ? first.value : null, 'a device');
    expect(passport.length).toBeGreaterThan(100);
    expect(await test.hub.enrol({ code, ...keysOf(5) })).toMatchObject({ ok: true, value: device });
    expect([...test.hub.devices()].filter(({ member }) => member !== 0)).toHaveLength(1);
  });

  it('[ENR-2] holds for 72 hours', async () => {
    const [early, late] = [await test.hub.invite(appointment), await test.hub.invite(appointment)];
    test.timeline.nowMs += INVITATION_MS - 1;
    expect((await test.hub.enrol({ code: early.code, ...keysOf(5) })).ok).toBe(true);
    test.timeline.nowMs += 1;
    expect(await test.hub.enrol({ code: late.code, ...keysOf(6) })).toEqual({ ok: false, error: 'expired-code' });
  });

  it('[ENR-2] that is unknown, mistyped or comes with keys that are none, is refused alike', async () => {
    const { code } = await test.hub.invite(appointment);
    const bad = [
      { code: '0000000000000000', ...keysOf(5) },
      { code: '', ...keysOf(5) },
      { code, ...keysOf(5), signKey: new Uint8Array(31) },
      { code, ...keysOf(5), sealKey: new Uint8Array(0) },
    ];
    for (const request of bad) expect(await test.hub.enrol(request)).toEqual({ ok: false, error: 'bad-code' });
    expect((await test.hub.enrol({ code, ...keysOf(5) })).ok).toBe(true);
  });

  it('[ENR-2] of somebody who was suspended, or whose device was revoked, says that it ended', async () => {
    const [first, second] = [await test.hub.invite(appointment), await test.hub.invite(appointment)];
    await test.hub.suspendMember(first.member);
    expect(await test.hub.enrol({ code: first.code, ...keysOf(5) })).toEqual({ ok: false, error: 'ended-code' });
    await test.hub.suspendMember(first.member, false);
    expect((await test.hub.enrol({ code: first.code, ...keysOf(5) })).ok).toBe(true);
    const enrolled = await test.hub.enrol({ code: second.code, ...keysOf(6) });
    await test.hub.revokeDevice(must(enrolled.ok ? enrolled.value : null, 'a device').device);
    expect(await test.hub.enrol({ code: second.code, ...keysOf(6) })).toEqual({ ok: false, error: 'ended-code' });
  });

  it('[ENR-2] comes with keys of somebody else’s device: as good as no code', async () => {
    const [first, second] = [await test.hub.invite(appointment), await test.hub.invite(appointment)];
    await test.hub.enrol({ code: first.code, ...keysOf(5) });
    expect(await test.hub.enrol({ code: second.code, ...keysOf(5) })).toEqual({ ok: false, error: 'bad-code' });
  });

  it('[ENR-2] of a demo may be used again and again', async () => {
    const { code } = await test.hub.invite(appointment, { isReusable: true });
    expect((await test.hub.enrol({ code, ...keysOf(5) })).ok).toBe(true);
    expect((await test.hub.enrol({ code, ...keysOf(6) })).ok).toBe(true);
  });

  it.each([
    ['abcd efgh jkmn pqrs', 'ABCDEFGHJKMNPQRS'],
    ['ABCD-EFGH-JKMN-PQRS', 'ABCDEFGHJKMNPQRS'],
    ['O123456789ILABCD', '012345678911ABCD'],
    ['ABCDEFGHJKMNPQR', null],
    ['ABCDEFGHJKMNPQRU', null],
    ['', null],
  ])('[ENR-1] %s is read as %s', (text, code) => {
    expect(parseInvitationCode(text)).toBe(code);
  });
});

describe('people', () => {
  it('[ENR-3] are known to every device by a document that the Hub wrote and signed', async () => {
    const lead = await (await test.enrol()).connect();
    const nurse = await test.enrol(appointment);
    await test.pass();
    const item = must(
      (await lead.items()).findLast((one) => one[0] === 's' && one[1].endsWith('/member')),
      'a member',
    );
    expect(item[2]).toBe(0);
    const state = must(lead.states.get(item[1] as never), 'a state');
    const value = (name: string) => state.fields.get(name)?.[0]?.value;
    expect([value('name'), value('role'), value('agency'), value('number'), value('active')]).toEqual([
      'Hồ Thị Lan',
      'nurse',
      'healthStation',
      nurse.member,
      true,
    ]);
    expect(await verifyStore(test.store, test.world.crypto)).toMatchObject({ damages: [] });
  });

  it('[ENR-3] are numbered from one, each once', async () => {
    const members = await Promise.all([1, 2, 3].map(() => test.hub.invite(appointment)));
    expect(members.map(({ member }) => member)).toEqual([1, 2, 3]);
  });

  it('[ENR-4] change from one seq on: before it the old rights hold for what was written then', async () => {
    const nurse = await test.enrol(appointment);
    const before = (await test.store.load()).headSeq;
    await test.hub.changeMember(nurse.member, { ...appointment, role: 'lead', untilMs: 1_800_000_000_000 });
    const { headSeq, members } = await test.store.load();
    expect((await test.store.readMemberAt(nurse.member, before))?.principal.role).toBe('nurse');
    expect((await test.store.readMemberAt(nurse.member, headSeq))?.principal.role).toBe('lead');
    expect(members).toHaveLength(1);
    expect(test.hub.principalOf(nurse.device)).toMatchObject({ role: 'lead', untilMs: 1_800_000_000_000 });
  });

  it('[ENR-4] that do not exist can neither change nor be invited again', async () => {
    const nobody = 77 as MemberNumber;
    const no = { ok: false, error: 'not-enrolled' };
    expect(await test.hub.changeMember(nobody, appointment)).toEqual(no);
    expect(await test.hub.suspendMember(nobody)).toEqual(no);
    expect(await test.hub.inviteAgain(nobody)).toEqual(no);
    expect(await test.hub.revokeDevice('00000000000000000000000000' as never)).toEqual(no);
  });

  it('[ENR-4] come back from a suspension with their rights', async () => {
    const nurse = await test.enrol(appointment);
    await test.hub.suspendMember(nurse.member);
    expect(test.hub.principalOf(nurse.device)?.untilMs).toBe(0);
    await test.hub.suspendMember(nurse.member, false);
    expect(test.hub.principalOf(nurse.device)).toMatchObject({ role: 'nurse', untilMs: null });
  });
});

describe('a device', () => {
  it('[ENR-5] that is revoked is sent away and never let in again; its person may enrol another', async () => {
    const lead = await (await test.enrol()).connect();
    await test.hub.revokeDevice(lead.device);
    await test.pass();
    expect(lead.closed?.[0]).toBe(CLOSE.restart);
    await lead.connect();
    await test.pass(20_000);
    expect(lead.closed?.[0]).toBe(closeCodeOf('device-revoked'));
    expect(test.hub.principalOf(lead.device)).toBeNull();
    const again = await test.hub.inviteAgain(lead.member);
    const other = await (await test.enrolWith(again.ok ? again.value.code : '')).connect();
    expect(other.all('welcome')).toHaveLength(1);
  });

  it('[ENR-8] that is revoked hands in what it has, and hears nothing else', async () => {
    const other = await (await test.enrol()).connect();
    const lead = await (await test.enrol()).connect();
    const document = documentIdOf(test.folder(), 'identity');
    await lead.push(await lead.edit(document, { village: VILLAGES.dong, name: 'Hồ Thị Bưởi' }));
    const late = [
      await lead.edit(document, { name: 'Hồ Thị Bưởi A' }),
      await lead.edit(document, { name: 'Hồ Thị B' }),
    ];
    await test.hub.revokeDevice(lead.device);
    await lead.connect();
    expect(await lead.push(...late)).toMatchObject([
      { verdict: 'held', code: 'right-ended' },
      { verdict: 'held', code: 'right-ended' },
    ]);
    await lead.say(['ask-receipts', [document]]);
    await lead.say(['ask-history', { ask: 1, document, next: new Uint8Array() }]);
    await other.push(await other.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.dong }));
    await test.hub.suspendMember(lead.member);
    await test.pass(1_500);
    expect(lead.frames.map(([type]) => type)).toEqual(['challenge', 'welcome', 'verdicts']);
    expect(lead.all('welcome')[0]?.[1]).toMatchObject({ leases: [], principal: { villages: [], untilMs: 0 } });
    await test.pass(20_000);
    expect(lead.closed?.[0]).toBe(closeCodeOf('device-revoked'));
    const shown = await other.items();
    expect(shown.filter(([, id]) => String(id).includes('/held'))).toHaveLength(2);
  });

  it('[ENR-6] always has a stock of client ids of its own, never given to another', async () => {
    const lead = await (await test.enrol()).connect();
    const first = must(lead.all('welcome')[0], 'a welcome')[1].leases;
    expect(countIds(first)).toBe(LEASE_SIZES.block);
    lead.client = must(first[0], 'a lease')[1] - 10;
    await lead.push(await lead.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.dong }));
    await lead.connect();
    const second = must(lead.all('welcome')[0], 'a welcome')[1].leases;
    expect(countIds(second)).toBe(LEASE_SIZES.block + 9);
    const other = await (await test.enrol(appointment)).connect();
    const third = must(other.all('welcome')[0], 'a welcome')[1].leases;
    for (const [from, to] of third) for (const [start, end] of second) expect(to <= start || from >= end).toBe(true);
  });

  it('[ENR-7] after a restore works in a new epoch, with new ids, and gets everything anew', async () => {
    const lead = await (await test.enrol()).connect();
    const document = documentIdOf(test.folder(), 'identity');
    await lead.push(await lead.edit(document, { village: VILLAGES.dong }));
    expect(await test.hub.beginEpoch()).toBe(2);
    await test.pass();
    expect(lead.closed?.[0]).toBe(CLOSE.restart);
    await lead.connect();
    expect(must(lead.all('challenge')[0], 'a challenge')[1].epoch).toBe(2);
    const { leases, total } = must(lead.all('welcome')[0], 'a welcome')[1];
    expect(leases.every(([from]) => from >= 2 * 2 ** 22)).toBe(true);
    expect(total).toBe(2);
    expect((await lead.items()).map((item) => item[1])).toContain(document);
    lead.client = must(leases[0], 'a lease')[0];
    expect((await lead.push(await lead.edit(document, { name: 'Niê' })))[0]?.verdict).toBe('stored');
  });
});

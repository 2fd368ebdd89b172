import { beforeEach, describe, expect, it } from 'vitest';
import { TestHub } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import type { DeviceId, MemberNumber } from '../model/ids.ts';
import { appointmentBody } from './people-entries.ts';
import type { Appointment } from './people-writer.ts';
import type { MemberRow, Orderer } from './ports.ts';
import { verifyStore } from './verify.ts';

let test: TestHub;
beforeEach(async () => {
  test = await new TestHub().start();
});

const someone = (role: Appointment['role'], name: string, untilMs: number | null = null): Appointment => ({
  name,
  role,
  villages: ['v'],
  schools: [],
  namedFor: [],
  untilMs,
});

async function bodies(): Promise<readonly Record<string, unknown>[]> {
  const { headSeq } = await test.store.load();
  const entries = await test.store.readEntries(0, headSeq, headSeq);
  const people = entries.filter(({ type, member }) => (type === 'member' || type === 'device') && member !== 0);
  return people.map(({ body }) => JSON.parse(new TextDecoder().decode(body)));
}

/** Returns the verification of the store as an insider would leave it: his entry and row at the end. */
async function damagesWith(member: MemberNumber, by: Orderer): Promise<readonly unknown[]> {
  const image = await test.store.load();
  const row = must(image.members.find((one) => one.member === member) ?? null, 'a person');
  const { seq: _, ...grown }: MemberRow = { ...row, principal: { ...row.principal, role: 'lead' } };
  const order = { by };
  await test.hub.changeMember(member, { ...grown.principal, name: grown.name }, order);
  return (await verifyStore(test.store, test.world.crypto)).damages;
}

describe('who ordered what of people and devices', () => {
  it('[AUD-6] is said by every entry, and by none that nobody ordered', async () => {
    const administrator = await test.enrol({ role: 'administrator', name: 'Lò Văn Pản' });
    const by = { member: administrator.member, device: administrator.device };
    const { member, code } = await test.hub.invite(someone('nurse', 'Hoàng Thị Sao'), { by });
    const nurse = await test.enrolWith(code);
    await test.hub.changeMember(member, someone('nurse', 'Hoàng Thị Sáo'), { by });
    await test.hub.suspendMember(member, true, { by: 'command-line' });
    await test.hub.revokeDevice(nurse.device, { by });
    expect((await bodies()).map((body) => body['by'])).toEqual([undefined, undefined, by, by, by, 'command-line', by]);
    expect((await verifyStore(test.store, test.world.crypto)).damages).toEqual([]);
  });

  it('[AUD-6] entries from before that was said stay valid', async () => {
    await test.enrol();
    expect((await bodies()).every((body) => !('by' in body))).toBe(true);
    expect((await verifyStore(test.store, test.world.crypto)).damages).toEqual([]);
  });

  it('[AUD-6] an order that nobody could have given is found: another’s device, a revoked one, a role without the right, nobody', async () => {
    const administrator = await test.enrol({ role: 'administrator', name: 'Lò Văn Pản' });
    const lost = await test.enrol({ role: 'administrator', name: 'Vừ A Sùng' });
    const nurse = await test.enrol({ role: 'nurse', name: 'Hoàng Thị Sao' });
    await test.hub.revokeDevice(lost.device);
    await test.pass(120_000);
    const damage = [{ is: 'member', member: nurse.member }];
    const forged: readonly Orderer[] = [
      { member: administrator.member, device: nurse.device },
      { member: lost.member, device: lost.device },
      { member: 99 as MemberNumber, device: 'X' as string as DeviceId },
    ];
    let found: unknown[] = [];
    for (const by of forged) {
      found = [...found, ...damage];
      expect(await damagesWith(nurse.member, by)).toEqual(found);
    }
    await test.hub.changeMember(nurse.member, someone('nurse', 'Hoàng Thị Sao'), { by: 'command-line' });
    await test.pass(120_000);
    expect(await damagesWith(nurse.member, { member: nurse.member, device: nurse.device })).toEqual([
      ...found,
      ...damage,
    ]);
  });

  it('[AUD-6] an invitation is used after its giver was suspended and his tablet lost: nothing is wrong with that', async () => {
    const administrator = await test.enrol({ role: 'administrator', name: 'Lò Văn Pản' });
    const by = { member: administrator.member, device: administrator.device };
    const { code } = await test.hub.invite(someone('nurse', 'Hoàng Thị Sao'), { by });
    await test.pass(120_000);
    await test.hub.revokeDevice(administrator.device);
    await test.hub.suspendMember(administrator.member);
    await test.pass(120_000);
    await test.enrolWith(code);
    expect((await verifyStore(test.store, test.world.crypto)).damages).toEqual([]);
  });

  it('[AUD-6] another orderer in a row’s entry is another entry: the words are compared whole', async () => {
    const row = { member: 1, name: 'Lò Văn Pản', suspended: false, principal: { ...someone('nurse', ''), member: 1 } };
    const text = (by?: Orderer): string =>
      new TextDecoder().decode(appointmentBody(row as unknown as Omit<MemberRow, 'seq'>, by));
    expect(text()).not.toContain('by');
    expect(text('command-line')).toBe(`${text().slice(0, -1)},"by":"command-line"}`);
  });
});

describe('the last lead', () => {
  const keepsLead = { keepsLead: true };
  const leads = (): readonly MemberRow[] =>
    test.hub.members().filter(({ principal, suspended }) => principal.role === 'lead' && !suspended);

  it('[ENR-9] two suspended at once leave one', async () => {
    const [first, second] = [await test.enrol({ name: 'A' }), await test.enrol({ name: 'B' })];
    const both = await Promise.all(
      [first, second].map(({ member }) => test.hub.suspendMember(member, true, keepsLead)),
    );
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(leads()).toHaveLength(1);
  });

  it('[ENR-9] a day of end leaves somebody behind it: by a date alone, by two dates, by a date and a suspension', async () => {
    const soon = test.world.nowMs() + 86_400_000;
    const { member } = await test.enrol({ name: 'A' });
    const end = (who: MemberNumber, untilMs: number | null) =>
      test.hub.changeMember(who, someone('lead', 'A', untilMs), keepsLead);
    expect(await end(member, soon)).toEqual({ ok: false, error: 'last-lead' });
    const other = await test.enrol({ name: 'B' });
    expect((await end(member, soon)).ok).toBe(true);
    expect((await end(other.member, soon)).ok).toBe(false);
    expect((await test.hub.suspendMember(other.member, true, keepsLead)).ok).toBe(false);
    expect((await end(member, null)).ok).toBe(true);
    expect((await test.hub.suspendMember(other.member, true, keepsLead)).ok).toBe(true);
  });

  it('[ENR-9] where a lead leaves already, nothing may bring that day nearer', async () => {
    const at = test.world.nowMs();
    const { member } = await test.enrol({ name: 'A', untilMs: at + 2_000 });
    const end = (untilMs: number | null) => test.hub.changeMember(member, someone('lead', 'A', untilMs), keepsLead);
    expect((await end(at + 1_000)).ok).toBe(false);
    expect((await end(at + 3_000)).ok).toBe(true);
    expect((await end(null)).ok).toBe(true);
  });
});

/** The people of a commune, as the office appoints, changes and suspends them. Rules CLI-6, CLI-7, ENR-9 … ENR-11. */
import { HUB_MEMBER } from '@chungtay/core/model/ids';
import type { MemberNumber } from '@chungtay/core/model/ids';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import { hasEnded } from '@chungtay/core/policy/access';
import { dayOf } from '@chungtay/core/policy/calendar';
import type { Appointment } from '@chungtay/core/sync/people-writer';
import type { MemberRow, Orderer } from '@chungtay/core/sync/ports';
import type { ChangeAsk, InviteAsk, OfficeProblem, SuspendAsk } from '@chungtay/core/wire/office';
import { readAppointment } from './appointment.ts';
import { listPeople } from './list-people.ts';
import { no } from './office.ts';
import type { OfficeAnswer } from './office.ts';
import type { OpenHub } from './open-hub.ts';

/** What the office works on. */
export type OfficeHub = Pick<OpenHub, 'hub' | 'directory' | 'world'>;

/** Appoints somebody new; the answer is the invitation for his first device. */
export async function invite({ hub, directory, world }: OfficeHub, ask: InviteAsk, by: Orderer): Promise<OfficeAnswer> {
  const isLead = ask.role === 'lead';
  const typed = {
    ...ask,
    villages: isLead && ask.villages.length === 0 ? [EVERYWHERE] : ask.villages,
    schools: isLead && ask.schools.length === 0 ? [EVERYWHERE] : ask.schools,
    namedFor: ask.namedFor ?? [],
    until: ask.until ?? null,
    title: ask.title ?? '',
  };
  const order = { by, atMs: world.nowMs(), before: { namedFor: [], proposed: [] } };
  const read = readAppointment(directory.content(), typed, order);
  return read.ok ? { ...(await hub.invite(read.appointment, { by })) } : no(read.problem);
}

/** Returns an invitation for another device of somebody: his first was lost, or its invitation ran out. */
export async function inviteAgain({ hub, world }: OfficeHub, member: number, by: Orderer): Promise<OfficeAnswer> {
  const row = rowOf(hub, member);
  if (row?.suspended) return no({ code: 'suspended', member });
  if (row && !isAtWork(row, world.nowMs())) return no({ code: 'ended', member });
  const invited = row ? await hub.inviteAgain(row.member, { by }) : null;
  return invited?.ok ? { ...invited.value, name: row?.name } : no({ code: 'nobody', member });
}

/** Changes what is given of an appointment, from now on. Another role keeps the places, and loses what the person was named for. */
export async function changeMember(open: OfficeHub, ask: ChangeAsk, by: Orderer): Promise<OfficeAnswer> {
  const { hub, directory, world } = open;
  const row = rowOf(hub, ask.member);
  if (!row) return no({ code: 'nobody', member: ask.member });
  let problem: OfficeProblem | null = null;
  const next = (now: Appointment): Appointment | null => {
    const { role, villages, schools, untilMs, title = '' } = now;
    const isSameRole = ask.role === undefined || ask.role === role;
    const before = { namedFor: isSameRole ? now.namedFor : [], proposed: isSameRole ? (now.proposed ?? []) : [] };
    const kept = { name: now.name, role, villages, schools, namedFor: before.namedFor, title };
    const until = untilMs === null ? null : dayOf(untilMs - 1);
    const read = readAppointment(
      directory.content(),
      { ...kept, until, ...given(ask) },
      { by, atMs: world.nowMs(), before },
    );
    if (read.ok) return read.appointment;
    problem = read.problem;
    return null;
  };
  const changed = await hub.amendMember(row.member, next, { by, keepsLead: true });
  if (problem) return no(problem);
  return changed.ok || changed.error === 'unchanged' ? listPeople(open) : no(refusalOf(changed.error, row));
}

/** Ends somebody's rights at once, or gives them back; his devices still hand in what they hold. The last lead at work stays. */
export async function suspendMember(open: OfficeHub, ask: SuspendAsk, by: Orderer): Promise<OfficeAnswer> {
  const row = rowOf(open.hub, ask.member);
  if (!row) return no({ code: 'nobody', member: ask.member });
  const done = await open.hub.suspendMember(row.member, ask.isSuspended, { by, keepsLead: true });
  return done.ok ? listPeople(open) : no(refusalOf(done.error, row));
}

/** Returns the first lead at work, or the one with this number; null when there is none. */
export function leadOf({ hub, world }: OfficeHub, asked: number | null): MemberNumber | null {
  const leads = hub.members().filter((row) => row.principal.role === 'lead' && isAtWork(row, world.nowMs()));
  return (asked === null ? leads[0] : leads.find(({ member }) => member === asked))?.member ?? null;
}

/** Returns the row of somebody appointed, or null. */
export function rowOf(hub: OpenHub['hub'], member: number): MemberRow | null {
  return hub.members().find((row) => row.member === member && row.member !== HUB_MEMBER) ?? null;
}

/** What was given; what was left out stays as it is. */
function given(ask: ChangeAsk): { readonly [Key in keyof InviteAsk]?: NonNullable<InviteAsk[Key]> } {
  return Object.fromEntries(Object.entries(ask).filter(([key, value]) => key !== 'member' && value !== undefined));
}

function refusalOf(code: 'not-enrolled' | 'last-lead', { member, name }: MemberRow): OfficeProblem {
  return code === 'last-lead' ? { code, member, name } : { code: 'nobody', member };
}

function isAtWork({ principal, suspended }: MemberRow, nowMs: number): boolean {
  return !suspended && !hasEnded(principal, nowMs);
}

/** The people of a commune, as the command line appoints, changes and suspends them. */
import { COMPARTMENTS } from '@chungtay/core/model/compartment';
import { HUB_MEMBER } from '@chungtay/core/model/ids';
import type { MemberNumber } from '@chungtay/core/model/ids';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import { hasEnded } from '@chungtay/core/policy/access';
import { dayOf, endOfDayMs } from '@chungtay/core/policy/calendar';
import type { Appointment } from '@chungtay/core/sync/enrolment';
import type { MemberRow } from '@chungtay/core/sync/ports';
import { readName } from './name.ts';
import type { ChangeAsk, InviteAsk, OfficeAnswer, SuspendAsk } from './office.ts';
import type { OpenHub } from './open-hub.ts';
import { findPlaces } from './places.ts';

/** Whose work is bound to places: without any of these, he would see nobody. */
const BOUND_TO: Readonly<Partial<Record<Role, readonly ('villages' | 'schools')[]>>> = {
  collaborator: ['villages'],
  nurse: ['villages', 'schools'],
  teacher: ['schools'],
};
const FLAG_OF = { villages: '--village', schools: '--school' } as const;

/** Appoints somebody new; the answer is the invitation for his first device. */
export async function invite({ hub, directory }: OpenHub, ask: InviteAsk): Promise<OfficeAnswer> {
  const everywhere = ask.role === 'lead' && ask.villages.length === 0 ? [EVERYWHERE] : ask.villages;
  const schools = ask.role === 'lead' && ask.schools.length === 0 ? [EVERYWHERE] : ask.schools;
  const read = readAppointment(directory.content(), {
    name: ask.name,
    role: ask.role,
    villages: everywhere,
    schools,
    namedFor: ask.namedFor ?? [],
    until: ask.until ?? null,
  });
  return read.ok ? { ...(await hub.invite(read.appointment)) } : { problem: read.problem };
}

/** Returns an invitation for another device of somebody: his first was lost, or its invitation ran out. */
export async function inviteAgain({ hub, world }: OpenHub, member: number): Promise<OfficeAnswer> {
  const row = rowOf(hub, member);
  if (row?.suspended) return { problem: `${member} is suspended: member restore ${member} first.` };
  if (row && !isAtWork(row, world.nowMs()))
    return { problem: `The work of ${member} has ended: member change ${member} --until first.` };
  const invited = row ? await hub.inviteAgain(row.member) : null;
  return invited?.ok ? { ...invited.value, name: row?.name } : nobody(member);
}

/** Returns everybody who was ever appointed. */
export function listMembers(hub: OpenHub['hub']): OfficeAnswer {
  const members = hub.members().filter(({ member }) => member !== HUB_MEMBER);
  return {
    members: members.map(({ member, name, principal, suspended }) => {
      const { role, villages, schools, namedFor, untilMs } = principal;
      const until = untilMs === null ? null : dayOf(untilMs - 1);
      return { member, name, role, villages, schools, namedFor, until, isSuspended: suspended };
    }),
  };
}

/** Changes what is given of an appointment, from now on. Another role keeps the places, and loses what the person was named for. */
export async function changeMember(open: OpenHub, ask: ChangeAsk): Promise<OfficeAnswer> {
  const { hub, directory, world } = open;
  const row = rowOf(hub, ask.member);
  if (!row) return nobody(ask.member);
  const { role, villages, schools, namedFor, untilMs } = row.principal;
  const read = readAppointment(directory.content(), {
    name: ask.name ?? row.name,
    role: ask.role ?? role,
    villages: ask.villages ?? villages,
    schools: ask.schools ?? schools,
    namedFor: ask.namedFor ?? (ask.role === undefined || ask.role === role ? namedFor : []),
    until: ask.until ?? (untilMs === null ? null : dayOf(untilMs - 1)),
  });
  if (!read.ok) return { problem: read.problem };
  const staysLead = read.appointment.role === 'lead' && !hasEnded(read.appointment, world.nowMs());
  if (!staysLead && isLastLead(open, row)) return lastLead(row);
  await hub.changeMember(row.member, read.appointment);
  return listMembers(hub);
}

/** Ends somebody's rights at once, or gives them back; his devices still hand in what they hold. The last lead at work stays. */
export async function suspendMember(open: OpenHub, ask: SuspendAsk): Promise<OfficeAnswer> {
  const { hub } = open;
  const row = rowOf(hub, ask.member);
  if (!row) return nobody(ask.member);
  if (ask.isSuspended && isLastLead(open, row)) return lastLead(row);
  await hub.suspendMember(row.member, ask.isSuspended);
  return listMembers(hub);
}

/** Returns the first lead at work, or the one with this number; null when there is none. */
export function leadOf({ hub, world }: OpenHub, asked: number | null): MemberNumber | null {
  const leads = hub.members().filter((row) => row.principal.role === 'lead' && isAtWork(row, world.nowMs()));
  return (asked === null ? leads[0] : leads.find(({ member }) => member === asked))?.member ?? null;
}

interface Typed {
  readonly name: string;
  readonly role: Role;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly namedFor: readonly string[];
  /** The last day of work, `never` or null while open. */
  readonly until: string | null;
}

type Read = { readonly ok: true; readonly appointment: Appointment } | { readonly ok: false; readonly problem: string };

function readAppointment(places: Parameters<typeof placesIn>[0], typed: Typed): Read {
  const name = readName(typed.name);
  if (name === null) return { ok: false, problem: '--name needs a name of 1 to 120 characters.' };
  const { villages, schools, unknown } = placesIn(places, typed);
  if (unknown.length > 0)
    return {
      ok: false,
      problem: `The directory has no ${quoted(unknown)}, or several that differ only in marks. place list shows what it has.`,
    };
  const namedFor = COMPARTMENTS.filter((compartment) => typed.namedFor.includes(compartment));
  const strange = typed.namedFor.filter((text) => !COMPARTMENTS.some((one) => one === text));
  if (strange.length > 0)
    return { ok: false, problem: `There is no compartment ${quoted(strange)}: ${COMPARTMENTS.join(', ')}.` };
  const bound = BOUND_TO[typed.role];
  if (bound?.every((kind) => ({ villages, schools })[kind].length === 0)) {
    const flags = bound.map((kind) => `${FLAG_OF[kind]} A,B or ${FLAG_OF[kind]} "*" for all`);
    return { ok: false, problem: `A ${typed.role} works in places: ${flags.join(', or ')}.` };
  }
  const untilMs = typed.until === null || typed.until === 'never' ? null : endOfDayMs(typed.until);
  if (untilMs === null && typed.until !== null && typed.until !== 'never')
    return { ok: false, problem: '--until needs a day, YYYY-MM-DD, or never.' };
  return { ok: true, appointment: { name, role: typed.role, villages, schools, namedFor, untilMs } };
}

function placesIn(
  known: Readonly<Record<'villages' | 'schools', Readonly<Record<string, { readonly name: string }>>>>,
  asked: Pick<Typed, 'villages' | 'schools'>,
): { readonly villages: readonly string[]; readonly schools: readonly string[]; readonly unknown: readonly string[] } {
  const villages = findPlaces(asked.villages, known.villages);
  const schools = findPlaces(asked.schools, known.schools);
  return { villages: villages.ids, schools: schools.ids, unknown: [...villages.unknown, ...schools.unknown] };
}

/** Without a lead nobody screens a report: their clocks would run out unseen. */
function isLastLead({ hub, world }: OpenHub, { member }: MemberRow): boolean {
  const leads = hub.members().filter((row) => row.principal.role === 'lead' && isAtWork(row, world.nowMs()));
  return leads.length === 1 && leads[0]?.member === member;
}

function lastLead({ member, name }: MemberRow): OfficeAnswer {
  return {
    problem: `${name} (${member}) is the last lead at work, and reports need one: invite another with --role lead first.`,
  };
}

function isAtWork({ principal, suspended }: MemberRow, nowMs: number): boolean {
  return !suspended && !hasEnded(principal, nowMs);
}

function rowOf(hub: OpenHub['hub'], member: number): MemberRow | null {
  return hub.members().find((row) => row.member === member && row.member !== HUB_MEMBER) ?? null;
}

function nobody(member: number): OfficeAnswer {
  return { problem: `${member} is nobody’s number. member list shows everybody’s.` };
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `“${text}”`).join(', ');
}

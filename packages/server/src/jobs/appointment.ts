/** An appointment as somebody typed it, read against the commune's directory. */
import { COMPARTMENTS } from '@chungtay/core/model/compartment';
import type { Compartment } from '@chungtay/core/model/compartment';
import type { Directory } from '@chungtay/core/model/directory';
import type { Role } from '@chungtay/core/model/role';
import { endOfDayMs } from '@chungtay/core/policy/calendar';
import { NAMED_BY_TWO } from '@chungtay/core/policy/office';
import type { Appointment } from '@chungtay/core/sync/people-writer';
import type { Naming, Orderer } from '@chungtay/core/sync/ports';
import type { OfficeProblem } from '@chungtay/core/wire/office';
import { readName } from './name.ts';
import { findPlaces } from './places.ts';

/** Whose work is bound to places: without any of these, he would see nobody. */
const BOUND_TO: Readonly<Partial<Record<Role, readonly ('villages' | 'schools')[]>>> = {
  collaborator: ['villages'],
  nurse: ['villages', 'schools'],
  teacher: ['schools'],
};

/** What was typed, nothing left out. */
export interface TypedAppointment {
  readonly name: string;
  readonly role: Role;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly namedFor: readonly string[];
  /** The last day of work, `never` or null while open. */
  readonly until: string | null;
  readonly title: string;
}

/** Who typed it, when, and what the person was named for before. */
export interface TypedBy {
  readonly by: Orderer;
  readonly atMs: number;
  readonly before: { readonly namedFor: readonly Compartment[]; readonly proposed: readonly Naming[] };
}

type Read =
  | { readonly ok: true; readonly appointment: Appointment }
  | { readonly ok: false; readonly problem: OfficeProblem };

/** Returns the appointment, or what is wrong with it. Whom a session names for a closed compartment waits for a second person (ENR-11). */
export function readAppointment(
  known: Pick<Directory, 'villages' | 'schools'>,
  typed: TypedAppointment,
  order: TypedBy,
): Read {
  const wrong = (problem: OfficeProblem): Read => ({ ok: false, problem });
  const name = readName(typed.name);
  if (name === null) return wrong({ code: 'name' });
  const title = typed.title === '' ? '' : readName(typed.title);
  if (title === null) return wrong({ code: 'title' });
  const villages = findPlaces(typed.villages, known.villages);
  const schools = findPlaces(typed.schools, known.schools);
  const unknown = [...villages.unknown, ...schools.unknown];
  if (unknown.length > 0) return wrong({ code: 'unknown-places', texts: unknown });
  const strange = typed.namedFor.filter((text) => !COMPARTMENTS.some((one) => one === text));
  if (strange.length > 0) return wrong({ code: 'unknown-compartments', texts: strange });
  const places = { villages: villages.ids, schools: schools.ids };
  if (BOUND_TO[typed.role]?.every((kind) => places[kind].length === 0))
    return wrong({ code: 'needs-places', role: typed.role, texts: [...(BOUND_TO[typed.role] ?? [])] });
  const untilMs = typed.until === null || typed.until === 'never' ? null : endOfDayMs(typed.until);
  if (untilMs === null && typed.until !== null && typed.until !== 'never') return wrong({ code: 'until' });
  const named = namedIn(
    COMPARTMENTS.filter((one) => typed.namedFor.includes(one)),
    order,
  );
  const rest = { untilMs, ...(title === '' ? {} : { title }) };
  return { ok: true, appointment: { name, role: typed.role, ...places, ...named, ...rest } };
}

function namedIn(
  asked: readonly Compartment[],
  { by, atMs, before }: TypedBy,
): Pick<Appointment, 'namedFor' | 'proposed'> {
  const needsTwo = (compartment: Compartment): boolean =>
    by !== 'command-line' &&
    !before.namedFor.includes(compartment) &&
    NAMED_BY_TWO.some((closed) => closed === compartment);
  const waiting = asked
    .filter(needsTwo)
    .map((compartment) => before.proposed.find((one) => one.compartment === compartment) ?? { compartment, by, atMs });
  const others = before.proposed.filter(({ compartment }) => !asked.includes(compartment));
  return { namedFor: asked.filter((one) => !needsTwo(one)), proposed: [...others, ...waiting] };
}

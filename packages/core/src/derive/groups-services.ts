/** Groups that follow from what the services and the survey book say: abandoned, disabled, out of school, ill and poor, injured. Rules GRP-2, GRP-6. */
import { addMonths, firstDayOf } from '../model/dates.ts';
import { INJURED_MONTHS } from '../model/groups.ts';
import type { Derived, GroupReason } from './groups-family.ts';
import type { GroupSources } from './groups.ts';
import type { EducationRow, HealthRow, HouseholdRow, IdentityRow, OffenceRow } from './row-types.ts';

const POOR = ['poor', 'nearPoor'];
/** Levels whose pupils have completed lower secondary. */
const AFTER_LOWER_SECONDARY = ['upperSecondary', 'vocational'];
const DEGREE_CLAUSES: Readonly<Record<string, string>> = {
  extremelySevere: 'G04-1',
  severe: 'G04-2',
  mild: 'G04-3',
};
/** Carers with whom an abandoned child is in alternative care. */
const ALTERNATIVE_CARERS = ['fosterCarer', 'grandparent', 'auntUncle', 'sibling', 'relative'];
const MEASURE_CLAUSES: Readonly<Record<string, string>> = {
  reformSchool: 'G06-1',
  sentence: 'G06-1',
  communeEducation: 'G06-2',
  substitute: 'G06-2',
};
const NOTHING: readonly Derived[] = [];

/** Returns the groups that the survey book and the services' documents put the child in. */
export function serviceGroups({ identity, household, rows, today }: GroupSources): readonly Derived[] {
  const health = rows.find((row) => row.type === 'health') ?? null;
  const education = rows.find((row) => row.type === 'education') ?? null;
  const offence = rows.find((row) => row.type === 'offence') ?? null;
  return [
    ...abandoned(identity),
    ...(health ? [...disabled(health), ...injured(health, today), ...illAndPoor(health, household)] : NOTHING),
    ...(education ? outOfSchool(education) : NOTHING),
    ...(household ? poor(household) : NOTHING),
    ...(offence ? underMeasure(offence) : NOTHING),
  ];
}

/** Says whether the household is on the commune’s list of poor or near-poor ones. */
export function isPoor({ economicStatus }: HouseholdRow): boolean {
  return economicStatus !== null && POOR.includes(economicStatus);
}

function abandoned(identity: IdentityRow): readonly Derived[] {
  if (identity.abandoned === null) return NOTHING;
  const { on } = identity.abandoned;
  const carer = identity.carerRelation ?? '';
  const clause = ALTERNATIVE_CARERS.includes(carer) ? 'G02-2' : null;
  const reasons = [
    reasonIn(identity, 'movements', { kind: 'abandonedFound', on }),
    ...(clause === null ? [] : [reasonIn(identity, 'carerRelation', carer)]),
  ];
  return [{ group: 'G02', clause, since: on, until: null, reasons }];
}

/** By the degree that was determined: a kind of disability alone is not determined yet. */
function disabled(health: HealthRow): readonly Derived[] {
  const { disabilityDegree: degree, disabilitySince: since } = health;
  if (degree === null) return NOTHING;
  const reasons = [reasonIn(health, 'disabilityDegree', degree)];
  return [{ group: 'G04', clause: DEGREE_CLAUSES[degree] ?? null, since, until: null, reasons }];
}

/** For a year from the injury on, as reports count; one without a date is in no year. */
function injured(health: HealthRow, today: string): readonly Derived[] {
  const on = health.injured?.on ?? null;
  if (on === null || firstDayOf(on) > today) return NOTHING;
  const until = addMonths(firstDayOf(on), INJURED_MONTHS);
  const reasons = [reasonIn(health, 'injuries', { on })];
  return [{ group: 'O2', clause: null, since: on, until, reasons }];
}

/** Three conditions: an illness, and a household that is poor or near poor. Which illness is no reason to repeat. */
function illAndPoor(health: HealthRow, household: HouseholdRow | null): readonly Derived[] {
  if (!health.isLongIll || household === null) return NOTHING;
  return poor(household).map(({ reasons }) => ({
    group: 'G13',
    clause: null,
    since: null,
    until: null,
    reasons: [reasonIn(health, 'chronicDisease', null), ...reasons],
  }));
}

function poor(household: HouseholdRow): readonly Derived[] {
  const { economicStatus: status, economicYear: year } = household;
  if (!isPoor(household)) return NOTHING;
  const since = year === null ? null : String(year);
  const reasons = [
    reasonIn(household, 'economicStatus', status),
    ...(year === null ? [] : [reasonIn(household, 'economicYear', year)]),
  ];
  return [{ group: 'R1', clause: null, since, until: null, reasons }];
}

/** Of a level that nobody wrote down, lower secondary counts as not completed: nobody is lost to a gap. */
function outOfSchool(education: EducationRow): readonly Derived[] {
  const { status, level, droppedOutOn: since, dropOutReason } = education;
  if (status !== 'droppedOut' || AFTER_LOWER_SECONDARY.includes(level ?? '')) return NOTHING;
  const reasons = [
    reasonIn(education, 'status', status),
    ...(level === null ? [] : [reasonIn(education, 'level', level)]),
  ];
  const risk: Derived = { group: 'R2', clause: null, since, until: null, reasons };
  if (dropOutReason !== 'earning') return [risk];
  const why = reasonIn(education, 'dropOutReason', dropOutReason);
  return [{ ...risk, group: 'G08', reasons: [...reasons, why] }, risk];
}

function underMeasure(offence: OffenceRow): readonly Derived[] {
  return offence.running.map(({ measure, from }) => ({
    group: 'G06',
    clause: MEASURE_CLAUSES[measure] ?? null,
    since: from,
    until: null,
    reasons: [reasonIn(offence, 'measures', { measure, state: 'running', from })],
  }));
}

function reasonIn(
  { kind, document }: IdentityRow | HealthRow | HouseholdRow | EducationRow | OffenceRow,
  name: string,
  value: GroupReason['value'],
): GroupReason {
  return { kind, name, document, value };
}

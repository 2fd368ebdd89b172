/** What of a child's documents decides its groups, as small as a register of twenty thousand can hold. Pure. Rule GRP-1. */
import { mostYearsOn } from '../model/dates.ts';
import { CHILD_AGE_END } from '../model/groups.ts';
import { type JsonRecord, type Reading, textOf } from './reading.ts';

/** One membership that a person wrote down. */
export interface AssertedGroup {
  /** The code of its line in the map. */
  readonly code: string;
  readonly group: string;
  readonly clause: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly evidence: string | null;
}

/** What matters of one parent; a parent of whom nothing does has none. */
export interface ParentFacts {
  readonly vital: 'dead' | 'missing' | null;
  readonly vitalOn: string | null;
  /** Where, when not at home: a value of the field `…Whereabouts`. */
  readonly away: string | null;
  readonly awaySince: string | null;
  readonly isUnable: boolean;
  /** Only of a parent young enough to be a child beside this child. */
  readonly bornIn: number | null;
}

/** Both parents. */
export interface FamilyFacts {
  readonly father: ParentFacts | null;
  readonly mother: ParentFacts | null;
}

/** A measure that the law has taken against a parent. */
export interface ParentMeasure {
  readonly parent: 'father' | 'mother';
  readonly measure: string;
  readonly from: string | null;
  readonly until: string | null;
}

/** What matters of a child's health. */
export interface HealthFacts {
  readonly disabilitySince: string | null;
  /** A long or critical illness is written down; what it is stays where it is. */
  readonly isLongIll: boolean;
  /** The last injury, where there is one. */
  readonly injured: { readonly on: string | null } | null;
}

/** What matters of what police know. */
export interface LegalFacts {
  /** The measures that run, each with the day it began where that is known. */
  readonly running: readonly { readonly measure: string; readonly from: string | null }[];
  readonly groups: readonly AssertedGroup[];
  readonly parentMeasures: readonly ParentMeasure[];
}

/** Whereabouts in which a parent is away from the child. */
const AWAY = ['awayForWork', 'leftFamily', 'facility'];
const NONE: readonly AssertedGroup[] = [];

/** Returns what matters of the parents; null where nothing does, which is nearly everywhere. */
export function familyIn(reading: Reading): FamilyFacts | null {
  const father = parentIn(reading, 'father');
  const mother = parentIn(reading, 'mother');
  return father || mother ? { father, mother } : null;
}

/** Returns the memberships of a map, in the order of their codes. */
export function assertedIn(reading: Reading, map: string, groupOf = (row: JsonRecord) => textOf(row['group'])) {
  const rows = reading.rows(map);
  if (rows.size === 0) return NONE;
  return [...rows]
    .flatMap(([code, row]): readonly AssertedGroup[] => {
      const group = groupOf(row);
      const columns = { clause: textOf(row['clause']), since: textOf(row['since']), until: textOf(row['until']) };
      return group === null ? [] : [{ code, group, ...columns, evidence: textOf(row['evidence']) }];
    })
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Returns the measures against parents, from the rows of a document or of an extract. */
export function parentMeasuresIn(rows: Iterable<JsonRecord>): readonly ParentMeasure[] {
  return [...rows]
    .flatMap((row): readonly ParentMeasure[] => {
      const { parent, measure } = row;
      if ((parent !== 'father' && parent !== 'mother') || typeof measure !== 'string') return [];
      return [{ parent, measure, from: textOf(row['from']), until: textOf(row['until']) }];
    })
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function parentIn(reading: Reading, parent: 'father' | 'mother'): ParentFacts | null {
  const said = reading.text(`${parent}Vital`);
  const vital = said === 'dead' || said === 'missing' ? said : null;
  const whereabouts = reading.text(`${parent}Whereabouts`);
  const away = whereabouts !== null && AWAY.includes(whereabouts) ? whereabouts : null;
  const isUnable = reading.flag(`${parent}Unable`) === true;
  const bornIn = youngIn(reading, parent);
  if (vital === null && away === null && !isUnable && bornIn === null) return null;
  return {
    vital,
    vitalOn: vital && reading.text(`${parent}VitalOn`),
    away,
    awaySince: away && reading.text(`${parent}AwaySince`),
    isUnable,
    bornIn,
  };
}

/** Nobody who was sixteen when the child was born is a child beside it. */
function youngIn(reading: Reading, parent: 'father' | 'mother'): number | null {
  const bornIn = reading.count(`${parent}BirthYear`);
  const birth = reading.text('birth');
  if (bornIn === null) return null;
  return birth === null || mostYearsOn(`${bornIn}`, birth) <= CHILD_AGE_END ? bornIn : null;
}

import { readLogKindFor } from '../kinds/read-log.ts';
/**
 * Which groups of the law a child is in on a day, and why: derived from its documents as far as these are here, and as people wrote them down.
 * The two may disagree; both are told. Pure, and the same in whatever order the documents come. Nothing here reads the closed part of health:
 * of group 5 there is no derivation, reason or count. Rules GRP-1 … GRP-10.
 */
import { kindOf } from '../kinds/registry.ts';
import { birthdayAt, firstDayOf, lastDayOf } from '../model/dates.ts';
import { CHILD_AGE_END, type OpenGroup, groupLawOn, isOpenGroup } from '../model/groups.ts';
import type { DocumentId } from '../model/ids.ts';
import type { AssertedGroup } from './group-facts.ts';
import { type Derived, type GroupReason, familyGroups } from './groups-family.ts';
import { isPoor, serviceGroups } from './groups-services.ts';
import type { CaseRow, HouseholdRow, IdentityRow, OffenceRow, Row } from './row-types.ts';

/** One membership, as of a day. */
export interface GroupMembership {
  readonly group: OpenGroup;
  /** A code of the catalogue `groupClause`, or null where it is not known. */
  readonly clause: string | null;
  /** `derived` from facts, or `asserted` by a person. */
  readonly by: 'derived' | 'asserted';
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null where it is not known. */
  readonly since: string | null;
  /** From which day on it holds no longer: written, or the sixteenth birthday, or the day the child left; null while no end is known. */
  readonly until: string | null;
  readonly stands: 'later' | 'now' | 'ended';
  /** The version of the law it began under: a code of `GROUP_LAWS`. */
  readonly law: string | null;
  /** The facts it leans on, in one order. */
  readonly reasons: readonly GroupReason[];
  /** Where a person wrote it: what an edit of it needs. Null for a derived one. */
  readonly line: { readonly document: DocumentId; readonly field: string; readonly code: string } | null;
}

/** Rows that groups are made of. */
export interface GroupSources {
  readonly rows: readonly Row[];
  readonly identity: IdentityRow;
  readonly household: HouseholdRow | null;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Returns the memberships of a child: standing ones first, by code; ended ones after. `rows` = rows of its folder, of its household and of
 * cases about it, as far as this person holds them; none without an identity.
 */
export function groupsOf(rows: readonly Row[], today: string): readonly GroupMembership[] {
  const identity = rows.find((row) => row.type === 'identity');
  if (!identity) return [];
  const sources = { rows, identity, household: rows.find((row) => row.type === 'household') ?? null, today };
  const end = endOf(identity);
  const derived = [...familyGroups(sources), ...serviceGroups(sources)].map((each) =>
    derivedMembership(each, end, today),
  );
  const asserted = [...assertedIn(sources)].map((each) => assertedMembership(each, end, today));
  return [...derived, ...asserted].toSorted(inOrder);
}

/**
 * Returns the codes of the groups that stand on the day, for a list that is looked at over shoulders: without what rests on compartments whose
 * reading is recorded, since nobody writes down who sees a list. Rule GRP-7.
 */
export function listedGroups(rows: readonly Row[], today: string): readonly OpenGroup[] {
  // most children are in none, and a register is thousands of them
  if (!rows.some(saysSomething)) return NO_GROUPS;
  const standing = groupsOf(unrecorded(rows), today).filter(({ stands }) => stands === 'now');
  return standing.length === 0 ? NO_GROUPS : [...new Set(standing.map(({ group }) => group))];
}

/** Returns the rows that may be shown without its being written down who sees them: those of compartments whose reading is not recorded. */
export function unrecorded<R extends Row>(rows: readonly R[]): readonly R[] {
  return rows.filter((row) => {
    const kind = kindOf(row.kind);
    return kind !== null && readLogKindFor(kind.compartment) === null;
  });
}

const NO_GROUPS: readonly OpenGroup[] = [];
const ORDER = { now: 0, later: 1, ended: 2 } as const;

/** Whether a row holds anything that a group may follow from; the closed ones hold nothing for a list. */
function saysSomething(row: Row): boolean {
  switch (row.type) {
    case 'identity':
      return row.family !== null || row.abandoned !== null || row.groups.length > 0;
    case 'education':
      return row.status === 'droppedOut';
    case 'health':
      return row.disabilityDegree !== null || row.isLongIll || row.injured !== null;
    case 'household':
      return isPoor(row) || row.riskGroups.length > 0;
    case 'case':
      return row.groups.length > 0;
    default:
      return false;
  }
}

/** When all memberships of a child end: at sixteen, or when it left the register before. Rule GRP-5. */
function endOf({ birth, vital, left, leftOn }: IdentityRow): Ending {
  const grownOn = birth === null ? null : birthdayAt(birth, CHILD_AGE_END);
  const isGone = left !== null || vital === 'dead';
  return { grownOn, isGone, goneOn: isGone && leftOn !== null ? firstDayOf(leftOn) : null };
}

interface Ending {
  readonly grownOn: string | null;
  readonly isGone: boolean;
  readonly goneOn: string | null;
}

function derivedMembership(derived: Derived, end: Ending, today: string): GroupMembership {
  const { group, clause, since, until, reasons } = derived;
  return { ...dated({ group, clause, since, until }, end, today), by: 'derived', reasons, line: null };
}

interface Assertion {
  readonly asserted: AssertedGroup & { readonly group: OpenGroup };
  readonly document: DocumentId;
  readonly kind: string;
  readonly field: string;
}

function assertedMembership({ asserted, document, kind, field }: Assertion, end: Ending, today: string) {
  const { group, clause, since, until, evidence, code } = asserted;
  const reasons = [{ kind, name: field, column: 'evidence', document, value: evidence }];
  return {
    ...dated({ group, clause, since, until: until && lastDayOf(until) }, end, today),
    by: 'asserted' as const,
    reasons: evidence === null ? [] : reasons,
    line: { document, field, code },
  };
}

type Dated = Pick<GroupMembership, 'group' | 'clause' | 'since' | 'until' | 'stands' | 'law'>;

function dated(
  { group, clause, since, until }: Pick<Dated, 'group' | 'clause' | 'since' | 'until'>,
  { grownOn, isGone, goneOn }: Ending,
  today: string,
): Dated {
  const ends = [until, grownOn, goneOn].filter((day) => day !== null).toSorted();
  const isOver = isGone || (ends[0] !== undefined && ends[0] <= today);
  const from = since === null ? null : firstDayOf(since);
  // an end that lies ahead says nothing yet, except one that a person wrote
  const until_ = isOver ? (ends.find((day) => day <= today) ?? null) : until;
  const stands = isOver ? 'ended' : from !== null && from > today ? 'later' : 'now';
  return { group, clause, since, until: until_, stands, law: groupLawOn(group, from ?? today) };
}

/** What people wrote: in the child's own file, in a case, or for the whole household. */
function* assertedIn({ rows, household }: GroupSources): Generator<Assertion> {
  for (const row of rows) {
    if (row.type !== 'identity' && row.type !== 'case' && row.type !== 'offence') continue;
    yield* assertionsOf(row);
  }
  if (household === null) return;
  const { document, kind } = household;
  for (const group of household.riskGroups) {
    const blank = { code: group, clause: null, since: null, until: null, evidence: null };
    if (isOpenGroup(group)) yield { asserted: { ...blank, group }, document, kind, field: 'riskGroups' };
  }
}

function assertionsOf(row: IdentityRow | CaseRow | OffenceRow): readonly Assertion[] {
  const { document, kind, groups } = row;
  const field = row.type === 'offence' ? 'membership' : 'groups';
  return groups.flatMap((asserted) => {
    const { group } = asserted;
    return isOpenGroup(group) ? [{ asserted: { ...asserted, group }, document, kind, field }] : [];
  });
}

function inOrder(a: GroupMembership, b: GroupMembership): number {
  if (a.stands !== b.stands) return ORDER[a.stands] - ORDER[b.stands];
  const keyOf = (each: GroupMembership): string =>
    `${each.group} ${each.by} ${each.line?.document ?? ''} ${each.line?.code ?? ''} ${each.clause ?? ''}`;
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

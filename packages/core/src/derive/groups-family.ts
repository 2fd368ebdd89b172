/** Groups that follow from what became of the parents: orphans, the twelve cases of Decree 56/2017 Art. 5, both away. Rules GRP-2 … GRP-4. */
import type { Json } from '../base/any.ts';
import { addMonths, fewestYearsOn, firstDayOf, lastDayOf } from '../model/dates.ts';
import { BOTH_AWAY_MONTHS, CHILD_AGE_END, type OpenGroup } from '../model/groups.ts';
import type { DocumentId } from '../model/ids.ts';
import type { ParentFacts } from './group-facts.ts';
import type { GroupSources } from './groups.ts';
import type { IdentityRow, OffenceRow } from './row-types.ts';

/** One fact: the field of a document, and what it says there. */
export interface GroupReason {
  readonly kind: string;
  readonly name: string;
  /** Of a row, which of its columns. */
  readonly column?: string;
  readonly document: DocumentId;
  readonly value: Json;
}

/** A group that facts put the child in. */
export interface Derived {
  readonly group: OpenGroup;
  readonly clause: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly reasons: readonly GroupReason[];
}

/**
 * What a parent may be, in the letters of the table: dead, missing (declared), in a facility, unable to care, confined, restricted in its
 * rights, a child itself.
 */
type State = 'D' | 'M' | 'F' | 'U' | 'C' | 'X' | 'K';

/** Art. 5, case by case: either way round. A facility beside an inability is no case of it. */
const CASES: readonly (readonly [n: number, one: readonly State[], other: readonly State[]])[] = [
  [1, ['D'], ['M']],
  [2, ['D'], ['F', 'U']],
  [3, ['D'], ['C']],
  [4, ['M'], ['M']],
  [5, ['M'], ['F', 'U']],
  [6, ['M'], ['C']],
  [7, ['F'], ['F']],
  [8, ['U'], ['U']],
  [9, ['C'], ['C']],
  [10, ['F', 'U'], ['C']],
  [11, ['K'], ['K']],
  [12, ['X'], ['X']],
];

/** Who of the carers makes which sub-clause of Art. 3. */
const ORPHAN_CLAUSES: Readonly<Record<string, string>> = {
  self: 'G01-1',
  facility: 'G01-2',
  grandparent: 'G01-3',
  auntUncle: 'G01-3',
  sibling: 'G01-3',
  relative: 'G01-3',
  fosterCarer: 'G01-4',
};

/** One state of one parent, with since when and the facts that say so. */
interface Finding {
  readonly state: State;
  readonly since: string | null;
  readonly reasons: readonly GroupReason[];
}

/** Returns the groups that the parents' lives put the child in. */
export function familyGroups(sources: GroupSources): readonly Derived[] {
  const { identity } = sources;
  const offence = sources.rows.find((row) => row.type === 'offence') ?? null;
  if (identity.family === null && !offence?.parentMeasures.length) return NOTHING;
  const father = findingsOf('father', sources, offence);
  const mother = findingsOf('mother', sources, offence);
  return [...orphan(identity, father, mother), ...withoutSupport(father, mother), ...bothAway(identity, sources.today)];
}

const NOTHING: readonly Derived[] = [];

function orphan(identity: IdentityRow, father: readonly Finding[], mother: readonly Finding[]): readonly Derived[] {
  const [his, hers] = [father, mother].map((findings) => findings.find(({ state }) => state === 'D'));
  const until = null;
  if (his && hers) {
    const clause = ORPHAN_CLAUSES[identity.carerRelation ?? ''] ?? null;
    const carer = clause === null ? [] : [reasonIn(identity, 'carerRelation', identity.carerRelation)];
    const reasons = [...his.reasons, ...hers.reasons, ...carer];
    return [{ group: 'G01', clause, since: laterOf(his.since, hers.since), until, reasons }];
  }
  const dead = his ?? hers;
  return dead ? [{ group: 'R6', clause: null, since: dead.since, until, reasons: dead.reasons }] : NOTHING;
}

/** The first case that fits, as the decree counts them. */
function withoutSupport(father: readonly Finding[], mother: readonly Finding[]): readonly Derived[] {
  for (const [n, one, other] of CASES) {
    const pair = pairIn(father, one, mother, other) ?? pairIn(father, other, mother, one);
    if (!pair) continue;
    const [his, hers] = pair;
    const reasons = [...his.reasons, ...hers.reasons];
    return [{ group: 'G03', clause: `G03-${n}`, since: laterOf(his.since, hers.since), until: null, reasons }];
  }
  return NOTHING;
}

function pairIn(
  father: readonly Finding[],
  his: readonly State[],
  mother: readonly Finding[],
  hers: readonly State[],
): readonly [Finding, Finding] | null {
  const first = father.find(({ state }) => his.includes(state));
  const second = mother.find(({ state }) => hers.includes(state));
  return first && second ? [first, second] : null;
}

/** From six months after the second of them left on, without a break; of a month or a year, its first day counts. */
function bothAway(identity: IdentityRow, today: string): readonly Derived[] {
  const { father, mother } = identity.family ?? { father: null, mother: null };
  if (!isAway(father) || !isAway(mother)) return NOTHING;
  const apartOn = [father.awaySince, mother.awaySince].map(firstDayOf).toSorted().at(-1) ?? today;
  const since = addMonths(apartOn, BOTH_AWAY_MONTHS);
  if (since > today) return NOTHING;
  const reasons = [
    reasonIn(identity, 'fatherAwaySince', father.awaySince),
    reasonIn(identity, 'motherAwaySince', mother.awaySince),
  ];
  return [{ group: 'R5', clause: null, since, until: null, reasons }];
}

function isAway(parent: ParentFacts | null): parent is ParentFacts & { readonly awaySince: string } {
  return parent !== null && parent.vital !== 'dead' && parent.away !== null && parent.awaySince !== null;
}

function findingsOf(parent: 'father' | 'mother', sources: GroupSources, offence: OffenceRow | null): Finding[] {
  const { identity, today } = sources;
  const facts = identity.family?.[parent] ?? null;
  const found: Finding[] = [];
  const find = (state: State, name: string, value: Json, since: string | null = null): void =>
    void found.push({ state, since, reasons: [reasonIn(identity, `${parent}${name}`, value)] });
  // of the dead nothing else is asked
  if (facts?.vital === 'dead') {
    find('D', 'Vital', 'dead', facts.vitalOn);
    return found;
  }
  if (facts?.vital === 'missing') find('M', 'Vital', 'missing', facts.vitalOn);
  if (facts?.away === 'facility') find('F', 'Whereabouts', 'facility', facts.awaySince);
  if (facts?.isUnable) find('U', 'Unable', true);
  if (facts && facts.bornIn !== null && fewestYearsOn(`${facts.bornIn}`, today) < CHILD_AGE_END)
    find('K', 'BirthYear', facts.bornIn);
  return offence ? [...found, ...measuresOf(parent, offence, today)] : found;
}

/** Measures that hold today: `rightsRestricted` is a court's, the others confine. */
function measuresOf(parent: 'father' | 'mother', offence: OffenceRow, today: string): readonly Finding[] {
  return offence.parentMeasures
    .filter((each) => each.parent === parent)
    .filter(({ from }) => from === null || firstDayOf(from) <= today)
    .filter(({ until }) => until === null || lastDayOf(until) > today)
    .map(({ measure, from, until }) => ({
      state: measure === 'rightsRestricted' ? 'X' : 'C',
      since: from,
      reasons: [{ ...reasonIn(offence, 'parentMeasures', { parent, measure, from, until }) }],
    }));
}

function reasonIn({ kind, document }: IdentityRow | OffenceRow, name: string, value: Json): GroupReason {
  return { kind, name, document, value };
}

/** The later of two dates; not known when one of them is not. */
function laterOf(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return null;
  return firstDayOf(a) < firstDayOf(b) ? b : a;
}

/**
 * The groups that children are counted in (GRP-2): the fourteen of the law (Law on Children Art. 10), the six at risk and the two
 * others of the survey plans. Their words and those of their sub-clauses are catalogues (`group`, `groupClause`), because texts change;
 * codes and dates stand here.
 */

/** Every group that may be shown outside the closed part of health. Group 5 is not among them: that a child is in it stands nowhere else. */
export const OPEN_GROUPS = [
  'G01',
  'G02',
  'G03',
  'G04',
  'G06',
  'G07',
  'G08',
  'G09',
  'G10',
  'G11',
  'G12',
  'G13',
  'G14',
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'O1',
  'O2',
] as const;

/** One of OPEN_GROUPS. */
export type OpenGroup = (typeof OPEN_GROUPS)[number];

/** Groups that rest on compartments whose reading is recorded: of those no list tells, so none is offered as a filter. */
const RECORDED: readonly OpenGroup[] = ['G06', 'G11', 'G12', 'O1'];

/** The groups that a list may be narrowed to. */
export const LISTED_GROUPS: readonly OpenGroup[] = OPEN_GROUPS.filter((group) => !RECORDED.includes(group));

/** A text of law by which groups are told apart, from a day on. Its words are those of the catalogue `groupLaw` under the same code. */
export interface GroupLaw {
  readonly code: string;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** First letters of the groups that it names. */
  readonly names: readonly string[];
}

/**
 * The versions in force, oldest first; add a line when the law changes, never alter one: memberships keep the version they began under.
 * Sources: Law on Children 102/2016/QH13 Art. 10 with Decree 56/2017/NĐ-CP chapter II; the communes' survey plans for R and O. [verify days]
 */
const GROUP_LAWS: readonly GroupLaw[] = [
  { code: 'children-2016', from: '2017-07-01', names: ['G'] },
  { code: 'survey-2023', from: '2023-01-01', names: ['R', 'O'] },
];

/** Returns the version in force on the day (`YYYY-MM-DD`): of a day before the first one, or of none, the first. Rule GRP-9. */
export function groupLawOn(group: string, on: string | null, laws: readonly GroupLaw[] = GROUP_LAWS): string | null {
  const naming = laws.filter(({ names }) => names.some((letter) => group.startsWith(letter)));
  const inForce = naming.findLast(({ from }) => on !== null && from <= on);
  return (inForce ?? naming[0])?.code ?? null;
}

/** Says whether a text is the code of a group that may be shown. */
export function isOpenGroup(code: string): code is OpenGroup {
  return (OPEN_GROUPS as readonly string[]).includes(code);
}

/** Below this age somebody is a child (Law on Children Art. 1). */
export const CHILD_AGE_END = 16;
/** How long both parents must be away without a break (TT:54), in months. */
export const BOTH_AWAY_MONTHS = 6;
/** How long an injury counts, in months: reports are yearly. [verify] */
export const INJURED_MONTHS = 12;

/**
 * The access matrix of the law, transcribed by hand from the research and never from the program: first as it is written,
 * cell by cell; then what each cell gives of each kind, in one code.
 */
import type { Compartment } from '@chungtay/core/model/compartment';
import type { Role } from '@chungtay/core/model/role';
import type { ExtractId } from '@chungtay/core/policy/extract-ids';

/** The columns of the law. The administrator, who runs the machine, has none. */
export const COLUMNS: readonly Role[] = [
  'collaborator',
  'teacher',
  'nurse',
  'police',
  'lead',
  'councilOffice',
  'union',
  'chair',
  'province',
];

/** The rows of the law, as they are written. */
export const WRITTEN: Readonly<Partial<Record<Compartment, readonly string[]>>> = {
  identity: [
    'C*',
    'R* (name, birth, guardian, phone)',
    'R*',
    'R + C (ID check)',
    'C, D',
    'R + C (birth, civil status)',
    'N; need for a named support',
    'R',
    'agg; need',
  ],
  education: [
    'R* (in school? yes/no)',
    'C*, D (own data)',
    'N; R* school health',
    'N; need',
    'R, C',
    'N',
    'N',
    'R (summary)',
    'agg',
  ],
  health: [
    'R* (vaccine due, disability need)',
    'R* (needs at school, no diagnosis)',
    'C, D',
    'N; need (injury evidence, written request)',
    'R (disability, needs, costs)',
    'N',
    'N',
    'R (summary)',
    'agg',
  ],
  hiv: [
    'N',
    'N',
    'C, D: only named staff of Art. 30',
    'N',
    'N; need with written consent of representative (and child)',
    'N',
    'N',
    'N; need as above',
    'N; agg via health line',
  ],
  protection: [
    'C* intake only (write-only) + own tasks',
    'C* intake + own tasks; sees case open, contact person',
    'C* (tasks, injury, counselling)',
    'C (verify, safety)',
    'C, D (lead)',
    'N',
    'own tasks*, no facts',
    'R, D (12 h, plan, separation, close)',
    'need (forwarded case), agg',
  ],
  sealed: [
    'N (may file, cannot read back)',
    'N (same)',
    'C* treating staff',
    'C, D (criminal part)',
    'C, D: named officer only',
    'N',
    'N',
    'R, D: named',
    'need',
  ],
  legal: ['N; task only', 'N', 'N', 'C, D', 'R (status, measure)', 'N', 'N', 'R', 'agg'],
  support: [
    'R* (received? yes/no), C* proposals',
    'R* (fee support)',
    'R* (health card)',
    'N',
    'C, D (proposes)',
    'R (decisions)',
    'C (own gifts), R* own',
    'D',
    'agg, R on audit',
  ],
  care: ['R* (village opinion)', 'N', 'R (health certificate)', 'C (conduct check)', 'C, D', 'R', 'N', 'D', 'need'],
  watch: ['C* with consent', 'N', 'C', 'N', 'C', 'N', 'N (women’s union task only)', 'agg', 'N'],
};

/**
 * What a cell gives of one kind. N nothing · R reads · W writes what it may create · w writes only fields that name the role · D writes and
 * decides · d decides, in fields that name the role · F hands in, reads nothing back · T the task that is his · O only what he made · M only
 * what he made, where he is assigned. `*` where he is assigned. `?` named persons get what is before it, the others what is behind it.
 */
export type Code = 'N' | 'R' | 'R*' | 'W' | 'W*' | 'w' | 'w*' | 'D' | 'D*' | 'd' | 'F' | 'T' | 'O' | 'M';
type Cell = Code | 'D?N' | 'D?F' | 'd?N' | readonly ['x' | 'x*', ExtractId];

/** Kind → cells in the order of COLUMNS. */
export const GIVEN: Readonly<Record<string, readonly Cell[]>> = {
  identity: ['W*', ['x*', 'identity-school'], 'R*', 'w', 'D', 'w', 'N', 'R', 'N'],
  household: ['W*', 'N', 'R*', 'w', 'D', 'w', 'N', 'R', 'N'],
  visit: ['W*', 'N', 'R*', 'w', 'D', 'w', 'N', 'R', 'N'],
  education: [
    ['x*', 'education-village'],
    'D*',
    ['x*', 'education-health'],
    'N',
    'W',
    'N',
    'N',
    ['x', 'education-summary'],
    'N',
  ],
  health: [
    ['x*', 'health-village'],
    ['x*', 'health-school'],
    'D',
    'N',
    ['x', 'health-lead'],
    'N',
    'N',
    ['x', 'health-summary'],
    'N',
  ],
  hiv: ['N', 'N', 'D?N', 'N', 'N', 'N', 'N', 'N', 'N'],
  case: ['N', ['x*', 'case-open'], ['x*', 'case-health'], 'w', 'D', 'N', 'N', 'd', 'N'],
  intake: ['F', 'F', 'F', 'W', 'D', 'N', 'N', 'd', 'N'],
  'contact-note': ['N', 'N', 'M', 'W', 'D', 'N', 'N', 'd', 'N'],
  task: ['T', 'T', 'T', 'w', 'D', 'N', 'T', 'd', 'N'],
  'sealed-case': ['N', 'N', 'w*', 'd', 'D?N', 'N', 'N', 'd?N', 'N'],
  'sealed-intake': ['F', 'F', 'F', 'D', 'D?F', 'N', 'N', 'd?N', 'N'],
  'sealed-contact-note': ['N', 'N', 'W*', 'D', 'D?N', 'N', 'N', 'd?N', 'N'],
  'sealed-task': ['N', 'N', 'w*', 'd', 'D?N', 'N', 'N', 'd?N', 'N'],
  informant: ['F', 'F', 'F', 'D', 'D?F', 'N', 'N', 'd?N', 'N'],
  offence: ['N', 'N', 'N', 'D', ['x', 'legal-status'], 'N', 'N', 'R', 'N'],
  support: [
    ['x*', 'support-village'],
    ['x*', 'support-school'],
    ['x*', 'support-health'],
    'N',
    'D',
    ['x', 'support-decisions'],
    'N',
    'd',
    'N',
  ],
  proposal: ['M', 'N', 'N', 'N', 'D', 'N', 'N', 'd', 'N'],
  gift: ['N', 'N', 'N', 'N', 'D', 'N', 'O', 'd', 'N'],
  carer: [['x*', 'care-village'], 'N', ['x', 'care-health'], 'w', 'D', 'R', 'N', 'd', 'N'],
  adult: ['W*', 'N', 'W', 'N', 'W', 'N', 'N', 'N', 'N'],
  'watch-task': ['W*', 'N', 'W', 'N', 'W', 'N', 'T', 'N', 'N'],
};

/** Returns what the law gives this role of a kind: a code or an extract, for a person named for closed compartments or not. */
export function givenTo(role: Role, kind: string, isNamed: boolean): Code | readonly ['x' | 'x*', ExtractId] {
  const cell = GIVEN[kind]?.[COLUMNS.indexOf(role)] ?? 'N';
  if (typeof cell !== 'string') return cell;
  const [named = 'N', others = named] = cell.split('?');
  return (isNamed ? named : others) as Code;
}

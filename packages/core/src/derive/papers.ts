import { fewestYearsOn, lastDayOf, mostYearsOn } from '../model/dates.ts';
import { CHILD_AGE_END } from '../model/groups.ts';
import type { Role } from '../model/role.ts';
/**
 * Which papers a child lacks, who is to act, and until when: from the rows that this device holds, so also without a network. What nobody has
 * written down is told apart from what is known to be missing. Pure. Rules PAP-1 … PAP-5.
 */
import { addDays } from '../policy/calendar.ts';
import { BIRTH_REGISTRATION_DAYS } from '../policy/deadlines.ts';
import { type JsonRecord, type Reading, textOf } from './reading.ts';
import type { IdentityRow, Row } from './row-types.ts';

/** The papers that every child is to have. Keys `papers.<paper>` of the dictionaries. */
export const PAPERS = ['birthRegistration', 'personalId', 'residence', 'healthCard'] as const;

/** One of PAPERS. */
export type Paper = (typeof PAPERS)[number];

/** Why a paper counts as missing. Keys `papers.why.<why>` of the dictionaries. */
export type PaperWhy =
  | 'newborn'
  | 'abandoned'
  | 'notRegistered'
  | 'notIssued'
  | 'notShown'
  | 'unrecorded'
  | 'staying'
  | 'none'
  | 'expired'
  | 'applied';

/** One paper that is missing. */
export interface MissingPaper {
  readonly paper: Paper;
  readonly why: PaperWhy;
  /** Whose work it is. */
  readonly by: Role;
  /** `YYYY-MM-DD` where the law sets a day; null elsewhere. */
  readonly dueOn: string | null;
}

/** What of an identity decides its papers. */
export interface IdentityPapers {
  readonly hasBirthCertificate: boolean;
  readonly residence: string | null;
  readonly personalIdMissing: string | null;
}

/** What is told of a health-insurance card; null throughout where nothing is. */
export interface CardFacts {
  readonly card: string | null;
  readonly cardUntil: string | null;
}

/** Returns what an identity says of its papers. */
export function papersIn(reading: Reading): IdentityPapers {
  return {
    hasBirthCertificate: reading.text('birthCertificate') !== null || reading.text('birthCertificateOn') !== null,
    residence: reading.text('residence'),
    personalIdMissing: reading.text('personalIdMissing'),
  };
}

/** Returns what the values of an extract tell of a card. */
export function cardTold(values: JsonRecord): CardFacts {
  return { card: textOf(values['healthCard']), cardUntil: textOf(values['healthCardUntil']) };
}

/**
 * Returns what is missing, in the order of PAPERS: nothing of a child who has left, died or is sixteen, nor of one whose identity is not here
 * whole. `rows` = rows of the child's folder; `today` = `YYYY-MM-DD`.
 */
export function missingPapers(rows: readonly Row[], today: string): readonly MissingPaper[] {
  const identity = rows.find((row) => row.type === 'identity');
  if (!identity || !isOnTheBooks(identity, today)) return NOTHING;
  const registration = registrationOf(identity, today);
  return [
    ...(registration ? [registration] : numberOf(identity)),
    ...residenceOf(identity),
    ...rows.flatMap((row) => (row.type === 'support' || row.type === 'health' ? cardOf(row, today) : [])).slice(0, 1),
  ];
}

/** Returns the papers that are known to be missing, for a list: without those that nobody has written anything of. Rule PAP-4. */
export function knownMissing(rows: readonly Row[], today: string): readonly Paper[] {
  const missing = missingPapers(rows, today).filter(({ why }) => why !== 'unrecorded');
  return missing.length === 0 ? NO_PAPERS : missing.map(({ paper }) => paper);
}

/**
 * Returns the birth registration that this child lacks, or null. Law on Civil Status Art. 15: within 60 days of the birth; of a foundling the
 * day it was found counts as its birthday (Decree 123/2015 Art. 14). Of a month or a year, its last day: nobody is called late too early.
 */
export function registrationOf(identity: IdentityRow, today: string): MissingPaper | null {
  const { access, birth, abandoned, hasBirthCertificate, personalId, personalIdMissing } = identity;
  // who has a number was registered: it is given with the registration
  if (access === 'extract' || hasBirthCertificate || personalId !== null || !isOnTheBooks(identity, today)) return null;
  const isNewborn = birth !== null && mostYearsOn(birth, today) < 1;
  const why = abandoned ? 'abandoned' : personalIdMissing === 'notRegistered' ? 'notRegistered' : null;
  if (why === null && !isNewborn) return null;
  const from = abandoned?.on ?? birth;
  const dueOn = from === null ? null : addDays(lastDayOf(from), BIRTH_REGISTRATION_DAYS);
  return { paper: 'birthRegistration', why: why ?? 'newborn', by: 'councilOffice', dueOn };
}

const NOTHING: readonly MissingPaper[] = [];
const NO_PAPERS: readonly Paper[] = [];

function isOnTheBooks({ access, left, vital, birth }: IdentityRow, today: string): boolean {
  const isGrown = birth !== null && fewestYearsOn(birth, today) >= CHILD_AGE_END;
  return access === 'whole' && left === null && vital !== 'dead' && !isGrown;
}

/** A number that was never given is the police's work; one that was not shown, of who asks at the door. Never made up. */
function numberOf({ personalId, personalIdMissing }: IdentityRow): readonly MissingPaper[] {
  if (personalId !== null) return NOTHING;
  if (personalIdMissing === 'notShown') return [lack('personalId', 'notShown', 'collaborator')];
  if (personalIdMissing === 'notIssued') return [lack('personalId', 'notIssued', 'police')];
  return [lack('personalId', 'unrecorded', 'collaborator')];
}

function residenceOf({ residence }: IdentityRow): readonly MissingPaper[] {
  if (residence === null) return [lack('residence', 'unrecorded', 'collaborator')];
  return residence === 'staying' ? [lack('residence', 'staying', 'police')] : NOTHING;
}

function cardOf({ card, cardUntil }: CardFacts, today: string): readonly MissingPaper[] {
  if (card === 'none' || card === 'applied') return [lack('healthCard', card, 'lead')];
  const isOver = card === 'expired' || (cardUntil !== null && cardUntil < today);
  return isOver ? [lack('healthCard', 'expired', 'lead')] : NOTHING;
}

function lack(paper: Paper, why: PaperWhy, by: Role): MissingPaper {
  return { paper, why, by, dueOn: null };
}

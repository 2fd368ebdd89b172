/**
 * What the requests of a folder open, and when: from the bytes of its documents and the Hub's time of their first receipt alone, so that
 * the Hub, a tablet and a verification come to the same. No clock of a tablet has a say. Rules DRV-19 … DRV-23, DRV-26.
 */
import type { Json } from '../base/any.ts';
import type { Entry } from '../doc/entry.ts';
import { type DocState, liveOf } from '../doc/state.ts';
import type { Compartment } from '../model/compartment.ts';
import { type AccessRule, CONSENT_BASIS, GRANT_LIMITS, type Grant, accessRuleOfKind } from '../model/grant.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { AGENCIES, type Agency } from '../model/role.ts';
import { DAY_MS, endOfDayMs, startOfDayMs } from '../policy/calendar.ts';
import { recordOf, textOf, textsOf } from './reading.ts';

/** A grant before anybody has asked whether consent stands. */
export interface GrantPart extends Grant {
  /** The records that it leans on; null where it needs none. */
  readonly consents: readonly string[] | null;
}

/** One record of consent that stands. */
export interface ConsentPart {
  readonly document: DocumentId;
  readonly by: string;
  readonly scope: readonly string[];
  /** The agencies that it may be disclosed to. */
  readonly disclosedTo: readonly Agency[];
  readonly fromMs: number;
}

/** What one document says for the grants of its folder. */
export interface GrantParts {
  readonly requests?: readonly GrantPart[];
  readonly consents?: readonly ConsentPart[];
  /** Every birth that is told of the child. */
  readonly births?: readonly string[];
}

const HIV: readonly Compartment[] = ['hiv'];

/** Returns what a document says for the grants of its folder. `firstAtMs` = the Hub's first receipt; null where it has not come. */
export function grantPartsOf(
  kind: string,
  state: DocState,
  document: DocumentId,
  firstAtMs: number | null,
): GrantParts | null {
  const rule = accessRuleOfKind(kind);
  if (rule) return { requests: requestsIn(rule, state, document, firstAtMs) };
  if (kind === 'consent') return { consents: consentsIn(state, document, scopeIn(state)) };
  if (kind === 'hiv-consent') return { consents: consentsIn(state, document, HIV) };
  if (kind === 'identity') return { births: liveOf(state, 'birth').flatMap(({ value }) => textOf(value) ?? []) };
  return null;
}

/** Says whether a field of a kind has a say in the grants of its folder. */
export function bearsOnGrants(kind: string, field: string): boolean {
  return kind === 'identity' ? field === 'birth' : hasGrantParts(kind);
}

/** Says whether documents of a kind have a say in the grants of their folder. */
export function hasGrantParts(kind: string): boolean {
  return kind === 'identity' || kind === 'consent' || kind === 'hiv-consent' || accessRuleOfKind(kind) !== null;
}

/** Returns the grants of a folder, each with the window in which it holds; what never holds is left out, unless it waits for a review. */
export function grantsOf(parts: readonly GrantParts[]): readonly Grant[] {
  const consents = parts.flatMap((part) => part.consents ?? []);
  const askedFromMs = childAskedFromMs(parts.flatMap((part) => part.births ?? []));
  return parts
    .flatMap((part) => part.requests ?? [])
    .flatMap((request) => withConsent(request, consents, askedFromMs))
    .filter(({ fromMs, untilMs, needsReview }) => fromMs < untilMs || needsReview);
}

/** One grant for each agency that the records which it leans on are for: whose the person is, who asks for the rights knows. Rule DRV-26. */
function withConsent(
  { consents, ...grant }: GrantPart,
  standing: readonly ConsentPart[],
  askedFromMs: number,
): readonly Grant[] {
  if (consents === null) return [grant];
  const told = standing.filter(
    ({ document, scope }) => consents.includes(document) && scope.includes(grant.compartment),
  );
  return AGENCIES.map((agency) => {
    const named = told.filter(({ disclosedTo }) => disclosedTo.includes(agency));
    return whileTold({ ...grant, agency }, named, askedFromMs);
  });
}

/** Rule DRV-22. */
function whileTold(grant: Grant, told: readonly ConsentPart[], askedFromMs: number): Grant {
  const givenMs = (giver: string): number =>
    Math.min(Infinity, ...told.filter(({ by }) => by === giver).map(({ fromMs }) => fromMs));
  const fromMs = Math.max(grant.fromMs, givenMs('representative'));
  if (askedFromMs >= grant.untilMs) return { ...grant, fromMs };
  const childMs = givenMs('child');
  if (childMs < Infinity) return { ...grant, fromMs: Math.max(fromMs, childMs) };
  return { ...grant, fromMs, untilMs: Math.min(grant.untilMs, askedFromMs) };
}

function requestsIn(
  rule: AccessRule,
  state: DocState,
  document: DocumentId,
  firstAtMs: number | null,
): readonly GrantPart[] {
  // where the Hub's word of it has not come, it belongs to no role
  const base = { document, compartment: rule.compartment, agency: null, askedAtMs: firstAtMs ?? -1 };
  const parts = [...emergencyIn(rule, state, firstAtMs), ...approvedIn(rule, state)].map((part) => ({
    ...base,
    ...part,
  }));
  const isOver = liveOf(state, 'refusals#').length > 0 || liveOf(state, 'ended#').length > 0;
  if (!isOver) return parts;
  return parts.filter(({ needsReview }) => needsReview).map((part) => ({ ...part, untilMs: part.fromMs }));
}

type Opened = Omit<GrantPart, 'document' | 'compartment' | 'agency' | 'askedAtMs'>;

/** Whoever said himself, and why, that it is an emergency: nobody breaks the glass for somebody else. Rule DRV-20. */
function emergencyIn({ hasEmergency }: AccessRule, state: DocState, firstAtMs: number | null): readonly Opened[] {
  const [said, ...others] = liveOf(state, 'isEmergency');
  const isSaid = said?.value === true && others.every(({ value, member }) => value === true && member === said.member);
  const isReasoned = liveOf(state, 'reason').some(({ value }) => value !== null);
  if (!hasEmergency || !isSaid || !isReasoned || firstAtMs === null) return [];
  const member = said.member as MemberNumber;
  const isReviewed = liveOf(state, 'reviews#').some((review) => review.member !== member);
  const review = isReviewed ? {} : { needsReview: true as const };
  return [{ member, fromMs: firstAtMs, untilMs: firstAtMs + GRANT_LIMITS.emergencyMs, consents: null, ...review }];
}

/** Rule DRV-19, DRV-21. */
function approvedIn(rule: AccessRule, state: DocState): readonly Opened[] {
  const terms = termsIn(state);
  if (!terms || approversIn(state, terms).size < rule.approvals) return [];
  const { member, basis, from, until, consents } = terms;
  const fromMs = startOfDayMs(from);
  const untilMs = Math.min(endOfDayMs(until) ?? fromMs, fromMs + GRANT_LIMITS.days * DAY_MS);
  const isByConsent = rule.needsConsent || basis === CONSENT_BASIS;
  return [{ member, fromMs, untilMs, consents: isByConsent ? consents : null }];
}

/** What is asked for: all that the asker claims. */
export interface AccessTerms {
  readonly member: MemberNumber;
  readonly basis: string;
  readonly reason: string | null;
  readonly paperNumber: string | null;
  readonly paperOn: string | null;
  readonly from: string;
  readonly until: string;
  readonly consents: readonly string[];
}

/** Returns what is asked for; null while something is missing, or while two say different things. */
export function termsIn(state: DocState): AccessTerms | null {
  const said = TERMS.map((name) => [name, agreedIn(liveOf(state, name))] as const);
  const isSaidTwice = said.some(([, value]) => value === undefined);
  return isSaidTwice ? null : termsOf(Object.fromEntries(said) as unknown as TermsJson);
}

/** Returns those who approve these very terms; nobody approves what is for himself. */
export function approversIn(state: DocState, terms: AccessTerms): ReadonlySet<MemberNumber> {
  const wanted = JSON.stringify(terms);
  const approvals = liveOf(state, 'approvals#').filter(({ value }) => {
    const approved = termsOf(recordOf(value) ?? {});
    return approved !== null && JSON.stringify(approved) === wanted;
  });
  return new Set(approvals.map((entry) => entry.member as MemberNumber).filter((member) => member !== terms.member));
}

const TERMS = ['member', 'basis', 'reason', 'paperNumber', 'paperOn', 'from', 'until', 'consents'] as const;

interface TermsJson {
  readonly [name: string]: Json;
}

function termsOf(said: TermsJson): AccessTerms | null {
  const { member, basis, from, until, consents } = said;
  const isWhole = typeof member === 'number' && typeof basis === 'string' && isDay(from) && isDay(until);
  if (!isWhole) return null;
  const links = [...new Set(textsOf(consents))].toSorted();
  const [reason = null, paperNumber = null, paperOn = null] = ['reason', 'paperNumber', 'paperOn'].map((name) =>
    textOf(said[name] ?? null),
  );
  return { member: member as MemberNumber, basis, reason, paperNumber, paperOn, from, until, consents: links };
}

function isDay(value: Json | undefined): value is string {
  return typeof value === 'string' && endOfDayMs(value) !== null;
}

/** The one value that all live ones agree on; null for none, undefined where they differ. */
function agreedIn(entries: readonly Entry[]): Json | undefined {
  const said = new Map(entries.map(({ value }) => [JSON.stringify(value), value]));
  return said.size > 1 ? undefined : ([...said.values()][0] ?? null);
}

/** Rule DRV-22: withdrawn is withdrawn, and what is not agreed to, dated or said of somebody is no consent. */
function consentsIn(state: DocState, document: DocumentId, scope: readonly string[]): readonly ConsentPart[] {
  if (liveOf(state, 'withdrawals#').length > 0) return [];
  const [by, agreed, on] = ['by', 'agreed', 'on'].map((name) => agreedIn(liveOf(state, name)));
  if (typeof by !== 'string' || agreed !== true || !isDay(on)) return [];
  const named = sharedIn(state, 'disclosedTo');
  const disclosedTo = AGENCIES.filter((agency) => named.includes(agency));
  return [{ document, by, scope, disclosedTo, fromMs: startOfDayMs(on) }];
}

function scopeIn(state: DocState): readonly string[] {
  // of its own compartments alone: nothing in a consent that others read opens group 5
  return sharedIn(state, 'scope').filter((one) => one !== 'hiv');
}

/** What is in every list that stands. */
function sharedIn(state: DocState, name: string): readonly string[] {
  const [first = [], ...others] = liveOf(state, name).map(({ value }) => textsOf(value));
  return first.filter((one) => others.every((other) => other.includes(one)));
}

/** The earliest day on which the child may be old enough to be asked; always, while no birth is known. */
function childAskedFromMs(births: readonly string[]): number {
  if (births.length === 0) return -Infinity;
  return Math.min(...births.map(birthdayMs));
}

function birthdayMs(birth: string): number {
  const [year = '', month = '01', day = '01'] = birth.split('-');
  // 29 February has its birthday on the 28th: a day too early asks once too often
  const on = month === '02' && day === '29' ? '28' : day;
  const birthday = `${Number(year) + GRANT_LIMITS.childAskedYears}-${month}-${on}`;
  return isDay(birthday) ? startOfDayMs(birthday) : -Infinity;
}

import type { AccessRow, ConsentRow } from '@chungtay/core/derive/row-types';
import { accessTaskOf } from '@chungtay/core/derive/tasks-access';
import { accessRuleOf, CONSENT_BASIS } from '@chungtay/core/model/grant';
import type { Agency } from '@chungtay/core/model/role';
import { dayOf, type WorkCalendar } from '@chungtay/core/policy/calendar';
import type { Me } from '../../stores/engine.ts';

/**
 * Where a request stands: it waits, for the Hub or for an answer; nobody answered in time; it opens on a later day; it is open; its time
 * is over, or somebody ended, refused or withdrew it; the consent that it leans on does not stand.
 */
export type AccessStanding =
  | 'unsent'
  | 'waiting'
  | 'late'
  | 'toCome'
  | 'open'
  | 'over'
  | 'ended'
  | 'refused'
  | 'noConsent';

/** Consents by document, as far as this person may see them. */
export type KnownConsents = ReadonlyMap<string, ConsentRow>;

/** What is known here of what a request leans on. */
export interface KnownOfConsent {
  readonly consents: KnownConsents;
  /** Whose agency's work the person does whom the request is for; null where he is not known here. */
  readonly agencyOf: (member: AccessRow['member']) => Agency | null;
}

/** Returns where the request stands at `nowMs`. */
export function standingOf(row: AccessRow, nowMs: number, known: KnownOfConsent): AccessStanding {
  if (row.state === 'refused' || row.state === 'ended') return row.state;
  if (row.windows.length === 0) return waitingOf(row, nowMs);
  if (lacksConsent(row, known)) return 'noConsent';
  if (row.windows.some(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs)) return 'open';
  return row.windows.some(({ fromMs }) => nowMs < fromMs) ? 'toCome' : 'over';
}

/** Returns when what is open now closes, in ms; null when nothing is. */
export function endOf(row: AccessRow, nowMs: number): number | null {
  const open = row.windows.filter(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
  return open.length === 0 ? null : Math.max(...open.map(({ untilMs }) => untilMs));
}

/** Returns what the request asks of this person, or null. */
export function taskFor(row: AccessRow, me: Me, nowMs: number, calendar: WorkCalendar) {
  const { deciders = [], reviewers = [] } = accessRuleOf(row.compartment) ?? {};
  const principal = { ...me, namedFor: [], untilMs: null };
  const mayWrite = (log: 'approvals' | 'reviews'): boolean =>
    (log === 'approvals' ? deciders : reviewers).includes(me.role);
  return accessTaskOf(row, { principal, calendar, nowMs, mayWrite });
}

/** Says whether this person may end it: who answers there, and who asked. */
export function mayEnd(row: AccessRow, me: Me): boolean {
  const rule = accessRuleOf(row.compartment);
  const isHis = row.owner === me.member || row.owner === null || row.member === me.member;
  return rule !== null && (rule.deciders.includes(me.role) || (isHis && rule.askers.includes(me.role)));
}

/** Says whether consent must stand for it to open anything. */
export function needsConsent(row: Pick<AccessRow, 'compartment' | 'basis' | 'isEmergency'>): boolean {
  if (row.isEmergency) return false;
  return row.basis === CONSENT_BASIS || accessRuleOf(row.compartment)?.needsConsent === true;
}

function waitingOf(row: AccessRow, nowMs: number): AccessStanding {
  // the glass breaks at the Hub: until it has heard of it, nothing is open
  if (row.isEmergency || row.firstReceipt === null) return 'unsent';
  return row.until !== null && row.until < dayOf(nowMs) ? 'late' : 'waiting';
}

/** Of consents that lie where this person does not look, nothing is said. */
function lacksConsent(row: AccessRow, { consents, agencyOf }: KnownOfConsent): boolean {
  if (!needsConsent(row)) return false;
  const known = row.consents.flatMap((each) => consents.get(each) ?? []);
  if (row.consents.length > 0 && known.length < row.consents.length) return false;
  const agency = agencyOf(row.member);
  return !known.some((one) => one.by === 'representative' && isFor(one, row.compartment, agency));
}

/** Says whether a consent stands, and is to this compartment and this agency. Of an agency that is not known, nothing is said. */
export function isFor(consent: ConsentRow, compartment: string, agency: Agency | null): boolean {
  const isDisclosed = agency === null || consent.disclosedTo.includes(agency);
  return stands(consent) && consent.scope.includes(compartment) && isDisclosed;
}

/** Says whether a consent stands: agreed to, dated, not withdrawn. */
export function stands({ agreed, on, isWithdrawn }: ConsentRow): boolean {
  return agreed === true && on !== null && !isWithdrawn;
}

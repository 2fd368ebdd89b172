import type { Json } from '@chungtay/core/base/any';
import type { AccessRow } from '@chungtay/core/derive/row-types';
import type { FolderType } from '@chungtay/core/kinds/define';
import { fieldOf } from '@chungtay/core/kinds/registry';
import type { Compartment } from '@chungtay/core/model/compartment';
import { ACCESS_RULES, accessKindOf, type AccessRule, CONSENT_BASIS, GRANT_LIMITS } from '@chungtay/core/model/grant';
import type { FolderId } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import { addDays } from '@chungtay/core/policy/calendar';

/** A request being worded. */
export interface AskForm {
  /** The compartment's rule, and the folder that it lies in; null until chosen. */
  readonly place: AskPlace | null;
  /** For whom; the asker himself unless somebody who answers opens it for another. */
  readonly member: number | null;
  readonly basis: string | null;
  readonly reason: string;
  readonly paperNumber: string;
  readonly paperOn: string | null;
  readonly consents: readonly string[];
  readonly until: string | null;
}

/** A compartment that may be asked for, in the folder in which it lies. */
export interface AskPlace {
  readonly rule: AccessRule;
  readonly folder: FolderId;
}

/** What is missing or wrong. */
export type AskGap = 'place' | 'member' | 'basis' | 'reason' | 'paperNumber' | 'until' | 'untilPast' | 'untilFar';

/** How long most need it. */
const USUAL_DAYS = 14;
const WRITTEN_REQUEST = 'written-request';

/** Folders of one file: a child's own, or a case's with its child's. */
export type FileFolders = Readonly<Partial<Record<FolderType, FolderId>>>;

/** Returns what this person may ask for in a file, or, with `forOthers`, open for somebody else. */
export function placesFor(role: Role, folders: FileFolders, forOthers: boolean): readonly AskPlace[] {
  const roles = (rule: AccessRule): readonly Role[] => (forOthers ? rule.deciders : rule.askers);
  return ACCESS_RULES.flatMap((rule) => {
    const folder = folders[rule.folder];
    return folder !== undefined && roles(rule).includes(role) ? [{ rule, folder }] : [];
  });
}

/** Returns the places that a life in danger opens at once. */
export function emergencyPlaces(places: readonly AskPlace[]): readonly AskPlace[] {
  return places.filter(({ rule }) => rule.hasEmergency);
}

/** Returns an empty form; what leaves no choice is chosen. */
export function blankAsk(places: readonly AskPlace[], member: number | null, today: string): AskForm {
  const [only, ...others] = places;
  const place = only && others.length === 0 ? only : null;
  const basis = place?.rule.needsConsent ? CONSENT_BASIS : null;
  return {
    place,
    member,
    basis,
    reason: '',
    paperNumber: '',
    paperOn: null,
    consents: [],
    until: addDays(today, USUAL_DAYS),
  };
}

/** Returns the form of a request that is worded again, from today on. */
export function askAgain(former: AccessRow, places: readonly AskPlace[], today: string): AskForm {
  const blank = blankAsk(places, former.member, today);
  const until = former.until !== null && former.until >= today ? former.until : blank.until;
  return { ...blank, basis: CONSENT_BASIS, reason: former.reason ?? '', until };
}

/** Returns what is written beside a request that is worded again: the maker's own yes to it, and that the former one is put away. */
export function againWith(form: AskForm, former: AccessRow, today: string, reason: string) {
  const { member, basis, until, consents } = form;
  const said = { ...former, member, basis, until, consents, from: today, reason: form.reason.trim() } as AccessRow;
  return {
    approval: { name: 'approvals', value: approvalOf(said) },
    refusal: { document: former.document, appends: [{ name: 'refusals', value: { reason } }] },
  };
}

/** Returns the last day that a request of today may name. */
export function lastDayOf(today: string): string {
  return addDays(today, GRANT_LIMITS.days - 1);
}

/** Says whether the request leans on written consent. */
export function isByConsent({ basis, place }: Pick<AskForm, 'basis' | 'place'>): boolean {
  return basis === CONSENT_BASIS || place?.rule.needsConsent === true;
}

/** Says whether it leans on an agency's paper. */
export function isByPaper({ basis }: Pick<AskForm, 'basis'>): boolean {
  return basis === WRITTEN_REQUEST;
}

/** Returns what keeps the form from being sent, in the order of its fields. */
export function askGaps(form: AskForm, today: string): readonly AskGap[] {
  const { place, member, basis, reason, until } = form;
  const gaps: (AskGap | false)[] = [
    place === null && 'place',
    member === null && 'member',
    basis === null && 'basis',
    reason.trim() === '' && 'reason',
    isByPaper(form) && form.paperNumber.trim() === '' && 'paperNumber',
    until === null && 'until',
    until !== null && until < today && 'untilPast',
    until !== null && until > lastDayOf(today) && 'untilFar',
  ];
  return gaps.filter((gap) => gap !== false);
}

/** Returns what is written of a form without gaps. */
export function askSets(form: AskForm, today: string): readonly { readonly name: string; readonly value: Json }[] {
  const paper = isByPaper(form) ? { paperNumber: form.paperNumber.trim() || null, paperOn: form.paperOn } : {};
  const consents = isByConsent(form) && form.consents.length > 0 ? { consents: form.consents } : {};
  const terms = { member: form.member, basis: form.basis, from: today, until: form.until };
  return setsOf({ ...terms, reason: form.reason.trim(), ...paper, ...consents });
}

/** Returns what is written to open a compartment at once, for this person, because a life is in danger. */
export function emergencySets(
  member: number,
  reason: string,
): readonly { readonly name: string; readonly value: Json }[] {
  return setsOf({ member, basis: 'life-or-health', reason: reason.trim(), isEmergency: true });
}

/** Returns an approval: the request's own words over again, whichever of them an approval keeps, and a note. */
export function approvalOf(row: AccessRow, note = ''): Readonly<Record<string, Json>> {
  const columns = Object.keys(fieldOf(accessKindOf(row.compartment), 'approvals')?.columns ?? {});
  const said = row as unknown as Readonly<Record<string, Json>>;
  const terms = columns.flatMap((name) => (isSaid(said[name]) ? [[name, said[name] ?? null] as const] : []));
  return { ...Object.fromEntries(terms), ...(note.trim() === '' ? {} : { note: note.trim() }) };
}

/** Returns the roles that a compartment may be opened to by request. */
export function askersOf(compartment: Compartment): readonly Role[] {
  return ACCESS_RULES.find((rule) => rule.compartment === compartment)?.askers ?? [];
}

function setsOf(
  values: Readonly<Record<string, Json | undefined>>,
): readonly { readonly name: string; readonly value: Json }[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [{ name, value }],
  );
}

function isSaid(value: Json | undefined): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

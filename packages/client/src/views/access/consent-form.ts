import type { Json } from '@chungtay/core/base/any';
import type { ConsentRow } from '@chungtay/core/derive/row-types';
import { GRANT_LIMITS } from '@chungtay/core/model/grant';
import type { Role } from '@chungtay/core/model/role';
import { stands } from './access-standing.ts';

/** The kinds of records of consent: of a child's open parts, and of group 5 within its own. */
export type ConsentKind = 'consent' | 'hiv-consent';

/** What is asked for, in order; the scope of group 5 goes without saying. */
const CONSENT_FIELDS = [
  'by',
  'giverName',
  'relation',
  'agreed',
  'scope',
  'disclosedTo',
  'purpose',
  'on',
  'method',
  'proof',
  'childAge',
  'childOpinion',
  'witness',
] as const;

/** Without these a record says nothing that anything could lean on. */
const NEEDED_FIELDS: readonly string[] = [
  'by',
  'giverName',
  'agreed',
  'scope',
  'disclosedTo',
  'purpose',
  'on',
  'method',
];

/** Values of a record being written, by field. */
export type ConsentForm = Readonly<Record<string, Json>>;

const RECORDERS: Readonly<Record<ConsentKind, readonly Role[]>> = {
  consent: ['collaborator', 'nurse', 'lead'],
  'hiv-consent': ['nurse'],
};
const HEARERS: Readonly<Record<ConsentKind, readonly Role[]>> = {
  consent: ['collaborator', 'nurse', 'lead', 'councilOffice'],
  'hiv-consent': ['nurse'],
};

/** Says whether people of this role write down that somebody agrees. */
export function mayRecord(role: Role, kind: ConsentKind): boolean {
  return RECORDERS[kind].includes(role);
}

/** Says whether people of this role write down that it is withdrawn. */
export function mayWithdraw(role: Role, kind: ConsentKind): boolean {
  return HEARERS[kind].includes(role);
}

/** Returns the fields of a kind's record, in order. */
export function consentFields(kind: ConsentKind): readonly string[] {
  return CONSENT_FIELDS.filter((name) => kind === 'consent' || name !== 'scope');
}

/** Returns the needed fields that say nothing yet, in order. */
export function consentGaps(form: ConsentForm, kind: ConsentKind): readonly string[] {
  return consentFields(kind).filter((name) => NEEDED_FIELDS.includes(name) && isEmpty(form[name]));
}

/** Returns what is written of a form without gaps. */
export function consentSets(
  form: ConsentForm,
  kind: ConsentKind,
): readonly { readonly name: string; readonly value: Json }[] {
  return consentFields(kind).flatMap((name) => {
    const value = form[name];
    return value === undefined || isEmpty(value) ? [] : [{ name, value }];
  });
}

/** Says whether a child born then is asked beside its representative, on `today`; a birth that is not known asks. */
export function isChildAsked(birth: string | null, today: string): boolean {
  if (birth === null) return true;
  const [year = '', ...rest] = birth.split('-');
  const [month = '01', day = '01'] = rest;
  return `${Number(year) + GRANT_LIMITS.childAskedYears}-${month}-${day}` <= today;
}

/** Says whether a representative agreed and the child has not been asked, though it is old enough. */
export function lacksChild(consents: readonly ConsentRow[], birth: string | null, today: string): boolean {
  const standing = consents.filter(stands);
  const says = (giver: string): boolean => standing.some(({ by }) => by === giver);
  return says('representative') && !says('child') && isChildAsked(birth, today);
}

function isEmpty(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

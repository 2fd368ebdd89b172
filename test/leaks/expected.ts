/**
 * Who may have what, read from the matrix a second time and by hand: cell, place, and for extracts the list of what each tells. Nothing
 * here calls the policy: a mistake there and the same mistake here would have to be made twice.
 */
import { unreachable } from '@chungtay/core/base/assert';
import type { Compartment } from '@chungtay/core/model/compartment';
import type { DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import type { Cell } from '@chungtay/core/policy/cells';
import type { ExtractId } from '@chungtay/core/policy/extract-ids';
import { MATRIX } from '@chungtay/core/policy/matrix';

/** The matrix as the product ships it: a test that plants a wrong cell plants it after this copy. */
const LAW = structuredClone(MATRIX);

/** Someone under watch. */
export interface Watched {
  readonly name: string;
  readonly role: Role;
  readonly member: MemberNumber;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly namedFor: readonly Compartment[];
  /** Suspended: no right is left. */
  readonly isOut: boolean;
}

/** A document as the test made it. */
export interface Placed {
  readonly document: DocumentId;
  readonly kind: string;
  readonly compartment: Compartment;
  readonly owner: MemberNumber;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  /** Members with a seat in the team of its case. */
  readonly team: readonly MemberNumber[];
  /** Whom the task is addressed to. */
  readonly assignee: MemberNumber | null;
  /** To whom a grant opens it for now. */
  readonly granted?: readonly MemberNumber[];
}

/** Requests, consents and what was held: no grant opens them. */
export const PAPERWORK = /^(?:access-|held|consent$|hiv-consent$)/u;

/** Everything, nothing, or the places that an extract tells. */
export type Expected = 'whole' | 'nothing' | ExtractId;

/** What each extract tells: `keys` of its JSON, and the places of the source whose very values stand in it. */
export const TOLD: Readonly<
  Partial<Record<ExtractId, { readonly keys: readonly string[]; readonly values: readonly string[] }>>
> = {
  'identity-school': {
    keys: ['name', 'birth', 'guardian', 'phone'],
    // the carer's, where there is a carer: the parents' papers stay
    values: ['name', 'birth', 'carerName', 'carerPhone'],
  },
  'education-village': { keys: ['inSchool'], values: [] },
  'education-health': { keys: ['school', 'schoolHealth'], values: ['schoolHealth.on', 'schoolHealth.finding'] },
  'education-summary': { keys: ['inSchool', 'level'], values: [] },
  'health-village': { keys: ['vaccinesMissing', 'hasDisabilityNeed'], values: [] },
  'health-school': { keys: ['schoolNeeds'], values: [] },
  'health-lead': {
    keys: ['disabilityTypes', 'disabilityDegree', 'needs', 'needsNote', 'costNote', 'monthlyCostDong'],
    values: ['disabilityTypes', 'needsNote', 'costNote', 'monthlyCostDong'],
  },
  'health-summary': { keys: ['disabilityDegree', 'hasDisabilityNeed'], values: [] },
  'case-open': {
    keys: ['isOpen', 'child', 'contactPerson', 'contactPhone'],
    values: ['child', 'contactPerson', 'contactPhone'],
  },
  'case-health': {
    keys: ['isOpen', 'child', 'contactPerson', 'contactPhone', 'healthNeeds'],
    values: ['child', 'contactPerson', 'contactPhone', 'healthNeeds'],
  },
  'support-village': { keys: ['received'], values: [] },
  'support-school': { keys: ['feeSupport'], values: [] },
  'support-health': { keys: ['healthCard', 'healthCardUntil'], values: ['healthCardUntil'] },
  'support-decisions': {
    keys: ['decisions'],
    values: ['policy', 'number', 'on', 'from', 'until', 'amountDong'].map((column) => `decisions.${column}`),
  },
  'legal-status': {
    keys: ['hasMeasure', 'measures', 'parentMeasures'],
    values: ['measures.from', 'measures.until', 'parentMeasures.from', 'parentMeasures.until'],
  },
  'care-village': {
    keys: ['name', 'village', 'state', 'villageOpinion'],
    values: ['name', 'villageOpinion'],
  },
  'care-health': {
    keys: ['name', 'village', 'healthCertificateOn', 'healthCertificatePlace', 'healthCertificateUntil'],
    values: ['name', 'healthCertificateOn', 'healthCertificatePlace', 'healthCertificateUntil'],
  },
};

const BY_SEAT_ALONE: readonly Compartment[] = ['protection', 'sealed', 'legal'];

/** Returns how much of the document this person may have. */
export function expectedOf(person: Watched, document: Placed): Expected {
  if (person.isOut) return 'nothing';
  const cell = cellOf(person, document);
  const isGranted = document.granted?.includes(person.member) === true;
  if (isGranted && cell.onRequest && isOpenedTo(person, document)) return 'whole';
  if (!isInPlace(cell, person, document)) return 'nothing';
  if (cell.right === 'extract') return cell.extract ?? 'nothing';
  return ['read', 'write', 'decide'].includes(cell.right) ? 'whole' : 'nothing';
}

/** No grant opens the paperwork; of who looked its holder sees his own record. */
function isOpenedTo({ member }: Watched, { kind, owner }: Placed): boolean {
  return !PAPERWORK.test(kind) && (owner === member || !kind.startsWith('reads-'));
}

/** Says whether a value at this place of the document may be with this person. */
export function mayHave(expected: Expected, place: string): boolean {
  if (expected === 'whole' || place === '(id)') return expected !== 'nothing';
  return expected === 'nothing' ? false : (TOLD[expected]?.values.includes(place) ?? false);
}

function cellOf({ role, namedFor }: Watched, { kind, compartment }: Placed): Cell {
  const ofRole = LAW[compartment][role];
  const own = Object.entries(ofRole.kinds ?? {}).find(([id]) => id === kind)?.[1] ?? ofRole;
  const isUnnamed = own.named === true && !namedFor.includes(compartment);
  return isUnnamed ? (own.unnamed ?? { right: 'none', scope: 'all', basis: 'none' }) : own;
}

function isInPlace({ scope }: Cell, person: Watched, document: Placed): boolean {
  const isOwn = document.owner === person.member;
  const hasSeat = document.team.includes(person.member);
  const isHere =
    !BY_SEAT_ALONE.includes(document.compartment) &&
    (covers(person.villages, document.villages) || covers(person.schools, document.schools));
  switch (scope) {
    case 'all':
      return true;
    case 'owner':
      return isOwn;
    case 'asker':
      return isOwn || document.granted?.includes(person.member) === true;
    case 'assignee':
      return document.assignee === person.member;
    case 'mine':
      return isOwn && (hasSeat || isHere);
    case 'assigned':
      return hasSeat || isHere;
    default:
      return unreachable(scope);
  }
}

function covers(held: readonly string[], places: readonly string[]): boolean {
  return held.includes('*') || held.some((place) => places.includes(place));
}

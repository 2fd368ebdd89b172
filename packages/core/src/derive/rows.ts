/** One small row per document, whole or extract: what lists, search and Today need, and no more. Pure. Rules DRV-6 … DRV-8. */
import type { DocState } from '../doc/state.ts';
import type { FolderId } from '../model/ids.ts';
import type { ExtractId } from '../policy/extract-ids.ts';
import type { ExtractValues } from './extract.ts';
import { parentMeasuresIn } from './group-facts.ts';
import { cardTold } from './papers.ts';
import { blankReading, flagOf, readingOf, recordsOf, rowTypeOf, textOf, textsOf } from './reading.ts';
import { accessRow, consentRow } from './row-access.ts';
import { caseRow, contactNoteRow, heldRow, intakeRow, memberRow, taskRow } from './row-cases.ts';
import { type RowCommon, type RowMaker, commonOf } from './row-common.ts';
import { householdRow, identityRow, visitRow } from './row-register.ts';
import { carerRow, educationRow, healthRow, hivRow, offenceRow, runningIn, supportRow } from './row-services.ts';
import type { Row, RowMeta, SupportRow } from './row-types.ts';

export type { ChildRow } from './child-row.ts';
export type { Row, RowMeta } from './row-types.ts';

const MAKERS: ReadonlyMap<string, RowMaker<Row>> = new Map<string, RowMaker<Row>>([
  ['identity', identityRow],
  ['education', educationRow],
  ['health', healthRow],
  ['hiv', hivRow],
  ['offence', offenceRow],
  ['carer', carerRow],
  ['support', supportRow],
  ['household', householdRow],
  ['visit', visitRow],
  ['case', caseRow],
  ['intake', intakeRow],
  ['contact-note', contactNoteRow],
  ['task', taskRow],
  ['member', memberRow],
  ['held', heldRow],
  ['access', accessRow],
  ['consent', consentRow],
]);

/** Returns the row of a document; null for kinds that no list shows (informant, desk). A sealed twin has its sister's type of row. */
export function rowOf(kind: string, state: DocState, meta: RowMeta): Row | null {
  const maker = MAKERS.get(rowTypeOf(kind));
  const reading = maker && readingOf(kind, state);
  return maker && reading ? maker(reading, commonOf(kind, reading, meta, 'whole')) : null;
}

/** Returns the row that an extract allows: as `rowOf`, with everything unknown that the extract does not tell. */
export function rowOfExtract(extract: ExtractId, kind: string, values: ExtractValues, meta: RowMeta): Row | null {
  // the name is what a Hub said: `toString` is none of ours
  const overlay = Object.hasOwn(OVERLAYS, extract) ? OVERLAYS[extract] : undefined;
  const reading = blankReading(kind);
  return overlay?.(values, kind, commonOf(kind, reading, meta, 'extract')) ?? null;
}

type Overlay = (values: ExtractValues, kind: string, common: RowCommon) => Row;

const OVERLAYS: Readonly<Partial<Record<ExtractId, Overlay>>> = {
  'identity-school': (values, kind, common) => ({
    ...identityRow(blankReading(kind), common),
    name: textOf(values['name']),
    birth: textOf(values['birth']),
    carerName: textOf(values['guardian']),
    phone: textOf(values['phone']),
  }),
  'education-village': schooling,
  'education-health': schooling,
  'education-summary': schooling,
  'health-village': (values, kind, common) => ({
    ...blankHealth(kind, common),
    vaccinesMissing: textsOf(values['vaccinesMissing']),
    hasDisabilityNeed: flagOf(values['hasDisabilityNeed']),
  }),
  'health-school': (values, kind, common) => ({
    ...blankHealth(kind, common),
    hasDisabilityNeed: textsOf(values['schoolNeeds']).length > 0,
  }),
  'health-lead': (values, kind, common) => ({
    ...blankHealth(kind, common),
    disabilityDegree: textOf(values['disabilityDegree']),
    hasDisabilityNeed: textOf(values['disabilityDegree']) !== null || textsOf(values['needs']).length > 0,
  }),
  'health-summary': (values, kind, common) => ({
    ...blankHealth(kind, common),
    disabilityDegree: textOf(values['disabilityDegree']),
    hasDisabilityNeed: flagOf(values['hasDisabilityNeed']),
  }),
  'case-open': openCase,
  'case-health': openCase,
  'legal-status': (values, kind, common) => ({
    ...offenceRow(blankReading(kind), common),
    hasMeasure: flagOf(values['hasMeasure']),
    running: runningIn(recordsOf(values['measures'])),
    parentMeasures: parentMeasuresIn(recordsOf(values['parentMeasures'])),
  }),
  'care-village': someCarer,
  'care-health': someCarer,
  'support-village': (values, kind, common) => ({
    ...supportRow(blankReading(kind), common),
    received: flagOf(values['received']),
  }),
  'support-school': blankSupport,
  'support-health': (values, kind, common) => ({ ...blankSupport(values, kind, common), ...cardTold(values) }),
  'support-decisions': blankSupport,
};

function schooling(values: ExtractValues, kind: string, common: RowCommon): Row {
  return {
    ...educationRow(blankReading(kind), common),
    school: textOf(values['school']),
    level: textOf(values['level']),
    inSchool: flagOf(values['inSchool']),
  };
}

function someCarer(values: ExtractValues, kind: string, common: RowCommon): Row {
  return {
    ...carerRow(blankReading(kind), common),
    name: textOf(values['name']),
    village: textOf(values['village']),
    state: textOf(values['state']),
    healthCertificateUntil: textOf(values['healthCertificateUntil']),
  };
}

function blankHealth(kind: string, common: RowCommon) {
  return { ...healthRow(blankReading(kind), common), vaccinesMissing: null, hasDisabilityNeed: null };
}

function blankSupport(_values: ExtractValues, kind: string, common: RowCommon): SupportRow {
  return { ...supportRow(blankReading(kind), common), received: null };
}

function openCase(values: ExtractValues, kind: string, common: RowCommon): Row {
  return {
    ...caseRow(blankReading(kind), common),
    isOpen: flagOf(values['isOpen']) ?? false,
    child: textOf(values['child']) as FolderId | null,
    contactPerson: textOf(values['contactPerson']),
    contactPhone: textOf(values['contactPhone']),
  };
}

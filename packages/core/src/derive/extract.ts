/**
 * The parentheses of the access matrix as small read-only views, which the Hub derives so that the source never leaves it. Each names the
 * fields it may look at, and sees no others. No view depends on the day: the Hub derives it when its document changes. Rules DRV-3 … DRV-5.
 */
import type { Json } from '../base/any.ts';
import { type DocumentView, type FieldView, readDocument } from '../doc/read.ts';
import type { DocState } from '../doc/state.ts';
import { strictestOf } from '../kinds/registry.ts';
import { currentStage, isEnded, stageRecordsOf } from '../model/case-stage.ts';
import type { ExtractId } from '../policy/extract-ids.ts';
import { recordOf } from './reading.ts';
import { inSchoolOf } from './schooling.ts';
import { vaccinesMissing } from './vaccines.ts';

/** What an extract tells: plain values by name. */
export type ExtractValues = Readonly<Record<string, Json>>;

/** The fields that one extract may see. */
interface Glimpse {
  /** The shown value of a register; null when cleared or never set. */
  value(name: string): Json;
  /** The records of a log, oldest first. */
  records(name: string): readonly Json[];
  /** The standing rows of a map. */
  rows(name: string): readonly Json[];
}

/** One extract: where it comes from, what it may look at, what it tells. */
export interface ExtractDefinition {
  /** Kinds it is made of. */
  readonly kinds: readonly string[];
  /** The only fields that reach `view`. */
  readonly from: readonly string[];
  /** The only names of the result. */
  readonly tells: readonly string[];
  readonly view: (glimpse: Glimpse) => ExtractValues;
}

const MAX_RECORDS = 50;
function definition(
  kinds: readonly string[],
  from: readonly string[],
  tells: readonly string[],
  view: (glimpse: Glimpse) => ExtractValues,
): ExtractDefinition {
  return { kinds, from, tells, view };
}

/** Registers told under their own names. */
function asTheyAre(kinds: readonly string[], names: readonly string[]): ExtractDefinition {
  return definition(kinds, names, names, (see) => Object.fromEntries(names.map((name) => [name, see.value(name)])));
}

/** Every extract whose kind exists. Rule DRV-4. */
export const EXTRACTS: Readonly<Partial<Record<ExtractId, ExtractDefinition>>> = {
  'identity-school': definition(
    ['identity'],
    ['name', 'birth', 'carerName', 'carerPhone', 'motherName', 'motherPhone', 'fatherName', 'fatherPhone'],
    ['name', 'birth', 'guardian', 'phone'],
    (see) => ({
      name: see.value('name'),
      birth: see.value('birth'),
      guardian: see.value('carerName') ?? see.value('motherName') ?? see.value('fatherName'),
      phone: see.value('carerPhone') ?? see.value('motherPhone') ?? see.value('fatherPhone'),
    }),
  ),
  'education-village': definition(['education'], ['status'], ['inSchool'], (see) => ({
    inSchool: inSchoolOf(see.value('status')),
  })),
  'education-health': definition(['education'], ['school', 'schoolHealth'], ['school', 'schoolHealth'], (see) => ({
    school: see.value('school'),
    schoolHealth: columnsOf(see.records('schoolHealth'), ['on', 'check', 'finding', 'referred']),
  })),
  'education-summary': definition(['education'], ['status', 'level'], ['inSchool', 'level'], (see) => ({
    inSchool: inSchoolOf(see.value('status')),
    level: see.value('level'),
  })),
  'health-village': definition(
    ['health'],
    ['vaccines', 'needs', 'disabilityDegree'],
    ['vaccinesMissing', 'hasDisabilityNeed'],
    (see) => ({
      vaccinesMissing: vaccinesMissing(see.rows('vaccines').map(recordOf)),
      hasDisabilityNeed: hasNeed(see),
    }),
  ),
  'health-school': asTheyAre(['health'], ['schoolNeeds']),
  'health-lead': asTheyAre(
    ['health'],
    ['disabilityTypes', 'disabilityDegree', 'needs', 'needsNote', 'costNote', 'monthlyCostDong'],
  ),
  'health-summary': definition(
    ['health'],
    ['disabilityDegree', 'needs'],
    ['disabilityDegree', 'hasDisabilityNeed'],
    (see) => ({
      disabilityDegree: see.value('disabilityDegree'),
      hasDisabilityNeed: hasNeed(see),
    }),
  ),
  'case-open': definition(
    ['case'],
    ['stage', 'child', 'contactPerson', 'contactPhone'],
    ['isOpen', 'child', 'contactPerson', 'contactPhone'],
    openCase,
  ),
  'case-health': definition(
    ['case'],
    ['stage', 'child', 'contactPerson', 'contactPhone', 'healthNeeds'],
    ['isOpen', 'child', 'contactPerson', 'contactPhone', 'healthNeeds'],
    (see) => ({ ...openCase(see), healthNeeds: see.value('healthNeeds') }),
  ),
  'legal-status': definition(
    ['offence'],
    ['measures', 'parentMeasures'],
    ['hasMeasure', 'measures', 'parentMeasures'],
    (see) => {
      const measures = see.rows('measures');
      return {
        hasMeasure: measures.some((row) => fieldOf(row, 'state') === 'running'),
        measures: columnsOf(measures, ['measure', 'state', 'from', 'until']),
        parentMeasures: columnsOf(see.rows('parentMeasures'), ['parent', 'measure', 'from', 'until']),
      };
    },
  ),
  'care-village': asTheyAre(['carer'], ['name', 'village', 'state', 'villageOpinion']),
  'care-health': asTheyAre(
    ['carer'],
    ['name', 'village', 'healthCertificateOn', 'healthCertificatePlace', 'healthCertificateUntil'],
  ),
  'support-village': definition(['support'], ['entitlements', 'receipts'], ['received'], (see) => ({
    received:
      see.records('receipts').length > 0 || see.rows('entitlements').some((row) => fieldOf(row, 'state') === 'paid'),
  })),
  'support-school': asTheyAre(['support'], ['feeSupport']),
  'support-health': asTheyAre(['support'], ['healthCard', 'healthCardUntil']),
  'support-decisions': definition(['support'], ['decisions'], ['decisions'], (see) => ({
    decisions: columnsOf(see.records('decisions'), [
      'policy',
      'outcome',
      'number',
      'on',
      'from',
      'until',
      'amountDong',
    ]),
  })),
};

/** Returns what the extract tells of the document; null when this kind has no such extract: nothing is sent then. Rule DRV-3. */
export function extractOf(extract: ExtractId, kind: string, state: DocState): ExtractValues | null {
  const found = EXTRACTS[extract];
  if (!found || !found.kinds.includes(kind)) return null;
  return tellFrom(found, kind, state);
}

/** Returns what a definition tells of a document; fields that it does not name look as if they were never set. Rule DRV-5. */
export function tellFrom(
  { view, from }: Pick<ExtractDefinition, 'view' | 'from'>,
  kind: string,
  state: DocState,
): ExtractValues {
  return view(glimpseOf(readDocument(state, strictestOf(kind)), from));
}

function glimpseOf(view: DocumentView, from: readonly string[]): Glimpse {
  const only = <T>(fields: ReadonlyMap<string, T>, name: string): T | undefined =>
    from.includes(name) ? fields.get(name) : undefined;
  return {
    value: (name) => only(view.registers, name)?.value ?? null,
    records: (name) => (only(view.logs, name) ?? []).map((entry) => entry.value),
    rows: (name) => standing(only(view.maps, name)),
  };
}

function standing(rows: ReadonlyMap<string, FieldView> | undefined): readonly Json[] {
  return [...(rows?.values() ?? [])].map((row) => row.value).filter((value) => value !== null);
}

function hasNeed(see: Glimpse): boolean {
  const needs = see.value('needs');
  return see.value('disabilityDegree') !== null || (Array.isArray(needs) && needs.length > 0);
}

function openCase(see: Glimpse): ExtractValues {
  const stage = currentStage(stageRecordsOf(see.records('stage')));
  return {
    isOpen: stage !== null && !isEnded(stage),
    child: see.value('child'),
    contactPerson: see.value('contactPerson'),
    contactPhone: see.value('contactPhone'),
  };
}

/** Only the named columns of the latest records or rows. */
function columnsOf(records: readonly Json[], names: readonly string[]): Json {
  return records
    .slice(-MAX_RECORDS)
    .map((record) => Object.fromEntries(names.map((name) => [name, fieldOf(record, name)])));
}

function fieldOf(record: Json, name: string): Json {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return null;
  return Object.hasOwn(record, name) ? ((record as { readonly [key: string]: Json })[name] ?? null) : null;
}

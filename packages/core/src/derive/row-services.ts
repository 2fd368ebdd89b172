/** Rows of what the services know of a child: school, health station, support. */
import { type AssertedGroup, assertedIn, parentMeasuresIn } from './group-facts.ts';
import { type JsonRecord, type Reading, countOf, textOf } from './reading.ts';
import type { RowMaker } from './row-common.ts';
import type { CarerRow, EducationRow, HealthRow, HivRow, OffenceRow, SupportRow } from './row-types.ts';
import { inSchoolOf } from './schooling.ts';
import { vaccinesMissing } from './vaccines.ts';

/** Returns the row of a child's schooling. */
export const educationRow: RowMaker<EducationRow> = (reading, common) => ({
  ...common,
  type: 'education',
  school: reading.text('school'),
  level: reading.text('level'),
  grade: reading.text('grade'),
  class: reading.text('class'),
  status: reading.text('status'),
  droppedOutOn: reading.text('dropOutOn') ?? reading.text('statusSince'),
  dropOutReason: reading.text('dropOutReason'),
  inSchool: inSchoolOf(reading.text('status')),
  needsFeeSupport: reading.flag('needsFeeSupport'),
});

/** Returns the row of a child's health. */
export const healthRow: RowMaker<HealthRow> = (reading, common) => {
  const weighed = reading
    .records('growth')
    .map(({ record }) => ({ on: textOf(record['on']), weightKg: countOf(record['weightKg']) }))
    .filter((record) => record.on !== null && record.weightKg !== null)
    .toSorted((a, b) => ((a.on ?? '') < (b.on ?? '') ? -1 : 1))
    .at(-1);
  const degree = reading.text('disabilityDegree');
  return {
    ...common,
    type: 'health',
    vaccinesMissing: vaccinesMissing([...reading.rows('vaccines').values()]),
    disabilityDegree: degree,
    disabilitySince: reading.text('disabilityCertificateOn'),
    hasDisabilityNeed: degree !== null || reading.texts('needs').length > 0,
    card: null,
    cardUntil: reading.text('cardUntil'),
    isLongIll: reading.text('chronicDisease') !== null,
    injured: lastInjury(reading),
    lastWeightKg: weighed?.weightKg ?? null,
    lastMeasuredOn: weighed?.on ?? null,
    nextCheckupOn: reading.text('nextCheckupOn'),
  };
};

/** Returns the row of the closed part of a child's health. */
export const hivRow: RowMaker<HivRow> = (reading, common) => {
  const untold = [...reading.rows('tests').values()]
    .filter((test) => countOf(test['toldAt']) === null)
    .flatMap((test) => countOf(test['resultAt']) ?? []);
  return { ...common, type: 'hiv', untoldSinceMs: untold.length === 0 ? null : Math.min(...untold) };
};

/** Returns the row of a child in conflict with the law. */
export const offenceRow: RowMaker<OffenceRow> = (reading, common) => ({
  ...common,
  type: 'offence',
  hasMeasure: [...reading.rows('measures').values()].some((measure) => measure['state'] === 'running'),
  running: runningIn(reading.rows('measures').values()),
  groups: offenceGroups(reading),
  parentMeasures: parentMeasuresIn(reading.rows('parentMeasures').values()),
});

/** Returns the measures that run, from the rows of a document or of an extract. */
export function runningIn(rows: Iterable<JsonRecord>): OffenceRow['running'] {
  return [...rows]
    .flatMap((row) => {
      const measure = textOf(row['measure']);
      return measure !== null && row['state'] === 'running' ? [{ measure, from: textOf(row['from']) }] : [];
    })
    .toSorted((a, b) => (`${a.measure}${a.from}` < `${b.measure}${b.from}` ? -1 : 1));
}

/** The cases of Art. 8, by the option of the field. */
const OFFENCE_CLAUSES: Readonly<Record<string, string>> = {
  reformSchoolOrSentence: 'G06-1',
  communeEducation: 'G06-2',
  measureCompleted: 'G06-3',
};

function offenceGroups(reading: Reading): readonly AssertedGroup[] {
  return assertedIn(reading, 'membership', () => 'G06').map((membership) => ({
    ...membership,
    clause: OFFENCE_CLAUSES[membership.clause ?? ''] ?? null,
  }));
}

/** The latest by its date; one without a date only where no other is. */
function lastInjury(reading: Reading): HealthRow['injured'] {
  const days = reading.records('injuries').map(({ record }) => textOf(record['on']));
  if (days.length === 0) return null;
  return {
    on:
      days
        .filter((on) => on !== null)
        .toSorted()
        .at(-1) ?? null,
  };
}

/** Returns the row of somebody who may care for a child. */
export const carerRow: RowMaker<CarerRow> = (reading, common) => ({
  ...common,
  type: 'carer',
  name: reading.text('name'),
  village: reading.text('village'),
  careType: reading.text('type'),
  state: reading.text('state'),
  healthCertificateUntil: reading.text('healthCertificateUntil'),
});

/** Returns the row of what a child receives. */
export const supportRow: RowMaker<SupportRow> = (reading, common) => {
  const entitlements = [...reading.rows('entitlements').values()];
  return {
    ...common,
    type: 'support',
    card: reading.text('healthCard'),
    cardUntil: reading.text('healthCardUntil'),
    received: reading.records('receipts').length > 0 || entitlements.some((row) => row['state'] === 'paid'),
    entitlements: entitlements.map((row) => `${textOf(row['policy']) ?? ''}:${textOf(row['state']) ?? ''}`).toSorted(),
  };
};

import type { Json } from '@chungtay/core/base/any';
import { kindOf } from '@chungtay/core/kinds/registry';
import { type DocumentId, documentIdOf, type FolderId, folderOf, type Ulid } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { DocumentView, Me } from '../../stores/engine.ts';

/** What the lead may make of a report besides a case. */
export const OTHER_ANSWERS = ['duplicate', 'noRisk', 'otherCommune'] as const;

/** One of OTHER_ANSWERS. */
export type OtherAnswer = (typeof OTHER_ANSWERS)[number];

/** Fields of a case that a report already tells, and where it tells them. */
const TOLD: Readonly<Record<string, string>> = {
  child: 'child',
  childName: 'childName',
  abuseTypes: 'abuseTypes',
  dangerSigns: 'dangerSigns',
  isChildSafeNow: 'isChildSafeNow',
  incidentVillage: 'village',
  incidentCommune: 'incidentCommune',
  currentResidence: 'currentWhereabouts',
  currentCarer: 'currentCarer',
  narrative: 'summary',
};

/** Returns the case of a report's own folder: two leads who open it at once make one case, not two. */
function caseDocumentFor(intake: DocumentView): DocumentId {
  return documentIdOf(folderOf(intake.document), intake.kind === 'sealed-intake' ? 'sealed-case' : 'case');
}

/** Returns the one group that opens a case from a report: the case with its first step, its lead and what is known, and the link back. */
export function openCaseEdits(intake: DocumentView, me: Me, nowMs: number): readonly DocumentEdit[] {
  const document = caseDocumentFor(intake);
  const told = Object.entries(TOLD).flatMap(([name, from]) => {
    const value = intake.registers[from]?.value ?? null;
    return value === null || !fits(document, name, value) ? [] : [{ name, value }];
  });
  const team = { name: 'team', code: `m${me.member}`, value: { member: me.member, agency: me.agency, role: me.role } };
  return [
    {
      document,
      sets: [...told, { name: 'intakes', value: [intake.document] }, { name: 'lead', value: me.member }, team],
      appends: [{ name: 'stage', value: { n: 1, to: 'received' } }],
    },
    answerEdit(intake, 'newCase', nowMs, { case: folderOf(document) }),
  ];
}

/** Returns the group that joins a report to a case that exists; `intakes` = the reports it has already. */
export function joinCaseEdits(
  intake: DocumentView,
  target: { readonly document: DocumentId; readonly intakes: readonly string[] },
  nowMs: number,
): readonly DocumentEdit[] {
  const intakes = [...new Set([...target.intakes, intake.document])];
  return [
    { document: target.document, sets: [{ name: 'intakes', value: intakes }] },
    answerEdit(intake, 'joinedCase', nowMs, { case: folderOf(target.document) }),
  ];
}

/** Returns the edit that turns a report away, with why. */
export function turnAwayEdits(
  intake: DocumentView,
  screening: OtherAnswer,
  reason: string,
  nowMs: number,
): readonly DocumentEdit[] {
  return [answerEdit(intake, screening, nowMs, { screeningReason: reason })];
}

/** Where a report's 12 hours started, and the Hub's clock minus this tablet's, both in ms. */
export interface RunningClock {
  readonly startMs: number;
  readonly skewMs: number;
}

/**
 * Returns the group that moves a report to the sealed compartment: a sealed report with the same content in a folder of its own, because
 * a document's audience never changes, and the open one answered. Its 12 hours go on from where the open one's started, whatever the
 * filer's own clock said (DL-4); told in this tablet's time, which the Hub puts right as it does every writer's (DL-9).
 */
export function sealEdits(
  intake: DocumentView,
  fresh: FolderId,
  { startMs, skewMs }: RunningClock,
  nowMs: number,
): readonly DocumentEdit[] {
  const document = documentIdOf(fresh, 'sealed-intake', fresh as string as Ulid);
  const kind = kindOf('sealed-intake');
  const copied = Object.entries(intake.registers)
    .filter(([name, { value }]) => value !== null && kind?.fields[name] !== undefined && !kind.fields[name].writers)
    .filter(([name]) => name !== 'receivedAt')
    .map(([name, { value }]) => ({ name, value }));
  const sets = [...copied, { name: 'receivedAt', value: startMs - skewMs }];
  return [{ document, sets }, answerEdit(intake, 'sealed', nowMs, {})];
}

function answerEdit(
  intake: DocumentView,
  screening: string,
  nowMs: number,
  beside: Readonly<Record<string, Json>>,
): DocumentEdit {
  const sets = Object.entries({ ...beside, screening, screenedAt: nowMs }).map(([name, value]) => ({ name, value }));
  return { document: intake.document, sets };
}

function fits(document: DocumentId, name: string, value: Json): boolean {
  const field = kindOf(document.split('/')[1] ?? '')?.fields[name];
  return field?.schema.safeParse(value).success ?? false;
}

import { type CaseStage, currentStage, type StageRecord, stageRecordsOf } from '@chungtay/core/model/case-stage';
import type { MemberNumber } from '@chungtay/core/model/ids';
import { recordOf } from '../../composables/use-field.ts';
import type { DocumentView } from '../../stores/engine.ts';

/** Kinds of one case's file, by whether the case is sealed. */
export interface CaseKinds {
  readonly note: 'contact-note' | 'sealed-contact-note';
  readonly task: 'task' | 'sealed-task';
}

/** Returns the kinds in which notes and tasks of this case are written. */
export function kindsBeside(caseKind: string): CaseKinds {
  return caseKind === 'sealed-case'
    ? { note: 'sealed-contact-note', task: 'sealed-task' }
    : { note: 'contact-note', task: 'task' };
}

/** One step that was taken. */
export interface TakenStep extends StageRecord {
  readonly atMs: number;
  readonly member: MemberNumber;
}

/** Returns the steps of a case in order. */
export function stepsOf(view: DocumentView): readonly TakenStep[] {
  const steps = (view.logs['stage'] ?? []).flatMap(({ value, atMs, member }) =>
    stageRecordsOf([value]).map((record) => ({ ...record, atMs, member })),
  );
  return steps.toSorted((a, b) => a.n - b.n);
}

/** Returns where a case stands, or null before its first step. */
export function stageOf(view: DocumentView): CaseStage | null {
  return currentStage(stepsOf(view));
}

/** Returns the record of the next step: its number follows the last one's. */
export function nextStepRecord(view: DocumentView, to: CaseStage, reason: string | null) {
  const last = stepsOf(view).at(-1);
  const record = { n: (last?.n ?? 0) + 1, from: last?.to ?? null, to };
  return reason === null ? record : { ...record, reason };
}

/** Says whether this person proposed to close: someone else must close then (four eyes). */
export function proposedByMe(view: DocumentView, me: MemberNumber): boolean {
  return stepsOf(view).findLast(({ to }) => to === 'closeProposed')?.member === me;
}

/** One seat of the team. */
export interface TeamLine {
  readonly code: string;
  readonly member: number;
  readonly duty: string | null;
}

/** Returns who works on the case. */
export function teamOf(view: DocumentView): readonly TeamLine[] {
  return Object.entries(view.maps['team'] ?? {}).flatMap(([code, row]) => {
    const { member, duty } = recordOf(row.value);
    return typeof member === 'number' ? [{ code, member, duty: typeof duty === 'string' ? duty : null }] : [];
  });
}

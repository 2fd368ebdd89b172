/** What must hold between a document before and after one edit, beyond grammar, schema and rights. Pure; reads bytes-made states. Rules POL-10 … POL-16, POL-22, POL-25, KIND-12. */
import { type Result, err, ok } from '../base/result.ts';
import { compareEntries } from '../doc/entry.ts';
import type { Entry } from '../doc/entry.ts';
import { type DocState, liveOf } from '../doc/state.ts';
import { placesOf } from '../kinds/scope-fields.ts';
import { type StageRecord, currentStage, isEnded, stageRecordsOf } from '../model/case-stage.ts';
import { type AccessRule, accessRuleOfKind } from '../model/grant.ts';
import { type DocumentLabel, EVERYWHERE, type Principal } from '../model/principal.ts';
import type { HoldCode, RefusalCode } from '../wire/refusal.ts';
import { cellFor } from './access.ts';
import { stepBetween } from './lifecycle.ts';

/** One admitted-so-far edit. */
export interface EditedState {
  readonly kind: string;
  /** Null: the edit makes the document. */
  readonly before: DocState | null;
  readonly after: DocState;
  readonly author: Principal;
  /** With the folder's scope as it is before the edit. */
  readonly label: DocumentLabel;
  readonly nowMs: number;
}

/** Why an edit does not go in: kept aside for a decider, or sent back to its writer. */
export type InvariantError = { readonly hold: HoldCode } | { readonly refuse: RefusalCode };

const CASE_KINDS = ['case', 'sealed-case'];

/** Returns ok, or the first rule that the edit breaks. */
export function checkInvariants(edit: EditedState): Result<void, InvariantError> {
  const scoped = checkScopeChange(edit);
  if (scoped.ok && edit.kind === 'adult') return checkConsent(edit);
  const access = accessRuleOfKind(edit.kind);
  if (scoped.ok && access) return checkEmergency(edit, access);
  if (!scoped.ok || !CASE_KINDS.includes(edit.kind)) return scoped;
  return checkCase(edit);
}

/** A scope field is written only by one who holds what it was and what it becomes. Rule POL-13. */
function checkScopeChange({ kind, before, after, author, label }: EditedState): Result<void, InvariantError> {
  const cell = cellFor(author, label);
  if (cell.scope !== 'assigned' && cell.scope !== 'mine') return ok(undefined);
  const changedOf = (scope: 'village' | 'school'): readonly string[] =>
    changed(before ? placesOf(kind, before, scope) : [], placesOf(kind, after, scope));
  const holdsAll = holdsEach(author.villages, changedOf('village')) && holdsEach(author.schools, changedOf('school'));
  return holdsAll ? ok(undefined) : err({ refuse: 'not-here' });
}

function changed(was: readonly string[], becomes: readonly string[]): readonly string[] {
  return [...was.filter((place) => !becomes.includes(place)), ...becomes.filter((place) => !was.includes(place))];
}

function holdsEach(held: readonly string[], places: readonly string[]): boolean {
  return held.includes(EVERYWHERE) || places.every((place) => held.includes(place));
}

/** Nobody is put on the list of adults at risk who has not agreed to it. Rule KIND-12. */
function checkConsent({ before, after }: EditedState): Result<void, InvariantError> {
  const agrees = liveOf(after, 'agrees').some((entry) => entry.value === true);
  return before !== null || agrees ? ok(undefined) : err({ refuse: 'invalid-value' });
}

/**
 * Who opened in an emergency cannot take the word back: it calls for somebody else's look. Before that was had nobody opens the same to
 * himself again; he may ask like everybody else. Rules POL-22, POL-25.
 */
function checkEmergency(
  { before, after, author, label }: EditedState,
  { compartment }: AccessRule,
): Result<void, InvariantError> {
  const isSaid = (state: DocState): boolean => liveOf(state, 'isEmergency').some(({ value }) => value === true);
  const wasSaid = before !== null && isSaid(before);
  if (wasSaid) return isSaid(after) ? ok(undefined) : err({ refuse: 'invalid-value' });
  const waits = label.scope.grants.some(
    (grant) => grant.needsReview && grant.member === author.member && grant.compartment === compartment,
  );
  return isSaid(after) && waits ? err({ refuse: 'not-reviewed' }) : ok(undefined);
}

function checkCase(edit: EditedState): Result<void, InvariantError> {
  const stepsBefore = stepsOf(edit.before);
  const stageBefore = currentStage(stepsBefore);
  const added = newEntries(edit, 'stage#');
  if (edit.before === null && added.length === 0) return err({ refuse: 'invalid-value' });
  let steps = stepsBefore;
  for (const entry of added) {
    const checked = checkStep(edit, steps, entry);
    if (!checked.ok) return checked;
    steps = [...steps, checked.value];
  }
  const stageAfter = currentStage(steps);
  const isLocked = stageBefore !== null && isEnded(stageBefore) && stageAfter !== null && isEnded(stageAfter);
  return isLocked ? err({ hold: 'locked' }) : ok(undefined);
}

/** Legal at all, then still in time, then allowed to this person. Rules POL-10 … POL-12, POL-14, POL-15. */
function checkStep(
  { author, before }: EditedState,
  steps: readonly StageRecord[],
  entry: Entry,
): Result<StageRecord, InvariantError> {
  const [record] = stageRecordsOf([entry.value]);
  const step = record && stepBetween(record.from, record.to);
  if (!record || !step || (step.needsReason && !record.reason)) return err({ refuse: 'invalid-value' });
  if (!step.roles.includes(author.role)) return err({ refuse: 'no-grant' });
  const last = steps.at(-1);
  const follows = record.n === (last?.n ?? 0) + 1 && record.from === (last?.to ?? null);
  if (!follows) return err(before === null ? { refuse: 'invalid-value' } : { hold: 'stage-changed' });
  if (record.to === 'closed' && proposerOf(before) === author.member) return err({ refuse: 'no-grant' });
  return ok(record);
}

/** Who proposed to close: someone else must close, even when one person came to hold both offices. Rule POL-12. */
function proposerOf(before: DocState | null): number | null {
  const entries = before ? liveOf(before, 'stage#') : [];
  const steps = entries.flatMap((entry) => stageRecordsOf([entry.value]).map((record) => ({ record, entry })));
  const proposal = steps
    .toSorted((a, b) => a.record.n - b.record.n)
    .findLast(({ record }) => record.to === 'closeProposed');
  return proposal?.entry.member ?? null;
}

function stepsOf(state: DocState | null): readonly StageRecord[] {
  return state ? stageRecordsOf(liveOf(state, 'stage#').map((entry) => entry.value)) : [];
}

function newEntries({ before, after }: EditedState, path: string): readonly Entry[] {
  return liveOf(after, path)
    .filter((entry) => !before?.live.has(entry.op))
    .toSorted(compareEntries);
}

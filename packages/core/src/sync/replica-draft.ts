/** From typed intentions to updates, judged by the same rules as at the Hub before anything is signed. Pure. Rule REP-10. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { type EditError, editDocument, type EditedDocument } from '../doc/edit.ts';
import { type FieldKey, elementKey, logKey, registerKey } from '../doc/field-key.ts';
import { checkUpdate, type FieldTable, type GateError } from '../doc/gate.ts';
import { valueOf } from '../doc/read.ts';
import { type DocState, emptyState } from '../doc/state.ts';
import { documentLabelParts, fieldOf, fieldTableOf, strictestOf } from '../kinds/registry.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import type { Action } from '../policy/decision.ts';
import type { DocumentEdit, EditRefusal, SavedSet } from './replica-edit.ts';
import { explain, labelOf } from './replica-label.ts';
import type { ReplicaMemory } from './replica-memory.ts';

/** One edit, encoded and checked, not signed yet. */
export interface EditDraft {
  readonly document: DocumentId;
  readonly isNew: boolean;
  readonly edited: EditedDocument;
  readonly sets: readonly SavedSet[];
}

/** Who writes, and when. */
export interface DraftAuthor {
  readonly me: Principal;
  readonly client: number;
  readonly minutes: number;
  readonly nowMs: number;
}

/** Returns the drafts of `edits` in order, later ones built on earlier ones of the same document, or why none of them can be saved. */
export function draftEdits(
  edits: readonly DocumentEdit[],
  author: DraftAuthor,
  memory: ReplicaMemory,
): Result<readonly EditDraft[], EditRefusal> {
  const planned = new Map<DocumentId, DocState>();
  const drafts: EditDraft[] = [];
  for (const edit of edits) {
    const drafted = draftEdit(edit, author, memory, planned);
    if (!drafted.ok) return drafted;
    planned.set(edit.document, drafted.value.edited.state);
    drafts.push(drafted.value);
  }
  for (const draft of drafts) {
    const refusal = decideDraft(draft, author, memory, planned);
    if (refusal) return err(refusal);
  }
  return ok(drafts);
}

function draftEdit(
  edit: DocumentEdit,
  author: DraftAuthor,
  memory: ReplicaMemory,
  planned: ReadonlyMap<DocumentId, DocState>,
): Result<EditDraft, EditRefusal> {
  const { document } = edit;
  const parts = documentLabelParts(document);
  const table = parts && fieldTableOf(parts.kind);
  if (!parts || !table) return err({ reason: 'invalid', document, fields: [] });
  const held = planned.get(document) ?? memory.holdings.state(document);
  const base = held ?? emptyState();
  const { client, minutes, me } = author;
  const whole = withKept(edit, parts.kind);
  const edited = editDocument(base, { ...withOwnSeen(whole, base, client), client, member: me.member, minutes });
  if (!edited.ok) return err(encodingRefusal(edited.error, edit));
  const isGood = checkUpdate(edited.value.parsed, base, { client, member: me.member, minutes }, table);
  if (!isGood.ok) return err(gateRefusal(isGood.error, edit, table));
  return ok({ document, isNew: held === null, edited: edited.value, sets: setsOf(edited.value, base, parts.kind) });
}

/** What a log of the document keeps of every change is added to it in the same stroke. */
function withKept(edit: DocumentEdit, kind: string): DocumentEdit {
  const kept = (edit.sets ?? []).flatMap(({ name, value }) => {
    const [log, column] = fieldOf(kind, name)?.keptIn ?? [];
    return log === undefined || column === undefined || value === null
      ? []
      : [{ name: log, value: { [column]: value } }];
  });
  return kept.length === 0 ? edit : { ...edit, appends: [...(edit.appends ?? []), ...kept] };
}

/** Nobody disagrees with himself: what this start wrote is seen, even when its screen asked for the next edit before the echo came. */
function withOwnSeen(edit: DocumentEdit, base: DocState, client: number): DocumentEdit {
  if (!edit.seen) return edit;
  const own = [...base.live.values()].filter((entry) => entry.client === client).map(({ op }) => op);
  return { ...edit, seen: new Set([...edit.seen, ...own]) };
}

/** Decides with the scope as it will be: what an edit brings into a village is judged there. */
function decideDraft(
  { document, isNew, edited }: EditDraft,
  { me, nowMs }: DraftAuthor,
  memory: ReplicaMemory,
  planned: ReadonlyMap<DocumentId, DocState>,
): EditRefusal | null {
  const { holdings } = memory;
  const label = labelOf(document, me, holdings, planned);
  if (!label) return { reason: 'invalid', document, fields: [] };
  if (holdings.confirmed(document)?.isClosing) return { reason: 'not-here', document, fields: [] };
  const fields = edited.parsed.items.map((item) => item.field);
  const actions: readonly (readonly [Action, string])[] = [
    ...(isNew ? [[{ act: 'create' }, ''] as const] : []),
    ...fields.map((field) => [{ act: 'write', field: field.name }, field.path] as const),
  ];
  for (const [action, path] of actions) {
    const decision = explain(me, action, label, holdings, nowMs);
    if (!decision.allowed) return { reason: decision.reason, document, fields: path === '' ? [] : [path] };
  }
  return null;
}

function encodingRefusal(error: EditError, edit: DocumentEdit): EditRefusal {
  const reason = error === 'size' || error === 'count' ? 'too-large' : 'invalid';
  return { reason, document: edit.document, fields: fieldsOf(edit).map(({ field }) => field.path) };
}

function gateRefusal(error: GateError, edit: DocumentEdit, table: FieldTable): EditRefusal {
  const { document } = edit;
  if (error === 'document-full' || error === 'field-full') return { reason: 'too-large', document, fields: [] };
  const wrong = fieldsOf(edit).filter(({ field, value }) => {
    const isClearing = value === null && field.type !== 'log';
    return table.typeOf(field.name) !== field.type || !(isClearing || table.check(field.name, value));
  });
  return { reason: 'invalid', document, fields: wrong.map(({ field }) => field.path) };
}

function fieldsOf({ sets = [], appends = [] }: DocumentEdit) {
  return [
    ...sets.map(({ name, code, value }) => ({ field: placeOf(name, code), value })),
    ...appends.map(({ name, value }) => ({ field: logKey(name), value })),
  ];
}

function placeOf(name: string, code: string | undefined): FieldKey {
  return code === undefined ? registerKey(name) : elementKey(name, code);
}

function setsOf({ parsed }: EditedDocument, base: DocState, kind: string): readonly SavedSet[] {
  const strictest = strictestOf(kind);
  return parsed.items
    .filter(({ field }) => field.type !== 'log')
    .map(({ field: { name, code, path }, op }) => ({ name, code, path, op, before: valueOf(base, path, strictest) }));
}

/** The person's side of a replica's changes: edits, undo, and what he decides about his quarantine. Rules OUT-1, OUT-2, OUT-6, QUA-3 … QUA-5. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { FieldSet, LogAppend } from '../doc/edit.ts';
import type { DocumentId } from '../model/ids.ts';
import { freshClient } from './device-meta.ts';
import { MAX_GROUP, minutesOf } from './envelope.ts';
import { dismissedRecord, quarantineItemOf, type QuarantineRecord, settledRecord } from './quarantine.ts';
import type { Change } from './replica-change.ts';
import type { ReplicaCore } from './replica-core.ts';
import { draftEdits, type EditDraft } from './replica-draft.ts';
import type { DocumentEdit, EditRefusal, Saved } from './replica-edit.ts';
import { sealWritten } from './replica-seal.ts';
import { signDrafts } from './replica-sign.ts';
import { planUndo } from './replica-undo.ts';

/** Saves edits: one commit, one group when they are several. Rejects with an Outage, after which nothing of them is left. */
export function saveEdits(core: ReplicaCore, edits: readonly DocumentEdit[]): Promise<Result<Saved, EditRefusal>> {
  return core.run(() => commitEdits(core, edits, {}));
}

/** Sets the former values of a saved edit again, where they are still the person's own. */
export function undoSaved(core: ReplicaCore, saved: Saved): Promise<Result<Saved, EditRefusal>> {
  return core.run(async () => {
    const edits = planUndo(saved, core.memory);
    return edits.ok ? commitEdits(core, edits.value, {}) : edits;
  });
}

/** Writes fields of a quarantined envelope again, as an ordinary edit on what is visible now; the record remembers it in the same commit. */
export function reapplyQuarantined(
  core: ReplicaCore,
  id: string,
  keys: readonly string[],
): Promise<Result<Saved, EditRefusal>> {
  return core.run(async () => {
    const record = core.memory.quarantine.get(id);
    if (record?.status !== 'open') return err({ reason: 'invalid', document: null, fields: keys });
    const edit = editOf(record, new Set(keys));
    const settled = settledRecord(record, keys, core.parts.world.nowMs());
    return commitEdits(core, edit ? [edit] : [], { quarantined: [settled] });
  });
}

/** Puts a quarantined envelope away, because the person says so; a trace stays. Says whether there was an open one. */
export function dismissQuarantined(core: ReplicaCore, id: string): Promise<boolean> {
  return core.run(async () => {
    const record = core.memory.quarantine.get(id);
    if (record?.status !== 'open') return false;
    await core.commit({ change: { quarantined: [dismissedRecord(record, core.parts.world.nowMs())] } });
    return true;
  });
}

async function commitEdits(
  core: ReplicaCore,
  edits: readonly DocumentEdit[],
  beside: Change,
): Promise<Result<Saved, EditRefusal>> {
  const { memory, parts } = core;
  const me = memory.entitlement.principal;
  if (!me) return err({ reason: 'not-enrolled', document: null, fields: [] });
  if (edits.length === 0) return err({ reason: 'invalid', document: null, fields: [] });
  if (edits.length > MAX_GROUP) return err({ reason: 'too-large', document: null, fields: [] });
  const client = await clientForWriting(core);
  if (client === null) return err({ reason: 'no-lease', document: null, fields: [] });
  const nowMs = parts.world.nowMs();
  const author = { me, client, nowMs, minutes: minutesOf(nowMs) };
  const drafts = draftEdits(edits, author, memory);
  if (!drafts.ok) return drafts;
  const rows = await signDrafts(drafts.value, author, memory.position, parts);
  if (!rows.ok) return rows;
  const last = rows.value.at(-1);
  if (!last) return err({ reason: 'invalid', document: null, fields: [] });
  const position = { ...memory.position, lastN: last.n, lastHash: last.hash };
  const { readable, ...sealed } = await sealWritten(rows.value, core);
  const kept = new Set(readable.map(({ document }) => document));
  const states = statesOf(drafts.value.filter(({ document }) => kept.has(document)));
  await core.commit({ change: { ...beside, ...sealed, outboxAdded: readable, position }, states });
  const documents = drafts.value.map(({ document, sets }, i) => ({ document, sets, n: rows.value[i]?.n ?? 0 }));
  return ok({ atMs: nowMs, documents });
}

/**
 * Returns the client id of this start, taking a fresh one at its first edit. Marked used by a commit of its own before anything is
 * written under it: after a kill in between it is lost, never used twice.
 */
async function clientForWriting(core: ReplicaCore): Promise<number | null> {
  const { memory } = core;
  if (memory.client !== null) return memory.client;
  const client = freshClient(memory.entitlement, memory.position.lastClient);
  if (client === null) return null;
  await core.commit({ change: { position: { ...memory.position, lastClient: client }, client } });
  return client;
}

function statesOf(drafts: readonly EditDraft[]): ReadonlyMap<DocumentId, EditDraft['edited']['state']> {
  return new Map(drafts.map(({ document, edited }) => [document, edited.state]));
}

function editOf(record: QuarantineRecord, keys: ReadonlySet<string>): DocumentEdit | null {
  const sets: FieldSet[] = [];
  const appends: LogAppend[] = [];
  for (const { key, type, field: name, code, value, isSettled } of quarantineItemOf(record).fields) {
    if (!keys.has(key) || isSettled) continue;
    if (type === 'log') appends.push({ name, value });
    else sets.push({ name, value, ...(code === null ? {} : { code }) });
  }
  return sets.length + appends.length > 0 ? { document: record.document, sets, appends } : null;
}

/** Undo is an ordinary set of the former value, offered while the live value is still one's own. Rule OUT-6. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { liveOf } from '../doc/state.ts';
import type { DocumentEdit, EditRefusal, Saved } from './replica-edit.ts';
import type { ReplicaMemory } from './replica-memory.ts';

/** Returns the edits that set the former values again, or the fields that someone wrote since. Log entries are never taken back. */
export function planUndo(saved: Saved, memory: ReplicaMemory): Result<readonly DocumentEdit[], EditRefusal> {
  const edits: DocumentEdit[] = [];
  for (const { document, sets } of saved.documents.toReversed()) {
    const state = memory.holdings.state(document);
    const isMine = (path: string, op: string): boolean => {
      const live = state ? liveOf(state, path) : [];
      return live.length === 1 && live[0]?.op === op;
    };
    const foreign = sets.filter(({ path, op }) => !isMine(path, op)).map(({ path }) => path);
    if (foreign.length > 0) return err({ reason: 'changed-since', document, fields: foreign });
    if (sets.length === 0) continue;
    edits.push({
      document,
      sets: sets.map(({ name, code, before }) => ({ name, value: before, ...(code === null ? {} : { code }) })),
    });
  }
  return ok(edits);
}

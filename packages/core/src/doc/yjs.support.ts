/** Yjs as the oracle: what the real library makes of the same edits and the same bytes. */
import * as Y from 'yjs';
import type { Json } from '../base/any.ts';
import type { Edit } from './edit.ts';
import { elementKey, formatKey, logKey, opOf, parseKey, registerKey } from './field-key.ts';
import type { FieldKey } from './field-key.ts';
import type { DocState } from './state.ts';

/** What a document shows through Yjs: key → `[value, member, minutes]`, and client → next clock. Equal for equal documents. */
export interface YjsView {
  readonly fields: { readonly [key: string]: Json };
  readonly clocks: { readonly [client: string]: number };
  /** Whether something waits for what has not arrived, or stands outside the root `f`. */
  readonly isPending: boolean;
  readonly roots: readonly string[];
}

/** Returns a Y.Doc holding `snapshot`. */
export function openYjs(snapshot: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  doc.getMap('f');
  Y.applyUpdate(doc, snapshot);
  return doc;
}

/** Returns what Yjs sends for the edit, made in one transaction on the keys that Yjs itself shows. */
export function editYjs(doc: Y.Doc, edit: Edit): Uint8Array {
  const sent: Uint8Array[] = [];
  const listen = (update: Uint8Array): void => void sent.push(update);
  const root = doc.getMap<Json>('f');
  // Yjs takes another id, and says so, when an update of its own comes back to it.
  const idle = doc.clientID;
  doc.clientID = edit.client;
  doc.on('update', listen);
  doc.transact(() => {
    const shown = [...root.keys()];
    for (const { name, code, value } of edit.sets ?? []) {
      const field = code === undefined ? registerKey(name) : elementKey(name, code);
      for (const key of shown) {
        const parsed = parseKey(key);
        const isSeen = edit.seen === undefined || edit.seen.has(parsed?.op ?? '');
        if (parsed?.field.path === field.path && isSeen) root.delete(key);
      }
      put(doc, field, [value, edit.member, edit.minutes]);
    }
    for (const { name, value } of edit.appends ?? []) put(doc, logKey(name), [value, edit.member, edit.minutes]);
  });
  doc.off('update', listen);
  doc.clientID = idle;
  if (sent.length !== 1) throw new Error(`one transaction sent ${sent.length} updates`);
  return sent[0] as Uint8Array;
}

/** Returns what the document shows. */
export function viewYjs(doc: Y.Doc): YjsView {
  return {
    fields: sorted(doc.getMap('f').toJSON()),
    clocks: sorted(Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(doc)))),
    isPending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
    roots: [...doc.share.keys()],
  };
}

/** Returns the same view of our own state. */
export function viewState(state: DocState): YjsView {
  const fields = [...state.live.values()].map(
    ({ field, op, value, member, minutes }) => [formatKey(field, op), [value, member, minutes]] as const,
  );
  return {
    fields: sorted(Object.fromEntries(fields)),
    clocks: sorted(Object.fromEntries(state.clocks)),
    isPending: false,
    roots: ['f'],
  };
}

function put(doc: Y.Doc, field: FieldKey, content: Json): void {
  const clock = Y.getState(doc.store, doc.clientID);
  doc.getMap<Json>('f').set(formatKey(field, opOf(doc.clientID, clock)), content);
}

function sorted<T>(record: { [key: string]: T }): { readonly [key: string]: T } {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

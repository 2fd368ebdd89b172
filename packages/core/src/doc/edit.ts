/**
 * From what a person typed to the bytes of one transaction. Written by our own encoder, not by a Y.Doc: the grammar is so small that the
 * bytes equal those of Yjs (the tests compare every one), at 6 µs against 100 for loading a document and editing it, without the
 * 20 KB that each open one holds. Yjs stays the oracle. Rules DOC-23 … DOC-25.
 */
import { isWire } from '../base/any.ts';
import type { Json } from '../base/any.ts';
import { assert } from '../base/assert.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { VALUE_LIMITS } from './entry.ts';
import type { Entry } from './entry.ts';
import { elementKey, isFieldKey, logKey, opOf, registerKey } from './field-key.ts';
import type { FieldKey } from './field-key.ts';
import { applyUpdate, cloneState, liveOf, nextClock } from './state.ts';
import type { DocState } from './state.ts';
import {
  MAX_DELETED_IDS,
  MAX_DELETE_CLIENTS,
  MAX_ITEMS,
  MAX_UPDATE_BYTES,
  encodeUpdate,
  parseUpdate,
} from './update.ts';
import type { DeleteRange, DocUpdate } from './update.ts';

/** A register set, or with `code` one element of a map. Null clears. */
export interface FieldSet {
  readonly name: string;
  readonly code?: string;
  readonly value: Json;
}

/** An entry for a log. */
export interface LogAppend {
  readonly name: string;
  readonly value: Json;
}

/** What one person does to one document in one stroke. */
export interface Edit {
  /** The client id leased to this worker for this document. */
  readonly client: number;
  readonly member: number;
  /** Whole minutes since 2025-01-01T00:00Z; must equal the envelope's. */
  readonly minutes: number;
  readonly sets?: readonly FieldSet[];
  readonly appends?: readonly LogAppend[];
  /** Ops of the values the person had before them; left out, everything live now. A value not seen is kept beside the new one. */
  readonly seen?: ReadonlySet<string>;
}

/** The signed content of an envelope, and the document after it. */
export interface EditedDocument {
  readonly update: Uint8Array<ArrayBuffer>;
  readonly parsed: DocUpdate;
  readonly state: DocState;
}

/** Why an edit cannot be one update: a closed list. */
export type EditError =
  /** neither sets nor appends anything */
  | 'empty'
  /** a name or code outside the grammar */
  | 'field-key'
  /** one field set twice */
  | 'set-twice'
  /** a value that no document may hold */
  | 'value'
  /** more fields, or more superseded writers, than one update may have: split it */
  | 'count'
  /** more than an update may weigh */
  | 'size';

type Draft = Omit<Entry, 'sizeBytes'>;

/** Returns the update and the document after it; the given state is not changed. Each set supersedes the values of its field that were seen. */
export function editDocument(state: DocState, edit: Edit): Result<EditedDocument, EditError> {
  const encoded = encodeEdit(state, edit);
  if (!encoded.ok) return encoded;
  const parsed = parseUpdate(encoded.value);
  assert(parsed.ok, 'an edit of ours is outside the grammar');
  const edited = cloneState(state);
  const applied = applyUpdate(edited, parsed.value);
  assert(applied.ok && applied.value === 'applied', 'an edit of ours does not follow its document');
  return ok({ update: encoded.value, parsed: parsed.value, state: edited });
}

function encodeEdit(state: DocState, edit: Edit): Result<Uint8Array<ArrayBuffer>, EditError> {
  const drafts = draftItems(state, edit);
  if (!drafts.ok) return drafts;
  const deletes = supersededBy(state, drafts.value, edit.seen ?? null);
  if (new Set(deletes.map((range) => range.client)).size > MAX_DELETE_CLIENTS) return err('count');
  if (deletes.reduce((ids, range) => ids + range.length, 0) > MAX_DELETED_IDS) return err('count');
  const clock = nextClock(state, edit.client);
  const update = encodeUpdate({ client: edit.client, clock, items: drafts.value, deletes });
  return update.length > MAX_UPDATE_BYTES ? err('size') : ok(update);
}

function draftItems(state: DocState, edit: Edit): Result<readonly Draft[], EditError> {
  const { client, member, minutes, sets = [], appends = [] } = edit;
  const wanted: readonly (readonly [FieldKey, Json])[] = [
    ...sets.map(
      (set) => [set.code === undefined ? registerKey(set.name) : elementKey(set.name, set.code), set.value] as const,
    ),
    ...appends.map((append) => [logKey(append.name), append.value] as const),
  ];
  if (wanted.length === 0) return err('empty');
  if (wanted.length > MAX_ITEMS) return err('count');
  const paths = new Set<string>();
  const drafts: Draft[] = [];
  let clock = nextClock(state, client);
  for (const [field, value] of wanted) {
    if (!isFieldKey(field)) return err('field-key');
    if (field.type !== 'log' && paths.has(field.path)) return err('set-twice');
    if (!isWire(value, VALUE_LIMITS)) return err('value');
    paths.add(field.path);
    drafts.push({ op: opOf(client, clock), client, clock, field, value, member, minutes });
    clock += 1;
  }
  return ok(drafts);
}

/** Returns the ranges in the order of Yjs: clients descending, clocks ascending, neighbours joined. */
function supersededBy(state: DocState, drafts: readonly Draft[], seen: ReadonlySet<string> | null): DeleteRange[] {
  const gone: Entry[] = [];
  for (const { field } of drafts) {
    if (field.type === 'log') continue;
    for (const entry of liveOf(state, field.path)) if (seen === null || seen.has(entry.op)) gone.push(entry);
  }
  gone.sort((a, b) => b.client - a.client || a.clock - b.clock);
  const ranges: DeleteRange[] = [];
  for (const { client, clock } of gone) {
    const last = ranges.at(-1);
    if (last !== undefined && last.client === client && last.clock + last.length === clock) {
      ranges[ranges.length - 1] = { client, clock: last.clock, length: last.length + 1 };
    } else ranges.push({ client, clock, length: 1 });
  }
  return ranges;
}

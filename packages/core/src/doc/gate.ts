/** What one author may do to one document, rule by rule. Pure: needs the update, the state and the kind's fields. Rules DOC-13 … DOC-19. */
import type { Json } from '../base/any.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Entry } from './entry.ts';
import { opOf } from './field-key.ts';
import type { FieldType } from './field-key.ts';
import { liveOf, nextClock } from './state.ts';
import type { DocState } from './state.ts';
import { MAX_LIVE_PER_FIELD } from './update.ts';
import type { DeleteRange, DocUpdate } from './update.ts';

/** The fields of one kind of document, as the gate sees them. Beware of inherited names: `constructor` is a well-formed field name. */
export interface FieldTable {
  /** Returns how the field keeps its values, or null when the kind has no such field. */
  typeOf(name: string): FieldType | null;
  /** Says whether the value obeys the field's schema. Not asked about null in a register or map, which clears and is always legal. */
  check(name: string, value: Json): boolean;
}

/** Who signed the envelope, and when. */
export interface Author {
  /** The client id leased to the author's device for this document. */
  readonly client: number;
  readonly member: number;
  /** The envelope's time, whole minutes since 2025-01-01T00:00Z. */
  readonly minutes: number;
}

/** Why an update of the grammar is not admitted: a closed list, safe to log. */
export type GateError =
  /** written under a client id that is not the author's */
  | 'foreign-client'
  /** does not begin at the client's next clock */
  | 'clock'
  /** stamped with another member or another time than the envelope's */
  | 'stamp'
  /** the kind has no such field */
  | 'unknown-field'
  /** a register written as a map, a log as a register … */
  | 'field-type'
  /** the value does not obey the field's schema */
  | 'value'
  /** one field set twice in one update */
  | 'set-twice'
  /** deletes something that has not arrived */
  | 'unknown-dependency'
  /** deletes a value of a field that the update does not set */
  | 'foreign-delete'
  /** deletes an entry of a log */
  | 'log-delete'
  /** the field has too many values that nobody has chosen between */
  | 'field-full'
  /** the document would grow beyond `MAX_LIVE_BYTES` */
  | 'document-full';

/** Most bytes of live values in one document: its snapshot must fit an inflated frame, or nobody could open it. */
export const MAX_LIVE_BYTES = 524_288;

/** Says whether `author` may make this update to this document; the state is not changed. Never throws. Rules DOC-13 … DOC-19. */
export function checkUpdate(
  update: DocUpdate,
  state: DocState,
  author: Author,
  fields: FieldTable,
): Result<void, GateError> {
  if (update.client !== author.client) return err('foreign-client');
  if (update.clock !== nextClock(state, update.client)) return err('clock');
  const tally: Tally = { set: new Map(), grownBytes: 0 };
  for (const item of update.items) {
    const error = checkItem(item, state, author, fields, tally);
    if (error !== null) return err(error);
  }
  for (const range of update.deletes) {
    const error = checkDelete(range, state, tally);
    if (error !== null) return err(error);
  }
  const error = checkRoom(state, tally);
  return error === null ? ok(undefined) : err(error);
}

/** What the update would leave. */
interface Tally {
  /** Path of each register or element it sets → the live values there afterwards. */
  readonly set: Map<string, number>;
  /** Negative when the document shrinks. */
  grownBytes: number;
}

function checkItem(item: Entry, state: DocState, author: Author, fields: FieldTable, tally: Tally): GateError | null {
  const { type, name, path } = item.field;
  if (item.member !== author.member || item.minutes !== author.minutes) return 'stamp';
  const known = fields.typeOf(name);
  if (known === null) return 'unknown-field';
  if (known !== type) return 'field-type';
  const isClearing = item.value === null && type !== 'log';
  if (!isClearing && !fields.check(name, item.value)) return 'value';
  tally.grownBytes += item.sizeBytes;
  if (type === 'log') return null;
  if (tally.set.has(path)) return 'set-twice';
  tally.set.set(path, liveOf(state, path).length + 1);
  return null;
}

/** Ids that are no longer live are the legal race of two writers who supersede one value. */
function checkDelete(range: DeleteRange, state: DocState, tally: Tally): GateError | null {
  if (range.clock + range.length > nextClock(state, range.client)) return 'unknown-dependency';
  for (let i = 0; i < range.length; i += 1) {
    const entry = state.live.get(opOf(range.client, range.clock + i));
    if (entry === undefined) continue;
    if (entry.field.type === 'log') return 'log-delete';
    const values = tally.set.get(entry.field.path);
    if (values === undefined) return 'foreign-delete';
    tally.set.set(entry.field.path, values - 1);
    tally.grownBytes -= entry.sizeBytes;
  }
  return null;
}

function checkRoom(state: DocState, tally: Tally): GateError | null {
  for (const values of tally.set.values()) if (values > MAX_LIVE_PER_FIELD) return 'field-full';
  return tally.grownBytes > 0 && state.liveBytes + tally.grownBytes > MAX_LIVE_BYTES ? 'document-full' : null;
}

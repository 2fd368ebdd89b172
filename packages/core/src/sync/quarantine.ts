/** Work that the Hub did not accept, kept for the person who wrote it until he decides. Rules QUA-1 … QUA-5. */
import * as z from 'zod/mini';
import { type Json, type Wire, decodeAny, encodeAny } from '../base/any.ts';
import type { DocUpdate } from '../doc/update.ts';
import { parseUpdate } from '../doc/update.ts';
import { type DocumentId, parseDocumentId } from '../model/ids.ts';
import { HOLDS, type HoldCode, REFUSALS, type RefusalCode } from '../wire/refusal.ts';
import { parseEnvelope } from './envelope.ts';
import type { OutboxRow } from './outbox.ts';

/** One envelope kept aside, as it is stored. */
export interface QuarantineRecord {
  /** The outbox row's id. */
  readonly id: string;
  readonly n: number;
  readonly document: DocumentId;
  readonly verdict: 'held' | 'refused';
  readonly code: RefusalCode | HoldCode;
  /** When it was written, by the tablet's clock. */
  readonly writtenAtMs: number;
  /** When it was judged, by the Hub's clock. */
  readonly atMs: number;
  /** The signed bytes; empty once settled: then only the trace stays. */
  readonly bytes: Uint8Array;
  /** Paths of the fields that were written again. */
  readonly settled: readonly string[];
  readonly status: 'open' | 'reapplied' | 'dismissed';
  /** When the person decided, by the tablet's clock; 0 while open. */
  readonly decidedAtMs: number;
  /** What became of it where it was held; null while it waits, or nobody has told. */
  readonly decision: Decision | null;
}

/** What somebody decided about a held envelope. `atMs` by the Hub's clock. */
export interface Decision {
  readonly outcome: 'accepted' | 'declined' | 'partly';
  readonly member: number;
  readonly atMs: number;
}

/** One field of a quarantined envelope, readable. */
export interface QuarantinedField {
  /** `name`, `name:code` or `name#`; with the position for logs, which may have several: `name#0`. */
  readonly key: string;
  readonly field: string;
  readonly code: string | null;
  readonly type: 'register' | 'map' | 'log';
  readonly value: Json;
  readonly isSettled: boolean;
}

/** One quarantined envelope, field by field. */
export interface QuarantineItem extends Omit<QuarantineRecord, 'bytes' | 'settled' | 'n'> {
  readonly kind: string;
  readonly fields: readonly QuarantinedField[];
}

/** Why and when a row was not accepted. */
export interface Judgement {
  readonly verdict: 'held' | 'refused';
  readonly code: RefusalCode | HoldCode;
  readonly atMs: number;
}

/** Returns the record of a row that was not accepted. */
export function quarantineRecordOf(row: OutboxRow, judgement: Judgement): QuarantineRecord {
  return {
    ...judgement,
    id: row.id,
    n: row.n,
    document: row.document,
    writtenAtMs: row.signed.envelope.atMs,
    bytes: row.signed.bytes,
    settled: [],
    status: 'open',
    decidedAtMs: 0,
    decision: null,
  };
}

/** Returns the record, readable: its fields come from the signed bytes themselves. A settled record has none left. */
export function quarantineItemOf(record: QuarantineRecord): QuarantineItem {
  const { n: _n, bytes, settled, ...rest } = record;
  const kind = parseDocumentId(record.document)?.kind ?? '';
  const update = updateIn(bytes);
  return { ...rest, kind, fields: update ? fieldsOf(update, new Set(settled)) : [] };
}

/** Returns the record after the person wrote `keys` again: settled for good when none is left. */
export function settledRecord(record: QuarantineRecord, keys: readonly string[], nowMs: number): QuarantineRecord {
  const settled = [...new Set([...record.settled, ...keys])];
  const isOpen = quarantineItemOf({ ...record, settled }).fields.some((field) => !field.isSettled);
  if (isOpen) return { ...record, settled };
  return { ...record, settled, status: 'reapplied', decidedAtMs: nowMs, bytes: NOTHING };
}

/** Returns the trace of a record that the person put away. */
export function dismissedRecord(record: QuarantineRecord, nowMs: number): QuarantineRecord {
  return { ...record, status: 'dismissed', decidedAtMs: nowMs, bytes: NOTHING };
}

/** Returns the bytes of a record. */
export function encodeQuarantine(record: QuarantineRecord): Uint8Array {
  return encodeAny([VERSION, record as unknown as Wire]);
}

/** Returns the record in `bytes`, or null when there is none. */
export function decodeQuarantine(bytes: Uint8Array): QuarantineRecord | null {
  const decoded = decodeAny(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value[0] !== VERSION) return null;
  const parsed = recordShape.safeParse(decoded.value[1]);
  if (!parsed.success) return null;
  const { document, decision, ...rest } = parsed.data;
  return { ...rest, document: document as DocumentId, decision: decision ?? null };
}

/** 1 — first. */
const VERSION = 1;
const NOTHING = new Uint8Array(0);
const count = z.int().check(z.nonnegative());
const recordShape = z.object({
  id: z.string(),
  n: count,
  document: z.string(),
  verdict: z.enum(['held', 'refused']),
  code: z.enum([...REFUSALS, ...HOLDS]),
  writtenAtMs: count,
  atMs: count,
  bytes: z.instanceof(Uint8Array),
  settled: z.array(z.string()),
  status: z.enum(['open', 'reapplied', 'dismissed']),
  decidedAtMs: count,
  // not in the records of the first release
  decision: z.optional(
    z.nullable(z.object({ outcome: z.enum(['accepted', 'declined', 'partly']), member: count, atMs: count })),
  ),
});

function updateIn(bytes: Uint8Array): DocUpdate | null {
  const signed = parseEnvelope(bytes);
  const update = signed.ok ? parseUpdate(signed.value.envelope.update) : null;
  return update?.ok ? update.value : null;
}

function fieldsOf(update: DocUpdate, settled: ReadonlySet<string>): readonly QuarantinedField[] {
  return update.items.map(({ field, value }, i) => {
    const key = field.type === 'log' ? `${field.path}${i}` : field.path;
    return { key, field: field.name, code: field.code, type: field.type, value, isSettled: settled.has(key) };
  });
}

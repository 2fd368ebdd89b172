/** From the bytes of a snapshot to everything it holds. Rules DOC-11, DOC-12. */
import { ByteReader } from '../base/reader.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { readEntry } from './entry.ts';
import type { Entry, GrammarError } from './entry.ts';
import { opOf } from './field-key.ts';
import { readSections } from './sections.ts';
import { storedEntryAt } from './stored-entry.ts';

/** What a document is made of. */
export interface Snapshot {
  /** Client → its next clock. */
  readonly clocks: Map<number, number>;
  /** Path of a field → its live values; never empty. */
  readonly fields: Map<string, readonly Entry[]>;
  /** What the live values take in a snapshot. */
  liveBytes: number;
}

/** Returns what the bytes hold. Never throws; bounded by the bytes given. */
export function readSnapshot(bytes: Uint8Array): Result<Snapshot, GrammarError> {
  const reader = new ByteReader<GrammarError>(bytes);
  const clocks = new Map<number, number>();
  const fields = new Map<string, Entry[]>();
  let liveBytes = 0;
  readSections(reader, {
    client: (client, end) => void clocks.set(client, end),
    item(at, client, clock, prefix) {
      const entry = readItem(at, client, clock, prefix);
      if (entry === null) return;
      add(fields, entry);
      liveBytes += entry.sizeBytes;
    },
  });
  return reader.error === null ? ok({ clocks, fields, liveBytes }) : err(reader.error);
}

/** Nobody has seen these yet: grows the arrays in place, or a log of a thousand entries took a million copies. */
function add(fields: Map<string, Entry[]>, entry: Entry): void {
  const siblings = fields.get(entry.field.path);
  if (siblings === undefined) fields.set(entry.field.path, [entry]);
  else siblings.push(entry);
}

/** What the quick look does not vouch for is read in full, which also says what is wrong with it. */
function readItem(reader: ByteReader<GrammarError>, client: number, clock: number, prefix: string): Entry | null {
  const stored = reader.error === null ? storedEntryAt(reader.bytes, reader.at - 1, client, clock, prefix) : null;
  if (stored === null) return readEntry(reader, client, clock, opOf(client, clock));
  reader.at = stored.end;
  return stored;
}

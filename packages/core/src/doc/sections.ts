/** The frame of a snapshot: which clients, in which order, and their items and gaps. What an item holds is the sink's to read. Rule DOC-12. */
import type { ByteReader } from '../base/reader.ts';
import { MAX_CLIENT, MAX_CLOCK, STRUCT_GC, STRUCT_ITEM } from './entry.ts';
import type { GrammarError } from './entry.ts';
import { opPrefixOf } from './field-key.ts';

/** Takes what a snapshot holds, as it comes. */
export interface SectionSink {
  /** The item whose struct byte was just read: leaves the reader behind it, or fails it. `prefix` = the beginning of the client's ops. */
  item(reader: ByteReader<GrammarError>, client: number, clock: number, prefix: string): void;
  /** A client's items are read; `end` = its next clock. */
  client(client: number, end: number): void;
}

/** Reads a whole snapshot; the reader's `error` says whether it is one. */
export function readSections(reader: ByteReader<GrammarError>, sink: SectionSink): void {
  const sections = reader.uint();
  let lastClient = MAX_CLIENT + 1;
  for (let i = 0; i < sections && reader.error === null; i += 1) {
    const count = reader.uint();
    const client = reader.uint();
    if (client >= lastClient || reader.uint() !== 0 || count === 0) reader.fail('sections');
    lastClient = client;
    sink.client(client, readSection(reader, sink, client, count));
  }
  if (reader.uint() !== 0) reader.fail('deletes');
  reader.end();
}

function readSection(reader: ByteReader<GrammarError>, sink: SectionSink, client: number, count: number): number {
  const prefix = opPrefixOf(client);
  let clock = 0;
  let isAfterGap = false;
  for (let i = 0; i < count && reader.error === null; i += 1) {
    const struct = reader.byte();
    if (struct === STRUCT_GC) {
      const length = reader.uint();
      if (length === 0 || isAfterGap) reader.fail('struct');
      clock += length;
    } else {
      if (struct !== STRUCT_ITEM) reader.fail('struct');
      sink.item(reader, client, clock, prefix);
      clock += 1;
    }
    isAfterGap = struct === STRUCT_GC;
    if (clock > MAX_CLOCK) reader.fail('id');
  }
  return clock;
}

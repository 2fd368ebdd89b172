/**
 * Old bodies, many in one block. An envelope is half random (signature, hash, cursor), the rest much like its neighbours: alone it hardly
 * deflates, sixty-four together take less than half. Byte for byte what was signed comes out again; rows and their indexes stay. Rule STO-7.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodeAny, encodeAny } from '@chungtay/core/base/any';
import { must } from '@chungtay/core/base/assert';
import { DamagedRow } from '@chungtay/core/sync/ports';
import type { BodyCipher } from './body-cipher.ts';
import type { Row } from './feed-rows.ts';

/** Entries of one block; bytes after which one is full sooner; the newest entries, which stay as they are: most is read of them. */
export const CHAPTER = { entries: 64, bytes: 512 * 1024, newest: 2_048 } as const;

const OPEN_KEPT = 16;
const LEVEL = { level: 9 } as const;
const LIMITS = { maxDepth: 2, maxNodes: CHAPTER.entries + 1, maxBytes: 16 * 1024 * 1024, bytes: true };
const NOTHING = new Uint8Array(0);

/** The bodies of some entries that follow one another, sealed together. */
export interface Chapter {
  readonly from: number;
  readonly to: number;
  readonly sealed: Uint8Array;
}

type EntryRow = Readonly<
  Record<'seq' | 'at_ms' | 'type' | 'document' | 'member' | 'device' | 'n' | 'hash', SQLInputValue>
>;

/** Makes one block at a time. */
export interface ChapterWriter {
  /** Returns the next block, or null when there are not enough old entries. Throws an Outage when one of them is damaged. */
  next(): Chapter | null;
  /** Writes it and takes its bodies out of their rows. It neither begins nor commits a transaction. */
  write(chapter: Chapter): void;
}

/** Returns what reads old bodies and writes blocks through `db`, the connection of the one writer. */
export function createChapterWriter(db: DatabaseSync, cipher: BodyCipher): ChapterWriter {
  const head = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM entries');
  const last = db.prepare('SELECT coalesce(max(last_seq), 0) AS seq FROM chapters');
  const bodiesAfter = db.prepare('SELECT seq, body FROM entries WHERE seq > ? ORDER BY seq LIMIT ?');
  const insert = db.prepare('INSERT INTO chapters VALUES (?, ?, ?)');
  const taken = db.prepare('SELECT * FROM entries WHERE seq BETWEEN ? AND ? ORDER BY seq');
  const remove = db.prepare('DELETE FROM entries WHERE seq BETWEEN ? AND ?');
  const put = db.prepare(
    'INSERT INTO entries (seq, at_ms, type, document, member, device, n, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    next() {
      const after = Number(last.get()?.['seq']);
      if (Number(head.get()?.['seq']) - after < CHAPTER.newest + CHAPTER.entries) return null;
      const bodies: Uint8Array[] = [];
      let sizeBytes = 0;
      for (const { seq, body } of bodiesAfter.all(after, CHAPTER.entries)) {
        if (sizeBytes >= CHAPTER.bytes) break;
        const plain = cipher.open(`entry/${Number(seq)}`, body as Uint8Array);
        sizeBytes += plain.length;
        bodies.push(plain);
      }
      const [from, to] = [after + 1, after + bodies.length];
      return { from, to, sealed: cipher.seal(labelOfChapter(from, to), deflateRawSync(encodeAny(bodies), LEVEL)) };
    },
    write({ from, to, sealed }) {
      insert.run(from, to, sealed);
      // a row made shorter in its place leaves its page half empty for ever
      const rows = taken.all(from, to) as unknown as readonly EntryRow[];
      remove.run(from, to);
      for (const { seq, at_ms, type, document, member, device, n, hash } of rows)
        put.run(seq, at_ms, type, document, member, device, n, hash, NOTHING);
    },
  };
}

/** Returns a function that gives back the body of a row of `entries`, wherever it lies. Throws an Outage when it is damaged or gone. */
export function createBodyReader(db: DatabaseSync, cipher: BodyCipher): (row: Row) => Uint8Array {
  const find = db.prepare('SELECT * FROM chapters WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1');
  const open = new Map<number, readonly Uint8Array[]>();
  const chapterOf = (row: Row): readonly Uint8Array[] => {
    const from = row['first_seq'] as number;
    const known = open.get(from);
    if (known) return known;
    const bodies = bodiesIn(cipher.open(labelOfChapter(from, row['last_seq'] as number), row['bodies'] as Uint8Array));
    if (open.size >= OPEN_KEPT) open.clear();
    open.set(from, bodies);
    return bodies;
  };
  return (row) => {
    const [seq, body] = [row['seq'] as number, row['body'] as Uint8Array];
    if (body.length > 0) return cipher.open(`entry/${seq}`, body);
    const chapter = find.get(seq);
    const found = chapter && chapterOf(chapter)[seq - (chapter['first_seq'] as number)];
    if (!found) throw new DamagedRow();
    return found;
  };
}

function bodiesIn(block: Uint8Array): readonly Uint8Array[] {
  const inflated = inflateRawSync(block, { maxOutputLength: LIMITS.maxBytes });
  // what is cut from a Buffer is a Buffer: rows that were never in a block hold plain bytes
  const decoded = decodeAny(new Uint8Array(inflated.buffer, inflated.byteOffset, inflated.length), LIMITS);
  return must(decoded.ok ? (decoded.value as readonly unknown[] as readonly Uint8Array[]) : null, 'a block we sealed');
}

/** Returns the label under which the block of these entries is sealed. */
export function labelOfChapter(from: number, to: number): string {
  return `chapter/${from}/${to}`;
}

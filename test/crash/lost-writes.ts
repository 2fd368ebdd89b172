import { existsSync, lstatSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How much of the files' content went back to what it was. */
export interface LostPages {
  readonly files: number;
  /** Pages of 4 KiB that are as before, or gone with the end of their file. */
  readonly pages: number;
}

const PAGE_BYTES = 4_096;
const RECORD_BYTES = 24;
/** So often nothing unsynced survives at all: the cut that most programs are written for. */
const ALL_LOST = 0.5;

/**
 * How a file that grew looks after the cut: it ends where it was synced or where it was written, and nothing in it is missing; or it
 * ends anywhere and pages in between may be empty.
 */
export type Growth = 'whole' | 'torn';

/** Takes writes back that were not synced, and draws which. */
export function undoWrites(folder: string, journal: string, growth: Growth, random: () => number): LostPages {
  let [files, pages] = [0, 0];
  for (const path of filesUnder(folder)) {
    const kept = join(journal, `w-${lstatSync(path).ino}`);
    if (!existsSync(kept)) continue;
    const now = readFileSync(path);
    const synced = syncedOf(now, readFileSync(kept));
    const after = random() < ALL_LOST ? synced : mixOf(synced, now, growth, random);
    const lost = differingPages(after, now);
    if (lost === 0) continue;
    writeFileSync(path, after);
    files += 1;
    pages += lost;
  }
  return { files, pages };
}

/** Returns a file as it was at its last sync: its writes undone, the newest first. */
function syncedOf(now: Buffer, journal: Buffer): Buffer {
  const records: { readonly offset: number; readonly size: number; readonly bytes: Buffer }[] = [];
  for (let at = 0; at + RECORD_BYTES <= journal.length;) {
    const [offset, size, length] = [0, 8, 16].map((field) => Number(journal.readBigUInt64LE(at + field))) as [
      number,
      number,
      number,
    ];
    const bytes = journal.subarray(at + RECORD_BYTES, at + RECORD_BYTES + length);
    // the process died while it kept this one: the write itself never came
    if (bytes.length < length) break;
    records.push({ offset, size, bytes });
    at += RECORD_BYTES + length;
  }
  let file: Buffer = Buffer.from(now);
  for (const { offset, size, bytes } of records.toReversed()) {
    const before = Buffer.alloc(size);
    file.copy(before, 0, 0, Math.min(size, file.length));
    bytes.copy(before, offset);
    file = before;
  }
  return file;
}

/** Returns a file of which some unsynced pages reached the disk; where it grew, the end lies anywhere up to where it was. */
function mixOf(synced: Buffer, now: Buffer, growth: Growth, random: () => number): Buffer {
  const [least, most] = [Math.min(synced.length, now.length), Math.max(synced.length, now.length)];
  const isGrown = random() < 0.5;
  const end = growth === 'whole' ? now.length : least + Math.floor(random() * (most - least + 1));
  const size = isGrown ? end : synced.length;
  const mixed = Buffer.alloc(size);
  for (let at = 0; at < size; at += PAGE_BYTES) {
    const isAsBefore = random() < 0.5;
    const pageEnd = Math.min(at + PAGE_BYTES, size);
    const hasGrown = pageEnd > synced.length;
    const from = (hasGrown ? isAsBefore && growth === 'torn' : isAsBefore || at >= now.length) ? synced : now;
    // where nothing was before, nothing is
    if (at < from.length) from.copy(mixed, at, at, pageEnd);
  }
  return mixed;
}

function differingPages(after: Buffer, now: Buffer): number {
  let count = 0;
  for (let at = 0; at < Math.max(after.length, now.length); at += PAGE_BYTES)
    if (!after.subarray(at, at + PAGE_BYTES).equals(now.subarray(at, at + PAGE_BYTES))) count += 1;
  return count;
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

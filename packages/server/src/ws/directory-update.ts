/**
 * The strict reader of directory updates: what Yjs makes for plain JSON values under known roots, and nothing else. No nested types, no
 * text, no subdocuments, no gaps, bounded in every direction. Rule ROOM-3.
 */
import { readAny } from '@chungtay/core/base/any';
import { ByteReader } from '@chungtay/core/base/reader';
import { DIRECTORY_ROOTS } from '@chungtay/core/model/directory';

/** One run of operations of a client. */
export interface UpdateSection {
  readonly client: number;
  readonly clock: number;
  readonly endClock: number;
}

/** One run of deleted operations. */
export interface DeletedRun {
  readonly client: number;
  readonly clock: number;
  readonly endClock: number;
}

/** What an update claims to hold. */
export interface DirectoryUpdate {
  readonly sections: readonly UpdateSection[];
  readonly deleted: readonly DeletedRun[];
  /** Operations it builds on: [client, clock]. */
  readonly origins: readonly (readonly [number, number])[];
}

const VALUE_LIMITS = { maxDepth: 6, maxNodes: 2_000, maxBytes: 64 * 1024, bytes: false };
const MAX_SECTIONS = 256;
const MAX_STRUCTS = 20_000;
const MAX_RUN = 20_000;
/** Operations that one update may call gone: its runs may say the same thing again and again. */
const MAX_GONE = 40_000;
const MAX_CLIENT = 0xffff_ffff;
const MAX_KEY = 128;

const GC = 0;
const DELETED = 1;
const ANY = 8;
const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_KEY = 0x20;

const roots: ReadonlySet<string> = new Set(DIRECTORY_ROOTS);

/** Returns what a V1 update holds, or null when it is anything but a directory update. Never throws. */
export function readDirectoryUpdate(update: Uint8Array): DirectoryUpdate | null {
  const reader = new ByteReader(update);
  const origins: (readonly [number, number])[] = [];
  const sections = readSections(reader, origins);
  const deleted = readDeleted(reader);
  reader.end();
  return reader.error === null ? { sections, deleted, origins } : null;
}

function readSections(reader: ByteReader, origins: (readonly [number, number])[]): readonly UpdateSection[] {
  const count = bounded(reader, MAX_SECTIONS);
  const sections: UpdateSection[] = [];
  let structsLeft = MAX_STRUCTS;
  for (let i = 0; i < count && reader.error === null; i += 1) {
    const structs = bounded(reader, structsLeft);
    structsLeft -= structs;
    const client = bounded(reader, MAX_CLIENT);
    const clock = reader.uint();
    let endClock = clock;
    for (let j = 0; j < structs && reader.error === null; j += 1) endClock += readStruct(reader, origins);
    // Yjs applies only the last of two sections for one client: what was checked would not be what is applied
    if (sections.some((section) => section.client === client)) reader.fail('key');
    sections.push({ client, clock, endClock });
  }
  return sections;
}

/** Returns how many operations the struct stands for. */
function readStruct(reader: ByteReader, origins: (readonly [number, number])[]): number {
  const head = reader.byte();
  if (head === GC) return bounded(reader, MAX_RUN, 1);
  const content = head & 0x1f;
  if ((content !== DELETED && content !== ANY) || (head & HAS_RIGHT_ORIGIN) !== 0) reader.fail('tag');
  if ((head & HAS_ORIGIN) === 0) readPlace(reader, head);
  else origins.push([bounded(reader, MAX_CLIENT), reader.uint()]);
  if (content === DELETED) return bounded(reader, MAX_RUN, 1);
  bounded(reader, 1, 1);
  const startAt = reader.at;
  readAny(reader, VALUE_LIMITS);
  if (reader.at - startAt > VALUE_LIMITS.maxBytes) reader.fail('size');
  return 1;
}

/** The root and the key, which Yjs writes only where nothing stood before. */
function readPlace(reader: ByteReader, head: number): void {
  const isRoot = reader.uint() === 1;
  const root = reader.string();
  if (!isRoot || !roots.has(root) || (head & HAS_KEY) === 0) reader.fail('key');
  const key = reader.string();
  if (key.length === 0 || key.length > MAX_KEY || key === '__proto__') reader.fail('key');
}

function readDeleted(reader: ByteReader): readonly DeletedRun[] {
  const runs: DeletedRun[] = [];
  const clients = bounded(reader, MAX_SECTIONS * 4);
  let goneLeft = MAX_GONE;
  for (let i = 0; i < clients && reader.error === null; i += 1) {
    const client = bounded(reader, MAX_CLIENT);
    const count = bounded(reader, MAX_STRUCTS);
    for (let j = 0; j < count && reader.error === null; j += 1) {
      const clock = reader.uint();
      const length = bounded(reader, Math.min(MAX_RUN, goneLeft), 1);
      goneLeft -= length;
      runs.push({ client, clock, endClock: clock + length });
    }
  }
  return runs;
}

function bounded(reader: ByteReader, most: number, least = 0): number {
  const value = reader.uint();
  if (value > most || value < least) reader.fail('size');
  return reader.error === null ? value : 0;
}

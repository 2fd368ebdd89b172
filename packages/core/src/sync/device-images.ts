/** What the device keeps of each document that the Hub confirmed, and the bytes of it: the records of `log` and `packs`. */
import * as z from 'zod/mini';
import { type Wire, decodeAny, encodeAny } from '../base/any.ts';
import { unreachable } from '../base/assert.ts';
import type { DeflatePort } from '../base/world.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { type PackedItem, decodePack } from '../wire/pack.ts';

/** A whole document as confirmed by the Hub; what this person wrote and the Hub has not answered is in the outbox alone. */
export interface DocumentImage {
  readonly is: 'document';
  readonly document: DocumentId;
  readonly owner: MemberNumber;
  /** The Hub's time of the newest change. */
  readonly atMs: number;
  /** The document's FirstReceipt. */
  readonly firstAtMs: number;
  readonly firstSkewMs: number;
  /** The human number the Hub gave, or null. */
  readonly number: string | null;
  /** Compacted snapshot. */
  readonly state: Uint8Array;
  /** The download in which it last arrived; older than the replica's after a re-fetch means: not sent again, so no longer ours. */
  readonly round: number;
  /** Closed to this person: gone once nothing of it waits in the outbox. */
  readonly isClosing: boolean;
  /** Agencies that hold it, and since when by the Hub's clock. */
  readonly receipts: readonly (readonly [agency: string, atMs: number])[];
}

/** A derived read-only view; the source never leaves the Hub. */
export interface ExtractImage {
  readonly is: 'extract';
  readonly document: DocumentId;
  readonly extract: string;
  readonly atMs: number;
  readonly json: string;
  readonly signature: Uint8Array;
  readonly round: number;
}

/** What a filer keeps of what he handed in and may not read back: that, when, and under which number. */
export interface FiledImage {
  readonly is: 'filed';
  readonly document: DocumentId;
  readonly number: string | null;
  readonly writtenAtMs: number;
  /** The Hub's time; null when a Hub that was put back does not have it any more, nor took it again. */
  readonly receivedAtMs: number | null;
}

/** One thing the device keeps. */
export type Image = DocumentImage | ExtractImage | FiledImage;

/** Names one image among all: `d/…`, `x/…`, `f/…`. */
export type ImageKey = string;

/** One line of a log record: an image as of then, or that it is gone. */
export type ImageChange = readonly [ImageKey, Image | null];

/** Returns the key of an image. */
export function imageKeyOf(image: Image): ImageKey {
  switch (image.is) {
    case 'document':
      return documentKey(image.document);
    case 'extract':
      return extractKey(image.document, image.extract);
    case 'filed':
      return filedKey(image.document);
    default:
      return unreachable(image);
  }
}

/** Returns the key of a document's image. */
export function documentKey(document: DocumentId): ImageKey {
  return `d/${document}`;
}

/** Returns the key of an extract's image. */
export function extractKey(document: DocumentId, extract: string): ImageKey {
  return `x/${extract}/${document}`;
}

/** Returns the key of a filed receipt. */
function filedKey(document: DocumentId): ImageKey {
  return `f/${document}`;
}

/** A pack of the Hub as it came: its documents as of then. */
export interface PackBlock {
  readonly bytes: Uint8Array;
  /** The download it came in. */
  readonly round: number;
}

/** Returns the bytes of a log record or pack: what `blocks` hold, and over it `changes`. */
export function encodeImages(changes: readonly ImageChange[], blocks: readonly PackBlock[] = []): Uint8Array {
  const lines = changes.map(([key, image]) => (image ? partsOf(image) : key));
  if (blocks.length === 0) return encodeAny([VERSION, lines]);
  return encodeAny([VERSION_WITH_BLOCKS, [...blocks.map(({ bytes, round }) => ['p', bytes, round]), ...lines]]);
}

/** Returns what a log record or pack holds, in the order in which it is to be applied, or null when it is not one: the caller counts it as damaged. */
export async function decodeImages(bytes: Uint8Array, deflate: DeflatePort): Promise<readonly ImageChange[] | null> {
  const decoded = decodeAny(bytes, LIMITS);
  if (!decoded.ok || !Array.isArray(decoded.value)) return null;
  const [version, lines] = decoded.value as readonly Wire[];
  if ((version !== VERSION && version !== VERSION_WITH_BLOCKS) || !Array.isArray(lines)) return null;
  const changes: ImageChange[] = [];
  for (const line of lines as readonly Wire[]) {
    const lineChanges = isBlock(line) ? await blockChanges(line, deflate) : changeOf(line);
    if (!lineChanges) return null;
    changes.push(...lineChanges);
  }
  return changes;
}

/** 1 — first. */
const VERSION = 1;
/** 2 — lines that are packs as they came. */
const VERSION_WITH_BLOCKS = 2;
// our own records, authenticated by the store: bounded by what was written, not by what a stranger may send; kept as a whole in any case
const LIMITS = { maxDepth: 6, maxNodes: 10_000_000, maxBytes: 0x7fff_ffff, bytes: true, areViews: true };

function isBlock(line: Wire): line is readonly Wire[] {
  return Array.isArray(line) && line[0] === 'p';
}

async function blockChanges(line: readonly Wire[], deflate: DeflatePort): Promise<readonly ImageChange[] | null> {
  const parsed = blockLine.safeParse(line);
  if (!parsed.success) return null;
  const [, block, round] = parsed.data;
  const items = await decodePack(block, deflate);
  return items.ok ? items.value.map((item) => packedChange(item, round)) : null;
}

function packedChange(item: PackedItem, round: number): ImageChange {
  const document = item[1] as DocumentId;
  if (item[0] === 'x') {
    const [, , extract, atMs, json, signature] = item;
    return [extractKey(document, extract), { is: 'extract', document, extract, atMs, json, signature, round }];
  }
  const [, , owner, atMs, state, number, firstAtMs, firstSkewMs] = item;
  const beside = { firstAtMs, firstSkewMs, round, isClosing: false, receipts: [] };
  return [
    documentKey(document),
    { is: 'document', document, owner: owner as MemberNumber, atMs, number, state, ...beside },
  ];
}

function changeOf(line: Wire): readonly ImageChange[] | null {
  if (typeof line === 'string') return [[line, null]];
  const image = Array.isArray(line) ? imageOf(line) : null;
  return image && [[imageKeyOf(image), image]];
}

function partsOf(image: Image): Wire {
  switch (image.is) {
    case 'document': {
      const { document, owner, atMs, number, state, round, isClosing, receipts, firstAtMs, firstSkewMs } = image;
      return ['d', document, owner, atMs, number, state, round, isClosing, receipts, firstAtMs, firstSkewMs];
    }
    case 'extract':
      return ['x', image.document, image.extract, image.atMs, image.json, image.signature, image.round];
    case 'filed':
      return ['f', image.document, image.number, image.writtenAtMs, image.receivedAtMs];
    default:
      return unreachable(image);
  }
}

function imageOf(line: readonly Wire[]): Image | null {
  switch (line[0]) {
    case 'd':
      return documentOf(line);
    case 'x':
      return extractOf(line);
    case 'f':
      return filedOf(line);
    default:
      return null;
  }
}

function documentOf(line: readonly Wire[]): DocumentImage | null {
  const parsed = documentLine.safeParse(line);
  if (!parsed.success) return null;
  const [, document, owner, atMs, number, state, round, isClosing, receipts, firstAtMs, firstSkewMs] = parsed.data;
  return {
    is: 'document',
    document: document as DocumentId,
    owner: owner as MemberNumber,
    atMs,
    firstAtMs,
    firstSkewMs,
    number,
    state,
    round,
    isClosing,
    receipts,
  };
}

function extractOf(line: readonly Wire[]): ExtractImage | null {
  const parsed = extractLine.safeParse(line);
  if (!parsed.success) return null;
  const [, document, extract, atMs, json, signature, round] = parsed.data;
  return { is: 'extract', document: document as DocumentId, extract, atMs, json, signature, round };
}

function filedOf(line: readonly Wire[]): FiledImage | null {
  const parsed = filedLine.safeParse(line);
  if (!parsed.success) return null;
  const [, document, number, writtenAtMs, receivedAtMs] = parsed.data;
  return { is: 'filed', document: document as DocumentId, number, writtenAtMs, receivedAtMs };
}

const text = z.string();
const count = z.int().check(z.nonnegative());
const bytes = z.instanceof(Uint8Array);
const receipt = z.tuple([text, count]);
const number = z.nullable(text);
const documentLine = z.tuple([
  z.literal('d'),
  text,
  count,
  count,
  number,
  bytes,
  count,
  z.boolean(),
  z.array(receipt),
  count,
  z.int(),
]);
const extractLine = z.tuple([z.literal('x'), text, text, count, text, bytes, count]);
const blockLine = z.tuple([z.literal('p'), bytes, count]);
const filedLine = z.tuple([z.literal('f'), text, number, count, z.nullable(count)]);

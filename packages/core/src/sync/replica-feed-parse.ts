/** From the Hub's feed items to steps that are checked to the last byte: nothing is applied before all of it was read. Rules REP-8, REP-9. */
import type { Json } from '../base/any.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { PublicKey, World } from '../base/world.ts';
import { type DocState, glanceState } from '../doc/state.ts';
import { type DocUpdate, parseUpdate } from '../doc/update.ts';
import type { FirstReceipt } from '../model/first-receipt.ts';
import { type DocumentId, type MemberNumber, parseDocumentId } from '../model/ids.ts';
import type { FeedItem } from '../wire/frames.ts';
import { verifyExtract, verifyPack } from '../wire/hub-signature.ts';
import { PACK_LIMITS, readPack } from '../wire/pack.ts';

/** One thing the Hub told, taken apart. */
export type FeedStep =
  | {
      readonly is: 'update';
      readonly document: DocumentId;
      readonly member: MemberNumber;
      readonly atMs: number;
      readonly update: DocUpdate;
      readonly number: string | null;
    }
  | {
      readonly is: 'state';
      readonly document: DocumentId;
      readonly owner: MemberNumber;
      readonly atMs: number;
      readonly state: DocState;
      /** What `state` was read from. */
      readonly bytes: Uint8Array;
      readonly number: string | null;
      readonly firstReceipt: FirstReceipt;
      readonly isPacked: boolean;
    }
  | {
      readonly is: 'extract';
      readonly document: DocumentId;
      readonly extract: string;
      readonly atMs: number;
      readonly json: string;
      readonly signature: Uint8Array;
      readonly isPacked: boolean;
    }
  | { readonly is: 'closed'; readonly document: DocumentId };

/** A feed frame, taken apart. */
export interface ParsedFeed {
  readonly steps: readonly FeedStep[];
  /** Its packs as they came: what still stands of them is kept in this form. */
  readonly packs: readonly Uint8Array[];
}

/** Most that the packs of one frame may hold: a frame of honest ones inflates to a third of it, a thousand bombs to a gigabyte. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

/** Returns the steps of a feed frame in order; refuses the whole when one item is damaged, outside the grammar or not signed by `hub`. Never throws. */
export async function parseFeed(
  items: readonly FeedItem[],
  hub: PublicKey,
  world: Pick<World, 'crypto' | 'deflate'>,
): Promise<Result<ParsedFeed, 'malformed'>> {
  const steps: FeedStep[] = [];
  const packs: Uint8Array[] = [];
  const room = { leftBytes: MAX_UNPACKED_BYTES };
  for (const item of items) {
    const parsed = item[0] === 'p' ? await parsePack(item, hub, world, room) : await parseItem(item, hub, world);
    if (!parsed) return err('malformed');
    if (item[0] === 'p') packs.push(item[1]);
    steps.push(...parsed);
  }
  return ok({ steps, packs });
}

/** Returns the values of an extract's JSON text, or null when it is none. */
export function parseExtract(json: string): Readonly<Record<string, Json>> | null {
  try {
    const values: unknown = JSON.parse(json);
    const isRecord = typeof values === 'object' && values !== null && !Array.isArray(values);
    return isRecord ? (values as Readonly<Record<string, Json>>) : null;
  } catch {
    return null;
  }
}

async function parsePack(
  [, bytes, signature]: Extract<FeedItem, readonly ['p', ...unknown[]]>,
  hub: PublicKey,
  world: Pick<World, 'crypto' | 'deflate'>,
  room: { leftBytes: number },
): Promise<readonly FeedStep[] | null> {
  if (!(await verifyPack(bytes, signature, hub, world.crypto))) return null;
  const body = await world.deflate.inflate(bytes, Math.min(PACK_LIMITS.maxInflatedBytes, room.leftBytes));
  room.leftBytes -= body?.length ?? 0;
  const packed = readPack(body);
  if (!packed.ok) return null;
  const steps: FeedStep[] = [];
  for (const item of packed.value) {
    // the pack's signature covers them: no second one per document
    const step = item[0] === 's' ? stateStep(item, true) : extractStep(item, true);
    if (!step) return null;
    steps.push(step);
  }
  return steps;
}

async function parseItem(
  item: Exclude<FeedItem, readonly ['p', ...unknown[]]>,
  hub: PublicKey,
  world: Pick<World, 'crypto'>,
): Promise<readonly FeedStep[] | null> {
  if (item[0] === 'x') {
    const [, document, extract, atMs, json, signature] = item;
    const isSigned = await verifyExtract({ document, extract, atMs, json }, signature, hub, world.crypto);
    const step = isSigned ? extractStep(item, false) : null;
    return step && [step];
  }
  const step = item[0] === 'u' ? updateStep(item) : item[0] === 's' ? stateStep(item, false) : closedStep(item);
  return step && [step];
}

function updateStep([, text, member, atMs, bytes, number]: Extract<
  FeedItem,
  readonly ['u', ...unknown[]]
>): FeedStep | null {
  const document = documentOf(text);
  const update = parseUpdate(bytes);
  if (!document || !update.ok) return null;
  return { is: 'update', document, member: member as MemberNumber, atMs, update: update.value, number };
}

function stateStep(item: Extract<FeedItem, readonly ['s', ...unknown[]]>, isPacked: boolean): FeedStep | null {
  const document = documentOf(item[1]);
  const state = glanceState(item[4]);
  if (!document || !state.ok) return null;
  return {
    is: 'state',
    document,
    owner: item[2] as MemberNumber,
    atMs: item[3],
    state: state.value,
    bytes: item[4],
    number: item[5],
    firstReceipt: { atMs: item[6], skewMs: item[7] },
    isPacked,
  };
}

function extractStep(
  [, text, extract, atMs, json, signature]: Extract<FeedItem, readonly ['x', ...unknown[]]>,
  isPacked: boolean,
): FeedStep | null {
  const document = documentOf(text);
  return document && parseExtract(json) ? { is: 'extract', document, extract, atMs, json, signature, isPacked } : null;
}

function closedStep([, text]: Extract<FeedItem, readonly ['c', ...unknown[]]>): FeedStep | null {
  const document = documentOf(text);
  return document && { is: 'closed', document };
}

function documentOf(text: string): DocumentId | null {
  return parseDocumentId(text) ? (text as DocumentId) : null;
}

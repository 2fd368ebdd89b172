/** A pack: many documents deflated as one block, made once by the Hub for everybody who may see the same. */
import * as z from 'zod/mini';
import { type Wire, decodeAny, encodeAny } from '../base/any.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { DeflatePort } from '../base/world.ts';
import { extractItem, type stateItem } from './frames.ts';

/** Bounds of a pack: it must fit a frame deflated, and be opened without surprise. */
export const PACK_LIMITS = { maxDocuments: 400, maxDeflatedBytes: 200 * 1024, maxInflatedBytes: 1024 * 1024 } as const;

/** One document of a pack: its state, or an extract of it. */
export type PackedItem = z.infer<typeof stateItem> | z.infer<typeof extractItem>;

const extracts = z.array(extractItem);
const LIMITS = {
  maxDepth: 3,
  maxNodes: 10_000,
  maxBytes: PACK_LIMITS.maxInflatedBytes,
  bytes: true,
  // thousands of small copies cost more than keeping the block
  areViews: true,
};

/** Returns the items as one deflated block; may come out larger than the bounds, which the caller then splits. */
export function encodePack(items: readonly PackedItem[], deflate: DeflatePort): Promise<Uint8Array> {
  return deflate.deflate(encodeAny(items));
}

/** Returns the items of a block; their states are views of one block of memory. Never throws; the signature is `verifyPack`'s. */
export async function decodePack(
  bytes: Uint8Array,
  deflate: DeflatePort,
): Promise<Result<readonly PackedItem[], 'malformed'>> {
  return readPack(await deflate.inflate(bytes, PACK_LIMITS.maxInflatedBytes));
}

/** Returns the items of a block that was inflated already, null being one that could not be. Never throws. */
export function readPack(body: Uint8Array | null): Result<readonly PackedItem[], 'malformed'> {
  const decoded = body && decodeAny(body, LIMITS);
  if (!decoded?.ok || !Array.isArray(decoded.value)) return err('malformed');
  const items = decoded.value as readonly Wire[];
  const others = items.filter((item) => !isStateItem(item));
  return others.length === 0 || extracts.safeParse(others).success
    ? ok(items as unknown as readonly PackedItem[])
    : err('malformed');
}

/** What `stateItem` says, in plain words: asked five thousand times while a new device waits. */
function isStateItem(item: Wire): boolean {
  if (!Array.isArray(item) || item.length !== 8) return false;
  // by index: taking a list apart makes two objects an element before the engine is warm
  const line = item as readonly Wire[];
  const number = line[5];
  const isNamed = line[0] === 's' && typeof line[1] === 'string' && (number === null || typeof number === 'string');
  const isStamped = isCount(line[3]) && isCount(line[6]) && Number.isSafeInteger(line[7]);
  return isNamed && isCount(line[2]) && isStamped && line[4] instanceof Uint8Array;
}

function isCount(value: Wire | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** A pack: many documents deflated as one block, made once by the Hub for everybody who may see the same. */
import * as z from 'zod/mini';
import { decodeAny, encodeAny } from '../base/any.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { DeflatePort } from '../base/world.ts';
import { extractItem, stateItem } from './frames.ts';

/** Bounds of a pack: it must fit a frame deflated, and be opened without surprise. */
export const PACK_LIMITS = { maxDocuments: 400, maxDeflatedBytes: 200 * 1024, maxInflatedBytes: 1024 * 1024 } as const;

/** One document of a pack: its state, or an extract of it. */
export type PackedItem = z.infer<typeof stateItem> | z.infer<typeof extractItem>;

const shape = z.array(z.union([stateItem, extractItem]));
const LIMITS = { maxDepth: 3, maxNodes: 10_000, maxBytes: PACK_LIMITS.maxInflatedBytes, bytes: true };

/** Returns the items as one deflated block; may come out larger than the bounds, which the caller then splits. */
export function encodePack(items: readonly PackedItem[], deflate: DeflatePort): Promise<Uint8Array> {
  return deflate.deflate(encodeAny(items));
}

/** Returns the items of a block. Never throws; the signature is `verifyPack`'s. */
export async function decodePack(
  bytes: Uint8Array,
  deflate: DeflatePort,
): Promise<Result<readonly PackedItem[], 'malformed'>> {
  const body = await deflate.inflate(bytes, PACK_LIMITS.maxInflatedBytes);
  const decoded = body && decodeAny(body, LIMITS);
  const items = decoded?.ok ? shape.safeParse(decoded.value) : null;
  return items?.success ? ok(items.data) : err('malformed');
}

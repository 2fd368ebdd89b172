/**
 * Heads of the audit chain, noted outside the data directory and signed by the Hub: who cuts the end of the chain off, or makes it anew,
 * is found by any line he could not take back. One JSON object a line. Rule AUD-3.
 */
import { appendFileSync, chmodSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { decodeAny, encodeAny } from '@chungtay/core/base/any';
import { concatBytes } from '@chungtay/core/base/bytes';
import type { CryptoPort, Signer } from '@chungtay/core/base/world';
import type { Sealer } from '@chungtay/core/sync/ports';
import * as z from 'zod/mini';

/** The last entry of the chain at some moment. */
export interface Head {
  readonly seq: number;
  readonly hash: Uint8Array;
}

/** What a file of heads says. */
export interface HeadsRead {
  /** Hashes by seq, of the lines that this Hub signed. */
  readonly noted: ReadonlyMap<number, Uint8Array>;
  /** Lines that it did not. */
  readonly strange: number;
}

const DOMAIN = Buffer.from('chungtay/head/1\n');
const MARK_DOMAIN = Buffer.from('chungtay/head-mark/1\n');
const FILE_MODE = 0o600;
const MARK = 'head';
/** Always as many, so that the length of a mark says nothing of how many entries there are. */
const SEQ_DIGITS = 16;
const lineShape = z.object({ seq: z.int(), hash: z.string(), atMs: z.int(), signature: z.string() });
const sealedShape = z.object({ mark: z.string(), atMs: z.int(), signature: z.string() });

/** Returns a head as a line that the Hub signed, for the file. */
async function headLine({ seq, hash }: Head, atMs: number, signer: Signer): Promise<string> {
  const signature = await signer.sign(signedBytes({ seq, hash }, atMs));
  return JSON.stringify({ seq, hash: hexOf(hash), atMs, signature: base64(signature) });
}

/**
 * Returns a head as a line for paper, to be kept by people who may not know how many entries there are: only this Hub can open what it
 * names. Added to the file it counts as any other. Rule AUD-18.
 */
export async function sealedHeadLine(head: Head, atMs: number, signer: Signer, sealer: Sealer): Promise<string> {
  const mark = sealer.seal(encodeAny([MARK, String(head.seq).padStart(SEQ_DIGITS, '0'), head.hash, String(atMs)]));
  const signature = await signer.sign(markBytes(mark, atMs));
  return JSON.stringify({ mark: base64(mark), atMs, signature: base64(signature) });
}

/** Adds a line for `head`. Throws when the file cannot be written. */
export async function noteHead(path: string, head: Head, atMs: number, signer: Signer): Promise<void> {
  const line = await headLine(head, atMs, signer);
  cutTornLine(path);
  appendFileSync(path, `${line}\n`, { mode: FILE_MODE, flush: true });
  chmodSync(path, FILE_MODE);
}

/** Returns what was noted; nothing when there is no file. */
export async function readHeads(
  path: string,
  hubKey: Uint8Array,
  crypto: CryptoPort,
  sealer: Pick<Sealer, 'open'>,
): Promise<HeadsRead> {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
  const noted = new Map<number, Uint8Array>();
  let strange = 0;
  for (const line of lines) {
    const head = (await headIn(line, hubKey, crypto)) ?? (await sealedHeadIn(line, hubKey, crypto, sealer));
    if (head) noted.set(head.seq, head.hash);
    else strange += 1;
  }
  return { noted, strange };
}

/** What a power cut left of a line was never noted, and must not spoil the next one. */
function cutTornLine(path: string): void {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.of();
  const wholeBytes = bytes.lastIndexOf('\n') + 1;
  if (wholeBytes < bytes.length) truncateSync(path, wholeBytes);
}

async function headIn(line: string, hubKey: Uint8Array, crypto: CryptoPort): Promise<Head | null> {
  const read = lineShape.safeParse(jsonOf(line));
  if (!read.success) return null;
  const { seq, atMs } = read.data;
  const head = { seq, hash: bytesOf(read.data.hash, 'hex') };
  const signature = bytesOf(read.data.signature, 'base64url');
  return (await crypto.verify(hubKey, signedBytes(head, atMs), signature)) ? head : null;
}

async function sealedHeadIn(
  line: string,
  hubKey: Uint8Array,
  crypto: CryptoPort,
  sealer: Pick<Sealer, 'open'>,
): Promise<Head | null> {
  const read = sealedShape.safeParse(jsonOf(line));
  if (!read.success) return null;
  const mark = bytesOf(read.data.mark, 'base64url');
  const isOurs = await crypto.verify(
    hubKey,
    markBytes(mark, read.data.atMs),
    bytesOf(read.data.signature, 'base64url'),
  );
  const plain = isOurs ? sealer.open(mark) : null;
  const opened = plain && decodeAny(plain);
  if (!opened?.ok || !Array.isArray(opened.value)) return null;
  const [what, seq, hash] = opened.value as readonly unknown[];
  return what === MARK && hash instanceof Uint8Array ? { seq: Number(seq), hash } : null;
}

function markBytes(mark: Uint8Array, atMs: number): Uint8Array {
  return concatBytes([MARK_DOMAIN, encodeAny([mark, atMs])]);
}

function signedBytes({ seq, hash }: Head, atMs: number): Uint8Array {
  return concatBytes([DOMAIN, encodeAny([seq, hash, atMs])]);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function bytesOf(text: string, encoding: 'hex' | 'base64url'): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding));
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

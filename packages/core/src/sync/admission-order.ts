/** Whose turn an envelope is in the chain of its device: the next one, one already judged, or none that can be. Holds ADM-2 … ADM-5. */
import { decodeAny, encodeAny } from '../base/any.ts';
import { assert, must } from '../base/assert.ts';
import { equalBytes } from '../base/bytes.ts';
import type { Result } from '../base/result.ts';
import type { CryptoPort } from '../base/world.ts';
import type { GrammarError } from '../doc/entry.ts';
import type { DocUpdate } from '../doc/update.ts';
import { verdictShape } from '../wire/frames.ts';
import type { Verdict } from '../wire/frames.ts';
import type { RefusalCode } from '../wire/refusal.ts';
import type { Envelope, SignedEnvelope } from './envelope.ts';
import type { Overlay } from './hub-overlay.ts';
import type { Restored } from './hub-restored.ts';
import { epochOf } from './leases.ts';
import type { FeedEntry, FeedStore } from './ports.ts';

/** An envelope at the door, checked as far as that needs no order: off the critical path, many at once. */
export interface Arrived {
  readonly signed: SignedEnvelope;
  readonly hash: Uint8Array;
  /** Whether the signature is that of the device it names. */
  readonly isSigned: boolean;
  readonly update: Result<DocUpdate, GrammarError>;
}

/** Where former answers and former times are looked up. */
export interface OrderPorts {
  readonly store: Pick<FeedStore, 'readJudged' | 'readStored'>;
  readonly crypto: CryptoPort;
  readonly restored: Restored;
}

/** Returns null when the envelope is its device's next one; else the verdict, which consumes no number. */
export async function verdictOutOfTurn(
  arrived: Arrived,
  overlay: Overlay,
  { store, crypto, restored }: OrderPorts,
  atMs: number,
): Promise<Verdict | null> {
  const { envelope } = arrived.signed;
  const { device, n, prev } = envelope;
  const row = must(overlay.device(device), 'the device of an envelope');
  if (!arrived.isSigned) return refusal(n, 'bad-signature', atMs);
  if (n <= row.lastN) return rememberedVerdict(arrived, overlay, store, crypto, atMs);
  if (n === row.lastN + 1 && equalBytes(prev, row.lastHash)) return null;
  // a tablet keeps nothing of what it only handed in: what stood between is forgotten on both sides (RES-2)
  const isLeap = n > row.lastN + 1 && (await mayLeaveOut(envelope, overlay, restored, atMs));
  return isLeap ? null : refusal(n, 'chain-broken', atMs);
}

async function mayLeaveOut(envelope: Envelope, overlay: Overlay, restored: Restored, atMs: number): Promise<boolean> {
  const isOld = epochOf(envelope.client) < overlay.epoch;
  if (!isOld && !(await restored.isForgotten(envelope, overlay.index, atMs))) return false;
  return restored.hasGrace(envelope, overlay);
}

/** Returns the refusal of an envelope. */
export function refusal(n: number, code: RefusalCode, atMs: number, field?: string): Verdict {
  return { n, verdict: 'refused', code, ...(field === undefined ? {} : { field }), atMs };
}

/** Returns the bytes of a verdict, for the store. */
export function encodeVerdict(verdict: Verdict): Uint8Array {
  return encodeAny(JSON.parse(JSON.stringify(verdict)) as Record<string, string | number>);
}

/** The same answer as the first time; another envelope under the same number means two devices share one key. */
async function rememberedVerdict(
  { signed, hash }: Arrived,
  overlay: Overlay,
  store: Pick<FeedStore, 'readJudged' | 'readStored'>,
  crypto: CryptoPort,
  atMs: number,
): Promise<Verdict> {
  const { device, n } = signed.envelope;
  const judged = overlay.judged(device, n) ?? (await store.readJudged(device, n));
  if (judged) return equalBytes(judged.hash, hash) ? parseVerdict(judged.verdict) : refusal(n, 'device-forked', atMs);
  const stored = overlay.stored(device, n) ?? (await store.readStored(device, n));
  if (!stored || !equalBytes(crypto.sha256(stored.body), hash)) return refusal(n, 'device-forked', atMs);
  return duplicateOf(stored, overlay);
}

function duplicateOf({ document, n, atMs, device }: FeedEntry, overlay: Overlay): Verdict {
  const head = document && overlay.head(document);
  const isFirst = head?.firstAtMs === atMs && head.ownerDevice === device;
  const skewMs = isFirst ? head.firstSkewMs : 0;
  const number = head?.number;
  return { n, verdict: 'duplicate', ...(number ? { number } : {}), ...(skewMs === 0 ? {} : { skewMs }), atMs };
}

/** Returns the verdict in bytes of our own store. */
export function parseVerdict(bytes: Uint8Array): Verdict {
  const decoded = decodeAny(bytes);
  const verdict = decoded.ok ? verdictShape.safeParse(decoded.value) : null;
  assert(verdict?.success, 'a remembered verdict is damaged');
  return verdict.data;
}

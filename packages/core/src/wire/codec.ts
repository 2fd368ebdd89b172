/** Frames to bytes and back: byte 0 says 0 plain or 1 deflate-raw, the rest is one "any" value. Holds WIR-1 … WIR-4. */
import type * as z from 'zod/mini';
import { decodeAny, writeAny } from '../base/any.ts';
import type { AnyLimits, Wire } from '../base/any.ts';
import { assert } from '../base/assert.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { DeflatePort } from '../base/world.ts';
import { ByteWriter } from '../base/writer.ts';
import {
  FRAME_LIMITS,
  ackFrame,
  askHeldFrame,
  askHistoryFrame,
  askOfficeFrame,
  askReceiptsFrame,
  challengeFrame,
  feedFrame,
  heldFrame,
  helloFrame,
  hintFrame,
  historyFrame,
  officeFrame,
  principalFrame,
  pushFrame,
  receiptsFrame,
  reportFrame,
  verdictsFrame,
  welcomeFrame,
} from './frames.ts';
import type { DownFrame, UpFrame } from './frames.ts';
import type { RefusalCode } from './refusal.ts';

/** Why bytes are not a frame; both end the session. */
export type FrameError = Extract<RefusalCode, 'malformed' | 'too-large'>;

/** What a device says first. */
export type HelloFrame = z.infer<typeof helloFrame>;

const PLAIN = 0;
const DEFLATED = 1;
const LIMITS = { maxDepth: 8, maxNodes: 100_000, maxBytes: FRAME_LIMITS.maxInflatedBytes, bytes: true };
// what a push holds is stored and sent on as a whole, by copy: one block of memory instead of hundreds
const UP_LIMITS = { ...LIMITS, areViews: true };

type Shapes = Readonly<Record<string, z.ZodMiniType>>;

// One look at the type instead of a union that tries every shape.
const UP: Shapes = {
  hello: helloFrame,
  push: pushFrame,
  ack: ackFrame,
  'ask-receipts': askReceiptsFrame,
  'ask-history': askHistoryFrame,
  'ask-held': askHeldFrame,
  report: reportFrame,
  'ask-office': askOfficeFrame,
};
const DOWN: Shapes = {
  challenge: challengeFrame,
  welcome: welcomeFrame,
  verdicts: verdictsFrame,
  feed: feedFrame,
  receipts: receiptsFrame,
  history: historyFrame,
  held: heldFrame,
  office: officeFrame,
  principal: principalFrame,
  hint: hintFrame,
};

/**
 * Returns the frame's bytes, deflated when that is worth it: above `deflateAboveBytes`, unless it carries packs, which are deflated
 * already. A frame beyond `maxFrameBytes` is a Fault: whoever fills frames counts.
 */
export async function encodeFrame(frame: UpFrame | DownFrame, deflate: DeflatePort): Promise<Uint8Array> {
  const plain = encodePlainFrame(frame);
  if (isSmall(plain) || isPacked(frame)) return bounded(plain);
  const packed = await deflate.deflate(plain.subarray(1));
  if (packed.length + 1 >= plain.length) return bounded(plain);
  const bytes = new Uint8Array(packed.length + 1);
  bytes[0] = DEFLATED;
  bytes.set(packed, 1);
  return bounded(bytes);
}

/** Returns the frame's bytes as they are, never deflated. */
export function encodePlainFrame(frame: UpFrame | DownFrame): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(PLAIN);
  writeAny(writer, frame as Wire);
  return writer.finish();
}

/** Returns what `encodeFrame` gives, without waiting; null for a frame that may have to be deflated. */
export function encodeSmallFrame(frame: UpFrame | DownFrame): Uint8Array | null {
  const plain = encodePlainFrame(frame);
  return isSmall(plain) ? plain : null;
}

/** Returns the frame that a device sent. Never throws. */
export function decodeUp(bytes: Uint8Array, deflate: DeflatePort): Promise<Result<UpFrame, FrameError>> {
  return decodeFrame<UpFrame>(bytes, deflate, UP, UP_LIMITS);
}

/** Returns the frame that the Hub sent. Never throws. */
export function decodeDown(bytes: Uint8Array, deflate: DeflatePort): Promise<Result<DownFrame, FrameError>> {
  return decodeFrame<DownFrame>(bytes, deflate, DOWN, LIMITS);
}

/** Returns the hello in `bytes`: at most `maxHelloBytes`, never deflated, so that a stranger costs next to nothing. Never throws. */
export function decodeHello(bytes: Uint8Array): Result<HelloFrame, FrameError> {
  if (bytes.length > FRAME_LIMITS.maxHelloBytes) return err('too-large');
  if (bytes[0] !== PLAIN) return err('malformed');
  return shapedFrame<HelloFrame>(bytes.subarray(1), { hello: helloFrame }, LIMITS);
}

async function decodeFrame<F>(
  bytes: Uint8Array,
  deflate: DeflatePort,
  shapes: Shapes,
  limits: AnyLimits,
): Promise<Result<F, FrameError>> {
  if (bytes.length > FRAME_LIMITS.maxFrameBytes) return err('too-large');
  if (bytes[0] === PLAIN) return shapedFrame<F>(bytes.subarray(1), shapes, limits);
  if (bytes[0] !== DEFLATED) return err('malformed');
  const body = await deflate.inflate(bytes.subarray(1), FRAME_LIMITS.maxInflatedBytes);
  return body === null ? err('malformed') : shapedFrame<F>(body, shapes, limits);
}

function shapedFrame<F>(body: Uint8Array, shapes: Shapes, limits: AnyLimits): Result<F, FrameError> {
  const decoded = decodeAny(body, limits);
  if (!decoded.ok || !Array.isArray(decoded.value)) return err('malformed');
  const type = (decoded.value as readonly Wire[])[0];
  const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  const frame = shape?.safeParse(decoded.value);
  return frame?.success ? ok(frame.data as F) : err('malformed');
}

function isSmall(plain: Uint8Array): boolean {
  return plain.length <= FRAME_LIMITS.deflateAboveBytes;
}

function isPacked(frame: UpFrame | DownFrame): boolean {
  return frame[0] === 'feed' && frame[1].items.some((item) => item[0] === 'p');
}

function bounded(bytes: Uint8Array): Uint8Array {
  assert(bytes.length <= FRAME_LIMITS.maxFrameBytes, 'a frame of ours is too large');
  return bytes;
}

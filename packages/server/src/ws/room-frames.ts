/**
 * The messages of the y-websocket protocol, read with our own bounded reader and written byte for byte as y-protocols does. Yjs and
 * lib0 never see bytes from outside before they were looked at here. Rule ROOM-1.
 */
import { ByteReader } from '@chungtay/core/base/reader';
import { ByteWriter } from '@chungtay/core/base/writer';

/** What a peer of a room may say. */
export type RoomMessage =
  | { readonly type: 'ask-missing'; readonly stateVector: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly peers: readonly AwarenessEntry[] }
  | { readonly type: 'ask-awareness' };

/** One line of an awareness message; `state` is JSON text, `null` once the peer left. */
export interface AwarenessEntry {
  readonly client: number;
  readonly clock: number;
  readonly state: string;
}

const MAX_ROOM_FRAME_BYTES = 256 * 1024;

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const ASK_AWARENESS = 3;
const STEP1 = 0;
const STEP2 = 1;
const UPDATE = 2;
const PERMISSION_DENIED = 0;
const MAX_PEERS = 64;

/** Returns the message in a frame, or null when it is none. */
export function readRoomMessage(frame: Uint8Array): RoomMessage | null {
  if (frame.length > MAX_ROOM_FRAME_BYTES) return null;
  const reader = new ByteReader(frame);
  const message = messageIn(reader);
  reader.end();
  return reader.error === null ? message : null;
}

/** Returns 'send me what I lack', from a state vector. */
export function askMissing(stateVector: Uint8Array): Uint8Array {
  return syncFrame(STEP1, stateVector);
}

/** Returns the answer to `ask-missing`. */
export function missingUpdate(update: Uint8Array): Uint8Array {
  return syncFrame(STEP2, update);
}

/** Returns an update as it happens. */
export function liveUpdate(update: Uint8Array): Uint8Array {
  return syncFrame(UPDATE, update);
}

/** Returns the refusal of a write, in the words of y-protocols/auth. */
export function permissionDenied(reason: string): Uint8Array {
  const writer = new ByteWriter();
  writer.uint(AUTH);
  writer.uint(PERMISSION_DENIED);
  writer.string(reason);
  return writer.finish();
}

/** Returns an awareness message. */
export function awarenessFrame(peers: readonly AwarenessEntry[]): Uint8Array {
  const body = new ByteWriter();
  body.uint(peers.length);
  for (const { client, clock, state } of peers) {
    body.uint(client);
    body.uint(clock);
    body.string(state);
  }
  const writer = new ByteWriter();
  writer.uint(AWARENESS);
  writer.byteArray(body.finish());
  return writer.finish();
}

function syncFrame(step: number, bytes: Uint8Array): Uint8Array {
  const writer = new ByteWriter();
  writer.uint(SYNC);
  writer.uint(step);
  writer.byteArray(bytes);
  return writer.finish();
}

function messageIn(reader: ByteReader): RoomMessage | null {
  switch (reader.uint()) {
    case SYNC:
      return syncIn(reader);
    case AWARENESS:
      return awarenessIn(reader);
    case ASK_AWARENESS:
      return { type: 'ask-awareness' };
    default:
      return null;
  }
}

function syncIn(reader: ByteReader): RoomMessage | null {
  const step = reader.uint();
  const bytes = reader.byteArray();
  if (step === STEP1) return { type: 'ask-missing', stateVector: bytes };
  return step === STEP2 || step === UPDATE ? { type: 'update', update: bytes } : null;
}

function awarenessIn(reader: ByteReader): RoomMessage | null {
  const body = new ByteReader(reader.byteArray());
  const count = body.uint();
  if (count > MAX_PEERS) return null;
  const peers: AwarenessEntry[] = [];
  for (let i = 0; i < count && body.error === null; i += 1) {
    peers.push({ client: body.uint(), clock: body.uint(), state: body.string() });
  }
  body.end();
  return body.error === null ? { type: 'awareness', peers } : null;
}

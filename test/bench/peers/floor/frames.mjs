// The bytes of the bare change feed: a type, numbers, then [name, update] pairs; bodies above one kilobyte are deflated.
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const DEFLATE_ABOVE_BYTES = 1_024;

/** Returns one message: `[since]` from a device that joins, `[cursor, isLast, …]` of the feed, a push of a device, `[cursor]` as its acknowledgement. */
export function encodeMessage(type, numbers, pairs = []) {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, pairs.length);
  for (const [name, update] of pairs) {
    encoding.writeVarString(body, name);
    encoding.writeVarUint8Array(body, update);
  }
  const plain = encoding.toUint8Array(body);
  const isDeflated = plain.length > DEFLATE_ABOVE_BYTES;
  const message = encoding.createEncoder();
  encoding.writeAny(message, [type, isDeflated, ...numbers]);
  encoding.writeUint8Array(message, isDeflated ? deflateRawSync(plain, { level: constants.Z_BEST_SPEED }) : plain);
  return encoding.toUint8Array(message);
}

/** Returns what `encodeMessage` was given. */
export function decodeMessage(bytes) {
  const message = decoding.createDecoder(new Uint8Array(bytes));
  const [type, isDeflated, ...numbers] = decoding.readAny(message);
  const rest = decoding.readTailAsUint8Array(message);
  const body = decoding.createDecoder(isDeflated ? new Uint8Array(inflateRawSync(rest)) : rest);
  const count = decoding.readVarUint(body);
  const pairs = Array.from({ length: count }, () => [decoding.readVarString(body), decoding.readVarUint8Array(body)]);
  return { type, numbers, pairs };
}

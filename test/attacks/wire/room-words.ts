/** Messages of the y-websocket protocol as an attacker writes and reads them. */
import * as Y from 'yjs';
import { Reader, varText, varUint } from '../../protocol/any.ts';
import type { RawLine } from './raw-line.ts';

/** One line of an awareness message. */
export interface Claim {
  readonly client: number;
  readonly clock: number;
  readonly state: unknown;
}

/** Returns an update as a message. */
export const updateFrame = (update: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(0, 2), varUint(update.length), update]);

/** Returns what somebody says of presence. */
export function awareness(claims: readonly Claim[]): Buffer {
  const lines = claims.map(({ client, clock, state }) =>
    Buffer.concat([varUint(client), varUint(clock), varText(JSON.stringify(state))]),
  );
  const body = Buffer.concat([varUint(claims.length), ...lines]);
  return Buffer.concat([Buffer.of(1), varUint(body.length), body]);
}

/** Returns what was told of presence, in order. */
export function told(line: RawLine): readonly Claim[] {
  return line.messages
    .filter((frame) => frame[0] === 1)
    .flatMap((frame) => {
      const outer = new Reader(frame.subarray(1));
      const reader = new Reader(outer.bytes(outer.varUint()));
      return Array.from({ length: reader.varUint() }, () => ({
        client: reader.varUint(),
        clock: reader.varUint(),
        state: JSON.parse(reader.text()) as unknown,
      }));
    });
}

/** Returns an update that hides a document in the directory. */
export function bySubdocument(): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('villages').set('x', new Y.Doc());
  return Y.encodeStateAsUpdate(doc);
}

/** Returns an update of a root that no directory has. */
export function inAnUnknownRoot(): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('__proto__').set('x', 1);
  return Y.encodeStateAsUpdate(doc);
}

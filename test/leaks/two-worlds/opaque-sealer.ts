/** A sealer whose tokens say nothing at all: so two communes whose Hubs seal different things can be compared byte by byte. */
import { createHash } from 'node:crypto';
import type { Sealer } from '@chungtay/core/sync/ports';

const OVERHEAD_BYTES = 28;
const CURSOR_BYTES = 68;
const DEVICE_BYTES = 26;
const PAGE_OF_LOG = /audit.{0,3}[0-9A-HJKMNP-TV-Z]{26}/su;

/**
 * Returns a sealer that gives random tokens of the length that AES-GCM would give, by turn: the k-th cursor of a device is the same in every
 * commune, whatever is in it. What differs on the wire all the same differs beside the seal: a token too many, too few, or of another length.
 */
export function opaqueSealer(): Sealer {
  const turns = new Map<string, number>();
  const tokens = new Map<string, Uint8Array>();
  const known = new Map<string, Uint8Array>();
  return {
    seal(bytes) {
      const plain = Buffer.from(bytes).toString('latin1');
      // a page of the log names its device too: who may know turns more of them
      const ofLog = PAGE_OF_LOG.exec(plain)?.[0];
      const whose = ofLog ?? (bytes.length === CURSOR_BYTES ? plain.slice(-DEVICE_BYTES) : 'everybody');
      // a frame that could not go at once is made again
      const former = tokens.get(plain);
      if (former) return former;
      const turn = (turns.get(whose) ?? 0) + 1;
      turns.set(whose, turn);
      const token = tokenOf(`${whose} ${turn}`, bytes.length + OVERHEAD_BYTES);
      known.set(hex(token), bytes.slice());
      tokens.set(plain, token);
      return token;
    },
    open: (token) => known.get(hex(token))?.slice() ?? null,
  };
}

function tokenOf(name: string, lengthBytes: number): Uint8Array {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < lengthBytes; i += 1) parts.push(createHash('sha256').update(`${name} ${i}`).digest());
  return new Uint8Array(Buffer.concat(parts).subarray(0, lengthBytes));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

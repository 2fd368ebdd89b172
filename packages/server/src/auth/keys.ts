import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '@chungtay/core/base/world';
import type { Sealer } from '@chungtay/core/sync/ports';
import * as z from 'zod/mini';
import { replaceOwnerFile, writeOwnerFile } from '../ops/owner-only.ts';
import { deriveKey } from '../ops/secret.ts';
import { createSealer } from './sealer.ts';

/** Who the Hub is: the key pairs that devices pinned at enrolment, and what seals its cursors and tickets. */
export interface HubKeys {
  readonly signer: Signer;
  /** X25519 public key that couriers and intakes are sealed to. */
  readonly sealKey: Uint8Array;
  /** X25519 private key, PKCS 8. */
  readonly sealPrivateKey: KeyObject;
  readonly cursors: Sealer;
  readonly tickets: Sealer;
}

const FILE = 'hub-keys';
const SEED_BYTES = 32;
const PKCS8 = {
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
} as const;

const keyFile = z.object({ signSeed: z.string(), sealSeed: z.string(), sealerSeed: z.string() });

/**
 * Returns the Hub's keys of a data directory, made on first use. They lie there sealed under the newest secret; a Hub whose keys were
 * lost is another Hub to every device. Found under an older secret they are sealed anew. Throws when they cannot be opened.
 */
export function loadHubKeys(directory: string, ...[newest, ...older]: readonly [Uint8Array, ...Uint8Array[]]): HubKeys {
  const path = join(directory, FILE);
  const sealer = keysSealer(newest);
  if (!existsSync(path)) writeOwnerFile(path, textOf(sealer.seal(freshKeys())));
  const sealed = Buffer.from(readFileSync(path, 'utf8'), 'base64url');
  const opened = sealer.open(sealed);
  if (opened) return keysIn(opened);
  const under = older.map((secret) => keysSealer(secret).open(sealed)).find((bytes) => bytes !== null);
  if (!under) throw new Error(`${path} cannot be opened with this key file`);
  replaceOwnerFile(path, textOf(sealer.seal(under)));
  return keysIn(under);
}

function keysSealer(secret: Uint8Array): Sealer {
  return createSealer(deriveKey(secret, 'hub-keys'));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function keysIn(opened: Uint8Array): HubKeys {
  const { signSeed, sealSeed, sealerSeed } = keyFile.parse(JSON.parse(Buffer.from(opened).toString('utf8')));
  const sealPrivateKey = privateKeyOf('x25519', Buffer.from(sealSeed, 'base64url'));
  const sealers = Buffer.from(sealerSeed, 'base64url');
  return {
    signer: createSigner(Buffer.from(signSeed, 'base64url')),
    sealKey: publicBytesOf(sealPrivateKey),
    sealPrivateKey,
    cursors: createSealer(deriveKey(sealers, 'cursor')),
    tickets: createSealer(deriveKey(sealers, 'ticket')),
  };
}

/** Returns the Ed25519 signer of a 32-byte seed; it signs in the thread pool. */
export function createSigner(seed: Uint8Array): Signer {
  const key = privateKeyOf('ed25519', seed);
  return {
    publicKey: publicBytesOf(key),
    sign: (bytes) =>
      new Promise((resolve, reject) => {
        sign(null, bytes, key, (error, signature) => (error ? reject(error) : resolve(new Uint8Array(signature))));
      }),
  };
}

/** Returns the X25519 public key of a 32-byte seed. */
export function sealKeyOf(seed: Uint8Array): Uint8Array {
  return publicBytesOf(privateKeyOf('x25519', seed));
}

function freshKeys(): Uint8Array {
  const seed = (): string => randomBytes(SEED_BYTES).toString('base64url');
  return Buffer.from(JSON.stringify({ signSeed: seed(), sealSeed: seed(), sealerSeed: seed() }));
}

function privateKeyOf(curve: keyof typeof PKCS8, seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8[curve], seed]), format: 'der', type: 'pkcs8' });
}

function publicBytesOf(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(spki.length - SEED_BYTES));
}

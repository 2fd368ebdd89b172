import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeOwnerFolder, writeOwnerFile } from './owner-only.ts';

const KEY_BYTES = 32;
const FILE_TEXT = /^[A-Za-z0-9_-]{43}\n?$/u;

/** The key is missing, is none, or is another's; carries a sentence for the operator. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable';
}

/** Returns a key for one purpose, derived from the key file's secret: HKDF-SHA-256. */
export function deriveKey(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), `chungtay/${purpose}/1`, KEY_BYTES));
}

/** Returns a name for the secret that tells nothing of it: the data directory remembers which one it was made with. */
export function fingerprintOf(secret: Uint8Array): string {
  return createHash('sha256').update(deriveKey(secret, 'fingerprint')).digest('hex').slice(0, 16);
}

/** Makes a key file for the owner alone, unless there is one. It belongs beside the data directory, never in it or in its backups (P15). */
export function makeKeyFile(path: string): void {
  if (existsSync(path)) return;
  makeOwnerFolder(dirname(path));
  writeOwnerFile(path, `${randomBytes(KEY_BYTES).toString('base64url')}\n`);
}

/** Returns the secret in a key file; throws KeyUnusable in words. */
export function readKeyFile(path: string): Uint8Array {
  if (!existsSync(path)) {
    throw new KeyUnusable(
      `The key file ${path} is not there. Without it the data directory cannot be read: put it back, or name its place in CT_KEY_FILE.`,
    );
  }
  const text = readFileSync(path, 'utf8');
  if (!FILE_TEXT.test(text)) throw new KeyUnusable(`${path} is not a key file.`);
  return new Uint8Array(Buffer.from(text.trim(), 'base64url'));
}

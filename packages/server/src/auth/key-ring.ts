/**
 * The secrets of a data directory: the newest seals, the older ones open what a rotation has not come to yet. The newest is the text of
 * the key file, or lies wrapped by the key command; the older ones lie sealed under the newest. Each step of a rotation leaves a
 * directory that opens: the file of the ring decides, and a key file that waits beside its place is put there. Rule HUB-12.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '@chungtay/core/base/assert';
import * as z from 'zod/mini';
import type { Config } from '../config.ts';
import { askKeyCommand } from '../ops/key-command.ts';
import { removeOwnerFile, replaceOwnerFile } from '../ops/owner-only.ts';
import { KeyUnusable, deriveKey, fingerprintOf, makeKeyFile, readKeyFile } from '../ops/secret.ts';
import { createSealer } from './sealer.ts';

/** Where the secret of a data directory is to be found. */
export type KeyPlace = Pick<Config, 'dataDirectory' | 'keyFile'> & Partial<Pick<Config, 'keyCommand'>>;

/** Secrets of 32 bytes, the newest first; more than one only while a rotation is not through. */
export type Secrets = readonly [Uint8Array, ...Uint8Array[]];

const FILE = 'key-ring.json';
const SECRET_BYTES = 32;

const ringFile = z.object({
  /** Of the newest secret. */
  fingerprint: z.string(),
  /** The newest secret as the key command wrapped it, base64url; null where a key file holds it. */
  wrapped: z.nullable(z.string()),
  /** The older ones, sealed under the newest, base64url. */
  older: z.array(z.string()),
});
type RingFile = z.infer<typeof ringFile>;

/** Makes the first secret of a data directory that is empty or not there yet: in its key file, or wrapped by its key command. */
export async function makeFirstSecret({ keyFile, keyCommand }: KeyPlace): Promise<FirstSecret> {
  if (!keyCommand) {
    makeKeyFile(keyFile);
    return { secret: readKeyFile(keyFile), keepIn: () => {} };
  }
  const secret = new Uint8Array(randomBytes(SECRET_BYTES));
  const wrapped = await wrap(keyCommand, secret);
  return { secret, keepIn: (directory) => writeRing(directory, ringOf([secret], wrapped)) };
}

/** A secret just made. */
export interface FirstSecret {
  readonly secret: Uint8Array;
  /** Leaves in the data directory what is needed to get at it again. */
  readonly keepIn: (dataDirectory: string) => void;
}

/**
 * Returns the secrets of a data directory that was made with the secret of `madeWith`. Ends a change of key files that was broken off.
 * Throws a KeyUnusable in words: no key, another's, or a key command that says no. The caller holds the directory's lock.
 */
export async function openKeyRing(place: KeyPlace, madeWith: string): Promise<Secrets> {
  const ring = readRing(place.dataDirectory);
  if (ring && ring.wrapped === null) settleKeyFile(place.keyFile, ring.fingerprint);
  const newest = await newestOf(place, ring);
  if (fingerprintOf(newest) !== (ring?.fingerprint ?? madeWith))
    throw new KeyUnusable(`The key file is not the one that ${place.dataDirectory} was made with.`);
  const sealer = olderSealer(newest);
  const older = (ring?.older ?? []).map((sealed) => sealer.open(Buffer.from(sealed, 'base64url')));
  return [newest, ...older.map((secret) => must(secret, 'an older secret sealed under the newest'))];
}

/**
 * Gives the directory a new secret, kept where the settings say; the older ones stay until `retireOlder`. The old key file is kept beside
 * the new one: backups made before still need it. Throws a KeyUnusable, or what the disk says; then everything is as it was.
 */
export async function turnKeyRing(place: KeyPlace, secrets: Secrets): Promise<Secrets> {
  const { dataDirectory, keyFile, keyCommand } = place;
  const next = nextSecret(nextOf(keyFile), keyCommand);
  const turned: Secrets = [next, ...secrets];
  const wrapped = keyCommand ? await wrap(keyCommand, next) : null;
  const before = readRing(dataDirectory);
  writeRing(dataDirectory, ringOf(turned, wrapped));
  try {
    if (wrapped === null) settleKeyFile(keyFile, fingerprintOf(next));
  } catch (error) {
    // a key file that cannot be moved, such as one mounted into a container: the one that lies there stays the one
    if (before) writeRing(dataDirectory, before);
    else removeOwnerFile(join(dataDirectory, FILE));
    throw error;
  }
  return turned;
}

/** Forgets the older secrets: nothing lies under them any more. */
export function retireOlder(dataDirectory: string, [newest]: Secrets): Secrets {
  const ring = must(readRing(dataDirectory), 'a ring that was turned');
  writeRing(dataDirectory, { ...ring, older: [] });
  return [newest];
}

/** The new secret: in a file that waits beside the key file, unless a command will hold it. */
function nextSecret(nextFile: string, keyCommand: string | undefined): Uint8Array {
  if (keyCommand) return new Uint8Array(randomBytes(SECRET_BYTES));
  // of an attempt that ended before the ring said so
  rmSync(nextFile, { force: true });
  makeKeyFile(nextFile);
  return readKeyFile(nextFile);
}

/** Puts the key file in its place that the ring names; the one before it stays beside it, named by its fingerprint. */
function settleKeyFile(keyFile: string, fingerprint: string): void {
  const nextFile = nextOf(keyFile);
  if (!existsSync(nextFile) || fingerprintOf(readKeyFile(nextFile)) !== fingerprint) return;
  const oldFile = existsSync(keyFile) ? `${keyFile}.old-${fingerprintOf(readKeyFile(keyFile))}` : null;
  if (oldFile !== null) renameSync(keyFile, oldFile);
  try {
    renameSync(nextFile, keyFile);
  } catch (error) {
    if (oldFile !== null) renameSync(oldFile, keyFile);
    throw error;
  }
}

async function newestOf({ dataDirectory, keyFile, keyCommand }: KeyPlace, ring: RingFile | null): Promise<Uint8Array> {
  const wrapped = ring?.wrapped ?? null;
  if (wrapped === null) return readKeyFile(keyFile);
  if (!keyCommand)
    throw new KeyUnusable(`${dataDirectory} is opened by a key command: name the program in CT_KEY_COMMAND.`);
  return askKeyCommand(keyCommand, 'unwrap', Buffer.from(wrapped, 'base64url'));
}

/** A secret that could not be unwrapped again would be lost: that is tried at once. */
async function wrap(keyCommand: string, secret: Uint8Array): Promise<string> {
  const wrapped = await askKeyCommand(keyCommand, 'wrap', secret);
  const again = await askKeyCommand(keyCommand, 'unwrap', wrapped);
  if (fingerprintOf(again) !== fingerprintOf(secret))
    throw new KeyUnusable(`The key command ${keyCommand} does not unwrap what it wrapped.`);
  if (Buffer.from(wrapped).includes(Buffer.from(secret)))
    throw new KeyUnusable(`The key command ${keyCommand} does not wrap: the secret can be read in its answer.`);
  return Buffer.from(wrapped).toString('base64url');
}

function ringOf([newest, ...older]: Secrets, wrapped: string | null): RingFile {
  const sealer = olderSealer(newest);
  const sealed = older.map((secret) => Buffer.from(sealer.seal(secret)).toString('base64url'));
  return { fingerprint: fingerprintOf(newest), wrapped, older: sealed };
}

function olderSealer(newest: Uint8Array): ReturnType<typeof createSealer> {
  return createSealer(deriveKey(newest, 'older-secrets'));
}

function readRing(directory: string): RingFile | null {
  const path = join(directory, FILE);
  if (!existsSync(path)) return null;
  try {
    return ringFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new KeyUnusable(`${path} is damaged. Put it back from the last backup.`);
  }
}

function writeRing(directory: string, ring: RingFile): void {
  replaceOwnerFile(join(directory, FILE), `${JSON.stringify(ring, null, 2)}\n`);
}

function nextOf(keyFile: string): string {
  return `${keyFile}.next`;
}

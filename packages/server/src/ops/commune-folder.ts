import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { makeOwnerFolder, writeOwnerFile } from './owner-only.ts';
import { fingerprintOf } from './secret.ts';

/** What a data directory says of itself, in clear: nothing of any person. */
export interface Commune {
  /** Random; stays when the commune is renamed or moves to another machine. */
  readonly id: string;
  readonly name: string;
  /** True: seeded with invented people, and reusable invitations work on the loopback. Never set later. */
  readonly isDemo: boolean;
  /** Which secret it was made with; a rotation leaves word of its own. */
  readonly keyFingerprint: string;
}

/** The data directory is not what was asked for; carries a sentence for the operator. */
export class DirectoryUnusable extends Error {
  override readonly name = 'DirectoryUnusable';
}

const FILE = 'commune.json';
const FOLDER_MODE = 0o700;

const communeFile = z.object({ id: z.string(), name: z.string(), isDemo: z.boolean(), keyFingerprint: z.string() });

/** Says whether a path holds nothing yet: no folder, or an empty one. */
export function isEmptyDirectory(path: string): boolean {
  return !existsSync(path) || readdirSync(path).length === 0;
}

/** Makes an empty data directory for a commune. Throws DirectoryUnusable when there is something already. */
export function createCommuneFolder(
  path: string,
  commune: Pick<Commune, 'name' | 'isDemo'>,
  secret: Uint8Array,
): Commune {
  if (!isEmptyDirectory(path))
    throw new DirectoryUnusable(`${path} is not empty: a new commune needs an empty data directory.`);
  makeOwnerFolder(path);
  const made: Commune = { id: randomUUID(), ...commune, keyFingerprint: fingerprintOf(secret) };
  writeOwnerFile(join(path, FILE), `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

/** Returns what a data directory says of itself; throws in words when it is none. */
export function openCommuneFolder(path: string): Commune {
  const commune = readCommune(path);
  chmodSync(path, FOLDER_MODE);
  return commune;
}

function readCommune(path: string): Commune {
  const file = join(path, FILE);
  if (!existsSync(file)) {
    throw new DirectoryUnusable(
      `${path} is not a data directory of Chung Tay. Make one: npm run -s ct -- init --name "…"`,
    );
  }
  try {
    return communeFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new DirectoryUnusable(`${file} is damaged.`);
  }
}

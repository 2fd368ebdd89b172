import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Makes a folder and those above it, for the owner alone. */
export function makeOwnerFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
}

/**
 * Makes an empty file for the owner alone unless there is one. An existing file is not even opened: closing it again would drop the
 * locks that this process holds on it (POSIX).
 */
export function touchOwnerFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', FILE_MODE));
}

/** Writes a new file for the owner alone, on disk when it returns. Throws when there is one already: keys are never overwritten. */
export function writeOwnerFile(path: string, text: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, FILE_MODE);
  try {
    fchmodSync(file, FILE_MODE);
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolderOf(path);
}

/** Puts a file for the owner alone in the place of the one that is there: whoever reads sees one or the other whole. On disk when it returns. */
export function replaceOwnerFile(path: string, text: string): void {
  const aside = `${path}.new`;
  // of an attempt that was broken off
  rmSync(aside, { force: true });
  writeOwnerFile(aside, text);
  renameSync(aside, path);
  syncFolderOf(path);
}

/** Takes a file away; that is on disk when it returns. */
export function removeOwnerFile(path: string): void {
  rmSync(path, { force: true });
  syncFolderOf(path);
}

function syncFolderOf(path: string): void {
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

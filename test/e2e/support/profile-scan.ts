import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Needles } from '../../fixtures/needles.ts';

/** What was found where: the word, and the file under the profile. */
export type Found = readonly { readonly word: string; readonly file: string }[];

/** What a scan of a browser's profile went through. */
export interface ProfileScan {
  readonly found: Found;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Looks for words in every file of a profile: as UTF-8, UTF-16 and base64; and for bytes as they are, named by their hex. The browser must
 * be off.
 */
export function scanProfile(
  profile: string,
  words: readonly string[],
  bytesToo: readonly Uint8Array[] = [],
): ProfileScan {
  const needles = new Needles<string>();
  for (const needle of bytesToo) needles.add(needle, Buffer.from(needle).toString('hex'));
  for (const word of words) needles.addText(word, word);
  const found: { word: string; file: string }[] = [];
  let bytes = 0;
  const files = filesOf(profile);
  for (const path of files) {
    const content = readFileSync(path);
    bytes += content.length;
    for (const word of needles.findIn(content)) found.push({ word, file: relative(profile, path) });
  }
  return { found, files: files.length, bytes };
}

/** Returns the files in which the six digits stand by themselves: within a longer number they are somebody's clock. */
export function filesWithPin(profile: string, pin: string): readonly string[] {
  const alone = new RegExp(`(?<![0-9])${pin}(?![0-9])`, 'u');
  return filesOf(profile)
    .filter((path) => alone.test(readFileSync(path, 'latin1')))
    .map((path) => relative(profile, path));
}

/** Returns the files that hold these very bytes. The browser must be off. */
export function filesWithBytes(profile: string, bytes: Buffer): readonly string[] {
  return filesOf(profile)
    .filter((path) => readFileSync(path).includes(bytes))
    .map((path) => relative(profile, path));
}

function filesOf(profile: string): readonly string[] {
  return readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

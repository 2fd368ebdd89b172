/** What is done to a Hub at rest, by a program of its own beside this file. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { NODE } from '../../../packages/server/bin/ensure.mjs';

/** Runs a script of this folder and returns what it printed. Throws with what it said when it fails. */
export function runScript(name: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(NODE, [join(import.meta.dirname, name), ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stderr}`);
  return stdout;
}

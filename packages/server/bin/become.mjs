// Stands aside for a TypeScript program on the pinned Node: its input, output, signals and exit code are this one's.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NODE, ROOT } from './ensure.mjs';

/**
 * Runs a program and ends as it ends.
 * @param {string} program its path from the repository's root
 * @param {readonly string[]} words its arguments
 * @param {readonly string[]} nodeOptions what Node itself is told
 * @param {Readonly<Record<string, string>>} environment what it finds beside this one's, unless somebody has set it
 */
export function become(program, words, nodeOptions = [], environment = {}) {
  const env = { ...environment, ...process.env };
  const child = spawn(NODE, [...nodeOptions, join(ROOT, program), ...words], { stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // a terminal gives Ctrl-C to the whole group: passed on, the child would get it twice
      if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

// One child program at a time, its output kept for whoever has to read why it failed.
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { NODE, ROOT } from '../../packages/server/bin/ensure.mjs';

const MAX_MS = 40 * 60_000;

/**
 * Runs a script of `node_modules` on the pinned Node and answers when it has ended, one way or another: never rejects.
 * @param {readonly string[]} words the script (from the repository's root) and its arguments
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number, output: string }>} `code` is not 0 also when it was killed or ran over time
 */
export function runScript(words, { cwd = ROOT, env = {} } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(NODE, words, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env, PATH: `${dirname(NODE)}${delimiter}${process.env['PATH']}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => {
      output += `\nended after ${MAX_MS / 60_000} minutes\n`;
      child.kill('SIGKILL');
    }, MAX_MS);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => (output += `${error.message}\n`));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output: stripVTControlCharacters(output) });
    });
  });
}

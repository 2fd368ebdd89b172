/**
 * A root key that never comes near the Hub: a program of the operator's, in front of a KMS, a TPM or a smart card, wraps and unwraps the
 * secret of a data directory. It is run as `PROGRAM wrap` or `PROGRAM unwrap`, gets base64 on stdin and answers base64 on stdout; any
 * other end than 0 is a no. What it says on stderr is shown to the operator.
 */
import { spawn } from 'node:child_process';
import { KeyUnusable } from './secret.ts';

const WITHIN_MS = 20_000;
const MAX_ANSWER = 64 * 1024;
const ANSWER = /^[A-Za-z0-9+/_-]+=*\s*$/u;

/** Returns what the program answers to `bytes`; throws a KeyUnusable in words. */
export async function askKeyCommand(
  program: string,
  verb: 'wrap' | 'unwrap',
  bytes: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { code, answer } = await run(program, verb, `${Buffer.from(bytes).toString('base64')}\n`);
  if (code !== 0)
    throw new KeyUnusable(`The key command ${program} ${verb} failed (${code ?? 'it could not be run in time'}).`);
  if (!ANSWER.test(answer)) throw new KeyUnusable(`The key command ${program} ${verb} answered no base64.`);
  return new Uint8Array(Buffer.from(answer.trim(), 'base64'));
}

function run(program: string, verb: string, input: string): Promise<{ code: number | string | null; answer: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, [verb], { stdio: ['pipe', 'pipe', 'inherit'], timeout: WITHIN_MS });
    let answer = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      if (answer.length < MAX_ANSWER) answer += part;
    });
    child.on('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? 'failed', answer: '' }));
    child.on('close', (code) => resolve({ code, answer }));
    // a program that ends without reading is judged by how it ends
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

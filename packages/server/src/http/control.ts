import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeOwnerFile } from '../ops/owner-only.ts';
import { asJson, sendAnswer } from './answer.ts';
import type { Answer } from './answer.ts';

/** Carries out one verb of the command line and returns what it prints. */
export type Perform = (verb: string, ask: unknown) => Promise<Record<string, unknown>>;

/** How the command line finds the Hub that works on a data directory. */
export interface ControlAddress {
  readonly port: number;
  readonly token: string;
}

const FILE = 'control.json';
const TOKEN_BYTES = 32;
const MAX_ASK_BYTES = 32 * 1024 * 1024;
const addressShape = z.object({ port: z.int(), token: z.string() });
const askShape = z.object({ verb: z.string(), ask: z.unknown() });

/**
 * Lets the command line work through the Hub that holds the data directory: on the loopback alone, for whoever can read a file of the
 * owner's. Returns what ends it. Rule CLI-2.
 */
export async function openControl(directory: string, perform: Perform): Promise<() => void> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const server = createServer((request, response) => {
    answerControl(request, token, perform)
      .catch((error: unknown) => asJson(500, { problem: error instanceof Error ? error.message : 'failed' }))
      .then((answer) => sendAnswer(request, response, answer, {}))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const path = join(directory, FILE);
  rmSync(path, { force: true });
  const address: ControlAddress = { port: (server.address() as AddressInfo).port, token };
  writeOwnerFile(path, JSON.stringify(address));
  return () => {
    rmSync(path, { force: true });
    server.close();
    server.closeAllConnections();
  };
}

/** Returns where the Hub of a data directory listens for the command line, or null when it left no word. */
export function findControl(directory: string): ControlAddress | null {
  const path = join(directory, FILE);
  if (!existsSync(path)) return null;
  const parsed = addressShape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  return parsed.success ? parsed.data : null;
}

/** Has the Hub carry out a verb; throws with its words when it could not. */
export async function askControl(
  { port, token }: ControlAddress,
  verb: string,
  ask: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ verb, ask }),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok)
    throw new Error(typeof said['problem'] === 'string' ? said['problem'] : `the Hub answered ${answer.status}`);
  return said;
}

async function answerControl(request: IncomingMessage, token: string, perform: Perform): Promise<Answer> {
  const shown = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) return asJson(403, { problem: 'not allowed' });
  const parts: Buffer[] = [];
  let lengthBytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    lengthBytes += part.length;
    if (lengthBytes > MAX_ASK_BYTES) return asJson(413, { problem: 'too large' });
    parts.push(part);
  }
  const ask = askShape.safeParse(JSON.parse(Buffer.concat(parts).toString('utf8')));
  if (!ask.success) return asJson(400, { problem: 'malformed' });
  return asJson(200, await perform(ask.data.verb, ask.data.ask));
}

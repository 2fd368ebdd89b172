import type { IncomingMessage } from 'node:http';
import { RECOVERY_LIMITS, recoverAsk } from '@chungtay/core/wire/recovery';
import type { HubKeys } from '../auth/keys.ts';
import { openRecoveryPass } from '../auth/recovery-pass.ts';
import type { RecoveryBook } from '../jobs/recovery-book.ts';
import type { Answer } from './answer.ts';
import { asJson } from './answer.ts';
import { readJson } from './body.ts';

/** What the door for locked tablets needs of the Hub. */
export interface RecoverNeeds {
  readonly book: Pick<RecoveryBook, 'ask' | 'look' | 'withdraw'>;
  readonly keys: Pick<HubKeys, 'tickets'>;
}

const STATUS = { 'bad-pass': 403, 'too-few': 409, 'too-many': 429 } as const;

/**
 * Answers POST /recover: a locked tablet asks two officers for help, looks what came of it, or takes it back. Without the pass that this
 * Hub left on that tablet everybody is refused alike. Rule VLT-14.
 */
export async function answerRecover(request: IncomingMessage, { book, keys }: RecoverNeeds): Promise<Answer> {
  const body = await readJson(request, RECOVERY_LIMITS.maxBodyBytes);
  if (!body.ok) return asJson(body.error === 'too-large' ? 413 : 400, { code: body.error });
  const read = recoverAsk.safeParse(body.value);
  if (!read.success) return asJson(400, { code: 'malformed' });
  const ask = read.data;
  const of = openRecoveryPass(ask.pass, keys.tickets);
  if (!of) return asJson(403, { code: 'bad-pass' });
  if (ask.verb === 'look') return asJson(200, { ...book.look(of, ask.request) });
  if (ask.verb === 'withdraw') return asJson(200, { ...(await book.withdraw(of, ask.request)) });
  const asked = await book.ask(of, ask);
  if (asked.ok) return asJson(200, { ...asked.value });
  return asJson(STATUS[asked.error as keyof typeof STATUS] ?? 400, { code: asked.error });
}

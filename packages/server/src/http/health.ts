import { PROTOCOL, PROTOCOL_FLOOR } from '@chungtay/core/wire/version';
import type { Answer } from './answer.ts';
import { asJson } from './answer.ts';

/** What the Hub says of itself to anyone: nothing that grows with the commune's work. */
export interface HealthNeeds {
  readonly version: string;
  readonly uptimeMs: () => number;
  /** Reads something from the store; rejects when it cannot. */
  readonly probe: () => Promise<unknown>;
  readonly isWritable: () => boolean;
  /** What the last verification of everything found. */
  readonly soundness: () => 'unverified' | 'sound' | 'damaged';
}

/** Answers GET /health: 200 while the store can be read and written, 503 otherwise; `feed` says what the last verification found. */
export async function answerHealth(needs: HealthNeeds): Promise<Answer> {
  const { version, uptimeMs, probe, isWritable, soundness } = needs;
  const isReadable = await probe().then(
    () => true,
    () => false,
  );
  const isStorageOk = isReadable && isWritable();
  return asJson(isStorageOk ? 200 : 503, {
    ok: isStorageOk,
    version,
    protocol: [PROTOCOL_FLOOR, PROTOCOL],
    uptimeS: Math.floor(uptimeMs() / 1_000),
    storage: isStorageOk ? 'ok' : 'failed',
    feed: soundness(),
  });
}

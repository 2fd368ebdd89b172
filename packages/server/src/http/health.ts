import type { OutageKind } from '@chungtay/core/sync/ports';
import { PROTOCOL, PROTOCOL_FLOOR } from '@chungtay/core/wire/version';
import type { Answer } from './answer.ts';
import { asJson } from './answer.ts';

/** What the Hub says of itself to anyone: nothing that grows with the commune's work. */
export interface HealthNeeds {
  readonly version: string;
  readonly uptimeMs: () => number;
  /** Reads something from the store; rejects when it cannot. */
  readonly probe: () => Promise<unknown>;
  /** Returns why the last write was not taken, null when it was. */
  readonly trouble: () => OutageKind | null;
  /** Returns how many documents are out of service for damage on the disk. */
  readonly damaged: () => number;
  /** What the last verification of everything found. */
  readonly soundness: () => 'unverified' | 'sound' | 'damaged';
}

/** What a monitor is told of the disk: `failed` needs somebody, and a new start; the others pass with their cause. */
type StorageWord = 'ok' | 'full' | 'busy' | 'failed';

/** Answers GET /health: 200 while the store can be read and written, 503 otherwise; `feed` says what the last verification found. */
export async function answerHealth(needs: HealthNeeds): Promise<Answer> {
  const { version, uptimeMs, probe, trouble, damaged, soundness } = needs;
  const isReadable = await probe().then(
    () => true,
    () => false,
  );
  const storage = isReadable ? storageWord(trouble()) : 'failed';
  return asJson(storage === 'ok' ? 200 : 503, {
    ok: storage === 'ok',
    version,
    protocol: [PROTOCOL_FLOOR, PROTOCOL],
    uptimeS: Math.floor(uptimeMs() / 1_000),
    storage,
    damaged: damaged(),
    feed: soundness(),
  });
}

function storageWord(trouble: OutageKind | null): StorageWord {
  if (trouble === null) return 'ok';
  if (trouble === 'storage-full') return 'full';
  return trouble === 'busy' ? 'busy' : 'failed';
}

import { fold } from '@chungtay/core/model/names';
import { argon2id } from 'hash-wasm';

/** How a passphrase was stretched; stored beside the slot it opens. Units: KiB, passes. */
export interface StretchCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** The least we ever accept: OWASP's Argon2id floor (hazards § 2.2). */
export const STRETCH_FLOOR: StretchCost = { memoryKiB: 19_456, passes: 2 };

const FIRST_TRY: StretchCost = { memoryKiB: 47_104, passes: 2 };
const TARGET_MS = 700;
const MAX_PASSES = 12;

/** Returns 32 key bytes: Argon2id of the passphrase, one lane. Marks, case and spacing do not matter: tablets' keyboards differ. */
export async function stretch(passphrase: string, salt: Uint8Array, cost: StretchCost): Promise<Uint8Array> {
  const letters = fold(passphrase).trim().replaceAll(/\s+/gu, ' ');
  return argon2id({
    // nothing typed is a wrong passphrase, which the library would throw at
    password: letters === '' ? ' ' : letters,
    salt,
    parallelism: 1,
    memorySize: cost.memoryKiB,
    iterations: cost.passes,
    hashLength: 32,
    outputType: 'binary',
  });
}

/** Returns a cost that takes about 0.5–1.0 s on this tablet, never below STRETCH_FLOOR. */
export async function calibrateStretch(elapsedMs: () => number): Promise<StretchCost> {
  const salt = new Uint8Array(16);
  await stretch('warm up', salt, STRETCH_FLOOR);
  const startMs = elapsedMs();
  await stretch('calibrate', salt, FIRST_TRY);
  const tookMs = Math.max(1, elapsedMs() - startMs);
  if (tookMs > 1_000) return STRETCH_FLOOR;
  const passes = Math.min(MAX_PASSES, Math.max(FIRST_TRY.passes, Math.round((FIRST_TRY.passes * TARGET_MS) / tookMs)));
  return { memoryKiB: FIRST_TRY.memoryKiB, passes };
}

import { fold } from '@chungtay/core/model/names';
import { argon2id } from 'hash-wasm';

/** How a passphrase was stretched; stored beside the slot it opens. Units: KiB, passes. */
export interface StretchCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** The least we ever accept: OWASP's floor for Argon2id. */
export const STRETCH_FLOOR: StretchCost = { memoryKiB: 19_456, passes: 2 };

const FIRST_TRY: StretchCost = { memoryKiB: 47_104, passes: 2 };
const TARGET_MS = 700;
const MAX_PASSES = 12;

/** Says whether a cost read from disk may be used: a thief may not make us accept less, nor stop the tablet with more. */
export function isPlausible(cost: StretchCost): boolean {
  return (
    cost.memoryKiB >= STRETCH_FLOOR.memoryKiB &&
    cost.memoryKiB <= 1_048_576 &&
    cost.passes >= STRETCH_FLOOR.passes &&
    cost.passes <= 64
  );
}

/** Returns 32 key bytes: Argon2id of the passphrase, one lane. Marks, case and spacing do not matter: tablets' keyboards differ. */
export function stretch(passphrase: string, salt: Uint8Array, cost: StretchCost): Promise<Uint8Array> {
  return argon2(fold(passphrase).trim().replaceAll(/\s+/gu, ' '), salt, cost);
}

/** Returns 32 key bytes: Argon2id of the digits as they are. */
export function stretchPin(pin: string, salt: Uint8Array, cost: StretchCost): Promise<Uint8Array> {
  return argon2(pin, salt, cost);
}

function argon2(typed: string, salt: Uint8Array, cost: StretchCost): Promise<Uint8Array> {
  return argon2id({
    // nothing typed is a wrong passphrase, which the library would throw at
    password: typed === '' ? ' ' : typed,
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

const TOO_QUICK_MS = 350;
const TOO_SLOW_MS = 1_400;

/**
 * Returns the cost for next time, when stretching with `cost` took `tookMs`: the same while that was bearable, else one for about 0.7 s. Less
 * by half at most, but for the step to STRETCH_FLOOR: one slow moment of a busy tablet must not make it weak. Never below that floor.
 */
export function costAfter(cost: StretchCost, tookMs: number): StretchCost {
  if (tookMs >= TOO_QUICK_MS && tookMs <= TOO_SLOW_MS) return cost;
  const isQuick = tookMs < TOO_QUICK_MS;
  const memoryKiB = isQuick ? Math.max(cost.memoryKiB, FIRST_TRY.memoryKiB) : cost.memoryKiB;
  const work = (cost.memoryKiB * cost.passes * TARGET_MS) / Math.max(1, tookMs);
  const wanted = Math.min(MAX_PASSES, Math.round(work / memoryKiB));
  if (isQuick)
    return { memoryKiB, passes: Math.max(FIRST_TRY.passes, wanted, memoryKiB === cost.memoryKiB ? cost.passes : 0) };
  const passes = Math.max(Math.ceil(cost.passes / 2), wanted);
  return passes < STRETCH_FLOOR.passes ? STRETCH_FLOOR : { memoryKiB, passes };
}

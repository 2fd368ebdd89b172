import type { Json } from './any.ts';

/** Seeded randomness: one seed, one run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Returns an integer in [0, sides). */
  below(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * sides);
  }

  /** Says yes `percent` times in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** Returns one of `choices`. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

/** Flips up to `most` bits of `bytes`, in place. */
export function flipBits(bytes: Uint8Array, most: number, dice: Dice): void {
  for (let flips = dice.below(most + 1); flips > 0 && bytes.length > 0; flips -= 1) {
    const at = dice.below(bytes.length);
    bytes.set([(bytes[at] ?? 0) ^ (1 << dice.below(8))], at);
  }
}

/** Returns a plausible value of a document, nested at times. */
export function randomJson(dice: Dice, depth = 3): Json {
  const kind = dice.below(depth > 0 ? 12 : 9);
  if (kind < 3)
    return dice.pick(['', 'Nguyễn Thị Mỹ Duyên', 'Y Blăm Niê', 'H’Nuĕ', 'thôn Đắk Hà 👧🏽', 'x'.repeat(dice.below(300))]);
  if (kind < 5) return dice.below(2 ** dice.below(32)) * (dice.chance(20) ? -1 : 1) || 0;
  if (kind === 5) return dice.pick([0.5, -3.75, 12.4, 1e-7, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, 1e9 + 0.1]);
  if (kind === 6) return null;
  if (kind < 9) return dice.chance(50);
  const length = dice.below(4);
  if (kind === 9) return Array.from({ length }, () => randomJson(dice, depth - 1));
  const keys = ['name', 'village', 'số', 'a b', '2025', '7', 'toString', ''];
  return Object.fromEntries(Array.from({ length }, () => [dice.pick(keys), randomJson(dice, depth - 1)]));
}

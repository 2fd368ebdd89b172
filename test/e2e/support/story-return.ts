import { Dice } from '@chungtay/core/base/random.support';
import { type Part, PARTS } from './story-cast.ts';

/** Somebody comes back, and whether the Hub dies around it: before, so that nobody answers at first, or while it answers. */
export interface Return {
  readonly part: Part;
  readonly hubDies: 'before' | 'meanwhile' | null;
}

/** Returns the order in which the five come back: each once, the Hub killed twice in between. The same for the same seed. */
export function orderOfReturn(seed: number): readonly Return[] {
  const dice = new Dice(seed);
  const waiting = [...PARTS];
  const order = PARTS.map(() => waiting.splice(dice.below(waiting.length), 1)[0] as Part);
  const first = 1 + dice.below(order.length - 1);
  const second = 1 + ((first + dice.below(order.length - 2)) % (order.length - 1));
  return order.map((part, at) => ({
    part,
    hubDies: at === first || at === second ? dice.pick(['before', 'meanwhile'] as const) : null,
  }));
}

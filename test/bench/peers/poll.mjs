import { setTimeout as pause } from 'node:timers/promises';
import { instantMs } from '../answer.ts';

/** Resolves with the instant at which `isTrue` held for every item; looks every two milliseconds. */
export async function whenAll(items, isTrue) {
  const left = new Set(items);
  for (;;) {
    for (const item of left) if (await isTrue(item)) left.delete(item);
    if (left.size === 0) return instantMs();
    await pause(2);
  }
}

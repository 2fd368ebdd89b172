/** What must hold when the commune has healed: every promise by its id, and where it is looked for. */
import type { Check } from './check.ts';
import { ACCESS_CHECKS } from './checks-access.ts';
import { CLOCK_CHECKS } from './checks-clocks.ts';
import { FEED_CHECKS } from './checks-feed.ts';
import { TABLET_CHECKS } from './checks-tablets.ts';
import type { Commune } from './commune.ts';
import { sceneOf } from './scene.ts';

/** Everything that is looked for at rest. */
export const CHECKS: readonly Check[] = [...TABLET_CHECKS, ...FEED_CHECKS, ...CLOCK_CHECKS, ...ACCESS_CHECKS];

/** Where the promises are looked for while things happen; their violations are among those of the commune. */
export const WATCHED: Readonly<Record<string, string>> = {
  P1: 'device.ts: each start of a tablet, from its disk alone',
  P2: 'commune.ts: each verdict, at the moment in which it is sent',
  P3: 'steps-tablets.ts: an edit on a full storage',
  P5: 'run.ts: everybody starts again from the disk, and reads the same',
  P9: 'clocks.ts: the same seed under other clocks of the tablets',
  P13: 'wiretap.ts: each frame to a device that was dismissed',
  'SY-2': 'wiretap.ts: each item of each frame, at the moment in which it is sent',
  'SY-4': 'hostile.ts: each envelope of a hostile member is answered',
};

/** Returns what is wrong, one line each that begins with the id; nothing when all holds. */
export async function violationsOf(commune: Commune): Promise<readonly string[]> {
  const scene = await sceneOf(commune);
  const found: string[] = [];
  for (const { id, find } of CHECKS) found.push(...(await find(scene)).map((line) => `${id} ${line}`));
  return [...commune.violations, ...found];
}

/** How everything comes to rest in the end: all processes up, all connected, until nothing waits any more. */
import { settle } from '../fixtures/world.ts';
import type { Commune } from './commune.ts';
import { writeApart } from './steps-tablets.ts';

/** How long the rounds of healing are: in the end long enough for what waits for somebody who never comes. */
const HEALING_MS = [1_000, 15_000, 60_000, 60_000, 300_000];
const ROUNDS = 40;

/** Heals everything; says whether all came to rest. */
export async function heal(commune: Commune): Promise<boolean> {
  commune.office.mortal.deathAt = null;
  commune.store.failNext = null;
  for (const device of commune.devices) device.isFull = false;
  for (const link of commune.network.links) if (link.isHalfOpen || link.isLingering) commune.cut(link, 'cut');
  await startAll(commune);
  // two tablets under one key that say the same cannot be told apart, by anybody
  await writeApart(commune);
  await commune.flow();
  for (let round = 0; round < ROUNDS; round += 1) {
    await startAll(commune);
    await commune.timeline.advance(HEALING_MS[Math.min(round >> 3, HEALING_MS.length - 1)] ?? 0);
    await rest(commune);
    if (!isAtRest(commune)) continue;
    // the last word of one is news to the others, a moment later
    await rest(commune);
    if (isAtRest(commune)) return true;
  }
  return false;
}

async function startAll(commune: Commune): Promise<void> {
  if (!commune.isHubUp) await commune.office.start();
  for (const device of commune.tablets) {
    // a Hub put back knows nothing of having dismissed a device: its person has to start anew
    const isDismissed = commune.hub.devices().some((one) => one.device === device.id && one.revoked);
    if (device.isStopped && !device.isCloned && !isDismissed) device.kill();
    if (device.isAlive) device.wake();
    else await device.start();
  }
}

function isAtRest(commune: Commune): boolean {
  return commune.isHubUp && commune.tablets.every((device) => device.isSettled);
}

/** Lets everything that takes turns, and no time, come to its end. */
async function rest(commune: Commune): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    for (let i = 0; i < 10; i += 1) await settle();
    await commune.timeline.advance(100);
  }
}

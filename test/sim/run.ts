/** One seed: a commune is founded, things happen, everything heals, and then all must hold. */
import { settle } from '../fixtures/world.ts';
import { type Bug, Commune } from './commune.ts';
import type { Counters } from './counters.ts';
import { violationsOf } from './properties.ts';
import { drawStep, newChild } from './steps.ts';

/** What came of a seed. */
export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  /** What happened, in order: printed when it fails. */
  readonly steps: readonly string[];
  readonly counters: Counters;
}

/** Runs one seed. */
export async function runSeed(
  seed: number,
  options: { readonly steps?: number; readonly bug?: Bug | null } = {},
): Promise<Outcome> {
  const commune = new Commune(seed, options.bug ?? null);
  const log: string[] = [];
  await commune.found(4 + commune.pick(3));
  for (let i = 0; i < 5; i += 1) await newChild(commune);
  await commune.calm();
  for (let i = 0; i < (options.steps ?? 120); i += 1) {
    const step = drawStep(commune);
    const what = await Promise.race([step.run(commune), patience()]);
    await settle();
    for (const device of commune.devices) if (!device.isAlive) device.kill();
    if (what !== null) log.push(`${step.name}: ${what}`);
  }
  const isHealed = await commune.heal();
  const restless = commune.devices.filter((device) => !device.isSettled).map((device) => device.describe());
  const live = isHealed
    ? await violationsOf(commune)
    : [...commune.violations, ...restless.map((who) => `never at rest: ${who}`)];
  const reloaded = isHealed && live.length === 0 ? await afterRestart(commune) : [];
  return { seed, violations: [...live, ...reloaded], steps: log, counters: commune.counters };
}

/** What a process was asked that died meanwhile is never answered: stop waiting for it. */
async function patience(): Promise<null> {
  for (let turn = 0; turn < 5_000; turn += 1) await settle();
  return null;
}

/** Everybody starts again from the disk alone: live = reloaded. */
async function afterRestart(commune: Commune): Promise<readonly string[]> {
  for (const device of commune.devices) {
    device.kill();
    await device.start();
    device.kill();
  }
  return (await violationsOf(commune)).map((violation) => `after a restart: ${violation}`);
}

/** One seed: a commune is founded, things happen, everything heals, and then all must hold. */
import { settle } from '../fixtures/world.ts';
import { Commune } from './commune.ts';
import type { Counters } from './counters.ts';
import { type Bug, PLANTED, type Planted } from './planted.ts';
import { violationsOf } from './properties.ts';
import { newChild } from './steps-edits.ts';
import { drawStep } from './steps.ts';

/** What came of a seed. */
export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  /** What happened, in order, by the number of the step: printed when it fails. */
  readonly steps: ReadonlyMap<number, string>;
  readonly counters: Counters;
}

/** How a seed is run. */
export interface RunOptions {
  readonly steps?: number;
  readonly bug?: Bug | null;
  /** Steps that are left out; the others are what they were. */
  readonly without?: ReadonlySet<number>;
}

/** Runs one seed. */
export async function runSeed(seed: number, options: RunOptions = {}): Promise<Outcome> {
  const planted: Planted | null = options.bug ? PLANTED[options.bug] : null;
  const commune = new Commune(seed, planted);
  const log = new Map<number, string>();
  const heal = planted?.patch?.();
  const outcomeOf = (violations: readonly string[]): Outcome => ({
    seed,
    violations,
    steps: log,
    counters: commune.counters,
  });
  try {
    await commune.found(4 + commune.pick(3));
    for (let i = 0; i < 5; i += 1) await newChild(commune);
    await commune.calm();
    for (let i = 0; i < (options.steps ?? 120); i += 1) {
      commune.reseed(i);
      if (options.without?.has(i)) continue;
      const step = drawStep(commune);
      const what = await Promise.race([step.run(commune), patience()]);
      await settle();
      for (const device of commune.devices) if (!device.isAlive) device.kill();
      if (what !== null) log.set(i, `${step.name}: ${what}`);
    }
    return outcomeOf(await findingsOf(commune));
  } catch (error) {
    // what should be impossible is a finding of this seed, and not the end of the others
    return outcomeOf([...commune.violations, String(error)]);
  } finally {
    heal?.();
  }
}

async function findingsOf(commune: Commune): Promise<readonly string[]> {
  const isHealed = await commune.heal();
  for (const device of commune.tablets) device.isOut = device.isStopped;
  const restless = commune.tablets.filter((device) => !device.isSettled).map((device) => device.describe());
  if (!isHealed) return [...commune.violations, ...restless.map((who) => `never at rest: ${who}`)];
  const live = await violationsOf(commune);
  return live.length > 0 ? live : afterRestart(commune);
}

/** What a process was asked that died meanwhile is never answered: stop waiting for it. */
async function patience(): Promise<null> {
  for (let turn = 0; turn < 5_000; turn += 1) await settle();
  return null;
}

/** Everybody starts again from the disk alone: live = reloaded. */
async function afterRestart(commune: Commune): Promise<readonly string[]> {
  // nobody hands in now: what the first would bring, the last would miss
  commune.network.isFlowing = false;
  for (const device of commune.tablets) {
    device.kill();
    await device.start();
    device.kill();
  }
  return (await violationsOf(commune)).map((violation) => `after a restart: ${violation}`);
}

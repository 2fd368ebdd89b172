/** One seed: a commune is founded, things happen, everything heals, and then all must hold. */
import { hexOf } from '@chungtay/core/base/bytes';
import { encodeState } from '@chungtay/core/doc/state';
import { Outage } from '@chungtay/core/sync/ports';
import { settle } from '../fixtures/world.ts';
import { Commune, type CommuneOptions } from './commune.ts';
import type { Counters } from './counters.ts';
import type { SimDevice } from './device.ts';
import { heal } from './healing.ts';
import { type Bug, PLANTED } from './planted.ts';
import type { Planted } from './planting.ts';
import { violationsOf } from './properties.ts';
import { withTwoReleases } from './releases.ts';
import { newChild } from './steps-edits.ts';
import { drawAccessStep, drawStep } from './steps.ts';

/** What came of a seed. */
export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  /** What happened, in order, by the number of the step: printed when it fails. */
  readonly steps: ReadonlyMap<number, string>;
  readonly counters: Counters;
}

/** How a seed is run. */
export interface RunOptions extends Pick<CommuneOptions, 'clockOffMs'> {
  readonly steps?: number;
  readonly bug?: Bug | null;
  /** Steps that are left out; the others are what they were. */
  readonly without?: ReadonlySet<number>;
  /** Looks at the healed commune before it is taken down. */
  readonly look?: (commune: Commune) => Promise<void>;
}

const STEPS = 120;
const ACCESS_FROM = 1_000;
/** Turns that a step may take. */
const MOST_TURNS = 5_000;
const FEWEST_PEOPLE = 5;
const MOST_PEOPLE = 8;

/** Runs one seed. */
export async function runSeed(seed: number, options: RunOptions = {}): Promise<Outcome> {
  const planted: Planted | null = options.bug ? PLANTED[options.bug] : null;
  const commune = new Commune(seed, { planted, clockOffMs: options.clockOffMs ?? null });
  const log = new Map<number, string>();
  const undo = [withTwoReleases(), ...(planted?.patch ? [planted.patch()] : [])];
  const outcomeOf = (violations: readonly string[]): Outcome => ({
    seed,
    violations,
    steps: log,
    counters: commune.counters,
  });
  try {
    await play(commune, options, log);
    const found = await findingsOf(commune);
    await options.look?.(commune);
    return outcomeOf(found);
  } catch (error) {
    // what should be impossible is a finding of this seed, and not the end of the others
    return outcomeOf([...commune.violations, `Fault ${String(error)}`]);
  } finally {
    for (const heals of undo.toReversed()) heals();
  }
}

async function play(commune: Commune, options: RunOptions, log: Map<number, string>): Promise<void> {
  await commune.found(FEWEST_PEOPLE + commune.pick(MOST_PEOPLE - FEWEST_PEOPLE + 1));
  for (let i = 0; i < 5; i += 1) await newChild(commune);
  await commune.calm();
  for (let i = 0; i < (options.steps ?? STEPS); i += 1) {
    commune.reseed(i);
    if (options.without?.has(i)) continue;
    const step = drawStep(commune);
    const what = await patiently(step.run(commune).catch(toldSo));
    await settle();
    for (const device of commune.devices) if (!device.isAlive) device.kill();
    if (what !== null) log.set(i, `${step.name}: ${what}`);
    await playAccess(commune, i, options, log);
  }
}

/** Every third step is followed by one about what is asked for and opened; they are numbered apart, from a thousand on. */
async function playAccess(commune: Commune, i: number, options: RunOptions, log: Map<number, string>): Promise<void> {
  const number = i + ACCESS_FROM;
  if (i % 3 !== 0 || options.without?.has(number)) return;
  commune.reseed(number);
  const step = drawAccessStep(commune);
  const what = await patiently(step.run(commune).catch(toldSo));
  await settle();
  for (const device of commune.devices) if (!device.isAlive) device.kill();
  if (what !== null) log.set(number, `${step.name}: ${what}`);
}

async function findingsOf(commune: Commune): Promise<readonly string[]> {
  const isHealed = await heal(commune);
  const restless = commune.tablets.filter((device) => !device.isSettled).map((device) => device.describe());
  if (!isHealed) return [...commune.violations, ...restless.map((who) => `never at rest: ${who}`)];
  const live = await violationsOf(commune);
  for (const device of commune.tablets) device.isOut = device.isStopped;
  return live.length > 0 ? live : afterRestart(commune);
}

/** Whoever asks the Hub for something while its disk fails is told so, and nothing of it has happened. */
function toldSo(error: unknown): string {
  if (error instanceof Outage) return error.kind;
  throw error;
}

/** What a process was asked that died meanwhile is never answered: stop waiting for it. */
async function patiently(running: Promise<string | null>): Promise<string | null> {
  const asked = { isAnswered: false };
  const answered = running.finally(() => void (asked.isAnswered = true));
  const given = async (): Promise<null> => {
    for (let turn = 0; turn < MOST_TURNS && !asked.isAnswered; turn += 1) await settle();
    return null;
  };
  return Promise.race([answered, given()]);
}

/** P5: everybody starts again from the disk alone, and reads what he read: live = reloaded. */
async function afterRestart(commune: Commune): Promise<readonly string[]> {
  // nobody hands in now: what the first would bring, the last would miss
  commune.network.isFlowing = false;
  const found: string[] = [];
  for (const device of commune.tablets) {
    const before = readingOf(device);
    device.kill();
    await device.start();
    device.kill();
    if (readingOf(device) !== before) found.push(`P5 ${device.name} reads something else after a restart`);
  }
  return [...found, ...(await violationsOf(commune)).map((violation) => `${violation}, after a restart`)];
}

function readingOf({ replica }: SimDevice): string {
  const shown = [...replica.walk()].map((held) =>
    held.access === 'whole'
      ? `${held.document} ${hexOf(encodeState(held.state))}`
      : `${held.document} ${JSON.stringify(held.values)}`,
  );
  return shown.toSorted().join('\n');
}

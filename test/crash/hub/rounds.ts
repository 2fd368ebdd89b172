/** The Hub under load, ended at drawn instants: what it had acknowledged must be there afterwards, once, and prove itself. */
import { seededRandom } from '../../fixtures/world.ts';
import type { Outcome } from '../outcome.ts';
import { HubBooks } from './books.ts';
import { LoadedCommune } from './commune.ts';

/** How the Hub ends: killed, killed with the power cut, or the same with commits that were not synced (the control). */
export type HubEnd = 'kill' | 'power' | 'weak-power';

/** What came of it; `lost` = acknowledged, and missing after an end. */
export interface HubOutcome extends Outcome {
  readonly kills: number;
  readonly envelopes: number;
  /** Acknowledged before an end. */
  readonly acknowledged: number;
  /** Ends that came while something was on its way, and pages and names that power cuts took back. */
  readonly midway: number;
  readonly pages: number;
  readonly names: number;
}

type Counts = { -readonly [Name in keyof HubOutcome]: number };

const DEVICES = 8;
const BURST = 12;
const LONGEST_LOAD_MS = 250;
/** A commune is left for a fresh one before reading all of it takes longer than killing it. */
const KILLS_A_COMMUNE = 25;

/** Ends a Hub so often; a seed draws the same instants, as far as processes keep time. */
export async function endHubs(end: HubEnd, kills: number, seed: number): Promise<HubOutcome> {
  const sum = noCounts();
  for (let done = 0; done < kills; done += KILLS_A_COMMUNE) {
    const commune = await LoadedCommune.found(DEVICES, end === 'weak-power' ? 'weaken' : null);
    try {
      await endOne(
        commune,
        end,
        { kills: Math.min(KILLS_A_COMMUNE, kills - done), random: seededRandom(seed + done) },
        sum,
      );
    } finally {
      await commune.remove();
    }
  }
  return sum;
}

interface Plan {
  readonly kills: number;
  readonly random: () => number;
}

async function endOne(commune: LoadedCommune, end: HubEnd, { kills, random }: Plan, sum: Counts): Promise<void> {
  const { hub, disk, devices } = commune;
  let counted = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    await endUnderLoad(commune, random, `${kill}`);
    sum.midway += devices.some(({ acknowledged, written }) => acknowledged < written) ? 1 : 0;
    if (end !== 'kill') {
      const { pages, names } = disk.cutPower(random);
      sum.pages += pages;
      sum.names += names;
    }
    sum.kills += 1;
    const before = devices.map(({ id, acknowledged }) => ({ id, acknowledged }));
    await hub.start();
    const lost = missing(hub.dataDirectory, before);
    const acknowledged = before.reduce((all, one) => all + one.acknowledged, 0);
    sum.acknowledged += acknowledged - counted;
    counted = acknowledged;
    sum.lost += lost;
    // what was forgotten comes again by another way; the control has shown what it is for
    if (lost > 0) return;
  }
  await Promise.all(devices.map((device) => device.comeBack()));
  await count(commune, sum);
}

/** Everybody writes as fast as he can until the Hub dies. */
async function endUnderLoad({ hub, devices }: LoadedCommune, random: () => number, round: string): Promise<void> {
  await Promise.all(devices.map((device) => device.comeBack()));
  const writers = devices.map(async (device, at) => {
    for (let edit = 0; edit < BURST; edit += 1) {
      await device.write(`${at}.${round}.${edit}`, random);
      await pause(random() * 15);
    }
  });
  await pause(random() * LONGEST_LOAD_MS);
  await hub.kill();
  await Promise.all(writers);
  // answers that had left the Hub before it died are heard yet
  await pause(50);
}

/** Returns how many acknowledged envelopes the Hub's database does not hold. */
function missing(
  dataDirectory: string,
  before: readonly { readonly id: string; readonly acknowledged: number }[],
): number {
  const books = new HubBooks(dataDirectory);
  const stored = books.stored();
  books.close();
  const numbers = before.flatMap(({ id, acknowledged }) =>
    Array.from({ length: acknowledged }, (_, at) => `${id} ${at + 1}`),
  );
  return numbers.filter((number) => !stored.has(number)).length;
}

async function count({ hub, devices }: LoadedCommune, sum: Counts): Promise<void> {
  const books = new HubBooks(hub.dataDirectory);
  const stored = books.stored();
  sum.damages += (await books.damages()).length;
  books.close();
  sum.twice += [...stored.values()].filter((times) => times > 1).length;
  for (const { id, written, refused } of devices) {
    sum.envelopes += written;
    sum.undelivered += refused;
    for (let n = 1; n <= written; n += 1) sum.undelivered += stored.has(`${id} ${n}`) ? 0 : 1;
  }
  await hub.stop();
  if (!/: no damage$/mu.test(hub.ct('verify'))) sum.damages += 1;
}

function noCounts(): Counts {
  return {
    kills: 0,
    envelopes: 0,
    acknowledged: 0,
    lost: 0,
    twice: 0,
    undelivered: 0,
    damages: 0,
    midway: 0,
    pages: 0,
    names: 0,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

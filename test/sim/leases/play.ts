/** Weeks of one tablet under a seed: away, switched off, clocks set to anything, the Hub met or not. Rule LSE-11. */
import { isHighDocument, LEASE } from '@chungtay/core/policy/lease';
import { seededRandom } from '../../fixtures/world.ts';
import { LoneTablet } from './lone-tablet.ts';

/** What must really have happened over a run of seeds. */
export const LEASE_HAPPENINGS = [
  'putAway',
  'ended',
  'cameBack',
  'clocksPutBack',
  'clocksSetAhead',
  'restartsWithoutKey',
  'sealedWhileShut',
  'sealedWhileEnded',
  'delivered',
] as const;

/** Counts by name. */
export type LeaseCounts = Record<(typeof LEASE_HAPPENINGS)[number], number>;

const HOUR_MS = 3_600_000;
const STEPS = 25;
const JUMPS_H = [-90_000, -200, -71, -30, -1, 30, 500] as const;

/** Plays a seed; returns what was wrong, and adds to the counts. */
export async function playLease(seed: number, counts: LeaseCounts): Promise<readonly string[]> {
  const random = seededRandom(seed);
  const found: string[] = [];
  const lone = await LoneTablet.found();
  for (let step = 0; step < STEPS; step += 1) {
    const before = lone.keeper.standing;
    await takeStep(lone, random, counts);
    const after = lone.keeper.standing;
    if (before === 'whole' && after !== 'whole') counts.putAway += 1;
    if (after === 'ended') counts.ended += 1;
    if (before !== 'whole' && after === 'whole') counts.cameBack += 1;
    found.push(...(await wrongNow(lone)).map((line) => `step ${step}: ${line}`));
  }
  await lone.meet();
  await lone.meet();
  found.push(...(await lostAtLast(lone, counts)));
  return found;
}

async function takeStep(lone: LoneTablet, random: () => number, counts: LeaseCounts): Promise<void> {
  const drawn = random();
  if (drawn < 0.4) return lone.pass(Math.ceil(random() * (drawn < 0.05 ? 400 : 40)) * HOUR_MS, random() < 0.6);
  if (drawn < 0.55) {
    const hours = JUMPS_H[Math.floor(random() * JUMPS_H.length)] ?? 0;
    counts[hours < 0 ? 'clocksPutBack' : 'clocksSetAhead'] += 1;
    lone.clockOffMs += hours * HOUR_MS;
    lone.wasSet = true;
    return lone.tick();
  }
  if (drawn < 0.65) {
    if (lone.keeper.standing !== 'whole') counts.restartsWithoutKey += 1;
    return lone.restart();
  }
  if (drawn < 0.92) {
    const kind = random() < 0.5 ? 'intake' : 'sealed-intake';
    if (lone.keeper.standing === 'ended') counts.sealedWhileEnded += 1;
    else if (lone.keeper.standing === 'open' && kind === 'sealed-intake') counts.sealedWhileShut += 1;
    return lone.file(kind);
  }
  return lone.meet();
}

/** P14: by time that nobody can have taken back, and, where nobody touched the clock, to the hour. */
async function wrongNow(lone: LoneTablet): Promise<readonly string[]> {
  const { standing } = lone.keeper;
  const wrong: string[] = [];
  const sureMs = lone.wasSet ? lone.ranMs : lone.passedMs;
  if (sureMs >= LEASE.highMs && standing === 'whole') wrong.push(`P14 whole after ${sureMs / HOUR_MS} h`);
  if (sureMs >= LEASE.allMs && standing !== 'ended') wrong.push(`P14 ${standing} after ${sureMs / HOUR_MS} h`);
  if (!lone.wasSet && lone.passedMs < LEASE.highMs && standing !== 'whole') wrong.push(`LSE-1 ${standing} too early`);
  const shown = [...lone.tablet.replica.documents()].filter(isHighDocument);
  if (standing !== 'whole' && shown.length > 0) wrong.push(`LSE-6 ${shown.length} closed files are still there`);
  const isResting = (await indexedDB.databases()).length > 0 && (await restsKey());
  if (standing !== 'whole' && isResting) wrong.push('LSE-5 the key is still on the disk');
  for (const { document, words } of lone.written.filter((one) => isHighDocument(one.document))) {
    const areas = await lone.findOpen(words);
    if (areas.length > 0) wrong.push(`LSE-5 ${document} lies open in ${areas.join(', ')}`);
  }
  return wrong;
}

async function restsKey(): Promise<boolean> {
  for (const { name } of await indexedDB.databases()) {
    const db = await answerOf(indexedDB.open(name ?? ''));
    const found = await answerOf(db.transaction('lease').objectStore('lease').count());
    db.close();
    if (found > 0) return true;
  }
  return false;
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}

/** Nothing is lost: everything that was shown as saved is at the Hub once, and readable again where it may be. */
async function lostAtLast(lone: LoneTablet, counts: LeaseCounts): Promise<readonly string[]> {
  const { tablet, test, keeper } = lone;
  const lost: string[] = [];
  if (keeper.standing !== 'whole') lost.push(`LSE-9 ${keeper.standing} after the Hub's word`);
  const { waiting, quarantined } = tablet.replica.counts();
  if (waiting + quarantined > 0) lost.push(`P3 ${waiting} wait and ${quarantined} are quarantined`);
  for (const { document } of lone.written) {
    const isThere = (await test.store.readDocumentEntries(document, 0, 9)).length === 1;
    if (!isThere) lost.push(`SY-3 ${document} did not arrive once`);
    else counts.delivered += 1;
    if (tablet.replica.read(document)?.access !== 'whole') lost.push(`LSE-9 ${document} did not come back`);
  }
  return lost;
}

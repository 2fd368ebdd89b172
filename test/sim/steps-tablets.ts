/** What becomes of tablets beside their processes: lost, wiped, copied, full, away for months, brought up to date. */
import type { Commune } from './commune.ts';
import { hasText, textEdit } from './step.ts';
import { fileIntakeOn } from './steps-edits.ts';

const DAY_MS = 86_400_000;
const YEARS_MS = 365 * DAY_MS;

/** A tablet is lost for good, with all that was on it alone. */
export function loseTablet(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.tablets.filter(({ role }) => role === 'teacher' || role === 'collaborator'));
  if (!device || commune.tablets.length < 4) return Promise.resolve(null);
  device.kill();
  device.isGone = true;
  commune.counters.add('lostTablets');
  return Promise.resolve(device.name);
}

/** The browser's storage is gone, and the person signs in again: what the Hub has comes back. */
export async function loseStorage(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.tablets.filter(({ isCloned }) => !isCloned));
  if (!device || !commune.isHubUp) return null;
  device.kill();
  device.isGone = true;
  commune.counters.add('lostStorages');
  const anew = await commune.enrolAgain(device);
  return `${device.name}${anew ? ', who signs in again' : ''}`;
}

/** A tablet's image is copied, and both are used. */
export async function cloneTablet(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(
    commune.tablets.filter((one) => one.isAlive && one.role !== 'chair' && one.replica.principal !== null),
  );
  if (!device || commune.devices.some(({ isCloned }) => isCloned)) return null;
  await commune.clone(device);
  commune.counters.add('clones');
  return device.name;
}

/** Both of a pair say something of their own: only then are they two. */
export async function writeApart(commune: Commune): Promise<void> {
  for (const device of commune.tablets) if (device.isCloned && device.isAlive) await fileIntakeOn(commune, device);
}

/** A tablet's storage is full: what cannot be saved is refused at once, and nothing of it is left (P3). */
export async function fillStorage(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  const change = device && textEdit(commune, device);
  if (!device || !change) return null;
  device.isFull = true;
  commune.counters.add('fullStorages');
  const before = device.replica.sync.outboxAfter(0).length;
  const isSaved = await device.edit([change.edit]);
  if (!device.isAlive) return device.name;
  const held = device.replica.read(change.edit.document);
  if (isSaved || device.replica.sync.outboxAfter(0).length > before || hasText(held, change.text))
    commune.violations.push(`P3 ${device.name} keeps what it could not save`);
  return device.name;
}

/** There is room again. */
export function emptyStorage(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter(({ isFull }) => isFull));
  if (!device) return Promise.resolve(null);
  device.isFull = false;
  return Promise.resolve(device.name);
}

/** A tablet lies switched off for days or months, and the others sleep a while. */
export function goAway(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return Promise.resolve(null);
  const days = commune.oneOf([1, 3, 14, 30, 90]) ?? 1;
  device.kill();
  commune.timeline.nowMs += days * DAY_MS;
  commune.counters.add('absences');
  return Promise.resolve(`${device.name}, ${days} days`);
}

/** The Hub, or a tablet, is brought up to date: a restart, on the storage of the release before. */
export async function upgrade(commune: Commune): Promise<string | null> {
  const { office } = commune;
  const old = commune.tablets.filter(({ release }) => release === 'older');
  if (office.release === 'older' && commune.random() < 0.4) {
    office.release = 'newer';
    if (office.isUp) office.kill();
    await office.start();
    commune.counters.add('upgrades');
    return 'the Hub';
  }
  const device = commune.oneOf(old);
  if (!device) return null;
  device.kill();
  device.release = 'newer';
  await device.start();
  commune.counters.add('upgrades');
  return device.name;
}

/** A tablet's clock jumps: hours, years, or back to where it was. */
export function jumpClock(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return Promise.resolve(null);
  device.jumpMs = jumpOf(commune);
  device.hasJumped = true;
  commune.counters.add('clockJumps');
  return Promise.resolve(`${device.name} by ${device.jumpMs} ms`);
}

/** The Hub's clock jumps. */
export function jumpHubClock(commune: Commune): Promise<string | null> {
  commune.office.jumpMs = jumpOf(commune);
  for (const device of commune.devices) device.hasJumped = true;
  commune.counters.add('hubClockJumps');
  return Promise.resolve(`by ${commune.office.jumpMs} ms`);
}

function jumpOf(commune: Commune): number {
  return commune.oneOf([0, 3_600_000, -3_600_000, YEARS_MS, 10 * YEARS_MS, -YEARS_MS / 2, -10 * YEARS_MS]) ?? 0;
}

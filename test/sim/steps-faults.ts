/** How processes and disks fail, and how they come back. */
import type { Commune } from './commune.ts';
import { editOn } from './step.ts';

export async function fold(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return null;
  const isDone = await device.replica.fold(5).then(
    () => true,
    () => false,
  );
  if (isDone) commune.counters.add('folds');
  return isDone ? device.name : null;
}

export function killDevice(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return Promise.resolve(null);
  device.kill();
  commune.counters.add('deviceKills');
  return Promise.resolve(device.name);
}

/** The next commit of a device dies around its disk, or meets an Outage. */
export async function failDeviceCommit(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return null;
  const failpoint = commune.oneOf(['kill-before', 'kill-after', 'storage-full'] as const) ?? 'storage-full';
  device.store.failNext(failpoint);
  // most often in the commit of an edit, else in whatever comes
  if (commune.random() < 0.6) await editOn(commune, device);
  const happened = {
    'kill-before': 'deviceKillsBefore',
    'kill-after': 'deviceKillsAfter',
    'storage-full': 'deviceOutages',
  } as const;
  commune.counters.add(happened[failpoint]);
  return `${device.name}: ${failpoint}`;
}

export async function startDevice(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.tablets.filter((one) => !one.isAlive));
  if (!device) return null;
  device.kill();
  await device.start();
  return device.name;
}

export function killHub(commune: Commune): Promise<string | null> {
  if (!commune.isHubUp) return Promise.resolve(null);
  commune.office.kill();
  commune.counters.add('hubKills');
  return Promise.resolve('');
}

export function failHubCommit(commune: Commune): Promise<string | null> {
  if (!commune.isHubUp) return Promise.resolve(null);
  const where = commune.random() < 0.5 ? 'before' : 'after';
  if (commune.random() < 0.5) {
    commune.office.mortal.deathAt = where;
    commune.counters.add(where === 'before' ? 'hubKillsBefore' : 'hubKillsAfter');
    return Promise.resolve(`dies ${where}`);
  }
  commune.store.failNext = where;
  commune.counters.add(where === 'before' ? 'hubOutagesBefore' : 'hubOutagesAfter');
  return Promise.resolve(`fails ${where}`);
}

export function makeBackup(commune: Commune): Promise<string | null> {
  commune.backup = commune.store.copy();
  commune.counters.add('backups');
  return Promise.resolve('');
}

/** Sometimes the office says so; most often the Hub has to find out. */
export async function restoreBackup(commune: Commune): Promise<string | null> {
  if (!commune.backup) return null;
  await commune.restore(commune.backup);
  commune.counters.add('restores');
  if (commune.random() < 0.3) commune.hub.beginEpoch().catch(() => undefined);
  return '';
}

export async function startHub(commune: Commune): Promise<string | null> {
  if (commune.isHubUp) return null;
  await commune.office.start();
  return '';
}

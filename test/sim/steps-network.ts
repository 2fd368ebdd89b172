/** What the network and the time do. */
import type { Commune } from './commune.ts';

export function deliver(commune: Commune): Promise<string | null> {
  const link = commune.oneOf(commune.network.links);
  if (!link) return Promise.resolve(null);
  const direction = commune.random() < 0.5 ? 'up' : 'down';
  let frames = 0;
  for (let left = 1 + commune.pick(4); left > 0 && link.deliver(direction); left -= 1) frames += 1;
  return Promise.resolve(frames > 0 ? `${frames} ${direction}` : null);
}

export function duplicate(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter((one) => one.isAlive && one.session.state.is === 'live'));
  const link = device && commune.linkOf(device);
  const direction = commune.random() < 0.5 ? 'up' : 'down';
  if (!device || !link?.duplicate(direction)) return Promise.resolve(null);
  commune.counters.add('duplicates');
  return Promise.resolve(`a frame ${direction} of ${device.name} arrives twice`);
}

export function disconnect(commune: Commune, how: 'cut' | 'halfOpen'): Promise<string | null> {
  const link = commune.oneOf(commune.network.links);
  if (!link) return Promise.resolve(null);
  commune.cut(link, how);
  commune.counters.add(how === 'cut' ? 'disconnects' : 'halfOpens');
  return Promise.resolve('');
}

export function wake(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  device?.session.wake();
  return Promise.resolve(device ? device.name : null);
}

export async function calm(commune: Commune): Promise<string | null> {
  await commune.calm();
  return '';
}

export async function passTime(commune: Commune): Promise<string | null> {
  const byMs = [5, 50, 1_000, 20_000, 120_000][commune.pick(5)] ?? 5;
  await commune.timeline.advance(byMs);
  return `${byMs} ms`;
}

/** A tablet's clock jumps: hours, years, or back to where it was. */
export function jumpClock(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return Promise.resolve(null);
  const years = 365 * 86_400_000;
  device.jumpMs = commune.oneOf([0, 3_600_000, -3_600_000, years, 10 * years, -years / 2]) ?? 0;
  commune.counters.add('clockJumps');
  return Promise.resolve(`${device.name} by ${device.jumpMs} ms`);
}

/** What the network and the time do. */
import { settle } from '../fixtures/world.ts';
import type { Commune } from './commune.ts';
import { editOn } from './step.ts';

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

/** The tablet gives its connection up while what it sent on it is still under way: that arrives behind what it says on the next one. */
export async function overtake(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter((one) => one.isAlive && one.session.state.is === 'live'));
  const link = device && commune.linkOf(device);
  if (!device || !link) return null;
  await editOn(commune, device);
  if (link.waiting('up') === 0 || !device.isAlive) return null;
  link.linger();
  await settle();
  device.wake();
  await settle();
  const next = commune.linkOf(device);
  next?.deliver('down');
  await settle();
  // the hello of the new one is heard first, or is on its way
  if (commune.random() < 0.5) next?.deliver('up');
  let frames = 0;
  while (link.deliver('up')) frames += 1;
  if (next) commune.counters.add('reorders', frames);
  return `${frames} frames of ${device.name} arrive behind its new connection`;
}

export function wake(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  device?.wake();
  return Promise.resolve(device ? device.name : null);
}

export async function calm(commune: Commune): Promise<string | null> {
  await commune.calm();
  return '';
}

export async function passTime(commune: Commune): Promise<string | null> {
  const byMs = [5, 50, 1_000, 20_000, 120_000][commune.pick(5)] ?? 5;
  const isHeldUp = commune.network.links.some((link) => link.waiting('up') + link.waiting('down') > 0);
  if (isHeldUp && byMs >= 1_000) commune.counters.add('delays');
  await commune.timeline.advance(byMs);
  return `${byMs} ms`;
}

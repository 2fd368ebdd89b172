/** What must hold of the tablets, beside the Hub. */
import { hexOf } from '@chungtay/core/base/bytes';
import { type DocState, encodeState } from '@chungtay/core/doc/state';
import { folderOf } from '@chungtay/core/model/ids';
import { parseOutboxRow } from '@chungtay/core/sync/outbox';
import { nodeCrypto } from '../fixtures/world.ts';
import type { Check } from './check.ts';
import { foldersTurning } from './checks-access.ts';
import { isStored, type SimDevice } from './device.ts';
import { NEW_FIELD } from './releases.ts';
import type { Scene } from './scene.ts';

/** A clock so far off is shown and recorded. */
const SHOWN_MS = 5 * 60_000;

/** Refusals that a program in order never meets. */
const UNEARNED: readonly string[] = ['malformed', 'bad-signature', 'not-author', 'twice'];

/** In the order in which they are worth reading. */
export const TABLET_CHECKS: readonly Check[] = [
  { id: 'SY-3', find: (scene) => eachTablet(scene, lostEdits) },
  { id: 'SY-4', find: (scene) => eachTablet(scene, wrongQuarantine) },
  { id: 'P3', find: (scene) => eachTablet(scene, notInOneState) },
  { id: 'SY-1', find: (scene) => eachReader(scene, (device) => readsOtherwise(scene, device)) },
  { id: 'P6', find: backAfterLoss },
  { id: 'P8', find: (scene) => eachReader(scene, (device) => unknownDropped(scene, device)) },
  { id: 'P9', find: (scene) => eachReader(scene, (device) => skewUnknown(scene, device)) },
  { id: 'P18', find: (scene) => eachReader(scene, (device) => untraceable(scene, device)) },
  { id: 'SY-7', find: clientsUsedTwice },
  { id: 'CSE-4', find: stoppedWithoutCause },
];

async function eachTablet(
  scene: Scene,
  find: (scene: Scene, device: SimDevice) => Promise<readonly string[]> | readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const device of scene.commune.tablets) found.push(...(await find(scene, device)));
  return found;
}

/** Those that the Hub talks to; of two under one key the one that it believes. */
function eachReader(scene: Scene, find: (device: SimDevice) => readonly string[]): readonly string[] {
  return scene.commune.tablets.filter(isReader).flatMap((device) => find(device));
}

function isReader(device: SimDevice): boolean {
  const isBelieved = !device.isOut && !device.isStopped && device.hub().principalOf(device.id) !== null;
  return isBelieved && (!device.isCloned || device.isLive);
}

/** Every edit that was shown as saved is at the Hub, or in quarantine with a reason; or on a tablet that was stopped, which says so. */
async function lostEdits({ commune }: Scene, device: SimDevice): Promise<readonly string[]> {
  const lost: string[] = [];
  const stored = await storedOf(device, commune.store);
  const quarantined = new Set(device.replica.quarantine().map(({ id }) => id));
  const filed = new Set(device.replica.filed().map(({ document }) => document));
  const onTablet = device.isCloned ? lyingOn(device) : new Set<string>();
  for (const { id, n, document } of device.saved) {
    if (stored.has(id)) commune.counters.add('stored');
    else if (quarantined.has(id)) commune.counters.add('refused');
    else if (filed.has(document)) commune.counters.add('filed');
    else if (onTablet.has(id)) commune.counters.add('forks');
    else lost.push(`${device.name} lost ${n} (${document})`);
  }
  commune.counters.add('filed', filed.size);
  return lost;
}

async function storedOf(device: SimDevice, store: Parameters<typeof isStored>[2]): Promise<ReadonlySet<string>> {
  const stored = new Set<string>();
  for (const edit of device.saved) if (await isStored(device.id, edit, store)) stored.add(edit.id);
  return stored;
}

/** What two tablets under one key have written, each for itself, lies on the one that was stopped. */
function lyingOn(device: SimDevice): ReadonlySet<string> {
  return new Set(device.store.allBytes().map((bytes) => parseOutboxRow(bytes, nodeCrypto)?.id ?? ''));
}

/** What is stored is not in quarantine, what is there can be read, and no honest program is refused for what it cannot have done. */
async function wrongQuarantine({ commune }: Scene, device: SimDevice): Promise<readonly string[]> {
  const found: string[] = [];
  const stored = await storedOf(device, commune.store);
  for (const item of device.replica.quarantine()) {
    if (item.verdict === 'held') commune.counters.add('held');
    if (item.code === 'locked') commune.counters.add('lockedHeld');
    if (item.code === 'unknown-field') commune.counters.add('unknownFieldsRefused');
    if (UNEARNED.includes(item.code)) found.push(`${device.name} is refused ${item.id} as ${item.code}`);
    // what its copy handed in meanwhile nobody tells a tablet that was stopped
    const isTold = !(device.isCloned && (device.isOut || device.isStopped));
    if (isTold && stored.has(item.id)) found.push(`${device.name} shows ${item.id} as refused, and it is stored`);
    if (item.status === 'open' && item.fields.length === 0) found.push(`${device.name} cannot read ${item.id}`);
  }
  return found;
}

/** Nothing waits and is counted as refused, or the other way round: the counts on the screen are true. */
function notInOneState(_scene: Scene, device: SimDevice): readonly string[] {
  const { replica } = device;
  const open = new Set(replica.quarantine().flatMap(({ id, status }) => (status === 'open' ? [id] : [])));
  const rows = replica.sync.outboxAfter(0);
  const waiting = replica.waitingEdits();
  const { waiting: counted, quarantined } = replica.counts();
  const found: string[] = [];
  const both = rows.filter((row) => open.has(row.id) && replica.layersOf(row.document).waiting.includes(row.update));
  for (const { n } of both) found.push(`${device.name} shows ${n} as waiting and as refused`);
  if (quarantined !== open.size) found.push(`${device.name} counts ${quarantined} refused and has ${open.size}`);
  if (counted !== waiting.length) found.push(`${device.name} counts ${counted} waiting and has ${waiting.length}`);
  return found;
}

/** Everybody holds exactly what his grants give him, as the Hub has it. */
function readsOtherwise(scene: Scene, device: SimDevice): readonly string[] {
  const { states, heads } = scene;
  const turning = foldersTurning(scene);
  const found: string[] = [];
  for (const document of heads.keys()) {
    const held = device.replica.read(document);
    const isWhole = held?.access === 'whole';
    const mayRead = device.hub().mayRead(device.member, document);
    if (turning.has(folderOf(document))) continue;
    if (isWhole !== mayRead) found.push(`${device.name} ${isWhole ? 'holds' : 'lacks'} ${document}`);
    const state = states.get(document);
    if (isWhole && mayRead && state && !isSame(held.state, state))
      found.push(`${device.name} reads ${document} differently`);
  }
  for (const document of device.replica.documents())
    if (!heads.has(document)) found.push(`${device.name} holds ${document}, which the Hub does not know`);
  return found;
}

function isSame(a: DocState, b: DocState): boolean {
  return hexOf(encodeState(a)) === hexOf(encodeState(b));
}

/** Whoever signed in again after his storage was lost reads all that he may, what he had sent before among it. */
function backAfterLoss(scene: Scene): readonly string[] {
  const { commune, told } = scene;
  return commune.tablets
    .filter((device) => device.isAnew && isReader(device))
    .flatMap((device) =>
      told.flatMap(({ entry: { member, n }, document }) => {
        const isMissing =
          member === device.member && device.hub().mayRead(member, document) && !device.replica.read(document);
        return isMissing ? [`${device.name} misses ${n}, sent before the storage was lost`] : [];
      }),
    );
}

/** A program that does not know a field keeps what stands in it. */
function unknownDropped({ commune, states }: Scene, device: SimDevice): readonly string[] {
  if (device.release === 'newer') return [];
  const found: string[] = [];
  for (const held of device.replica.walk()) {
    if (held.access !== 'whole' || held.kind !== NEW_FIELD.kind) continue;
    for (const { op, field } of states.get(held.document)?.live.values() ?? []) {
      if (field.name !== NEW_FIELD.name) continue;
      commune.counters.add('unknownFields');
      if (!held.state.live.has(op))
        found.push(`${device.name} dropped ${op} of ${held.document}, a field it does not know`);
    }
  }
  return found;
}

/** A clock that is far off is known to its tablet. */
function skewUnknown({ commune }: Scene, device: SimDevice): readonly string[] {
  const offMs = commune.office.jumpMs - device.clockOffMs;
  const { skewMs } = device.session.facts;
  if (!device.isLive || device.hasJumped || Math.abs(offMs) < SHOWN_MS) return [];
  commune.counters.add('skewsShown');
  const isShown = skewMs !== null && Math.abs(skewMs - offMs) < SHOWN_MS;
  return isShown ? [] : [`${device.name} is ${offMs} ms off and believes ${skewMs}`];
}

/** Every value that a tablet shows was written by one person on one device, signed, and received by the Hub at one time. */
function untraceable({ commune, sources }: Scene, device: SimDevice): readonly string[] {
  const found: string[] = [];
  for (const held of device.replica.walk()) {
    if (held.access !== 'whole') continue;
    for (const { op, member } of held.state.live.values()) {
      const source = sources.get(`${held.document} ${op}`);
      commune.counters.add('valuesTraced');
      if (!source?.isSigned || source.entry.member !== member)
        found.push(`${device.name} shows ${op} of ${held.document}, which nobody signed`);
    }
  }
  return found;
}

/** No client id is used by two starts, or by two devices; two tablets under one key cannot know. */
function clientsUsedTwice({ commune }: Scene): readonly string[] {
  const owner = new Map<number, string>();
  const found: string[] = [];
  for (const device of commune.devices.filter(({ isCloned }) => !isCloned)) {
    for (const [start, clients] of device.clients.entries()) {
      for (const client of clients) {
        const by = `${device.name}, start ${start}`;
        const other = owner.get(client);
        if (other) found.push(`client id ${client} is used by ${other} and by ${by}`);
        owner.set(client, by);
      }
    }
  }
  return found;
}

/** A session ends for good only where a person has to decide: a device that was dismissed, by the office or as one that a Hub put back has forgotten, or that was copied. */
function stoppedWithoutCause({ commune, image, entries }: Scene): readonly string[] {
  const dismissed = new Set(image.devices.flatMap(({ device, revoked }) => (revoked ? [device] : [])));
  // enrolled and dismissed in one breath
  const readmitted = entries.filter(
    ({ type, device }, at) =>
      type === 'device' && entries[at + 1]?.device === device && entries[at + 1]?.type === 'device',
  );
  commune.counters.add('readmittedDevices', readmitted.length);
  return commune.tablets.flatMap((device) => {
    const { state } = device.session;
    if (state.is !== 'stopped' || device.isOut) return [];
    const isRight =
      (state.refusal === 'device-revoked' && (dismissed.has(device.id) || device.isCloned)) ||
      (state.refusal === 'device-forked' && device.isCloned);
    return isRight ? [] : [`${device.name} was stopped: ${state.refusal}`];
  });
}

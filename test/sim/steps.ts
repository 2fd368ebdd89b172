import { conflictsOf } from '@chungtay/core/doc/read';
/** What may happen in a commune, one thing at a time. */
import type { FolderId } from '@chungtay/core/model/ids';
import { documentIdOf, makeFolderId, makeUlid, parseDocumentId } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import { settle } from '../fixtures/world.ts';
import { type Commune, VILLAGES } from './commune.ts';
import type { SimDevice } from './device.ts';

/** One kind of step: how often it comes, and what it does. Returns what to print of it, or null when it could not be. */
export interface Step {
  readonly name: string;
  readonly weight: number;
  readonly run: (commune: Commune) => Promise<string | null>;
}

/** Every step. */
const STEPS: readonly Step[] = [
  { name: 'new child', weight: 6, run: newChild },
  { name: 'edit', weight: 24, run: editSomething },
  { name: 'same field', weight: 12, run: sameField },
  { name: 'choose', weight: 10, run: choose },
  { name: 'undo', weight: 5, run: undo },
  { name: 'intake', weight: 4, run: fileIntake },
  { name: 'move child', weight: 4, run: moveChild },
  { name: 'appointment', weight: 2, run: changeAppointment },
  { name: 'right ends on the way', weight: 3, run: endRightOnTheWay },
  { name: 'usurp', weight: 8, run: usurp },
  { name: 'quarantine', weight: 12, run: decideQuarantine },
  { name: 'deliver', weight: 40, run: deliver },
  { name: 'duplicate', weight: 3, run: duplicate },
  { name: 'disconnect', weight: 5, run: (commune) => disconnect(commune, 'cut') },
  { name: 'half-open', weight: 2, run: (commune) => disconnect(commune, 'halfOpen') },
  { name: 'wake', weight: 8, run: wake },
  { name: 'calm', weight: 9, run: calm },
  { name: 'time', weight: 10, run: passTime },
  { name: 'fold', weight: 3, run: fold },
  { name: 'device kill', weight: 3, run: killDevice },
  { name: 'device commit fails', weight: 4, run: failDeviceCommit },
  { name: 'device start', weight: 16, run: startDevice },
  { name: 'hub kill', weight: 1, run: killHub },
  { name: 'hub commit fails', weight: 2, run: failHubCommit },
  { name: 'backup', weight: 3, run: makeBackup },
  { name: 'restore', weight: 1, run: restoreBackup },
  { name: 'hub start', weight: 16, run: startHub },
];

/** Returns a step at random, by weight. */
export function drawStep(commune: Commune): Step {
  let at = commune.random() * STEPS.reduce((sum, step) => sum + step.weight, 0);
  return STEPS.find((step) => (at -= step.weight) < 0) ?? (STEPS[0] as Step);
}

/** A lead or collaborator registers a child, sometimes with its school in one group. */
export async function newChild(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(
    commune.devices.filter((one) => one.isAlive && ['lead', 'collaborator'].includes(one.role)),
  );
  if (!device) return null;
  const village = commune.oneOf(VILLAGES) ?? VILLAGES[0];
  const world = { nowMs: () => commune.timeline.nowMs, randomBytes: bytesOf(commune) };
  const folder = makeFolderId(world);
  const identity: DocumentEdit = {
    document: documentIdOf(folder, 'identity'),
    sets: [
      { name: 'name', value: commune.token() },
      { name: 'village', value: village },
    ],
  };
  const education: DocumentEdit = {
    document: documentIdOf(folder, 'education'),
    sets: [{ name: 'school', value: 'tieu-hoc-1' }],
  };
  const isGroup = device.role === 'lead' && commune.random() < 0.6;
  const isSaved = await edit(commune, device, isGroup ? [identity, education] : [identity]);
  return isSaved ? `${device.name} registers a child in ${village}` : null;
}

async function editSomething(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  const held = device && commune.oneOf(wholeOf(device).filter(({ kind }) => kind in FIELDS));
  if (!held) return null;
  const field = commune.oneOf(FIELDS[held.kind] ?? []) ?? 'name';
  const isLog = field === 'notes';
  const text = commune.token();
  const change: DocumentEdit = isLog
    ? { document: held.document, appends: [{ name: field, value: { text } }] }
    : { document: held.document, sets: [{ name: field, value: text }] };
  return (await edit(commune, device, [change])) ? `${device.name} writes ${field} of ${held.document}` : null;
}

/** Two people write the same field before they have heard of one another. */
async function sameField(commune: Commune): Promise<string | null> {
  const first = commune.oneOf(writersOf(commune));
  const held = first && commune.oneOf(wholeOf(first).filter(({ kind }) => kind === 'identity'));
  const second =
    held &&
    commune.oneOf(
      writersOf(commune).filter((one) => one !== first && one.replica.read(held.document)?.access === 'whole'),
    );
  if (!first || !held || !second) return null;
  for (const device of [first, second])
    await edit(commune, device, [{ document: held.document, sets: [{ name: 'carerName', value: commune.token() }] }]);
  return `${first.name} and ${second.name} write the carer of ${held.document}`;
}

async function choose(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  const open =
    device && wholeOf(device).filter((held) => held.access === 'whole' && conflictsOf(held.state).length > 0);
  const held = open && commune.oneOf(open);
  if (!device || held?.access !== 'whole') return null;
  const conflict = conflictsOf(held.state)[0];
  const entry = conflict && commune.oneOf(conflict.entries);
  if (!entry) return null;
  commune.counters.add('conflicts');
  const { name, code } = entry.field;
  const set = { name, value: entry.value, ...(code === null ? {} : { code }) };
  const isSaved = await edit(commune, device, [{ document: held.document, sets: [set] }]);
  if (isSaved) commune.counters.add('choices');
  return isSaved ? `${device.name} chooses ${name} of ${held.document}` : null;
}

async function undo(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device || !(await device.undo())) return null;
  commune.counters.add('undone');
  return `${device.name} undoes`;
}

async function fileIntake(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return null;
  const world = { nowMs: () => commune.timeline.nowMs, randomBytes: bytesOf(commune) };
  const folder = makeFolderId(world);
  const intake = documentIdOf(folder, 'intake', makeUlid(world));
  const informant = documentIdOf(folder, 'informant', makeUlid(world));
  const isSaved = await edit(commune, device, [
    { document: intake, sets: [{ name: 'incidentPlace', value: commune.token() }] },
    { document: informant, sets: [{ name: 'name', value: commune.token() }] },
  ]);
  if (isSaved) commune.counters.add('intakes');
  return isSaved ? `${device.name} hands in ${intake}` : null;
}

async function moveChild(commune: Commune): Promise<string | null> {
  const lead = commune.deviceOf('lead');
  const held = lead.isAlive ? commune.oneOf(wholeOf(lead).filter(({ kind }) => kind === 'identity')) : undefined;
  if (!held) return null;
  const village = commune.oneOf(VILLAGES) ?? VILLAGES[0];
  const isSaved = await edit(commune, lead, [{ document: held.document, sets: [{ name: 'village', value: village }] }]);
  if (isSaved) commune.counters.add('moves');
  return isSaved ? `${held.document} moves to ${village}` : null;
}

/** A right ends while the Hub is packing what it still allowed. */
async function endRightOnTheWay(commune: Commune): Promise<string | null> {
  const lead = commune.deviceOf('lead');
  const link = lead.isAlive && lead.session.state.is === 'live' ? commune.linkOf(lead) : null;
  const held = link && commune.oneOf(wholeOf(lead).filter(({ kind }) => kind === 'identity'));
  if (!link || !held) return null;
  // long enough to be deflated, which takes its turns
  const text = `${commune.token()}${` ${commune.random()}`.repeat(80)}`;
  await edit(commune, lead, [{ document: held.document, appends: [{ name: 'notes', value: { text } }] }]);
  while (link.deliver('up')) await settle();
  const passing = commune.timeline.advance(20);
  for (let turns = commune.pick(8); turns > 0; turns -= 1) await settle();
  const what = await changeAppointment(commune);
  await passing;
  if (what) commune.counters.add('rightsOnTheWay');
  return what;
}

async function changeAppointment(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter(({ role }) => role === 'collaborator'));
  if (!device || !commune.isHubUp) return null;
  const villages = VILLAGES.filter(() => commune.random() < 0.5);
  device.appointment = { ...device.appointment, villages };
  // the office may not hear the answer: the Hub may die meanwhile
  commune.hub.changeMember(device.principal().member, device.appointment).then(
    () => commune.counters.add('appointments'),
    () => undefined,
  );
  return Promise.resolve(`${device.name} now serves ${villages.join(' and ') || 'nowhere'}`);
}

/** A tablet that believes to be more than it is: the Hub must refuse, and nothing may be lost by that. */
async function usurp(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter((one) => one.isAlive && ['teacher', 'nurse'].includes(one.role)));
  const me = device?.replica.principal;
  if (!device || !me) return null;
  await device.replica.sync.principal({ ...me, role: 'lead', villages: ['*'] }).catch(() => undefined);
  const held = commune.oneOf(wholeOf(device).filter(({ kind }) => kind === 'identity' || kind === 'education'));
  const folder = held ? (parseDocumentId(held.document)?.folder as FolderId) : null;
  if (!folder) return null;
  const document = documentIdOf(folder, held?.kind === 'education' ? 'support' : 'identity');
  const isSaved = await edit(commune, device, [
    { document, appends: [{ name: 'notes', value: { text: commune.token() } }] },
    ...(held?.kind === 'education'
      ? [{ document: held.document, appends: [{ name: 'notes', value: { text: commune.token() } }] }]
      : []),
  ]);
  if (isSaved) commune.counters.add('usurpations');
  return isSaved ? `${device.name} writes ${document} as if lead` : null;
}

async function decideQuarantine(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter((one) => one.isAlive && one.replica.counts().quarantined > 0));
  const item = device && commune.oneOf(device.replica.quarantine().filter(({ status }) => status === 'open'));
  if (!device || !item) return null;
  if (commune.random() < 0.3) {
    if (await device.replica.dismiss(item.id).catch(() => false)) commune.counters.add('dismissed');
    return `${device.name} puts ${item.id} away`;
  }
  const keys = item.fields.filter(({ isSettled }) => !isSettled).map(({ key }) => key);
  const isSaved = await device.reapply(item.id, keys);
  if (isSaved) commune.counters.add('reapplied');
  return isSaved ? `${device.name} writes ${item.id} again` : null;
}

function deliver(commune: Commune): Promise<string | null> {
  const link = commune.oneOf(commune.network.links);
  if (!link) return Promise.resolve(null);
  const direction = commune.random() < 0.5 ? 'up' : 'down';
  let frames = 0;
  for (let left = 1 + commune.pick(4); left > 0 && link.deliver(direction); left -= 1) frames += 1;
  return Promise.resolve(frames > 0 ? `${frames} ${direction}` : null);
}

function duplicate(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter((one) => one.isAlive && one.session.state.is === 'live'));
  const link = device && commune.linkOf(device);
  const direction = commune.random() < 0.5 ? 'up' : 'down';
  if (!device || !link?.duplicate(direction)) return Promise.resolve(null);
  commune.counters.add('duplicates');
  return Promise.resolve(`a frame ${direction} of ${device.name} arrives twice`);
}

function disconnect(commune: Commune, how: 'cut' | 'halfOpen'): Promise<string | null> {
  const link = commune.oneOf(commune.network.links);
  if (!link) return Promise.resolve(null);
  commune.cut(link, how);
  commune.counters.add(how === 'cut' ? 'disconnects' : 'halfOpens');
  return Promise.resolve('');
}

function wake(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  device?.session.wake();
  return Promise.resolve(device ? device.name : null);
}

async function calm(commune: Commune): Promise<string | null> {
  await commune.calm();
  return '';
}

async function passTime(commune: Commune): Promise<string | null> {
  const byMs = [5, 50, 1_000, 20_000, 120_000][commune.pick(5)] ?? 5;
  await commune.timeline.advance(byMs);
  return `${byMs} ms`;
}

async function fold(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return null;
  const isDone = await device.replica.fold(5).then(
    () => true,
    () => false,
  );
  if (isDone) commune.counters.add('folds');
  return isDone ? device.name : null;
}

function killDevice(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device) return Promise.resolve(null);
  device.kill();
  commune.counters.add('deviceKills');
  return Promise.resolve(device.name);
}

/** The next commit of a device dies around its disk, or meets an Outage. */
async function failDeviceCommit(commune: Commune): Promise<string | null> {
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

async function startDevice(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter((one) => !one.isAlive));
  if (!device) return null;
  device.kill();
  await device.start();
  return device.name;
}

function killHub(commune: Commune): Promise<string | null> {
  if (!commune.isHubUp) return Promise.resolve(null);
  commune.killHub();
  commune.counters.add('hubKills');
  return Promise.resolve('');
}

function failHubCommit(commune: Commune): Promise<string | null> {
  if (!commune.isHubUp) return Promise.resolve(null);
  const where = commune.random() < 0.5 ? 'before' : 'after';
  if (commune.random() < 0.5) {
    commune.hubStore.deathAt = where;
    commune.counters.add(where === 'before' ? 'hubKillsBefore' : 'hubKillsAfter');
    return Promise.resolve(`dies ${where}`);
  }
  commune.store.failNext = where;
  commune.counters.add(where === 'before' ? 'hubOutagesBefore' : 'hubOutagesAfter');
  return Promise.resolve(`fails ${where}`);
}

function makeBackup(commune: Commune): Promise<string | null> {
  commune.backup = commune.store.copy();
  commune.counters.add('backups');
  return Promise.resolve('');
}

/** Sometimes the office says so; most often the Hub has to find out. */
async function restoreBackup(commune: Commune): Promise<string | null> {
  if (!commune.backup) return null;
  await commune.restore(commune.backup);
  commune.counters.add('restores');
  if (commune.random() < 0.3) commune.hub.beginEpoch().catch(() => undefined);
  return '';
}

async function startHub(commune: Commune): Promise<string | null> {
  if (commune.isHubUp) return null;
  await commune.startHub();
  return '';
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  identity: ['name', 'carerName', 'address', 'motherName', 'notes'],
  education: ['notes'],
  intake: ['actionsTaken'],
};

async function editOn(commune: Commune, device: SimDevice): Promise<void> {
  const held = commune.oneOf(wholeOf(device).filter(({ kind }) => kind === 'identity'));
  if (held)
    await edit(commune, device, [{ document: held.document, sets: [{ name: 'motherName', value: commune.token() }] }]);
}

async function edit(commune: Commune, device: SimDevice, edits: readonly DocumentEdit[]): Promise<boolean> {
  const isSaved = await device.edit(edits);
  if (isSaved) commune.counters.add('edits');
  if (isSaved && edits.length > 1) commune.counters.add('groups');
  return isSaved;
}

/** Those who may write a child's carer. */
function writersOf(commune: Commune): readonly SimDevice[] {
  return commune.devices.filter(({ isAlive, role }) => isAlive && (role === 'lead' || role === 'collaborator'));
}

function wholeOf(device: SimDevice): readonly HeldDocument[] {
  return [...device.replica.walk()].filter(({ access }) => access === 'whole');
}

function bytesOf(commune: Commune) {
  return (lengthBytes: number) => Uint8Array.from({ length: lengthBytes }, () => commune.pick(256));
}

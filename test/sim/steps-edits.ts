/** What people do with files: write, choose, undo, hand in, decide about what was not accepted. */
import { conflictsOf } from '@chungtay/core/doc/read';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { type Commune, VILLAGES } from './commune.ts';
import { bytesOf, edit, wholeOf, writersOf } from './step.ts';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  identity: ['name', 'carerName', 'address', 'motherName', 'notes'],
  education: ['notes'],
  intake: ['actionsTaken'],
};

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

export async function editSomething(commune: Commune): Promise<string | null> {
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
export async function sameField(commune: Commune): Promise<string | null> {
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

export async function choose(commune: Commune): Promise<string | null> {
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

export async function undo(commune: Commune): Promise<string | null> {
  const device = commune.someDevice();
  if (!device || !(await device.undo())) return null;
  commune.counters.add('undone');
  return `${device.name} undoes`;
}

export async function fileIntake(commune: Commune): Promise<string | null> {
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

export async function decideQuarantine(commune: Commune): Promise<string | null> {
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

/** What people do with files: write, choose, undo, hand in, decide about what was not accepted. */
import { conflictsOf } from '@chungtay/core/doc/read';
import { RISK_LEVELS } from '@chungtay/core/model/abuse';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { Commune } from './commune.ts';
import type { SimDevice } from './device.ts';
import { SCHOOL, VILLAGES } from './people.ts';
import { bytesOf, edit, wholeOf, writersOf } from './step.ts';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  identity: ['name', 'carerName', 'address', 'motherName', 'notes'],
  education: ['notes'],
  intake: ['actionsTaken'],
  household: ['code'],
  case: ['riskReason', 'narrative', 'notes'],
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
    sets: [{ name: 'school', value: SCHOOL }],
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
  const conflict = commune.oneOf(conflictsOf(held.state));
  // in an order that no clock has made
  const entry = conflict && commune.oneOf(conflict.entries.toSorted((a, b) => (a.op < b.op ? -1 : 1)));
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
  return device ? fileIntakeOn(commune, device) : null;
}

/** Hands in a report on a tablet; returns what to print of it, or null when it could not be. */
export async function fileIntakeOn(commune: Commune, device: SimDevice): Promise<string | null> {
  const world = { nowMs: () => commune.timeline.nowMs, randomBytes: bytesOf(commune) };
  const folder = makeFolderId(world);
  const intake = documentIdOf(folder, 'intake', makeUlid(world));
  const informant = documentIdOf(folder, 'informant', makeUlid(world));
  const isSaved = await edit(commune, device, [
    {
      document: intake,
      sets: [
        { name: 'incidentPlace', value: commune.token() },
        { name: 'severity', value: commune.oneOf(RISK_LEVELS) ?? RISK_LEVELS[0] },
      ],
    },
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

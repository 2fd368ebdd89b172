/** What changes who may see what: moves, appointments, a tablet that believes to be more than it is. */
import { documentIdOf, type FolderId, parseDocumentId } from '@chungtay/core/model/ids';
import { settle } from '../fixtures/world.ts';
import type { Commune } from './commune.ts';
import { VILLAGES } from './people.ts';
import { edit, wholeOf } from './step.ts';
import { fileIntakeOn } from './steps-edits.ts';

export async function moveChild(commune: Commune): Promise<string | null> {
  const lead = commune.deviceOf('lead');
  const held = lead.isAlive ? commune.oneOf(wholeOf(lead).filter(({ kind }) => kind === 'identity')) : undefined;
  if (!held) return null;
  const village = commune.oneOf(VILLAGES) ?? VILLAGES[0];
  const isSaved = await edit(commune, lead, [{ document: held.document, sets: [{ name: 'village', value: village }] }]);
  if (isSaved) commune.counters.add('moves');
  return isSaved ? `${held.document} moves to ${village}` : null;
}

/** A right ends while the Hub is packing what it still allowed. */
export async function endRightOnTheWay(commune: Commune): Promise<string | null> {
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

export async function changeAppointment(commune: Commune): Promise<string | null> {
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

/** Somebody's rights end, or come back, at once and everywhere. */
export function suspend(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter(({ role }) => role === 'collaborator' || role === 'nurse'));
  if (!device || !commune.isHubUp) return Promise.resolve(null);
  const isSuspended = commune.random() < 0.5;
  commune.hub.suspendMember(device.principal().member, isSuspended).then(
    () => commune.counters.add('suspensions'),
    () => undefined,
  );
  return Promise.resolve(`${device.name} ${isSuspended ? 'is suspended' : 'is back'}`);
}

/** The Hub believes a device no more. */
export async function revokeDevice(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.tablets.filter(({ role }) => role === 'teacher' || role === 'police'));
  if (!device || !commune.isHubUp) return null;
  // with something that it has not handed in yet
  if (device.isAlive) await fileIntakeOn(commune, device);
  if (device.isAlive && device.replica.sync.outboxAfter(0).length > 0) commune.counters.add('revokedWithWork');
  commune.hub.revokeDevice(device.id).then(
    () => commune.counters.add('revokedDevices'),
    () => undefined,
  );
  return device.name;
}

/** A tablet that believes to be more than it is: the Hub must refuse, and nothing may be lost by that. */
export async function usurp(commune: Commune): Promise<string | null> {
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

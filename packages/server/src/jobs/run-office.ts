import { must } from '@chungtay/core/base/assert';
import { HUB_MEMBER, parseDeviceId } from '@chungtay/core/model/ids';
import { ERROR_SENTENCES, say } from '@chungtay/core/roster/messages';
import type { ImportPlan } from '@chungtay/core/roster/plan-types';
import { toAccountJson, toJson } from '@chungtay/core/roster/to-json';
import { dialLocally } from '../ops/local-link.ts';
import { createNodeWorld } from '../ops/world.ts';
import { planRoster, writeRoster } from './import-roster.ts';
import type { RosterFile } from './import-roster.ts';
import { enrolAt, openLocalDevice } from './local-device.ts';
import type { ImportAsk, Office, OfficeAnswer } from './office.ts';
import type { OpenHub } from './open-hub.ts';
import { changeMember, invite, inviteAgain, leadOf, listMembers, suspendMember } from './people.ts';
import { addPlaces, listPlaces, renamePlace } from './places.ts';

/** Returns the verbs of the command line over a Hub that is open in this process. */
export function createOffice(open: OpenHub): Office {
  const { hub } = open;
  return {
    invite: (ask) => invite(open, ask),
    members: () => Promise.resolve(listMembers(hub)),
    inviteAgain: ({ member }) => inviteAgain(open, member),
    change: (ask) => changeMember(open, ask),
    suspend: (ask) => suspendMember(open, ask),
    places: () => Promise.resolve(listPlaces(open.directory)),
    addPlaces: (ask) => addPlaces(open.directory, ask),
    renamePlace: (ask) => renamePlace(open.directory, ask),
    devices: () => Promise.resolve(devicesOf(open)),
    async revoke({ device: text }) {
      const device = parseDeviceId(text);
      const revoked = device ? await hub.revokeDevice(device) : null;
      return revoked?.ok ? { device: text } : { problem: `${text} is not an enrolled device.` };
    },
    verify: async () => ({ ...(await open.verify()) }),
    rotateKey: () => open.keyRotation.rotate(),
    import: (ask) => importRoster(open, ask),
  };
}

function devicesOf({ hub }: OpenHub): OfficeAnswer {
  const people = new Map(hub.members().map((row) => [row.member, row]));
  const devices = hub.devices().filter(({ member }) => member !== HUB_MEMBER);
  return {
    devices: devices.map(({ device, member, revoked, lastContactMs }) => {
      const person = people.get(member);
      return { device, member, name: person?.name, role: person?.principal.role, lastContactMs, isRevoked: revoked };
    }),
  };
}

/** Returns what importing a roster would do in a commune that knows no child and no village yet. */
export async function planAlone(ask: ImportAsk): Promise<OfficeAnswer> {
  const plan = await planRoster(fileOf(ask), null, {}, createNodeWorld());
  return plan.ok ? answerOf(plan.value) : { problem: say(ERROR_SENTENCES[plan.error.code], 'vi') };
}

async function importRoster(open: OpenHub, ask: ImportAsk): Promise<OfficeAnswer> {
  const file = fileOf(ask);
  const plan = await planRoster(file, open.feed, open.directory.content().villages, open.world);
  if (!plan.ok) return { problem: say(ERROR_SENTENCES[plan.error.code], 'vi') };
  const answer = answerOf(plan.value);
  if (ask.isDryRun) return answer;
  if (answer['ready'] === 0) return { ...answer, written: [], refused: [] };
  const lead = leadOf(open, ask.member);
  if (lead === null && ask.member !== null)
    return { problem: `${ask.member} is no lead at work. member list shows who is.` };
  if (lead === null) return { problem: 'There is no lead to import for. Invite one: invite --role lead …' };
  const invited = await open.hub.inviteAgain(lead);
  const { code } = must(invited.ok ? invited.value : null, 'an invitation');
  const dial = dialLocally((socket) => open.hub.accept(socket));
  const device = await openLocalDevice(open.world, dial, enrolAt(open.hub, code));
  try {
    const outcome = await writeRoster(plan.value, file, device, open.world);
    return { ...answer, ...outcome };
  } finally {
    device.close();
    await open.hub.revokeDevice(device.identity.device);
  }
}

function answerOf(plan: ImportPlan): OfficeAnswer {
  return { ...toJson(plan), account: toAccountJson(plan) };
}

function fileOf({ file, fileName, sheet }: ImportAsk): RosterFile {
  const bytes = new Uint8Array(Buffer.from(file, 'base64'));
  return { bytes, fileName, ...(sheet === undefined ? {} : { sheetNames: [sheet] }) };
}

import { must } from '@chungtay/core/base/assert';
import { HUB_MEMBER } from '@chungtay/core/model/ids';
import type { DeviceId } from '@chungtay/core/model/ids';
import { ERROR_SENTENCES, say } from '@chungtay/core/roster/messages';
import type { ImportPlan } from '@chungtay/core/roster/plan-types';
import { toAccountJson, toJson } from '@chungtay/core/roster/to-json';
import type { Orderer } from '@chungtay/core/sync/ports';
import { dialLocally } from '../ops/local-link.ts';
import { createNodeWorld } from '../ops/world.ts';
import { planRoster, writeRoster } from './import-roster.ts';
import type { RosterFile } from './import-roster.ts';
import { listNamings, listPeople } from './list-people.ts';
import { enrolAt, openLocalDevice } from './local-device.ts';
import { readName } from './name.ts';
import { confirmNaming } from './naming.ts';
import { no } from './office.ts';
import type { ImportAsk, Office, OfficeAnswer } from './office.ts';
import type { OpenHub } from './open-hub.ts';
import { changeMember, invite, inviteAgain, leadOf, suspendMember } from './people.ts';
import type { OfficeHub } from './people.ts';
import { addPlaces, listPlaces, renamePlace } from './places.ts';

/** The verbs that are about people and devices. */
export type PeopleOffice = Omit<Office, 'places' | 'addPlaces' | 'renamePlace' | 'verify' | 'rotateKey' | 'import'>;

/** Returns the verbs over a Hub that is open in this process, as ordered from its command line. */
export function createOffice(open: OpenHub): Office {
  return {
    ...createPeopleOffice(open, 'command-line'),
    places: () => Promise.resolve(listPlaces(open.directory)),
    addPlaces: (ask) => addPlaces(open.directory, ask),
    renamePlace: (ask) => renamePlace(open.directory, ask),
    verify: async () => ({ ...(await open.verify()) }),
    rotateKey: () => open.keyRotation.rotate(),
    import: (ask) => importRoster(open, ask),
  };
}

/** Returns the verbs about people and devices, ordered by somebody whom the log will name. */
export function createPeopleOffice(open: OfficeHub, by: Orderer): PeopleOffice {
  const { hub } = open;
  const enrolled = (text: string): DeviceId | null => {
    const known = hub.devices().find(({ device, member }) => device === text && member !== HUB_MEMBER);
    return known?.device ?? null;
  };
  return {
    people: () => Promise.resolve({ ...listPeople(open) }),
    invite: (ask) => invite(open, ask, by),
    inviteAgain: ({ member }) => inviteAgain(open, member, by),
    change: (ask) => changeMember(open, ask, by),
    suspend: (ask) => suspendMember(open, ask, by),
    async revoke({ device: text }) {
      const device = enrolled(text);
      if (!device) return no({ code: 'no-device', name: text });
      await hub.revokeDevice(device, { by });
      return { ...listPeople(open) };
    },
    async nameDevice({ device: text, label: typed }) {
      const device = enrolled(text);
      const label = typed === '' ? '' : readName(typed);
      if (!device) return no({ code: 'no-device', name: text });
      if (label === null) return no({ code: 'label' });
      await hub.nameDevice(device, label);
      return { ...listPeople(open) };
    },
    namings: () => Promise.resolve({ ...listNamings(open, by === 'command-line' ? null : by.member) }),
    confirmNaming: (ask) => confirmNaming(open, ask, by),
  };
}

/** Returns what importing a roster would do in a commune that knows no child and no village yet. */
export async function planAlone(ask: ImportAsk): Promise<OfficeAnswer> {
  const plan = await planRoster(fileOf(ask), null, {}, createNodeWorld());
  return plan.ok ? answerOf(plan.value) : no({ code: 'said', texts: [say(ERROR_SENTENCES[plan.error.code], 'vi')] });
}

async function importRoster(open: OpenHub, ask: ImportAsk): Promise<OfficeAnswer> {
  const file = fileOf(ask);
  const plan = await planRoster(file, open.feed, open.directory.content().villages, open.world);
  if (!plan.ok) return no({ code: 'said', texts: [say(ERROR_SENTENCES[plan.error.code], 'vi')] });
  const answer = answerOf(plan.value);
  if (ask.isDryRun) return answer;
  if (answer['ready'] === 0) return { ...answer, written: [], refused: [] };
  const lead = leadOf(open, ask.member);
  if (lead === null && ask.member !== null) return no({ code: 'no-lead', member: ask.member });
  if (lead === null) return no({ code: 'no-lead' });
  const invited = await open.hub.inviteAgain(lead, { by: 'command-line' });
  const { code } = must(invited.ok ? invited.value : null, 'an invitation');
  const dial = dialLocally((socket) => open.hub.accept(socket));
  const device = await openLocalDevice(open.world, dial, enrolAt(open.hub, code));
  try {
    const outcome = await writeRoster(plan.value, file, device, open.world);
    return { ...answer, ...outcome };
  } finally {
    device.close();
    await open.hub.revokeDevice(device.identity.device, { by: 'command-line' });
  }
}

function answerOf(plan: ImportPlan): OfficeAnswer {
  return { ...toJson(plan), account: toAccountJson(plan) };
}

function fileOf({ file, fileName, sheet }: ImportAsk): RosterFile {
  const bytes = new Uint8Array(Buffer.from(file, 'base64'));
  return { bytes, fileName, ...(sheet === undefined ? {} : { sheetNames: [sheet] }) };
}

import { must } from '@chungtay/core/base/assert';
import type { Directory } from '@chungtay/core/model/directory';
import { HUB_MEMBER, parseDeviceId } from '@chungtay/core/model/ids';
import type { MemberNumber } from '@chungtay/core/model/ids';
import { fold } from '@chungtay/core/model/names';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import { ERROR_SENTENCES, say } from '@chungtay/core/roster/messages';
import type { ImportPlan } from '@chungtay/core/roster/plan-types';
import { toAccountJson, toJson } from '@chungtay/core/roster/to-json';
import { dialLocally } from '../ops/local-link.ts';
import { createNodeWorld } from '../ops/world.ts';
import { planRoster, writeRoster } from './import-roster.ts';
import type { RosterFile } from './import-roster.ts';
import { openLocalDevice } from './local-device.ts';
import type { ChangeAsk, ImportAsk, InviteAsk, Office, OfficeAnswer } from './office.ts';
import type { OpenHub } from './open-hub.ts';
import { verifyFeed } from './verify.ts';

/** Returns the verbs of the command line over a Hub that is open in this process. */
export function createOffice(open: OpenHub): Office {
  const { hub, feed, world } = open;
  return {
    invite: (ask) => invite(open, ask),
    change: (ask) => change(open, ask),
    devices: () => Promise.resolve(devicesOf(open)),
    async revoke({ device: text }) {
      const device = parseDeviceId(text);
      const revoked = device ? await hub.revokeDevice(device) : null;
      return revoked?.ok ? { device: text } : { problem: `${text} is not an enrolled device.` };
    },
    verify: async () => ({ ...(await verifyFeed(feed, world.crypto)) }),
    import: (ask) => importRoster(open, ask),
  };
}

async function invite({ hub, directory }: OpenHub, ask: InviteAsk): Promise<OfficeAnswer> {
  const places = appointedTo(directory.content(), ask);
  if ('problem' in places) return places;
  const { name, role } = ask;
  return { ...(await hub.invite({ name, role, ...places, namedFor: [], untilMs: null })) };
}

/** Another role keeps the places, and loses what the person was named for. */
async function change({ hub, directory }: OpenHub, ask: ChangeAsk): Promise<OfficeAnswer> {
  const row = hub.members().find(({ member }) => member === ask.member);
  if (!row) return { problem: `Nobody has the number ${ask.member}; \`devices\` lists them.` };
  const found = appointedTo(directory.content(), { villages: ask.villages ?? [], schools: ask.schools ?? [] });
  if ('problem' in found) return found;
  const { principal, name, member } = row;
  const role = ask.role ?? principal.role;
  const villages = ask.villages === null ? principal.villages : found.villages;
  const schools = ask.schools === null ? principal.schools : found.schools;
  const namedFor = role === principal.role ? principal.namedFor : [];
  const changed = await hub.changeMember(member, { ...principal, name, role, villages, schools, namedFor });
  must(changed.ok || null, 'an appointment');
  return { member, name, role, villages, schools };
}

/** Returns the ids of the places of an appointment, or which of them the directory does not have. */
function appointedTo(
  { villages, schools }: Pick<Directory, 'villages' | 'schools'>,
  asked: { readonly villages: readonly string[]; readonly schools: readonly string[] },
): { readonly villages: readonly string[]; readonly schools: readonly string[] } | { readonly problem: string } {
  const [here, there] = [placesOf(asked.villages, villages), placesOf(asked.schools, schools)];
  const unknown = [...here.unknown, ...there.unknown];
  if (unknown.length > 0) return { problem: `The directory has no ${unknown.map((name) => `“${name}”`).join(', ')}.` };
  return { villages: here.ids, schools: there.ids };
}

/** Finds places by id or name; a star is everywhere. */
function placesOf(
  asked: readonly string[],
  known: Readonly<Record<string, { readonly name: string }>>,
): { readonly ids: readonly string[]; readonly unknown: readonly string[] } {
  const idOf = (text: string): string | undefined =>
    text === EVERYWHERE || Object.hasOwn(known, text)
      ? text
      : Object.entries(known).find(([, { name }]) => fold(name) === fold(text))?.[0];
  const found = asked.map((text) => ({ text, id: idOf(text) }));
  return {
    ids: found.flatMap(({ id }) => id ?? []),
    unknown: found.filter(({ id }) => id === undefined).map(({ text }) => text),
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
  if (lead === null) return { problem: 'There is no lead to import for. Invite one: invite --role lead …' };
  const device = await openLocalDevice(
    open.world,
    dialLocally((socket) => open.hub.accept(socket)),
    async (keys) => {
      const invited = await open.hub.inviteAgain(lead);
      const enrolled = await open.hub.enrol({
        code: must(invited.ok ? invited.value : null, 'an invitation').code,
        ...keys,
      });
      const { hub, ...identity } = must(enrolled.ok ? enrolled.value : null, 'a device');
      return { ...identity, hubKey: hub.signKey };
    },
  );
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

function leadOf({ hub }: OpenHub, asked: number | null): MemberNumber | null {
  const leads = hub.members().filter(({ principal, suspended }) => principal.role === 'lead' && !suspended);
  return (asked === null ? leads[0] : leads.find(({ member }) => member === asked))?.member ?? null;
}

/** What everybody hears of the log and of who is where, asked as a screen asks. */
import type { FolderId } from '@chungtay/core/model/ids';
import { documentIdOf } from '@chungtay/core/model/ids';
import { agencyOf } from '@chungtay/core/model/role';
import { auditAnswer } from '@chungtay/core/wire/audit';
import { answerAudit } from '@chungtay/server/jobs/audit-desk';
import { PresenceRoom } from '@chungtay/server/ws/presence-room';
import { awarenessFrame } from '@chungtay/server/ws/room-frames';
import { NAMED, PEOPLE, type Who, type WatchedHub } from './commune.ts';

const EVERYBODY = Object.keys(PEOPLE) as Who[];

/** Everybody reads the log to its beginning, and asks of it what its screen can ask. */
export async function readTheLog(commune: WatchedHub): Promise<void> {
  const nowMs = commune.timeline.nowMs;
  const questions = [{}, { act: 'write' }, { act: 'held' }, { act: 'read' }, { member: memberOf(commune, NAMED[0]) }];
  for (const who of EVERYBODY)
    for (const question of [...questions, { untilMs: nowMs - 60_000 }, { fromMs: nowMs - 60_000 }])
      for (let next: unknown; next !== null;)
        next = await askTheLog(commune, who, { ...question, ...(next === undefined ? {} : { next }) });
}

async function askTheLog(commune: WatchedHub, who: Who, question: object): Promise<unknown> {
  const { hub, signer, sealer, hubWorld } = commune;
  const row = hub.members().find(({ member }) => member === commune.members.get(who));
  const device = hub.devices().find(({ member }) => member === row?.member)?.device;
  if (!row || !device) throw new Error(`no device of ${who}`);
  const desk = { hub, world: hubWorld, keys: { signer, cursors: sealer } };
  const answer = await answerAudit({ member: row.member, device, row }, JSON.stringify(question), desk);
  commune.note(who, `log ${answer}`);
  // who may know has more to read where there is more: that must not move the clock
  await commune.pass(NAMED.includes(who) ? 0 : 1);
  return auditAnswer.parse(JSON.parse(answer)).next;
}

/** Everybody is in the room of each child; the named nurse goes from what is open into what is closed, where there is something, and else away. */
export async function meetInTheRooms(commune: WatchedHub, children: readonly FolderId[], closed: readonly number[]) {
  for (const [i, child] of children.entries()) {
    if (i % 9 !== 0) continue;
    const room = new PresenceRoom(child, needsOf(commune), () => undefined);
    const said = new Map(EVERYBODY.map((who) => [who, enter(commune, room, who)] as const));
    const nurse = said.get('nurseNamed');
    const health = { document: documentIdOf(child, 'health') };
    const hiv = { document: documentIdOf(child, 'hiv') };
    nurse?.(1, health);
    await commune.pass();
    nurse?.(2, closed.includes(i) ? hiv : null);
    await commune.pass();
    if (closed.includes(i)) for (const clock of [3, 4, 5]) nurse?.(clock, hiv);
    await commune.pass();
    nurse?.(closed.includes(i) ? 6 : 3, health);
    await commune.pass();
  }
}

function enter(commune: WatchedHub, room: PresenceRoom, who: Who): (clock: number, state: object | null) => void {
  const member = memberOf(commune, who);
  const device = commune.hub.devices().find((line) => line.member === member)?.device;
  if (device === undefined) throw new Error(`no device of ${who}`);
  const note = (what: string): void => commune.note(who, `room ${what}`);
  const events = room.join(
    {
      bufferedBytes: 0,
      send: (bytes) => note(Buffer.from(bytes).toString('base64')),
      close: (code, reason) => note(`close ${code} ${reason}`),
    },
    { member, device },
  );
  return (clock, state) => events.onFrame(awarenessFrame([{ client: member, clock, state: JSON.stringify(state) }]));
}

function needsOf({ hub, hubWorld }: WatchedHub): ConstructorParameters<typeof PresenceRoom>[1] {
  return {
    personOf({ member }) {
      const person = hub.members().find((each) => each.member === member);
      const { role } = person?.principal ?? {};
      return person && role ? { name: person.name, role, agency: agencyOf(role) } : null;
    },
    mayReadFolder: (member, folder) => hub.mayRead(member, folder),
    mayReadDocument: (member, document) => hub.mayRead(member, document),
    nowMs: () => hubWorld.nowMs(),
  };
}

function memberOf(commune: WatchedHub, who: Who | undefined) {
  const member = who && commune.members.get(who);
  if (member === undefined) throw new Error('nobody of this name');
  return member;
}

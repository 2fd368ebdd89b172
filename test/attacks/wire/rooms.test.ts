import { closeCodeOf } from '@chungtay/core/wire/refusal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Reader, varUint } from '../../protocol/any.ts';
import { type Account, postJson } from './account.ts';
import { Commune, REPEATED, harmIn } from './commune.ts';
import { RawLine } from './raw-line.ts';
import { awareness, bySubdocument, inAnUnknownRoot, told, updateFrame } from './room-words.ts';

const DIRECTORY = '/rooms/directory';
const MALFORMED = closeCodeOf('malformed');

let commune: Commune;
let administrator: Account;
let lead: Account;
let outsider: Account;
let document = '';
let presence = '';

beforeAll(async () => {
  commune = await Commune.found();
  [administrator, lead, outsider] = [
    await commune.administrator(),
    await commune.account('lead'),
    await commune.account('teacher'),
  ];
  document = [...commune.honest.lead.documents.keys()].find((id) => id.endsWith('/identity')) ?? '';
  presence = `/rooms/presence/${document.split('/')[0]}`;
}, 60_000);
afterAll(() => commune.end());

/** The fields in which a line has seen others, in order. */
function fieldsIn(line: RawLine): readonly unknown[] {
  return told(line).map(({ state }) => (state as { readonly field: unknown } | null)?.field);
}

/** Asks for a ticket as the device's program does; `changes` replace parts of what it posts. */
async function askTicket(
  { self, keys, url }: Account,
  changes: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const asked = (await (await fetch(`${url}/ticket`)).json()) as { readonly challenge: string; readonly hub: string };
  const parts = [
    Buffer.from(asked.hub, 'base64url'),
    Buffer.from(changes['challenge'] ?? asked.challenge, 'base64url'),
  ];
  const proof = keys.sign('chungtay/ticket/1\n', ...parts).toString('base64url');
  return postJson(`${url}/ticket`, { device: self.device, challenge: asked.challenge, proof, ...changes });
}

async function ticketOf(account: Account): Promise<string> {
  const { ticket } = (await (await askTicket(account)).json()) as { readonly ticket: string };
  commune.keepSecret(ticket);
  return ticket;
}

function enter(path: string, ticket?: string): Promise<RawLine> {
  const offer = ticket === undefined ? {} : { 'Sec-WebSocket-Protocol': `chungtay, chungtay.ticket.${ticket}` };
  return RawLine.upgrade(commune.target(), path, offer);
}

/** Resolves to how an entry ended, `in` when the room is still open after an answer. */
async function entryOf(path: string, ticket?: string): Promise<string> {
  const line = await enter(path, ticket);
  await line.send({ payload: Buffer.of(0, 0, 1, 0) });
  await line.until(() => line.ending !== null || line.messages.length > 0);
  line.drop();
  return line.messages.length > 0 ? 'in' : (line.ending?.reason ?? '');
}

/** Returns a directory as anybody reads it. */
async function directory(): Promise<Y.Doc> {
  const line = await enter(DIRECTORY);
  await line.send({ payload: Buffer.of(0, 0, 1, 0) });
  const answer = () => line.messages.find((frame) => frame[0] === 0 && frame[1] === 1);
  await line.until(() => answer() !== undefined);
  line.drop();
  const reader = new Reader((answer() ?? Buffer.of()).subarray(2));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, reader.bytes(reader.varUint()));
  return doc;
}

describe('tickets', () => {
  it('[P17] none for a forged proof, another’s challenge, a challenge of nobody, another device', async () => {
    const cases: readonly (readonly [Readonly<Record<string, string>>, number])[] = [
      [{ proof: Buffer.alloc(64).toString('base64url') }, 403],
      [{ challenge: Buffer.alloc(60, 7).toString('base64url') }, 403],
      [{ challenge: await ticketOf(lead) }, 403],
      [{ device: lead.self.device }, 403],
      [{ device: '__proto__' }, 400],
      [{ proof: 'short' }, 400],
    ];
    for (const [changes, status] of cases) expect((await askTicket(outsider, changes)).status).toBe(status);
    expect((await askTicket(outsider)).status).toBe(200);
  });

  it('[P17] a ticket opens what its holder may open and nothing else; bent, cut or in the URL it opens nothing', async () => {
    const ticket = await ticketOf(lead);
    const bent = `${ticket.slice(0, -2)}${ticket.endsWith('A') ? 'B' : 'A'}A`;
    expect(await entryOf(presence, ticket)).toBe('in');
    expect(await entryOf(presence, await ticketOf(outsider))).toBe('no-grant');
    expect(await entryOf(presence, bent)).toBe('bad-proof');
    expect(await entryOf(presence, ticket.slice(0, 40))).toBe('bad-proof');
    expect(await entryOf(presence)).toBe('bad-proof');
    expect(await entryOf(`${presence}?ticket=${ticket}`)).toBe('bad-proof');
    await expect(enter('/rooms/presence/..%2fdirectory', ticket)).rejects.toThrow('404');
    await expect(enter('/rooms/__proto__', ticket)).rejects.toThrow('404');
  });

  it('[P17] a stolen ticket dies with its device, at the door and in the room', async () => {
    const stolenFrom = await commune.account('lead');
    const ticket = await ticketOf(stolenFrom);
    const inside = await enter(presence, ticket);
    await inside.send({ payload: awareness([{ client: 5, clock: 1, state: { document } }]) });
    await inside.until(() => told(inside).length > 0);
    await commune.office('revoke', { device: stolenFrom.self.device });
    expect(await entryOf(presence, ticket)).toBe('no-grant');
    await inside.send({ payload: awareness([{ client: 5, clock: 2, state: { document } }]) });
    expect((await inside.ended()).reason).toBe('no-grant');
    expect((await askTicket(stolenFrom)).status).toBe(403);
    inside.drop();
  });
});

describe('the directory', () => {
  it(
    '[P17] forged steps of synchronisation end the connection or change nothing, and everybody else feels nothing',
    REPEATED,
    async () => {
      const before = (await directory()).toJSON();
      const frames: readonly (readonly [Buffer, number | null])[] = [
        [Buffer.of(0, 3, 0), MALFORMED],
        [Buffer.of(7), MALFORMED],
        [Buffer.of(0, 2, 0xff, 0xff, 0xff, 0xff, 0x0f), MALFORMED],
        [Buffer.of(), MALFORMED],
        [Buffer.of(0, 0, 3, 0xff, 0xff, 0xff), null],
        [updateFrame(Buffer.from('010101000081ffffffff0f', 'hex')), null],
        [updateFrame(bySubdocument()), null],
        [updateFrame(inAnUnknownRoot()), null],
      ];
      const ends: (number | null)[] = [];
      const toll = await commune.under(async () => {
        for (const [payload] of frames) {
          const line = await enter(DIRECTORY, await ticketOf(administrator));
          await line.send({ payload });
          await line.send({ payload: Buffer.of(0, 0, 1, 0) });
          await line.until(() => line.ending !== null || line.messages.some((frame) => frame[1] === 1));
          ends.push(line.ending?.code ?? null);
          line.drop();
        }
      });
      expect(ends).toEqual(frames.map(([, code]) => code));
      expect(harmIn(toll)).toEqual({});
      expect((await directory()).toJSON()).toEqual(before);
    },
  );

  it(
    '[P17] an update that says ten thousand times over what is gone is refused before it is looked at',
    REPEATED,
    async () => {
      const writer = await directory();
      const since = Y.encodeStateVector(writer);
      for (let at = 0; at < 200; at += 1) writer.getMap('villages').set(`v${at}`, { name: 'Thôn' });
      for (let at = 0; at < 200; at += 1) writer.getMap('villages').delete(`v${at}`);
      const line = await enter(DIRECTORY, await ticketOf(administrator));
      await line.send({ payload: updateFrame(Y.encodeStateAsUpdate(writer, since)) });
      await expect
        .poll(async () => Y.encodeStateVector(await directory()).length)
        .toBe(Y.encodeStateVector(writer).length);
      line.drop();
      const again = Buffer.concat([
        varUint(writer.clientID),
        varUint(15_000),
        ...Array<Buffer>(15_000).fill(Buffer.of(0, 200, 1)),
      ]);
      const stranger = await enter(DIRECTORY);
      const payload = updateFrame(Buffer.concat([Buffer.of(0, 1), again]));
      const toll = await commune.under(async () => {
        for (let at = 0; at < 20; at += 1) await stranger.send({ payload });
        await stranger.until(() => stranger.messages.filter((frame) => frame[0] === 2).length === 20);
      });
      // each would be three million questions: half a second
      expect(harmIn(toll, 100)).toEqual({});
      stranger.drop();
    },
  );

  it('[P17] a stranger’s message of more than 64 KiB is not taken in; the administrator’s is', async () => {
    const payload = updateFrame(Buffer.alloc(70_000));
    const stranger = await enter(DIRECTORY);
    await stranger.send({ payload });
    expect((await stranger.ended()).code).toBe(1009);
    stranger.drop();
    const line = await enter(DIRECTORY, await ticketOf(administrator));
    await line.send({ payload });
    await line.until(() => line.messages.some((frame) => frame[0] === 2));
    line.drop();
  });

  it('[P17] control: what the administrator writes is there', async () => {
    const doc = await directory();
    const since = Y.encodeStateVector(doc);
    doc.getMap('villages').set('v1', { name: 'Bản Nà Phặc' });
    const line = await enter(DIRECTORY, await ticketOf(administrator));
    await line.send({ payload: updateFrame(Y.encodeStateAsUpdate(doc, since)) });
    await expect.poll(async () => (await directory()).getMap('villages').has('v1')).toBe(true);
    line.drop();
  });
});

describe('presence', () => {
  it('[P17] fifty thousand states of nobody are one person’s, once, by the name the Hub knows', REPEATED, async () => {
    const [watcher, liar] = [
      await enter(presence, await ticketOf(lead)),
      await enter(presence, await ticketOf(await commune.account('lead'))),
    ];
    const fakes = Array.from({ length: 60 }, (_, at) => ({
      client: 1_000 + at,
      clock: 1,
      state: { name: 'Chủ tịch', member: 1, document },
    }));
    const toll = await commune.under(async () => {
      for (let at = 0; at < 800; at += 1) await liar.send({ payload: awareness(fakes) });
      await liar.send({ payload: awareness([{ client: 1_000, clock: 2, state: { document, field: 'name' } }]) });
      await watcher.until(() => fieldsIn(watcher).includes('name'));
    });
    expect(new Set(told(watcher).map(({ client }) => client))).toEqual(new Set([1_000]));
    expect(JSON.stringify(told(watcher))).not.toContain('Chủ tịch');
    expect(harmIn(toll)).toEqual({});
    for (const line of [watcher, liar]) line.drop();
  });

  it('[P17] nobody speaks as another, silences him with a great clock, or takes his place when he loses the network', async () => {
    const tickets = [await ticketOf(lead), await ticketOf(await commune.account('lead'))];
    const [honest, liar, watcher] = [
      await enter(presence, tickets[0]),
      await enter(presence, tickets[1]),
      await enter(presence, tickets[1]),
    ];
    await honest.send({ payload: awareness([{ client: 77, clock: 1, state: { document, field: 'name' } }]) });
    await watcher.until(() => told(watcher).some(({ client }) => client === 77));
    const attack = [0xffff_ffff, 2 ** 40].map((clock) => ({ client: 77, clock, state: null }));
    await liar.send({ payload: awareness(attack) });
    await honest.send({ payload: awareness([{ client: 77, clock: 2, state: { document, field: 'sex' } }]) });
    await watcher.until(() => fieldsIn(watcher).includes('sex'));
    expect(fieldsIn(watcher)).toEqual(['name', 'sex']);
    honest.drop();
    await watcher.until(() => told(watcher).some(({ state }) => state === null));
    const thief = await enter(presence, tickets[1]);
    await thief.send({ payload: awareness([{ client: 77, clock: 9, state: { document, field: 'stolen' } }]) });
    const back = await enter(presence, tickets[0]);
    await back.send({ payload: awareness([{ client: 77, clock: 10, state: { document, field: 'back' } }]) });
    await watcher.until(() => fieldsIn(watcher).includes('back'));
    expect(JSON.stringify(told(watcher))).not.toContain('stolen');
    for (const line of [liar, thief, watcher, back]) line.drop();
  });

  it('[P17] one device is in a room four times at most', async () => {
    const ticket = await ticketOf(lead);
    const lines: RawLine[] = [];
    for (let at = 0; at < 12; at += 1) lines.push(await enter(presence, ticket));
    for (const line of lines.slice(0, 8)) expect((await line.ended()).reason).toBe('too-fast');
    await lines[11]?.send({ payload: awareness([{ client: 3, clock: 1, state: { document } }]) });
    await lines[11]?.until(() => told(lines[11] as RawLine).length > 0);
    expect(lines.slice(8).filter(({ ending }) => ending !== null)).toEqual([]);
    for (const line of lines) line.drop();
  });

  it('[HUB-9] no ticket, name or device is in the log', () => {
    expect(commune.leaks()).toEqual([]);
  });
});

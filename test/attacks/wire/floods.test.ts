import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { varUint } from '../../protocol/any.ts';
import { type Account, Writer, deflatedFrame, heard, openSession, plainFrame, readFrame } from './account.ts';
import { Commune, REPEATED, harmIn, newUlid } from './commune.ts';
import { RawLine, frameBytes } from './raw-line.ts';

const FLOOD_MS = 600;
const BURST = 40;

let commune: Commune;
let member: Account;

/** Writes the bytes again and again, as fast as they are taken; resolves after a while, or when the Hub ends the connection. */
async function flood(line: RawLine, bytes: Buffer): Promise<void> {
  const burst = Buffer.concat(
    Array<Buffer>(Math.max(1, Math.min(BURST, Math.floor(65_536 / bytes.length)))).fill(bytes),
  );
  const untilMs = Date.now() + FLOOD_MS;
  while (Date.now() < untilMs && !line.ending) {
    await Promise.race([line.write(burst), nextTick()]);
    // the honest worker lives in this process: what is taken at once may not starve him here
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** Returns what an account would flood the Hub with. */
function payloads(): readonly (readonly [string, Buffer])[] {
  const envelope = new Writer(member).next(`${newUlid()}/identity`, { village: 'thon-1', name: 'Vừ A Sùng' });
  const forged = Buffer.from(envelope);
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
  const box = Buffer.concat([Buffer.of(2, 0, 0, 0, 0, 0, 1), Buffer.alloc(49, 7)]);
  const known = [...commune.honest.lead.documents.keys()][0] ?? '';
  return [
    ['acknowledgements', plainFrame('ack', { cursor: Buffer.of(1, 2, 3) })],
    ['a megabyte in a kilobyte, over and over', deflatedFrame('ack', { cursor: new Uint8Array(1_000_000) })],
    [
      'a thousand long questions in three kilobytes',
      deflatedFrame('ask-receipts', Array(1_000).fill('x'.repeat(1_000))),
    ],
    ['a thousand good questions at a time', deflatedFrame('ask-receipts', Array(1_000).fill(known))],
    ['pushes of nothing', plainFrame('push', [])],
    ['one envelope six hundred times a push', plainFrame('push', Array(600).fill(envelope))],
    ['six thousand envelopes in a few kilobytes', deflatedFrame('push', Array(6_000).fill(envelope))],
    [
      'eighteen thousand boxes that nobody can open, in a few kilobytes',
      deflatedFrame('push', Array(18_000).fill(box)),
    ],
    ['forged envelopes', plainFrame('push', Array(100).fill(forged))],
    ['questions about the past', plainFrame('ask-history', { ask: 1, document: known, next: Buffer.of() })],
  ];
}

beforeAll(async () => {
  commune = await Commune.found({ CT_MAX_CONNECTIONS_PER_IP: '100', CT_MAX_CONNECTIONS: '400' });
  member = await commune.account('nurse');
}, 60_000);
afterAll(() => commune.end());

describe('floods', () => {
  it(
    '[P23] whatever a member floods the Hub with, the others’ edits are stored and its doors answer',
    REPEATED,
    async () => {
      for (const [name, payload] of payloads()) {
        const { line } = await openSession(member, commune.target());
        const toll = await commune.under(() => flood(line, frameBytes({ payload })));
        expect([name, harmIn(toll)]).toEqual([name, {}]);
        line.drop();
      }
    },
  );

  it('[P23] control: nothing of a flood is refused or lost, it is only read more slowly', async () => {
    const account = await commune.account();
    const honest = new Writer(account);
    const { line } = await openSession(account, commune.target());
    const pushes = Array.from({ length: 600 }, () =>
      frameBytes({
        payload: plainFrame('push', [honest.next(`${newUlid()}/identity`, { village: 'thon-1', name: 'Vừ A Sùng' })]),
      }),
    );
    await line.write(Buffer.concat(pushes));
    const verdicts = () =>
      line.messages
        .map(readFrame)
        .flatMap(([type, told]) => (type === 'verdicts' ? (told as { verdict: string }[]) : []));
    await line.until(() => verdicts().length === 600);
    expect(verdicts().filter(({ verdict }) => verdict !== 'stored')).toEqual([]);
    line.drop();
  });

  it.each([
    ['pings', 9],
    ['pongs nobody asked for', 10],
  ])('[P23] %s by the thousand, the answers unread', REPEATED, async (_name, opcode) => {
    const line = await RawLine.upgrade(commune.target(), '/rooms/directory');
    line.stopReading();
    const toll = await commune.under(() => flood(line, frameBytes({ opcode, payload: Buffer.alloc(125) })));
    expect(harmIn(toll, 50)).toEqual({});
    line.drop();
  });

  it.each([
    ['asks for the whole directory', Buffer.of(0, 0, 1, 0)],
    ['writes what he may not', forbiddenWrite()],
    ['says where ten thousand writers stand', stateVectorOf(10_000)],
  ])('[P23] a stranger who %s without pause', REPEATED, async (_name, payload) => {
    const line = await RawLine.upgrade(commune.target(), '/rooms/directory');
    const toll = await commune.under(() => flood(line, frameBytes({ payload })));
    expect(harmIn(toll)).toEqual({});
    line.drop();
  });

  it('[P23] strangers who come, are challenged and go, hundreds of times', REPEATED, async () => {
    const toll = await commune.under(async () => {
      for (let round = 0; round < 10; round += 1) {
        const lines = await Promise.all(
          Array.from({ length: 30 }, () => RawLine.upgrade(commune.target('127.0.0.7'), '/feed')),
        );
        for (const [at, line] of lines.entries()) {
          if (at % 3 === 0) await line.send({ opcode: 8, payload: Buffer.of(3, 0xe8) });
          if (at % 3 === 1) await line.send({ payload: plainFrame('hello', 'no hello') });
          line.drop();
        }
      }
    });
    expect(harmIn(toll)).toEqual({});
  });

  it('[P23] sockets beyond the cap of an address are turned away; those of others are not, and a place that is left is free', async () => {
    const from = commune.target('127.0.0.8');
    const open = await Promise.all(Array.from({ length: 100 }, () => RawLine.upgrade(from, '/rooms/directory')));
    await expect(RawLine.upgrade(from, '/feed')).rejects.toThrow('503');
    expect(await commune.work()).toBeLessThan(4_000);
    const { line } = await openSession(member, commune.target('127.0.0.2'));
    line.drop();
    for (const one of open) one.drop();
    await Promise.all(open.map((one) => one.gone()));
    await expect.poll(() => RawLine.upgrade(from, '/feed').then((one) => one.drop(), String)).toBeUndefined();
  });

  it('[P23] connections that ask for nothing have a cap as well', REPEATED, async () => {
    const from = commune.target('127.0.0.9');
    const lines: RawLine[] = [];
    const toll = await commune.under(async () => {
      for (let at = 0; at < 500; at += 1) lines.push(await RawLine.open(from));
      await expect.poll(() => lines.filter(({ isGone }) => !isGone).length, { timeout: 10_000 }).toBe(200);
    });
    expect(harmIn(toll)).toEqual({});
    for (const line of lines) line.drop();
  });

  it('[P23] control: a member who comes afterwards is welcomed and answered', async () => {
    const { line } = await openSession(member, commune.target());
    await line.send({ payload: plainFrame('ask-receipts', []) });
    expect(await heard(line, 'receipts')).toEqual([]);
    line.drop();
  });

  it('[HUB-9] none of it is in the log', () => {
    expect(commune.leaks()).toEqual([]);
  });
});

function forbiddenWrite(): Buffer {
  const doc = new Y.Doc();
  doc.getMap('villages').set('forged', { name: 'Thôn Giả' });
  const update = Y.encodeStateAsUpdate(doc);
  return Buffer.concat([Buffer.of(0, 2), varUint(update.length), update]);
}

function stateVectorOf(writers: number): Buffer {
  const vector = Buffer.concat([
    varUint(writers),
    ...Array.from({ length: writers }, (_, at) => Buffer.concat([varUint(at + 1), varUint(1)])),
  ]);
  return Buffer.concat([Buffer.of(0, 0), varUint(vector.length), vector]);
}

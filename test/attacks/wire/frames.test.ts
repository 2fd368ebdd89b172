import { deflateRawSync } from 'node:zlib';
import { closeCodeOf } from '@chungtay/core/wire/refusal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode } from '../../protocol/any.ts';
import { type Account, challengeOf, deflatedFrame, heard, helloFrame, openSession, plainFrame } from './account.ts';
import { Commune, REPEATED, harmIn } from './commune.ts';
import { type HostileFrame, RawLine, frameBytes } from './raw-line.ts';

const MALFORMED = closeCodeOf('malformed');
const FRAME_BYTES = 256 * 1024;
const CROWD = 200;
const ONE = Buffer.of(0);
const rest = (isFinal: boolean, payload: Buffer = ONE): HostileFrame => ({ opcode: 0, isFinal, payload });
const many = (count: number, frame: HostileFrame): Buffer => Buffer.concat(Array(count).fill(frameBytes(frame)));
const begun = frameBytes({ isFinal: false, payload: ONE });

/** What no WebSocket of ours may say, and how it is told so (RFC 6455 § 7.4). */
const BROKEN: readonly (readonly [string, number, Buffer])[] = [
  ['claims 2^62 bytes', 1009, frameBytes({ claimedBytes: 1n << 62n })],
  ['claims 2^63 bytes', 1009, frameBytes({ claimedBytes: 1n << 63n })],
  ['claims one byte beyond the cap', 1009, frameBytes({ claimedBytes: BigInt(FRAME_BYTES) + 1n })],
  ['says it is compressed', 1002, frameBytes({ reserved: 4, payload: deflateRawSync(ONE) })],
  ['sets the other reserved bits', 1002, frameBytes({ reserved: 3, payload: ONE })],
  ['is not masked', 1002, frameBytes({ isMasked: false, payload: ONE })],
  ['has an unknown opcode', 1002, frameBytes({ opcode: 3, payload: ONE })],
  ['has an unknown opcode of control', 1002, frameBytes({ opcode: 11, payload: ONE })],
  ['goes on with what was never begun', 1002, frameBytes(rest(true))],
  ['begins anew before the end', 1002, Buffer.concat([begun, frameBytes({ payload: ONE })])],
  ['is a ping in parts', 1002, frameBytes({ opcode: 9, isFinal: false, payload: ONE })],
  ['is a ping of 126 bytes', 1002, frameBytes({ opcode: 9, payload: Buffer.alloc(126) })],
  ['is a close with half a code', 1002, frameBytes({ opcode: 8, payload: ONE })],
  ['is a close with a code that does not travel', 1002, frameBytes({ opcode: 8, payload: Buffer.of(3, 0xed) })],
  ['is a close whose reason is no text', 1007, frameBytes({ opcode: 8, payload: Buffer.of(3, 0xe8, 0xff, 0xfe) })],
  ['is text that is none', 1007, frameBytes({ opcode: 1, payload: Buffer.of(0xff, 0xfe, 0xc0) })],
  ['is text', 1003, frameBytes({ opcode: 1, payload: Buffer.from('{"hello":1}') })],
  ['comes in 100,000 parts of one byte', 1008, Buffer.concat([begun, many(99_999, rest(false))])],
  ['comes in empty parts without end', 1008, Buffer.concat([begun, many(50_000, rest(false, Buffer.of()))])],
];

let commune: Commune;
let member: Account;
const doors: Readonly<Record<string, () => Promise<RawLine>>> = {
  'a stranger at the Feed': () => RawLine.upgrade(commune.target(), '/feed'),
  'a member in his session': async () => (await openSession(member, commune.target())).line,
  'a stranger in the directory': () => RawLine.upgrade(commune.target(), '/rooms/directory'),
};

beforeAll(async () => {
  commune = await Commune.found();
  member = await commune.account();
}, 60_000);
afterAll(() => commune.end());

describe('hostile frames', () => {
  it.each(BROKEN)(
    '[P17] a frame that %s ends its connection with %i at every door, and nobody else feels it',
    async (_name, code, bytes) => {
      const codes: number[] = [];
      const toll = await commune.under(async () => {
        for (const open of Object.values(doors)) {
          const line = await open();
          await line.write(bytes);
          codes.push((await line.ended()).code);
          line.drop();
        }
      });
      expect(codes).toEqual([code, code, code]);
      expect(harmIn(toll)).toEqual({});
    },
  );

  it('[P17] control: an honest hello in parts of one byte, a ping now and then between them, is read', async () => {
    const line = await RawLine.upgrade(commune.target(), '/feed');
    const hello = helloFrame(member, await challengeOf(line));
    for (const [at, byte] of hello.entries()) {
      await line.send({
        opcode: at === 0 ? 2 : 0,
        isFinal: at === hello.length - 1,
        payload: Buffer.of(byte),
      });
      if (at % 16 === 0) await line.send({ opcode: 9 });
    }
    expect(await heard(line, 'welcome')).toMatchObject({ lastN: 0 });
    line.drop();
  });

  it(
    '[P17] who has proved nothing parks nothing: more than a hello, and he is cut while it comes',
    REPEATED,
    async () => {
      let lines: RawLine[] = [];
      const toll = await commune.under(async () => {
        lines = await Promise.all(Array.from({ length: CROWD }, () => RawLine.upgrade(commune.target(), '/feed')));
        const parked = frameBytes({ payload: Buffer.alloc(255_000), claimedBytes: 256_000n });
        for (const line of lines) void line.write(parked);
        await Promise.all(lines.map((line) => line.ended()));
      });
      // kept for the five seconds that a hello may take, they would have been told that they are too slow
      expect(lines.filter(({ ending }) => ending?.code !== 1006)).toEqual([]);
      expect(harmIn(toll)).toEqual({});
      for (const line of lines) line.drop();
    },
  );

  it('[P17] no extension is agreed on, whatever is offered', async () => {
    const offer = 'permessage-deflate; client_max_window_bits; server_no_context_takeover, x-webkit-deflate-frame';
    const line = await RawLine.upgrade(commune.target(), '/feed', { 'Sec-WebSocket-Extensions': offer });
    expect(line.text.toLowerCase()).not.toContain('extensions');
    line.drop();
  });

  const huge = Buffer.alloc(200 * 1024 * 1024);
  const nested = Buffer.concat([Buffer.from([117, 2]), encode('push'), Buffer.alloc(200_000, Buffer.of(117, 1))]);
  it.each([
    ['a bomb of ours, 1 : 1000, two hundred megabytes', Buffer.concat([Buffer.of(1), deflateRawSync(huge)])],
    ['one megabyte and a byte', deflatedFrame('ack', { cursor: new Uint8Array(1024 * 1024 + 1) })],
    ['lists in lists, a hundred thousand deep', Buffer.concat([Buffer.of(1), deflateRawSync(nested)])],
    ['a million values', deflatedFrame('push', Array<null>(1_000_000).fill(null))],
    [
      'a list that claims four thousand million values',
      Buffer.concat([Buffer.of(0, 117), Buffer.from('ffffffff0f', 'hex')]),
    ],
    ['something behind the deflated end', Buffer.concat([deflatedFrame('ack', { cursor: ONE }), ONE])],
    ['something behind the value', Buffer.concat([plainFrame('ack', { cursor: ONE }), ONE])],
    ['a third form of frame', Buffer.of(2, 117, 0)],
    ['nothing at all', Buffer.of()],
    ['a key named __proto__', plainFrame('ack', JSON.parse('{"__proto__":1,"cursor":1}') as { cursor: number })],
    ['the name of a method as its type', plainFrame('toString', [])],
    ['a frame of the Hub’s own', plainFrame('verdicts', [])],
    ['a second hello', plainFrame('hello', { protocol: 2 })],
  ])('[P17] %s ends the session as malformed, in a moment and in little memory', REPEATED, async (_name, payload) => {
    const { line } = await openSession(member, commune.target());
    const toll = await commune.under(async () => {
      await line.send({ payload });
      expect(await line.ended()).toEqual({ code: MALFORMED, reason: 'malformed' });
    });
    expect(harmIn(toll)).toEqual({});
    line.drop();
  });

  it('[P17] control: a frame of a megabyte, deflated, is read', async () => {
    const { line } = await openSession(member, commune.target());
    await line.send({ payload: deflatedFrame('ask-receipts', Array<string>(1_000).fill('x'.repeat(1_000))) });
    expect(await heard(line, 'receipts')).toEqual([]);
    line.drop();
  });

  it('[HUB-9] none of it is in the log, nor anybody’s name', () => {
    expect(commune.leaks()).toEqual([]);
  });
});

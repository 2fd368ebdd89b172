import { describe, expect, it } from 'vitest';
import { nodeCrypto, nodeDeflate, seededRandom, testSigner } from '../../../../test/fixtures/world.ts';
import { encodeAny } from '../base/any.ts';
import type { Wire } from '../base/any.ts';
import { Fault } from '../base/assert.ts';
import { decodeDown, decodeHello, decodeUp, encodeFrame, encodePlainFrame } from './codec.ts';
import { FRAME_LIMITS } from './frames.ts';
import type { DownFrame, UpFrame } from './frames.ts';
import { signHello, verifyHello } from './hello.ts';
import { signExtract, signPack, verifyExtract, verifyPack } from './hub-signature.ts';
import { decodePack, encodePack } from './pack.ts';
import type { PackedItem } from './pack.ts';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const noise = (lengthBytes: number): Uint8Array => {
  const random = seededRandom(lengthBytes);
  return Uint8Array.from({ length: lengthBytes }, () => Math.floor(random() * 256));
};
const plain = (value: Wire): Uint8Array => Uint8Array.from([0, ...encodeAny(value)]);
const smallPush = Uint8Array.from([1, ...(await nodeDeflate.deflate(encodeAny(['push', [noise(2_000)]])))]);

const ups: readonly [UpFrame, UpFrame, ...UpFrame[]] = [
  ['hello', { protocol: 1, device: 'D', cursor: bytes(), lastN: 3, nowMs: 5, proof: bytes(1, 2) }],
  ['push', [bytes(1), bytes(2, 3)]],
  ['ack', { cursor: bytes(9) }],
  ['ask-receipts', ['a/identity']],
  ['ask-held', [[3, 'a/identity', bytes(1, 2)]]],
];
const downs: readonly DownFrame[] = [
  ['challenge', { hub: bytes(1), epoch: 1, nonce: bytes(2), range: [1, 1], nowMs: 7 }],
  [
    'welcome',
    {
      principal: { member: 3, role: 'lead', villages: ['Thôn Đông'], schools: [], namedFor: ['hiv'], untilMs: null },
      lastN: 0,
      lastHash: new Uint8Array(32),
      leases: [[4, 8]],
      total: 0,
      nowMs: 7,
    },
  ],
  ['verdicts', [{ n: 1, verdict: 'stored', number: 'HS 2026/0147', atMs: 8 }]],
  ['verdicts', [{ n: 2, verdict: 'refused', code: 'invalid-value', field: 'birthOn', atMs: 8 }]],
  [
    'feed',
    {
      items: [
        ['u', 'a/identity', 3, 8, bytes(1), null],
        ['s', 'a/identity', 3, 8, bytes(1), 'HS 2026/0147', 7, -60_000],
        ['x', 'a/identity', 'school', 8, '{"name":"Y Bhăm Niê"}', bytes(2)],
        ['c', 'a/identity'],
        ['p', bytes(7), bytes(8)],
      ],
      cursor: bytes(3),
      more: true,
    },
  ],
  ['receipts', [['a/identity', 'police', 9]]],
  ['held', [[bytes(1, 2), 'accepted', 2, 9]]],
  ['principal', { member: 3, role: 'nurse', villages: [], schools: [], namedFor: [], untilMs: 9 }],
  ['hint', 'directory'],
];

describe('frames', () => {
  it.each(ups)('[WIR-1] %s comes back as it was sent by a device', async (...frame) => {
    const decoded = await decodeUp(await encodeFrame(frame, nodeDeflate), nodeDeflate);
    expect(decoded).toEqual({ ok: true, value: frame });
  });

  it.each(downs)('[WIR-1] %s comes back as the Hub sent it', async (...frame) => {
    const decoded = await decodeDown(await encodeFrame(frame, nodeDeflate), nodeDeflate);
    expect(decoded).toEqual({ ok: true, value: frame });
  });

  it('[WIR-2] are deflated above a kilobyte when that makes them smaller, and packs never twice', async () => {
    const long: UpFrame = ['push', [new Uint8Array(5_000)]];
    const deflated = await encodeFrame(long, nodeDeflate);
    expect(deflated[0]).toBe(1);
    expect(deflated.length).toBeLessThan(200);
    expect(await decodeUp(deflated, nodeDeflate)).toEqual({ ok: true, value: long });
    expect((await encodeFrame(['push', [noise(5_000)]], nodeDeflate))[0]).toBe(0);
    expect((await encodeFrame(['push', [new Uint8Array(900)]], nodeDeflate))[0]).toBe(0);
    const pack: DownFrame = ['feed', { items: [['p', new Uint8Array(5_000), bytes()]], cursor: bytes(), more: false }];
    expect((await encodeFrame(pack, nodeDeflate))[0]).toBe(0);
  });

  it('[WIR-3] beyond their bounds are refused, and never sent', async () => {
    const tooLong = new Uint8Array(FRAME_LIMITS.maxFrameBytes + 1);
    expect(await decodeUp(tooLong, nodeDeflate)).toEqual({ ok: false, error: 'too-large' });
    const bomb = await nodeDeflate.deflate(new Uint8Array(FRAME_LIMITS.maxInflatedBytes + 1));
    expect(await decodeUp(Uint8Array.from([1, ...bomb]), nodeDeflate)).toEqual({ ok: false, error: 'malformed' });
    expect(decodeHello(new Uint8Array(FRAME_LIMITS.maxHelloBytes + 1))).toEqual({ ok: false, error: 'too-large' });
    await expect(encodeFrame(['push', [noise(300_000)]], nodeDeflate)).rejects.toThrow(Fault);
  });

  it.each([
    ['nothing', bytes()],
    ['an unknown first byte', bytes(2, 1)],
    ['no array', plain({ push: [] })],
    ['an empty array', plain([])],
    ['an unknown type', plain(['pull', []])],
    ['an inherited name as type', plain(['constructor', []])],
    ['a frame of the other side', plain(['feed', { items: [], cursor: bytes(), more: false }])],
    ['text where bytes belong', plain(['push', ['abc']])],
    ['one part too many', plain(['push', [], 1])],
    ['bytes after the end', Uint8Array.from([...plain(['push', []]), 0])],
    ['a broken deflate', bytes(1, 255, 255, 255)],
    ['a deflate that holds nothing', bytes(1)],
    ['a deflate cut short', smallPush.subarray(0, -9)],
    ['bytes after the end of the deflate', Uint8Array.from([...smallPush, 0])],
    ['a frame cut short', plain(['push', [noise(99)]]).subarray(0, -1)],
    [
      'lists in lists without end',
      Uint8Array.from([
        0,
        ...Array<number>(5_000)
          .fill(117)
          .flatMap((tag) => [tag, 1]),
        126,
      ]),
    ],
    ['a list that says it is longer than the frame', bytes(0, 117, 0xff, 0xff, 0xff, 0x7f, 126)],
    ['a name given twice', bytes(0, 117, 2, 119, 3, 97, 99, 107, 118, 2, 1, 97, 126, 1, 97, 126)],
    ['a number where text belongs', plain([7, []])],
  ])('[WIR-4] %s is malformed', async (_name, frame) => {
    expect(await decodeUp(frame, nodeDeflate)).toEqual({ ok: false, error: 'malformed' });
  });

  it.each<readonly [string, Readonly<Record<string, Wire>>]>([
    ['whose last hash is none', { lastN: 1, lastHash: bytes() }],
    ['of a year that no date has', { nowMs: 2 ** 53 - 1 }],
  ])('[WIR-4] a welcome %s is malformed: what a tablet made from it, it could not read again', async (_name, more) => {
    const [, welcome] = downs.find(([type]) => type === 'welcome') ?? [];
    const sound = welcome as unknown as Readonly<Record<string, Wire>>;
    expect((await decodeDown(plain(['welcome', sound]), nodeDeflate)).ok).toBe(true);
    const frame = plain(['welcome', { ...sound, ...more }]);
    expect(await decodeDown(frame, nodeDeflate)).toEqual({ ok: false, error: 'malformed' });
  });

  it('[WIR-4] a hello is read plain and nothing else in its place', async () => {
    expect(decodeHello(encodePlainFrame(ups[0]))).toEqual({ ok: true, value: ups[0] });
    expect(decodeHello(encodePlainFrame(ups[1])).ok).toBe(false);
    const deflated = await nodeDeflate.deflate(encodePlainFrame(ups[0]).subarray(1));
    expect(decodeHello(Uint8Array.from([1, ...deflated])).ok).toBe(false);
  });
});

describe('packs', () => {
  it('[WIR-5] come back as they were made, and anything else is refused', async () => {
    const items: readonly PackedItem[] = [
      ['s', 'a/identity', 3, 8, bytes(1), null, 8, 0],
      ['x', 'b/identity', 'school', 8, '{}', bytes(2)],
    ];
    expect(await decodePack(await encodePack(items, nodeDeflate), nodeDeflate)).toEqual({ ok: true, value: items });
    expect(await decodePack(bytes(1, 2, 3), nodeDeflate)).toEqual({ ok: false, error: 'malformed' });
    const closed = await nodeDeflate.deflate(encodeAny([['c', 'a/identity']]));
    expect(await decodePack(closed, nodeDeflate)).toEqual({ ok: false, error: 'malformed' });
  });
});

describe('signatures of the wire', () => {
  const device = testSigner(1);
  const hub = testSigner(2);
  const challenge = { hub: hub.publicKey, nonce: noise(16) };
  const claim = { protocol: 1, device: 'D', cursor: bytes(1), lastN: 4 };

  it('[WIR-6] a hello proves one device to one Hub, for one nonce and one claim', async () => {
    const proof = await signHello(challenge, claim, device);
    const holds = (changed: object, changedClaim: object, key = device.publicKey): Promise<boolean> =>
      verifyHello({ ...challenge, ...changed }, { ...claim, ...changedClaim }, proof, key, nodeCrypto);
    expect(await holds({}, {})).toBe(true);
    expect(await holds({ nonce: noise(17).subarray(1) }, {})).toBe(false);
    expect(await holds({ hub: device.publicKey }, {})).toBe(false);
    expect(await holds({}, { cursor: bytes(2) })).toBe(false);
    expect(await holds({}, { lastN: 5 })).toBe(false);
    expect(await holds({}, { device: 'E' })).toBe(false);
    expect(await holds({}, {}, hub.publicKey)).toBe(false);
  });

  it('[WIR-6] the Hub signs packs and extracts, each only as what it is', async () => {
    const pack = noise(40);
    const extract = { document: 'a/identity', extract: 'school', atMs: 8, json: '{}' };
    const packSignature = await signPack(pack, hub);
    const extractSignature = await signExtract(extract, hub);
    expect(await verifyPack(pack, packSignature, hub.publicKey, nodeCrypto)).toBe(true);
    expect(await verifyPack(pack, extractSignature, hub.publicKey, nodeCrypto)).toBe(false);
    expect(await verifyExtract(extract, extractSignature, hub.publicKey, nodeCrypto)).toBe(true);
    const other = { ...extract, json: '{"a":1}' };
    expect(await verifyExtract(other, extractSignature, hub.publicKey, nodeCrypto)).toBe(false);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { TestHub, VILLAGES } from '../../../../test/fixtures/hub.ts';
import { testSigner } from '../../../../test/fixtures/world.ts';
import { must } from '../base/assert.ts';
import { documentIdOf } from '../model/ids.ts';
import { encodePlainFrame } from '../wire/codec.ts';
import { FRAME_LIMITS } from '../wire/frames.ts';
import { signHello } from '../wire/hello.ts';
import { CLOSE, closeCodeOf } from '../wire/refusal.ts';
import type { RefusalCode } from '../wire/refusal.ts';
import { PROTOCOL, PROTOCOL_FLOOR } from '../wire/version.ts';
import { NO_PREVIOUS } from './envelope.ts';

let test: TestHub;
let device: TestDevice;
beforeEach(async () => {
  test = await new TestHub().start();
  device = await test.enrol();
});

describe('a session', () => {
  it('[SES-1] begins with the Hub’s challenge, another one each time', async () => {
    await device.dial();
    const [first] = device.all('challenge');
    await device.dial();
    const [second] = device.all('challenge');
    expect(device.frames).toHaveLength(1);
    expect(first?.[1]).toMatchObject({ hub: test.signer.publicKey, epoch: 1, range: [PROTOCOL_FLOOR, PROTOCOL] });
    expect(first?.[1].nonce).not.toEqual(second?.[1].nonce);
  });

  it.each([
    ['storage-lost', CLOSE.later],
    ['storage-full', undefined],
    ['busy', undefined],
  ] as const)('[ROT-5] is not begun while the disk takes nothing more: %s', async (trouble, code) => {
    test.trouble = trouble;
    await device.dial();
    expect([device.frames.length, device.closed?.[0]]).toEqual([code === undefined ? 1 : 0, code]);
    test.trouble = null;
    await device.connect();
    expect(device.all('welcome')).toHaveLength(1);
  });

  it('[SES-2] is welcomed with who one is and where one stands', async () => {
    await device.connect();
    expect(device.all('welcome')[0]?.[1]).toMatchObject({
      principal: { member: device.member, role: 'lead', untilMs: null },
      lastN: 0,
      lastHash: NO_PREVIOUS,
      total: 1,
      nowMs: test.timeline.nowMs - 10,
    });
    await device.push(await device.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.dong }));
    await device.connect();
    expect(device.all('welcome')[0]?.[1]).toMatchObject({ lastN: 1, lastHash: device.prev, total: 0 });
  });

  it.each<readonly [RefusalCode, string, () => Promise<Uint8Array>]>([
    [
      'client-too-old',
      'an old protocol',
      async () => encodePlainFrame(await device.hello({ protocol: PROTOCOL_FLOOR - 1 })),
    ],
    ['hub-too-old', 'a protocol to come', async () => encodePlainFrame(await device.hello({ protocol: PROTOCOL + 1 }))],
    ['not-enrolled', 'an unknown device', async () => encodePlainFrame(await device.hello({ device: '7'.repeat(26) }))],
    ['not-enrolled', 'a device id that is none', async () => encodePlainFrame(await device.hello({ device: 'me' }))],
    [
      'bad-proof',
      'a proof of nothing',
      async () => encodePlainFrame(await device.hello({ proof: new Uint8Array(64) })),
    ],
    ['malformed', 'another frame', () => Promise.resolve(encodePlainFrame(['ack', { cursor: new Uint8Array(0) }]))],
    ['malformed', 'noise', () => Promise.resolve(Uint8Array.of(0, 1, 2, 3))],
    ['malformed', 'nothing', () => Promise.resolve(new Uint8Array(0))],
    ['too-large', 'a long hello', () => Promise.resolve(new Uint8Array(FRAME_LIMITS.maxHelloBytes + 1))],
  ])('[SES-3] ends with %s for %s, and says nothing else', async (code, _name, make) => {
    await device.dial();
    await device.sayBytes(await make());
    expect(device.closed?.[0]).toBe(closeCodeOf(code));
    expect(device.frames.map(([type]) => type)).toEqual(['challenge']);
  });

  it('[SES-3] a proof for another challenge, or by another key, is none', async () => {
    await device.dial();
    const old = await device.hello();
    await device.dial();
    await device.say(old);
    expect(device.closed?.[0]).toBe(closeCodeOf('bad-proof'));
    await device.dial();
    const [, challenge] = must(device.all('challenge')[0], 'a challenge');
    const claim = { protocol: PROTOCOL, device: device.device, cursor: new Uint8Array(0), lastN: 0 };
    const proof = await signHello(challenge, claim, testSigner(99));
    await device.say(['hello', { ...claim, nowMs: 0, proof }]);
    expect(device.closed?.[0]).toBe(closeCodeOf('bad-proof'));
  });

  it('[SES-3] what one who was refused goes on to say is left in the network', async () => {
    const done: string[] = [];
    const note = (what: string) => () => void done.push(what);
    const stranger = { send: () => undefined, bufferedBytes: 0, close: note('close'), pause: note('pause') };
    test.hub.accept(stranger).onFrame(Uint8Array.of(0, 9));
    await test.pass(1);
    expect(done).toEqual(['pause', 'close']);
  });

  it('[SES-3] who does not prove himself within five seconds is sent away', async () => {
    await device.dial();
    await test.pass(FRAME_LIMITS.helloWaitMs - 1);
    expect(device.closed).toBeNull();
    await test.pass(1);
    expect(device.closed?.[0]).toBe(closeCodeOf('too-slow'));
    await device.sayBytes(encodePlainFrame(await device.hello()));
    expect(device.all('welcome')).toEqual([]);
  });

  it('[SES-3] a push right behind the hello waits for the proof, and is answered behind the welcome', async () => {
    await device.dial();
    const edit = await device.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.dong });
    const hello = encodePlainFrame(await device.hello());
    await Promise.all([device.sayBytes(hello), device.sayBytes(encodePlainFrame(['push', [edit.bytes]]))]);
    const types = device.frames.map(([type]) => type);
    expect(types.indexOf('verdicts')).toBeGreaterThan(types.indexOf('welcome'));
    expect(device.all('verdicts')[0]?.[1]).toMatchObject([{ n: 1, verdict: 'stored' }]);
  });

  it('[RES-5] a push behind the hello that begins beyond the last number known here is left unanswered, and taken in its turn', async () => {
    await device.dial();
    const document = documentIdOf(test.folder(), 'identity');
    const lost = await device.edit(document, { village: VILLAGES.dong });
    const since = await device.edit(document, { name: 'Giàng A Sử' });
    const hello = encodePlainFrame(await device.hello());
    await Promise.all([device.sayBytes(hello), device.sayBytes(encodePlainFrame(['push', [since.bytes]]))]);
    expect([device.all('welcome').length, device.all('verdicts')]).toEqual([1, []]);
    expect((await device.push(lost, since)).map(({ verdict }) => verdict)).toEqual(['stored', 'stored']);
    const leap = await device.edit(document, { address: 'chợ' }, { forge: { n: 9 } });
    expect((await device.push(leap))[0]?.code).toBe('chain-broken');
  });

  it.each<readonly [RefusalCode, string, Parameters<TestDevice['hello']>[0], number]>([
    ['bad-proof', 'a proof of nothing', { proof: new Uint8Array(64) }, 1],
    ['not-enrolled', 'an unknown device', { device: '7'.repeat(26) }, 1],
    ['malformed', 'a device that speaks the first protocol', { protocol: 1 }, 1],
    ['malformed', 'whoever sends two', {}, 2],
  ])('[SES-3] ends with %s a push behind the hello of %s, unread', async (code, _name, part, pushes) => {
    await device.dial();
    const edit = await device.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.dong });
    const hello = encodePlainFrame(await device.hello(part));
    const push = encodePlainFrame(['push', [edit.bytes]]);
    await Promise.all([hello, ...Array.from({ length: pushes }, () => push)].map((frame) => device.sayBytes(frame)));
    expect(device.closed?.[0]).toBe(closeCodeOf(code));
    expect(device.all('verdicts')).toEqual([]);
    expect((await test.store.load()).documents.some(({ document }) => document === edit.envelope.document)).toBe(false);
  });

  it('[SES-4] later frames that are none, or a second hello, end it', async () => {
    for (const make of [
      () => Promise.resolve(Uint8Array.of(0, 9)),
      async () => encodePlainFrame(await device.hello()),
      () => Promise.resolve(encodePlainFrame(['ask-receipts', Array.from({ length: 1_001 }, () => 'a')])),
    ]) {
      await device.connect();
      expect(device.closed).toBeNull();
      await device.sayBytes(await make());
      expect(device.closed).not.toBeNull();
    }
  });

  it('[SES-5] of a device ends the one it had before', async () => {
    await device.connect();
    const frames: Uint8Array[] = [];
    let code = 0;
    const ghost = test.hub.accept({
      send: (bytes) => frames.push(bytes),
      bufferedBytes: 0,
      close: (is) => (code = is),
    });
    await test.pass();
    expect(frames).toHaveLength(1);
    ghost.onClose(1006);
    const other = device.frames;
    await device.connect();
    expect(device.frames).not.toBe(other);
    expect(code).toBe(0);
    await device.push(await device.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.dong }));
    expect(device.verdicts()).toHaveLength(1);
  });

  it('[SES-6] a drain finishes what was taken, answers it, and sends everybody to come back', async () => {
    await device.connect();
    const edit = await device.edit(documentIdOf(test.folder(), 'identity'), { village: VILLAGES.dong });
    const saying = device.say(['push', [edit.bytes]]);
    // the push is read and its signature checked before the drain begins
    await Promise.resolve();
    await saying;
    await test.hub.drain();
    await test.pass();
    expect(device.verdicts().map(({ verdict }) => verdict)).toEqual(['stored']);
    expect(device.closed?.[0]).toBe(CLOSE.restart);
    await device.dial();
    expect([device.frames, device.closed?.[0]]).toEqual([[], CLOSE.restart]);
    await test.start();
    await device.connect();
    expect((await device.push(edit))[0]?.verdict).toBe('duplicate');
  });

  it('[SES-6] a hint about the directory reaches open sessions', async () => {
    await device.connect();
    test.hub.hintDirectory();
    await test.pass();
    expect(device.all('hint')).toEqual([['hint', 'directory']]);
  });
});

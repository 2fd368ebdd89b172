import { describe, expect, it } from 'vitest';
import { nodeCrypto, settle, testSigner } from '../../../../test/fixtures/world.ts';
import type { DeflatePort } from '../base/world.ts';
import type { DownFrame } from '../wire/frames.ts';
import { verifyHello } from '../wire/hello.ts';
import { closeCodeOf, REFUSALS } from '../wire/refusal.ts';
import { PROTOCOL_HISTORY } from '../wire/version.ts';
import { ANSWER_WAIT_MS } from './client-session-asks.ts';
import { SILENCE } from './client-session-end.ts';
import { MAX_PUSH_BYTES, WINDOW_BYTES } from './client-session-push.ts';
import { liveSession, scriptedSession } from './client-session.support.ts';
import { parseEnvelope } from './envelope.ts';
import {
  freshIdentity,
  hubSigner,
  makeDevice,
  PlainHub,
  storedFor,
  type TestDevice,
  waitingOf,
} from './replica.support.ts';
import { FINAL_REFUSALS, type SessionState } from './session-state.ts';

const child = freshIdentity(1);

function setName(device: TestDevice, value: string, document = child) {
  return device.replica.edit([{ document, sets: [{ name: 'name', value }] }]);
}

function nsOf(push: readonly Uint8Array[]): readonly number[] {
  return push.map((bytes) => {
    const parsed = parseEnvelope(bytes);
    return parsed.ok ? parsed.value.envelope.n : 0;
  });
}

/** The last frame of what may be seen. */
const ALL_TOLD: DownFrame = ['feed', { items: [], cursor: Uint8Array.of(1), more: false }];

function owedBytesOf(device: TestDevice): number {
  return waitingOf(device).reduce((sum, row) => sum + row.signed.bytes.length, 0);
}

/** Returns what nobody caught while `work` ran: a Fault goes up to the program, which a test is not. */
async function faultsWhile(work: () => Promise<void>): Promise<readonly unknown[]> {
  const faults: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (fault) => void faults.push(fault));
  await work();
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
  return faults;
}

describe('before the welcome', () => {
  it('[CSE-1] says nothing until the Hub has spoken, then proves itself to this Hub and this nonce alone', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await scriptedSession(device);
    expect(session.state).toEqual({ is: 'connecting' });
    expect(hub.heard).toEqual([]);
    const nonce = new Uint8Array(16).fill(9);
    await hub.challenge({ nonce });
    expect(session.state).toEqual({ is: 'proving' });
    const hello = hub.all('hello')[0];
    expect(hello).toMatchObject({ protocol: 1, device: device.identity.device, lastN: 0 });
    const key = testSigner(1).publicKey;
    const isGood = (hubKey: Uint8Array, by: Uint8Array) =>
      hello && verifyHello({ hub: hubKey, nonce: by }, hello, hello.proof, key, nodeCrypto);
    expect(await isGood(hubSigner.publicKey, nonce)).toBe(true);
    expect(await isGood(testSigner(5).publicKey, nonce)).toBe(false);
    expect(await isGood(hubSigner.publicKey, new Uint8Array(16))).toBe(false);
  });

  it('[CSE-1] tells another Hub nothing, not even who it is', async () => {
    const { hub, session } = await scriptedSession(await makeDevice(1));
    await hub.challenge({ hub: testSigner(99).publicKey });
    expect(hub.heard).toEqual([]);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'other-hub' });
  });

  it.each([
    [[5, 6], 'client-too-old'],
    [[0, 0], 'hub-too-old'],
  ] as const)('[CSE-2] a Hub of versions %j: %s, and the outbox is kept', async (range, refusal) => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    const { hub, session } = await scriptedSession(device);
    await hub.challenge({ range: [...range] });
    expect(session.state).toEqual({ is: 'stopped', refusal });
    expect(device.replica.counts().waiting).toBe(1);
    session.wake();
    await device.timeline.advance(3_600_000);
    expect(hub.connections).toBe(1);
  });

  it.each([
    ['a feed', ['feed', { items: [], cursor: new Uint8Array(1), more: false }]],
    ['a verdict', ['verdicts', [{ n: 1, verdict: 'stored', atMs: 1 }]]],
    ['a second challenge', 'challenge'],
  ] as const)('[CSE-1] %s before the welcome ends the connection, and nothing of it counts', async (_what, frame) => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    const { hub, session } = await scriptedSession(device);
    await hub.challenge();
    if (frame === 'challenge') await hub.challenge();
    else await hub.say(structuredClone(frame) as never);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'bad-frame' });
    expect(device.replica.counts().waiting).toBe(1);
  });

  it('[CSE-3] stores person and client ids before it is live', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await scriptedSession(device);
    await hub.challenge();
    device.store.failNext('storage-full');
    await hub.welcome(1, { leases: [[7_000, 7_100]] });
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'storage' });
    await device.timeline.advance(60_000);
    await hub.challenge();
    await hub.welcome(1, { leases: [[7_000, 7_100]] });
    expect(session.state).toEqual({ is: 'live', isCaughtUp: false, expected: 0 });
    await device.restart();
    await setName(device, 'Lò Văn Ơn');
    expect(waitingOf(device)[0]?.signed.envelope.client).toBe(7_000);
  });

  it('[CSE-3] a welcome for somebody else ends the connection', async () => {
    const { hub, session } = await scriptedSession(await makeDevice(1));
    await hub.challenge();
    await hub.welcome(2);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'bad-frame' });
  });

  it('[CSE-4] stops when the Hub knows envelopes of this device that it did not write', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    for (const mark of [
      { lastN: 2, lastHash: new Uint8Array(32).fill(2) },
      { lastN: 1, lastHash: new Uint8Array(32).fill(2) },
    ]) {
      const { hub, session } = await scriptedSession(device);
      await hub.challenge();
      await hub.welcome(1, mark);
      expect(session.state).toEqual({ is: 'stopped', refusal: 'device-forked' });
      expect(hub.all('push')).toEqual([]);
    }
    expect(device.replica.counts().waiting).toBe(1);
  });

  it('[CSE-4] what the Hub judged already is sent again and answered again', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    await setName(device, 'Lò Văn Ớn');
    const { hub } = await scriptedSession(device);
    await hub.challenge();
    const [first] = waitingOf(device);
    await hub.welcome(1, { lastN: 1, lastHash: first?.hash ?? new Uint8Array() });
    expect(hub.all('push').map(nsOf)).toEqual([[1, 2]]);
    await hub.say(['verdicts', [{ n: 1, verdict: 'duplicate', atMs: 5 }]]);
    expect(device.replica.counts().waiting).toBe(1);
  });

  it('[KEP-1] after the Hub came back from an older backup, what it had answered is handed in again, byte for byte, and work goes on', async () => {
    const device = await makeDevice(1);
    await setName(device, 'Lò Văn Ơn');
    const [first] = waitingOf(device);
    await device.replica.sync.verdicts(storedFor(waitingOf(device)));
    await setName(device, 'Lò Văn Ớn');
    const { hub, session } = await scriptedSession(device);
    await hub.challenge({ epoch: 2 });
    await hub.welcome(1, { lastN: 0 });
    expect(session.state.is).toBe('live');
    expect(waitingOf(device)[0]?.hash).toEqual(first?.hash);
    await setName(device, 'Lò Văn Ờn');
    await settle();
    expect(hub.all('push').flatMap(nsOf)).toEqual([1, 2, 3]);
    expect(device.replica.counts().quarantined).toBe(0);
  });
});

describe('pushing', () => {
  it('[CSE-5] sends what waits, in order, and nothing twice on one connection', async () => {
    const device = await makeDevice(1);
    for (let i = 0; i < 5; i += 1) await setName(device, `Lù A ${i}`);
    const { hub } = await liveSession(device);
    await setName(device, 'Lù A 5');
    await settle();
    expect(hub.all('push').flatMap(nsOf)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['a Hub that speaks the second protocol', { range: [1, 2] as [number, number] }, [1, 2]],
    ['one that does not', { range: [1, 1] as [number, number] }, []],
    ['one that was restored from a backup', { range: [1, 2] as [number, number], epoch: 2 }, []],
  ])('[CSE-5] to %s sends this behind the hello', async (_, challenge, early) => {
    const device = await makeDevice(1);
    for (const name of ['Lù A Páo', 'Lù A Phừ']) await setName(device, name);
    const { hub } = await scriptedSession(device);
    await hub.challenge(challenge);
    expect(hub.heard.map(([type]) => type)).toEqual(early.length > 0 ? ['hello', 'push'] : ['hello']);
    expect(hub.all('push').flatMap(nsOf)).toEqual(early);
    await setName(device, 'Lù A Sèng');
    await hub.welcome(device.identity.member);
    expect(hub.all('push').flatMap(nsOf)).toEqual([1, 2, 3]);
  });

  it('[CSE-5] never sends what is not durable yet', async () => {
    const device = await makeDevice(1);
    const { hub } = await liveSession(device);
    await setName(device, 'Lù A Páo');
    await settle();
    device.store.failNext('storage-full');
    await expect(setName(device, 'Lù A Phừ')).rejects.toThrow('storage-full');
    await settle();
    device.store.failNext('kill-before');
    void setName(device, 'Lù A Sèng');
    await settle();
    expect(hub.all('push').flatMap(nsOf)).toEqual([1]);
  });

  it('[CSE-6] keeps a window, small frames, and groups whole', async () => {
    const device = await makeDevice(1);
    const notes = Array.from({ length: 5 }, () => ({
      name: 'notes',
      value: { text: 'Ghi chép thăm hộ: '.repeat(100) },
    }));
    for (let i = 0; i < 120; i += 1) {
      const folder = freshIdentity(200 + i);
      const note = { document: folder, sets: [{ name: 'name', value: `Chảo ${i}` }], appends: notes };
      const mate = { document: freshIdentity(500 + i), sets: [{ name: 'name', value: 'Chảo Sành' }] };
      expect((await device.replica.edit(i % 3 === 0 ? [note, mate] : [note])).ok).toBe(true);
    }
    const groups = new Map(waitingOf(device).map((row) => [row.n, row.group]));
    const sizes = new Map(waitingOf(device).map((row) => [row.n, row.signed.bytes.length]));
    const { hub } = await liveSession(device);
    let judged = 0;
    for (let turn = 0; turn < 60 && judged < groups.size; turn += 1) {
      const pushes = hub.all('push').map(nsOf);
      const sent = pushes.flat().filter((n) => n > judged);
      expect(sent.reduce((sum, n) => sum + (sizes.get(n) ?? 0), 0)).toBeLessThanOrEqual(WINDOW_BYTES);
      for (const push of pushes) {
        expect(push.reduce((sum, n) => sum + (sizes.get(n) ?? 0), 0)).toBeLessThanOrEqual(MAX_PUSH_BYTES);
        const last = push.at(-1) ?? 0;
        const isCut = groups.get(last) !== null && groups.get(last) === groups.get(last + 1);
        expect(isCut).toBe(false);
      }
      const next = sent[0] ?? 0;
      judged = sent.slice(0, 7).at(-1) ?? next;
      const verdicts = Array.from({ length: judged - next + 1 }, (_, i) => ({
        n: next + i,
        verdict: 'stored' as const,
        atMs: 5,
      }));
      await hub.say(['verdicts', verdicts]);
    }
    expect(judged).toBe(160);
    expect(hub.all('push').flatMap(nsOf)).toEqual(Array.from({ length: 160 }, (_, i) => i + 1));
    expect(device.replica.counts().waiting).toBe(0);
  });

  it('[CSE-5] shows nothing as answered without the verdict', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await liveSession(device);
    await setName(device, 'Lù A Páo');
    await settle();
    expect(session.facts.lastAnsweredAtMs).toBeNull();
    expect(device.replica.read(child)?.where).toBe('tablet');
    await hub.say(['verdicts', [{ n: 1, verdict: 'stored', atMs: 5 }]]);
    expect(session.facts.lastAnsweredAtMs).toBe(device.timeline.nowMs);
    expect(device.replica.read(child)?.where).toBe('hub');
  });
});

describe('the feed', () => {
  it('[CSE-8] is acknowledged only when it is durable', async () => {
    const device = await makeDevice(1);
    const other = await makeDevice(2);
    const plain = new PlainHub();
    await setName(other, 'Quàng Thị Hính');
    const items = plain.admit(waitingOf(other));
    const { hub, session } = await liveSession(device);
    device.store.failNext('storage-full');
    await hub.say(['feed', { items, cursor: Uint8Array.of(1), more: false }]);
    expect(hub.all('ack')).toEqual([]);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'storage' });
    await device.timeline.advance(60_000);
    await hub.challenge();
    await hub.welcome(1);
    await hub.say(['feed', { items, cursor: Uint8Array.of(1), more: true }]);
    expect(hub.all('ack')).toEqual([{ cursor: Uint8Array.of(1) }]);
    expect(session.state).toMatchObject({ isCaughtUp: false });
    await hub.say(['feed', { items: [], cursor: Uint8Array.of(2), more: false }]);
    expect(session.state).toMatchObject({ isCaughtUp: true });
    expect(device.replica.read(child)).not.toBeNull();
  });

  it('[CSE-14] is acknowledged together while it trickles in, and before the session stops', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await liveSession(device);
    for (const n of [1, 2, 3]) await hub.say(['feed', { items: [], cursor: Uint8Array.of(n), more: false }]);
    expect(hub.all('ack')).toEqual([{ cursor: Uint8Array.of(1) }]);
    await device.timeline.advance(500);
    expect(hub.all('ack')).toEqual([{ cursor: Uint8Array.of(1) }, { cursor: Uint8Array.of(3) }]);
    await hub.say(['feed', { items: [], cursor: Uint8Array.of(4), more: false }]);
    session.stop();
    await settle();
    expect(hub.all('ack').at(-1)).toEqual({ cursor: Uint8Array.of(4) });
  });

  it('[CSE-8] with a gap makes the next hello ask for everything', async () => {
    const device = await makeDevice(1);
    const other = await makeDevice(2);
    const plain = new PlainHub();
    await setName(other, 'Quàng Thị A');
    await setName(other, 'Quàng Thị B');
    const [, second] = plain.admit(waitingOf(other));
    const { hub, session } = await liveSession(device);
    await hub.say(['feed', { items: [], cursor: Uint8Array.of(1), more: false }]);
    await hub.say(['feed', { items: second ? [second] : [], cursor: Uint8Array.of(2), more: false }]);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'refetching' });
    await device.timeline.advance(1_000);
    await hub.challenge();
    expect(hub.all('hello').map(({ cursor }) => cursor.length)).toEqual([0, 0]);
  });

  it('[CSE-8] what comes behind a frame that the device fails over is not applied: its cursor would cover both', async () => {
    const device = await makeDevice(1);
    const other = await makeDevice(2);
    const plain = new PlainHub();
    for (let n = 0; n < 20; n += 1) await setName(other, `Quàng Thị Hính ${n}`);
    const items = plain.admit(waitingOf(other));
    const intact = device.world.deflate;
    let failures = 1;
    const deflate: DeflatePort = {
      deflate: (bytes) => intact.deflate(bytes),
      inflate: (bytes, maxBytes) =>
        failures-- > 0 ? Promise.reject(new Error('broken engine')) : intact.inflate(bytes, maxBytes),
    };
    const { hub, session } = await liveSession({ ...device, world: { ...device.world, deflate } });
    const faults = await faultsWhile(async () => {
      await hub.say(['feed', { items, cursor: Uint8Array.of(1), more: true }]);
      await hub.say(['feed', { items: [], cursor: Uint8Array.of(2), more: false }]).catch(() => undefined);
    });
    expect(faults).toHaveLength(1);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'bad-frame' });
    expect(device.replica.sync.position.cursor).toHaveLength(0);
    expect(hub.all('ack')).toEqual([]);
  });

  it.each([
    ['no frame', Uint8Array.of(7, 7, 7)],
    ['an inflated bomb', Uint8Array.of(1, 255, 255)],
    ['half a frame', Uint8Array.of(0, 117, 2, 119)],
  ])('[REP-8] %s ends the connection and leaves the last good state', async (_what, bytes) => {
    const device = await makeDevice(1);
    await setName(device, 'Quàng Thị Hính');
    const { hub, session } = await liveSession(device);
    await hub.babble(bytes);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'bad-frame' });
    expect(device.replica.read(child)).not.toBeNull();
  });

  it('[CSE-9] passes on hints and changed appointments', async () => {
    const device = await makeDevice(1);
    let hints = 0;
    const { hub } = await liveSession(device, { onHint: () => (hints += 1) });
    await hub.say(['hint', 'directory']);
    await hub.say(['principal', { member: 1, role: 'union', villages: [], schools: [], namedFor: [], untilMs: 5 }]);
    expect(hints).toBe(1);
    await device.restart();
    expect(device.replica.principal).toMatchObject({ role: 'union', untilMs: 5 });
  });

  it('[CSE-9] takes no appointment of another number: what is written under it nobody can read', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await liveSession(device);
    const member = Number.MAX_SAFE_INTEGER;
    await hub.say(['principal', { member, role: 'lead', villages: ['*'], schools: [], namedFor: [], untilMs: null }]);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'bad-frame' });
    expect(device.replica.principal?.member).toBe(1);
  });
});

describe('silence and loss', () => {
  it.each([
    ['no challenge', 0, SILENCE.welcomeMs],
    ['no welcome', 1, SILENCE.welcomeMs],
  ])('[CSE-7] %s: given up after a while', async (_what, said, withinMs) => {
    const device = await makeDevice(1);
    const { hub, session } = await scriptedSession(device);
    if (said === 1) await hub.challenge();
    await device.timeline.advance(withinMs - 1);
    expect(session.state.is).not.toBe('waiting');
    await device.timeline.advance(1);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'timeout' });
  });

  it('[CSE-7] a half-open connection is noticed by what it owes, or by a probe when it owes nothing', async () => {
    for (const isOwed of [true, false]) {
      const device = await makeDevice(1);
      const { hub, session } = await liveSession(device);
      await hub.say(ALL_TOLD);
      hub.network.links[0]?.halfOpen();
      if (isOwed) await setName(device, 'Cà Thị Pha');
      const owedMs = SILENCE.answerMs + owedBytesOf(device);
      await device.timeline.advance(isOwed ? owedMs : SILENCE.idleMs + SILENCE.probeMs);
      expect(session.state).toMatchObject({ is: 'waiting', reason: 'timeout' });
    }
  });

  it('[CSE-13] a slow line is no silent Hub: a long push has the time that it takes, and so has what is still to come', async () => {
    const device = await makeDevice(1);
    const text = 'Ghi chép thăm hộ: '.repeat(100);
    for (let i = 0; i < 40; i += 1) {
      const note = { document: freshIdentity(200 + i), appends: [{ name: 'notes', value: { text } }] };
      expect((await device.replica.edit([note])).ok).toBe(true);
    }
    const owedBytes = owedBytesOf(device);
    expect(owedBytes).toBeGreaterThan(2 * SILENCE.answerMs);
    const { hub, session } = await liveSession(device);
    await device.timeline.advance(SILENCE.comingMs - 1);
    expect(session.state.is).toBe('live');
    await hub.say(ALL_TOLD);
    session.wake();
    await device.timeline.advance(owedBytes);
    expect(session.state.is).toBe('live');
    await device.timeline.advance(SILENCE.probeMs);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'timeout' });
  });

  it('[CSE-7] waking again and again does not put off the end of a half-open connection', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await liveSession(device);
    await hub.say(ALL_TOLD);
    hub.network.links[0]?.halfOpen();
    for (let i = 0; i < 4; i += 1) {
      session.wake();
      await device.timeline.advance(SILENCE.probeMs / 4);
    }
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'timeout' });
  });

  it('[CSE-7] an idle connection that answers its probe lives on', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await liveSession(device);
    await hub.say(ALL_TOLD);
    for (let i = 0; i < 3; i += 1) {
      await device.timeline.advance(SILENCE.idleMs);
      await hub.say(['receipts', []]);
    }
    expect(hub.all('ask-receipts')).toEqual([[], [], []]);
    expect(session.state.is).toBe('live');
  });

  it.each([
    ['carries a frame each time', true],
    ['carries nothing', false],
  ])(
    '[CSE-9] a network that breaks again and again and %s: the waits stay short only where something came',
    async (_what, gains) => {
      const device = await makeDevice(1);
      const { hub, session } = await liveSession(device);
      const waits: number[] = [];
      for (let i = 0; i < 8; i += 1) {
        if (gains) await hub.say(['feed', { items: [], cursor: Uint8Array.of(i + 1), more: true }]);
        await hub.close(1006);
        const { state } = session;
        const waitMs = state.is === 'waiting' ? state.retryAtMs - device.timeline.nowMs : -1;
        waits.push(waitMs);
        await device.timeline.advance(waitMs);
        await hub.challenge();
        await hub.welcome(1);
      }
      expect(waits[0]).toBeLessThanOrEqual(400);
      expect(Math.max(...waits) <= 400).toBe(gains);
    },
  );

  it('[CSE-11] a first download over several connections is whole with its last frame, not before', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await scriptedSession(device);
    await hub.challenge();
    await hub.welcome(1, { total: 9 });
    await hub.say(['feed', { items: [], cursor: Uint8Array.of(1), more: true }]);
    await hub.close(1006);
    expect(session.facts).toMatchObject({ hasCaughtUp: false });
    await device.timeline.advance(1_000);
    await hub.challenge();
    await hub.welcome(1);
    expect(session.state).toEqual({ is: 'live', isCaughtUp: false, expected: 9 });
    expect(session.facts).toMatchObject({ hasCaughtUp: false });
    await hub.say(['feed', { items: [], cursor: Uint8Array.of(2), more: false }]);
    expect(session.facts).toMatchObject({ hasCaughtUp: true });
    await hub.close(1006);
    await device.timeline.advance(1_000);
    await hub.challenge();
    await hub.welcome(1);
    expect(session.state).toEqual({ is: 'live', isCaughtUp: false, expected: 0 });
  });

  it('[CSE-9] tries again with growing, jittered waits, and at once when woken', async () => {
    const device = await makeDevice(1);
    const states: SessionState[] = [];
    const { hub, session } = await scriptedSession(device, { onState: (state) => states.push(state) });
    hub.isReachable = false;
    await hub.close(1006);
    for (let i = 0; i < 8; i += 1) await device.timeline.advance(60_000);
    const waits = states.flatMap((state, i) => {
      const before = states[i - 1];
      return state.is === 'waiting' && before ? [state.retryAtMs] : [];
    });
    const gaps = waits.slice(1).map((at, i) => at - (waits[i] ?? 0));
    expect(gaps.length).toBeGreaterThan(8);
    expect(gaps[0]).toBeLessThan(4_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_000);
    hub.isReachable = true;
    session.wake();
    await settle();
    await hub.challenge();
    await hub.welcome(1);
    expect(session.state.is).toBe('live');
  });

  it('[CSE-9] stops for a final refusal alone; every other comes again', async () => {
    for (const refusal of REFUSALS) {
      const { hub, session } = await liveSession(await makeDevice(1));
      await hub.close(closeCodeOf(refusal));
      // tried once more, with the passport
      if (refusal === 'not-enrolled') await hub.close(closeCodeOf(refusal));
      expect([refusal, session.state.is]).toEqual([refusal, FINAL_REFUSALS.includes(refusal) ? 'stopped' : 'waiting']);
    }
  });

  it('[RES-7] shows its passport to a Hub that does not know it, and to no other', async () => {
    const { hub, session } = await liveSession(await makeDevice(1));
    await hub.close(closeCodeOf('not-enrolled'));
    await hub.challenge();
    await hub.welcome(1);
    expect(hub.all('hello').map(({ passport }) => passport)).toEqual([undefined, Uint8Array.of(1, 2, 3)]);
    expect(session.state.is).toBe('live');
  });

  it.each([
    [1012, 'restarting'],
    [1013, 'busy'],
    [1006, 'offline'],
    [1001, 'offline'],
  ])('[CSE-9] close code %i: %s', async (code, reason) => {
    const { hub, session } = await liveSession(await makeDevice(1));
    await hub.close(code);
    expect(session.state).toMatchObject({ is: 'waiting', reason });
  });

  it('[CSE-9] measures how far the tablet is off, and believes nothing of it', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await scriptedSession(device);
    await hub.challenge({ nowMs: device.timeline.nowMs + 86_400_000 });
    await device.timeline.advance(2_000);
    await hub.welcome(1, { nowMs: device.timeline.nowMs + 86_400_000 });
    expect(session.facts.skewMs).toBe(86_401_000);
  });

  it('[CSE-9] takes nothing from an answer that a sleeping tablet read a day later', async () => {
    const device = await makeDevice(1);
    const { hub, session } = await scriptedSession(device);
    const [toldAtMs, ahead] = [device.timeline.nowMs, 600_000];
    await hub.challenge({ nowMs: toldAtMs + ahead });
    // asleep: no timer runs
    device.timeline.nowMs += 86_400_000;
    await hub.welcome(1, { nowMs: toldAtMs + ahead });
    expect(session.state.is).toBe('live');
    expect(session.facts.skewMs).toBe(ahead);
  });

  it('[CSE-9] stop leaves no timer behind', async () => {
    const device = await makeDevice(1);
    const { session } = await liveSession(device);
    session.stop();
    expect(session.state).toEqual({ is: 'idle' });
    expect(device.timeline.waiting).toBe(0);
  });
});

describe('questions about the past', () => {
  const none = { part: null, isTooFast: false, signature: new Uint8Array(0) };
  const next = new Uint8Array(0);

  const newSession = (device: TestDevice) => liveSession(device, {}, { range: [1, PROTOCOL_HISTORY] });

  it('[CSE-12] are not put to a Hub that does not know them', async () => {
    const { hub, session } = await liveSession(await makeDevice(1));
    expect(await session.askHistory(child, next)).toBeNull();
    expect(hub.all('ask-history')).toEqual([]);
  });

  it('[CSE-12] are answered by their number, in any order', async () => {
    const { hub, session } = await newSession(await makeDevice(1));
    const answers = [session.askHistory(child, next), session.askHistory(child, next)];
    await settle();
    const [first, second] = hub.all('ask-history').map(({ ask }) => ask);
    await hub.say(['history', { ...none, ask: second ?? 0, isTooFast: true }]);
    await hub.say(['history', { ...none, ask: first ?? 0 }]);
    expect((await Promise.all(answers)).map((answer) => answer?.isTooFast)).toEqual([false, true]);
  });

  it('[CSE-12] without a connection, when it ends, or when no answer comes in time, there is none', async () => {
    const device = await makeDevice(1);
    const idle = await scriptedSession(device);
    expect(await idle.session.askHistory(child, next)).toBeNull();
    const { hub, session } = await newSession(device);
    const cut = session.askHistory(child, next);
    await settle();
    await hub.close(1006);
    expect(await cut).toBeNull();
    const later = await newSession(device);
    const late = later.session.askHistory(child, next);
    await settle();
    await device.timeline.advance(ANSWER_WAIT_MS);
    expect(await late).toBeNull();
    await later.hub.say(['history', { ...none, ask: 1 }]);
    expect(later.session.state.is).toBe('live');
  });

  it('[CSE-12] an answer that nobody asked for ends the connection', async () => {
    const { hub, session } = await newSession(await makeDevice(1));
    await hub.say(['history', { ...none, ask: 1 }]);
    expect(session.state).toMatchObject({ is: 'waiting', reason: 'bad-frame' });
  });
});

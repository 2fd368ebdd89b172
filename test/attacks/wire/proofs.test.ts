import { readFileSync } from 'node:fs';
import { CLOSE } from '@chungtay/core/wire/refusal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSignKeys } from '../../protocol/keys.ts';
import {
  type Account,
  Writer,
  challengeOf,
  enrolAccount,
  heard,
  helloFrame,
  openSession,
  plainFrame,
  postJson,
  readFrame,
} from './account.ts';
import { Commune, REPEATED, harmIn, newUlid } from './commune.ts';
import { RawLine } from './raw-line.ts';

const REPLACED = 4001;
const SILENT_WITHIN_MS = 5_000;
const ESTABLISHED = '01';

let commune: Commune;
let other: Commune;
let victim: Account;
let member: Account;

/** Says whether the Hub still keeps its end of a connection open, as the operating system knows it. */
function isHeldByHub({ port }: RawLine): boolean {
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
  const ends = new RegExp(`:${hex(commune.hub.port())} [0-9A-F]{8}:${hex(port)} ${ESTABLISHED} `, 'u');
  return ends.test(readFileSync('/proc/net/tcp', 'utf8'));
}

/** Says `hello` to a fresh challenge; resolves to how the Hub ended that. */
async function endOf(hello: (challenge: Awaited<ReturnType<typeof challengeOf>>) => Buffer, told = ['challenge']) {
  const line = await RawLine.upgrade(commune.target(), '/feed');
  await line.send({ payload: hello(await challengeOf(line)) });
  const end = await line.ended();
  expect(line.messages.map(readFrame).map(([type]) => type)).toEqual(told);
  line.drop();
  return end.reason;
}

beforeAll(async () => {
  [commune, other] = await Promise.all([Commune.found({ CT_ENROLMENTS_PER_MINUTE: '40' }), Commune.found()]);
  [victim, member] = [await commune.account(), await commune.account()];
}, 60_000);
afterAll(() => Promise.all([commune.end(), other.end()]));

describe('whoever is not who he says', () => {
  it('[P17] a hello that was recorded opens nothing, at the same Hub or at another', async () => {
    const line = await RawLine.upgrade(commune.target(), '/feed');
    const recorded = helloFrame(victim, await challengeOf(line));
    await line.send({ payload: recorded });
    await heard(line, 'welcome');
    expect(await endOf(() => recorded)).toBe('bad-proof');
    line.drop();
    const elsewhere = await RawLine.upgrade(other.target(), '/feed');
    await elsewhere.send({ payload: recorded });
    expect((await elsewhere.ended()).reason).toBe('not-enrolled');
    elsewhere.drop();
  });

  it('[P17] a proof made for another Hub, another nonce or with another key is none', async () => {
    const line = await RawLine.upgrade(other.target(), '/feed');
    const provedFor = await challengeOf(line);
    line.drop();
    expect(await endOf((challenge) => helloFrame(victim, challenge, { provedFor }))).toBe('bad-proof');
    const { hub } = provedFor;
    expect(
      await endOf((challenge) => helloFrame(victim, challenge, { provedFor: { ...challenge, hub: hub ?? '' } })),
    ).toBe('bad-proof');
    expect(await endOf((challenge) => helloFrame(victim, challenge, { keys: member.keys }))).toBe('bad-proof');
    expect(await endOf((challenge) => helloFrame(member, challenge, { device: victim.self.device }))).toBe('bad-proof');
    expect(await endOf((challenge) => helloFrame(member, challenge, { device: newUlid() }))).toBe('not-enrolled');
  });

  it('[P17] control: the same device, with its own key, for this nonce, is let in', async () => {
    const { line, welcome } = await openSession(victim, commune.target());
    expect(welcome).toMatchObject({ principal: { role: 'collaborator' } });
    line.drop();
  });

  it('[P17] somebody else’s envelopes are not taken, not even whole and well signed', async () => {
    const stolen = new Writer(victim).next(`${newUlid()}/identity`, { village: 'thon-1', name: 'Vừ A Sùng' });
    const { line } = await openSession(member, commune.target());
    await line.send({ payload: plainFrame('push', [stolen]) });
    expect((await line.ended()).reason).toBe('not-author');
    line.drop();
    const own = await openSession(victim, commune.target());
    expect(own.welcome).toMatchObject({ lastN: 0 });
    await own.line.send({ payload: plainFrame('push', [stolen]) });
    expect(await heard(own.line, 'verdicts')).toMatchObject([{ n: 1, verdict: 'stored' }]);
    own.line.drop();
  });

  it('[P17] a cloned tablet cannot speak beside the first, and a second history under its key ends both', async () => {
    const account = await commune.account();
    const first = await openSession(account, commune.target());
    const clone = await openSession(account, commune.target());
    expect((await first.line.ended()).code).toBe(REPLACED);
    const [one, two] = [new Writer(account), new Writer(account)];
    const sent = one.next(`${newUlid()}/identity`, { village: 'thon-1', name: 'Vừ A Sùng' });
    await clone.line.send({ payload: plainFrame('push', [sent]) });
    await heard(clone.line, 'verdicts');
    const forked = two.next(`${newUlid()}/identity`, { village: 'thon-1', name: 'Lý Mẩy' });
    await clone.line.send({ payload: plainFrame('push', [forked]) });
    expect((await clone.line.ended()).reason).toBe('device-forked');
    for (const { line } of [first, clone]) line.drop();
  });

  it('[P17] an invitation raced by twenty keys makes one device', async () => {
    const code = await commune.invite();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => enrolAccount(commune.url, code).then(({ self }) => self.device, String)),
    );
    expect(outcomes.filter((outcome) => !outcome.startsWith('Error'))).toHaveLength(1);
    expect(new Set(outcomes.filter((outcome) => outcome.startsWith('Error')))).toEqual(
      new Set(['Error: 410 {"code":"used-code"}']),
    );
    await expect(enrolAccount(commune.url, await commune.invite(), member.keys)).rejects.toThrow('404');
  });
});

describe('a right that ends', () => {
  it('[P13] a revoked device is silent within five seconds, however slowly it reads, and hears nothing when it comes back', async () => {
    const account = await commune.account();
    const [quick, slow] = [await openSession(account, commune.target()), await commune.account()];
    const reading = await openSession(slow, commune.target());
    reading.line.stopReading();
    const known = [...commune.honest.lead.documents.keys()][0] ?? '';
    const question = plainFrame('ask-history', { ask: 1, document: known, next: Buffer.of() });
    for (let at = 0; at < 60; at += 1) await reading.line.send({ payload: question });
    const revokedAtMs = Date.now();
    await commune.office('revoke', { device: account.self.device });
    await commune.office('revoke', { device: slow.self.device });
    // it may come back to hand in what it has; then it is told for good
    expect(await quick.line.ended()).toEqual({ code: CLOSE.restart, reason: 'revoked' });
    const heardBytes = quick.line.receivedBytes;
    await commune.work();
    // what lay in the network is all that a slow reader can still read: the Hub’s end is gone
    await expect.poll(() => isHeldByHub(reading.line), { timeout: SILENT_WITHIN_MS, interval: 100 }).toBe(false);
    expect(Date.now() - revokedAtMs).toBeLessThan(SILENT_WITHIN_MS + 2_000);
    expect(quick.line.receivedBytes).toBe(heardBytes);
    expect(await endOf((challenge) => helloFrame(account, challenge), ['challenge', 'welcome'])).toBe('device-revoked');
    for (const { line } of [quick, reading]) line.drop();
  });

  it('[P13] what a suspended person had written is held, neither merged nor dropped, and nothing new reaches him', async () => {
    const account = await commune.account();
    const writer = new Writer(account);
    const write = (seen?: Uint8Array) =>
      writer.next(`${newUlid()}/identity`, { village: 'thon-1', name: 'Vừ A Sùng' }, seen);
    const { line } = await openSession(account, commune.target());
    const heardOf = (type: string) => line.messages.map(readFrame).flatMap(([is, told]) => (is === type ? [told] : []));
    await line.until(() => heardOf('feed').length > 0);
    const { cursor } = heardOf('feed')[0] as { readonly cursor: Uint8Array };
    await line.send({ payload: plainFrame('push', [write(cursor)]) });
    expect(await heard(line, 'verdicts')).toMatchObject([{ verdict: 'stored' }]);
    await commune.office('suspend', { member: account.self.member, isSuspended: true });
    // everything he held is closed to him
    await line.until(() => heardOf('feed').some((told) => JSON.stringify(told).includes('["c"')));
    const before = heardOf('feed').length;
    for (let at = 0; at < 5; at += 1) await commune.work();
    await line.send({ payload: plainFrame('push', [write(cursor), write()]) });
    await line.until(() => heardOf('verdicts').length > 1);
    expect(heardOf('verdicts')[1]).toMatchObject([
      { n: 2, verdict: 'held', code: 'right-ended' },
      { n: 3, verdict: 'refused', code: 'no-grant' },
    ]);
    expect(heardOf('feed').slice(before)).toEqual([]);
    line.drop();
  });
});

describe('a guesser', () => {
  it(
    '[P17] codes cannot be guessed: a try is one in 2^80, tries are few, and others enrol meanwhile',
    REPEATED,
    async () => {
      const { publicKey } = makeSignKeys();
      const guess = (code: string) =>
        postJson(`${commune.url}/enrol`, { code, signKey: publicKey, sealKey: publicKey }).then(({ status }) => status);
      const toll = await commune.under(async () => {
        const statuses = await Promise.all(Array.from({ length: 100 }, () => guess(newUlid().slice(1, 17))));
        expect(new Set(statuses)).toEqual(new Set([404, 429]));
        expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(40);
      });
      expect(harmIn(toll)).toEqual({});
      // another address is not locked out by the guesser’s
      const code = await commune.invite();
      const enrolling = await RawLine.open(commune.target('127.0.0.5'));
      const body = JSON.stringify({ code, signKey: publicKey, sealKey: makeSignKeys().publicKey });
      const head = `POST /enrol HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      await enrolling.write(head + body);
      await enrolling.until(() => enrolling.text.includes('\r\n\r\n'));
      expect(enrolling.text).toMatch(/^HTTP\/1\.1 200 /u);
      enrolling.drop();
    },
  );

  it('[HUB-9] no code, device, name or proof is in the log, whatever was tried', () => {
    expect(commune.leaks()).toEqual([]);
  });
});

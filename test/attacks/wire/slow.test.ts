import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, challengeOf, heard, helloFrame, openSession, plainFrame, readFrame } from './account.ts';
import { Commune, REPEATED, harmIn } from './commune.ts';
import { RawLine, frameBytes } from './raw-line.ts';

const PING_EVERY_MS = 500;
const TRICKLE_MS = 100;

let commune: Commune;
let member: Account;
/** What an attacker began before everything else, since it is patience that is tried here. */
const patient: { readonly line: RawLine; readonly timer: NodeJS.Timeout | null }[] = [];

beforeAll(async () => {
  commune = await Commune.found({ CT_PING_EVERY_MS: String(PING_EVERY_MS) });
  member = await commune.account('nurse');
  const heads = ['', 'GET /health HTTP/1.1\r\nHost: x\r\nX: ', 'GET /feed HTTP/1.1\r\nUpgrade: websocket\r\nX: '];
  for (const head of heads) for (let at = 0; at < 10; at += 1) patient.push(await begin(head));
}, 60_000);
afterAll(async () => {
  for (const { timer } of patient) if (timer) clearInterval(timer);
  await commune.end();
});

/** Connects, says the beginning of something, and goes on byte by byte where there is a beginning. */
async function begin(head: string) {
  const line = await RawLine.open(commune.target('127.0.0.4'));
  await line.write(head);
  const timer = head === '' ? null : setInterval(() => void line.write('x'), TRICKLE_MS);
  return { line, timer };
}

/** Writes the bytes one at a time until all are written or the Hub ends the connection. */
async function trickle(line: RawLine, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    if (line.ending) return;
    await line.write(Buffer.of(byte));
    await new Promise((resolve) => setTimeout(resolve, TRICKLE_MS));
  }
}

describe('slow ones', () => {
  it(
    '[P17] a frame that comes byte by byte holds up its own connection alone, and is given up once it stops',
    REPEATED,
    async () => {
      const { line } = await openSession(member, commune.target());
      const frame = frameBytes({ payload: Buffer.alloc(200) });
      const toll = await commune.under(() => trickle(line, frame.subarray(0, 30)));
      // a slow line is no attack: each byte is a sign of life
      expect(line.ending).toBeNull();
      expect((await line.ended()).code).toBe(1006);
      expect(harmIn(toll)).toEqual({});
    },
  );

  it('[P17] control: a hello that comes slowly, but in time, is heard', async () => {
    const line = await RawLine.upgrade(commune.target(), '/feed');
    const hello = frameBytes({ payload: helloFrame(member, await challengeOf(line)) });
    await trickle(line, hello.subarray(0, 10));
    await line.write(hello.subarray(10));
    expect(await heard(line, 'welcome')).toMatchObject({ lastN: 0 });
    line.drop();
  });

  it(
    '[P17] who asks and never reads is cut, or waited for; what lies at the Hub for him stays small',
    REPEATED,
    async () => {
      const known = [...commune.honest.lead.documents.keys()].find((id) => id.endsWith('/identity')) ?? '';
      const { line: past } = await openSession(member, commune.target());
      const directory = await RawLine.upgrade(commune.target(), '/rooms/directory');
      for (const line of [past, directory]) line.stopReading();
      const toll = await commune.under(async () => {
        const question = frameBytes({
          payload: plainFrame('ask-history', { ask: 1, document: known, next: Buffer.of() }),
        });
        const whole = frameBytes({ payload: Buffer.of(0, 0, 1, 0) });
        for (let at = 0; at < 300; at += 1) await Promise.all([past.write(question), directory.write(whole)]);
      });
      expect(harmIn(toll, 60)).toEqual({});
      for (const line of [past, directory]) line.drop();
    },
  );

  it('[P17] control: who reads after a while gets all of it', async () => {
    const { line } = await openSession(await commune.account(), commune.target());
    line.stopReading();
    for (let at = 0; at < 20; at += 1) await commune.work();
    line.readOn();
    const updates = () => line.messages.map(readFrame).filter(([type]) => type === 'feed').length;
    const before = updates();
    await commune.work();
    await line.until(() => updates() > before);
    expect(line.ending).toBeNull();
    line.drop();
  });

  it('[P17] requests that never end, and connections that never begin one, are cut after ten seconds', async () => {
    await expect
      .poll(() => patient.filter(({ line }) => !line.isGone).length, { timeout: 20_000, interval: 100 })
      .toBe(0);
    expect(await commune.work()).toBeLessThan(4_000);
  });

  it('[HUB-9] none of it is in the log', () => {
    expect(commune.leaks()).toEqual([]);
  });
});

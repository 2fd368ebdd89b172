import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Value } from '../../protocol/any.ts';
import { type Account, openSession, plainFrame, postJson, readFrame } from './account.ts';
import { Commune, REPEATED, harmIn } from './commune.ts';
import type { RawLine } from './raw-line.ts';

const KEY = '11'.repeat(32);
const BOX = '22'.repeat(81);
const PROTOCOL = 4;

const ONE = { device: '0'.repeat(26), box: BOX };

type Answer = Readonly<Record<string, unknown>>;

/** Somebody at his device, who asks the office. */
interface Person {
  readonly account: Account;
  ask(verb: string, body?: unknown): Promise<Answer>;
  leave(): void;
}

let commune: Commune;
let forgetful: Person;
let officers: readonly Person[];
let pass = '';
let asked = 0;

beforeAll(async () => {
  commune = await Commune.found({ CT_ENROLMENTS_PER_MINUTE: '1000' });
  forgetful = await person(await commune.account());
  officers = [await person(await commune.account('lead')), await person(await commune.account('chair'))];
  pass = String((await forgetful.ask('keepers'))['pass']);
  commune.keepSecret(pass);
}, 60_000);
afterAll(async () => {
  for (const one of [forgetful, ...officers]) one.leave();
  await commune.end();
});

async function person(account: Account): Promise<Person> {
  const { line } = await openSession(account, commune.target(), { protocol: PROTOCOL });
  return { account, ask: (verb, body = {}) => askOffice(line, verb, body), leave: () => line.drop() };
}

async function askOffice(line: RawLine, verb: string, body: unknown): Promise<Answer> {
  asked += 1;
  const ask = asked;
  await line.send({ payload: plainFrame('ask-office', { ask, key: `deed-${ask}`, verb, body: JSON.stringify(body) }) });
  const find = (): Readonly<Record<string, Value>> | undefined =>
    line.messages
      .map(readFrame)
      .filter(([type]) => type === 'office')
      .map(([, content]) => content as Readonly<Record<string, Value>>)
      .find((content) => content['ask'] === ask);
  await line.until(() => find() !== undefined);
  const answer = find()?.['answer'];
  if (typeof answer !== 'string') throw new Error('an answer without words');
  return JSON.parse(answer) as Answer;
}

function sharesFor(keepers: readonly Person[]): readonly Answer[] {
  return keepers.map(({ account }) => ({ device: account.self.device, box: BOX }));
}

async function atDoor(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const answer = await postJson(`${commune.url}/recover`, body, headers);
  return { status: answer.status, said: (await answer.json()) as Answer };
}

describe('the door of a locked tablet', () => {
  it('[VLT-14] control: with its pass it asks, two officers answer, and it gets what they sealed', async () => {
    const { status, said } = await atDoor({ verb: 'ask', pass, key: KEY, shares: sharesFor(officers) });
    expect(status).toBe(200);
    expect(said).toMatchObject({ is: 'open', boxes: [] });
    const request = said['request'];
    for (const officer of officers) {
      const { recoveries } = (await officer.ask('recoveries')) as { recoveries: readonly Answer[] };
      expect(recoveries).toEqual([expect.objectContaining({ request, key: KEY, share: BOX })]);
      expect((await officer.ask('approveRecovery', { request, box: BOX }))['problem']).toBeUndefined();
    }
    const looked = await atDoor({ verb: 'look', pass, request });
    expect(looked.said['boxes']).toEqual([BOX, BOX]);
    expect(await forgetful.ask('recovered')).toEqual({});
    expect((await atDoor({ verb: 'look', pass, request })).said).toEqual({ is: 'gone' });
  });

  it('[VLT-13] nobody but an officer sees or answers what waits', async () => {
    for (const verb of ['recoveries', 'approveRecovery', 'refuseRecovery'])
      expect(await forgetful.ask(verb, { request: '0'.repeat(26), box: BOX })).toEqual({
        problem: { code: 'not-allowed' },
      });
  });

  it('[VLT-14] strangers are told the same, whatever they bring, and nothing of anybody', async () => {
    const other = await commune.account();
    const { ticket } = await ticketOf(other);
    const request = '01K0000000000000000000000R';
    const bent = `${pass.startsWith('A') ? 'B' : 'A'}${pass.slice(1)}`;
    for (const strange of ['', 'x', 'A'.repeat(200), ticket, bent, other.self.device, `${pass}AAAA`]) {
      for (const ask of [
        { verb: 'ask', pass: strange, key: KEY, shares: sharesFor(officers) },
        { verb: 'look', pass: strange, request },
        { verb: 'withdraw', pass: strange, request },
      ])
        expect(await atDoor(ask)).toEqual({ status: 403, said: { code: 'bad-pass' } });
    }
    expect((await atDoor({ verb: 'look', pass, request })).said).toEqual({ is: 'gone' });
  });

  it.each([
    ['nothing', {}],
    ['another verb', { verb: 'open', pass: 'x' }],
    ['a short key', { verb: 'ask', pass: 'x', key: '11', shares: [] }],
    ['a short box', { verb: 'ask', pass: 'x', key: KEY, shares: [{ device: '0'.repeat(26), box: '22' }] }],
    ['49 shares', { verb: 'ask', pass: 'x', key: KEY, shares: Array.from({ length: 49 }, () => ONE) }],
    ['a list', []],
    ['no JSON', '{'],
  ])('[VLT-14] %s is malformed', async (_what, body) => {
    expect(await atDoor(body)).toEqual({ status: 400, said: { code: 'malformed' } });
  });

  it('[VLT-14] more than 16 KB is not read, a page elsewhere not answered, and no other method', async () => {
    const long = { verb: 'look', pass: 'x'.repeat(17 * 1024), request: '0'.repeat(26) };
    expect(await atDoor(long)).toEqual({ status: 413, said: { code: 'too-large' } });
    const elsewhere = await atDoor({ verb: 'look', pass, request: '' }, { origin: 'https://example.vn' });
    expect(elsewhere).toEqual({ status: 403, said: { code: 'not-here' } });
    expect((await fetch(`${commune.url}/recover`)).status).toBe(405);
  });

  it('[VLT-14] a thousand knocks, and one tablet that asks without end, hold up nobody', REPEATED, async () => {
    const shares = sharesFor(officers);
    const statuses = new Map<number, number>();
    const toll = await commune.under(async () => {
      for (let at = 0; at < 50; at += 1) {
        const knocks = Array.from({ length: 20 }, (_, i) =>
          atDoor({ verb: 'ask', pass: i % 2 === 0 ? pass : 'A'.repeat(200), key: KEY, shares }),
        );
        for (const { status } of await Promise.all(knocks)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    });
    expect(harmIn(toll)).toEqual({});
    expect(statuses.get(200) ?? 0).toBeLessThanOrEqual(4);
    expect(statuses.get(429)).toBeGreaterThan(0);
  });

  it('[VLT-14] the log of the Hub names neither pass nor device nor person', () => {
    expect(commune.leaks()).toEqual([]);
  });
});

async function ticketOf({ url, self, keys }: Account): Promise<{ readonly ticket: string }> {
  const { challenge, hub } = (await (await fetch(`${url}/ticket`)).json()) as { challenge: string; hub: string };
  const bytes = [hub, challenge].map((text) => Buffer.from(text, 'base64url'));
  const proof = keys.sign('chungtay/ticket/1\n', ...bytes).toString('base64url');
  const answer = await postJson(`${url}/ticket`, { device: self.device, challenge, proof });
  return (await answer.json()) as { ticket: string };
}

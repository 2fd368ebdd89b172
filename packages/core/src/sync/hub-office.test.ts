import { beforeEach, describe, expect, it } from 'vitest';
import type { TestDevice } from '../../../../test/fixtures/device.ts';
import { TestHub } from '../../../../test/fixtures/hub.ts';
import { must } from '../base/assert.ts';
import { ROLES } from '../model/role.ts';
import type { Role } from '../model/role.ts';
import { OFFICE_VERBS, VERB_ROLES } from '../policy/office.ts';
import { OFFICE_LIMITS } from '../wire/frames.ts';
import type { OfficeAsk, UpFrame } from '../wire/frames.ts';
import { OFFICE_PACE } from './hub-office.ts';

let test: TestHub;
let asked = 0;
/** What the desk was given, oldest first. */
let done: string[];

beforeEach(async () => {
  done = [];
  test = await new TestHub().start();
  test.desk = async (asker, verb, body) => {
    done.push(`${asker.row.name} ${verb} ${body}`);
    return JSON.stringify({ done: done.length });
  };
});

const at = async (role: Role, name = 'Lò Văn Pản'): Promise<TestDevice> =>
  (await test.enrol({ name, role, villages: ['v'], schools: ['s'] })).connect();

async function ask(device: TestDevice, part: Partial<OfficeAsk> = {}): Promise<unknown> {
  asked += 1;
  const question = { ask: asked, key: `K${asked}`, verb: 'invite', body: '{}', ...part };
  await device.say(['ask-office', question]);
  await test.pass(0);
  const answer = device.all('office').find(([, { ask: of }]) => of === question.ask);
  return JSON.parse(must(answer, 'an answer')[1].answer);
}

const NOT_ALLOWED = { problem: { code: 'not-allowed' } };

describe('the office over a session', () => {
  it.each(ROLES)('[ENR-10] a %s gets his verbs and no other', async (role) => {
    const device = await at(role);
    for (const verb of OFFICE_VERBS) {
      const may = VERB_ROLES[verb].includes(role);
      const before = done.length;
      expect([verb, await ask(device, { verb })]).toEqual([verb, may ? { done: before + 1 } : NOT_ALLOWED]);
      expect(done.length - before).toBe(may ? 1 : 0);
    }
  });

  it('[ENR-10] nobody but these three roles has any verb but that of the log and of his own vault’s keepers, and no verb of the machine goes over a session', async () => {
    const { audit: _log, keepers: _keepers, recovered: _recovered, ...verbs } = VERB_ROLES;
    expect(new Set(Object.values(verbs).flat())).toEqual(new Set(['administrator', 'lead', 'chair']));
    const device = await at('administrator');
    for (const verb of ['import', 'verify', 'addPlaces', 'constructor', '__proto__', ''])
      expect(await ask(device, { verb })).toEqual(NOT_ALLOWED);
    expect(done).toEqual([]);
  });

  it('[ENR-10] whose rights ended hears a no, also while his answer is being made', async () => {
    const device = await at('administrator');
    await test.hub.suspendMember(device.member);
    expect(await ask(device)).toEqual(NOT_ALLOWED);
    await test.hub.suspendMember(device.member, false);
    test.desk = async () => {
      await test.hub.suspendMember(device.member);
      return JSON.stringify({ secret: 'X' });
    };
    expect(await ask(device, { verb: 'people' })).toEqual(NOT_ALLOWED);
  });

  it('[ENR-10] an appointment that is over by the clock, or another role, ends the verbs in an open session', async () => {
    const device = await at('administrator');
    const appointment = { name: 'Lò Văn Pản', villages: [], schools: [], namedFor: [] };
    const soon = { ...appointment, role: 'administrator' as const, untilMs: test.world.nowMs() + 1_000 };
    await test.hub.changeMember(device.member, soon);
    expect(await ask(device)).toEqual({ done: 1 });
    await test.pass(1_000);
    expect(await ask(device)).toEqual(NOT_ALLOWED);
    await test.hub.changeMember(device.member, { ...appointment, role: 'union', untilMs: null });
    expect(await ask(device)).toEqual(NOT_ALLOWED);
  });

  it('[ENR-10] who is given another role while his answer is being made does not get what the former one is told', async () => {
    const device = await at('chair');
    const appointment = { name: 'Lò Văn Pản', villages: [], schools: [], namedFor: [], untilMs: null };
    test.desk = async () => {
      await test.hub.changeMember(device.member, { ...appointment, role: 'union' });
      return JSON.stringify({ isAll: true });
    };
    expect(await ask(device, { verb: 'audit' })).toEqual(NOT_ALLOWED);
    test.desk = async () => JSON.stringify({ isAll: false });
    expect(await ask(device, { verb: 'audit' })).toEqual({ isAll: false });
  });

  it('[SES-8] a deed asked for again under its key is answered and not done again, over another connection too', async () => {
    const device = await at('administrator');
    expect(await ask(device, { key: 'A', body: '{"x":1}' })).toEqual({ done: 1 });
    expect(await ask(device, { key: 'A', body: '{"x":1}' })).toEqual({ done: 1 });
    device.hangUp();
    await device.connect();
    expect(await ask(device, { key: 'A', body: '{"x":1}' })).toEqual({ done: 1 });
    expect(await ask(device, { key: 'B', body: '{"x":1}' })).toEqual({ done: 2 });
    expect(done).toHaveLength(2);
  });

  it('[SES-8] a known key says nothing of another deed, and nothing to anybody else', async () => {
    const device = await at('administrator');
    await ask(device, { key: 'A', body: '{"x":1}' });
    const other = { problem: { code: 'other-deed' } };
    expect(await ask(device, { key: 'A', body: '{"x":2}' })).toEqual(other);
    expect(await ask(device, { key: 'A', verb: 'suspend', body: '{"x":1}' })).toEqual(other);
    expect(await ask(await at('administrator', 'Vừ A Sùng'), { key: 'A', body: '{"x":1}' })).toEqual({ done: 2 });
  });

  it('[SES-8] who asks faster than the Hub answers is told so, and the others are answered', async () => {
    const device = await at('administrator');
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    test.desk = () => gate.then(() => '{}');
    const frames = Array.from({ length: OFFICE_PACE.waiting + 3 }, (_, i): UpFrame => {
      return ['ask-office', { ask: 1_000 + i, key: `F${i}`, verb: 'invite', body: '{}' }];
    });
    for (const frame of frames) await device.say(frame);
    release();
    await test.pass(0);
    const answers = device.all('office').map(([, { answer }]) => JSON.parse(answer));
    expect(answers.filter(({ problem }) => problem?.code === 'too-fast')).toHaveLength(3);
    expect(answers).toHaveLength(frames.length);
  });

  it.each<[string, unknown]>([
    ['no key', { ask: 1, verb: 'people', body: '{}' }],
    ['a body that is none', { ask: 1, key: 'A', verb: 'people', body: 7 }],
    ['a body beyond its bound', { ask: 1, key: 'A', verb: 'people', body: 'x'.repeat(OFFICE_LIMITS.maxBodyChars + 1) }],
    ['a key beyond its bound', { ask: 1, key: 'A'.repeat(27), verb: 'people', body: '{}' }],
    ['a negative number', { ask: -1, key: 'A', verb: 'people', body: '{}' }],
  ])('[SES-4] a question with %s ends the session', async (_what, question) => {
    const device = await at('administrator');
    await device.say(['ask-office', question] as UpFrame);
    expect(device.closed?.[1]).toBe('malformed');
    expect(done).toEqual([]);
  });

  it('[SES-7] keeps what a device says of itself, the last of it, outside the chain', async () => {
    const device = await at('nurse');
    const { seq } = test.hub.head();
    const state = { app: '0.1.0', usedBytes: 5, quotaBytes: null, isPersisted: true, storage: 'ok' as const };
    for (const unsent of [3, 2, 0]) await device.say(['report', { ...state, unsent }]);
    await test.pass(0);
    const [line] = test.hub.devices().filter((one) => one.device === device.device);
    expect(line).toMatchObject({ protocol: 4, report: { ...state, unsent: 0, atMs: test.world.nowMs() } });
    expect(test.hub.head().seq).toBe(seq);
    await device.say(['report', { ...state, unsent: -1 }]);
    expect(device.closed?.[1]).toBe('malformed');
  });
});

import { must } from '@chungtay/core/base/assert';
import { err, ok } from '@chungtay/core/base/result';
import { beforeEach, describe, expect, it } from 'vitest';
import { TestHub } from '../../../../test/fixtures/hub.ts';
import { databases, emptyDisk, putBehind, recordsOf } from '../platform/indexed-db.support.ts';
import { type AskToEnrol, type Door, openDoor } from './door.ts';
import { PHRASE, PIN, settlePerson, worldAt } from './engine.support.ts';
import { identityFor } from './identity.support.ts';

const time = { nowMs: 1_800_000_000_000 };
const world = worldAt(time);
const WRONG = 'trâu vàng thuyền nhỏ đèn ấm núi trắng';
const CODE = '0123456789ABCDEF';
const lost = (): void => undefined;
let door: Door;

beforeEach(async () => {
  emptyDisk();
  await settlePerson(world, 'one');
  door = await openDoor(world, lost);
});

async function tries(): Promise<number> {
  return (await door.people())[0]?.wrongTries ?? -1;
}

describe('the passphrase at the door', () => {
  it('[VLT-1] opens the vault with who it belongs to and its keys', async () => {
    const opening = await door.unlock('one', PHRASE);
    expect(opening.ok && opening.opened.identity.name).toBe('Bùi Thị Xuân');
    expect(opening.ok && opening.opened.keys.signPublic.length).toBe(32);
  });

  it('[VLT-3] wrong three times, the fourth waits, over a restart, and the right one clears it', async () => {
    expect(await door.unlock('one', WRONG)).toEqual({ ok: false, reason: 'wrong', waitMs: 0 });
    expect(await door.unlock('one', WRONG)).toEqual({ ok: false, reason: 'wrong', waitMs: 0 });
    expect(await door.unlock('one', WRONG)).toEqual({ ok: false, reason: 'wrong', waitMs: 5_000 });
    door = await openDoor(world, lost);
    expect(await door.unlock('one', PHRASE)).toEqual({ ok: false, reason: 'wait', waitMs: 5_000 });
    expect(await tries()).toBe(3);
    time.nowMs += 5_000;
    expect((await door.unlock('one', PHRASE)).ok).toBe(true);
    expect(await tries()).toBe(0);
  });

  it('[VLT-3] a try is counted before it is made: a reload in the middle gives no free guess', async () => {
    const guess = door.unlock('one', WRONG);
    const counted = async (): Promise<boolean> =>
      (await recordsOf('ct-tablet')).some(({ value }) => (value as { wrongTries: number }).wrongTries === 1);
    while (!(await counted())) await Promise.resolve();
    expect(await tries()).toBe(1);
    await guess;
  });

  it('[VLT-3] two guesses at once are two guesses', async () => {
    await Promise.all([door.unlock('one', WRONG), door.unlock('one', WRONG)]);
    expect(await tries()).toBe(2);
  });

  it('[VLT-3] what waits, noted during a guess, takes no guess back', async () => {
    await Promise.all([door.noteWaiting('one', 3), door.unlock('one', WRONG), door.noteWaiting('one', 4)]);
    expect((await door.people())[0]).toMatchObject({ wrongTries: 1, waiting: 4 });
  });

  it.each([
    ['back by a day', -86_400_000, 'wait'],
    ['to a year ahead', 365 * 86_400_000, 'free'],
  ])('[VLT-3] a clock set %s', async (_what, byMs, expected) => {
    for (let i = 0; i < 3; i += 1) await door.unlock('one', WRONG);
    time.nowMs += byMs;
    const opening = await door.unlock('one', PHRASE);
    expect(opening.ok ? 'free' : opening.reason).toBe(expected);
    expect(opening.ok ? 0 : opening.waitMs).toBeLessThanOrEqual(5_000);
    time.nowMs -= byMs;
  });

  it('[VLT-2] a vault whose identity was damaged says so, and is not opened as nobody’s', async () => {
    const records = await recordsOf('ct-vault-one');
    const identity = must(
      records.find(({ key }) => key === 'door/identity'),
      'the identity',
    );
    const bytes = (identity.value as Uint8Array).slice();
    bytes.set([(bytes[30] ?? 0) ^ 1], 30);
    await putBehind('ct-vault-one', 'meta', 'door/identity', bytes);
    expect(await door.unlock('one', PHRASE)).toEqual({ ok: false, reason: 'damaged', waitMs: 0 });
    expect(await door.unlock('nobody', PHRASE)).toEqual({ ok: false, reason: 'damaged', waitMs: 0 });
  });
});

describe('PIN and authenticator at the door', () => {
  const known = {
    credential: new Uint8Array(20).fill(1),
    salt: new Uint8Array(32).fill(2),
    verifies: true,
  };
  const secret = (): Uint8Array => new Uint8Array(32).fill(9);

  beforeEach(async () => {
    const opening = await door.unlock('one', PHRASE);
    if (!opening.ok) throw new Error('locked');
    await door.addAuthenticator(opening.opened, known, { pin: PIN, secret: secret() });
    opening.opened.vault.close();
  });

  it('[VLT-11] open the vault with whose it is; how to ask again is known, the secret is not', async () => {
    const opening = await door.unlockWithAuthenticator('one', { pin: PIN, secret: secret() });
    expect(opening.ok && opening.opened.identity.name).toBe('Bùi Thị Xuân');
    expect((await door.people())[0]?.authenticator).toEqual(known);
  });

  it('[VLT-3] guesses of PIN and passphrase are counted together, before they are tried, over a restart', async () => {
    const wrong = { pin: '000000', secret: secret() };
    expect(await door.unlockWithAuthenticator('one', wrong)).toMatchObject({ reason: 'wrong', waitMs: 0 });
    expect(await door.unlock('one', WRONG)).toMatchObject({ reason: 'wrong', waitMs: 0 });
    expect(await door.unlockWithAuthenticator('one', wrong)).toMatchObject({ reason: 'wrong', waitMs: 5_000 });
    door = await openDoor(world, lost);
    const right = { pin: PIN, secret: secret() };
    expect(await door.unlockWithAuthenticator('one', right)).toEqual({ ok: false, reason: 'wait', waitMs: 5_000 });
    expect(await door.unlock('one', PHRASE)).toEqual({ ok: false, reason: 'wait', waitMs: 5_000 });
    time.nowMs += 5_000;
    expect((await door.unlockWithAuthenticator('one', right)).ok).toBe(true);
    expect(await tries()).toBe(0);
  });

  it('[VLT-11] what waits, noted while one is added or dropped, leaves it added or dropped', async () => {
    const opening = await door.unlock('one', PHRASE);
    if (!opening.ok) throw new Error('locked');
    await Promise.all([door.dropAuthenticator(opening.opened), door.noteWaiting('one', 5)]);
    expect((await door.people())[0]).not.toHaveProperty('authenticator');
    const adding = door.addAuthenticator(opening.opened, known, { pin: PIN, secret: secret() });
    await Promise.all([adding, door.noteWaiting('one', 6), door.unlock('one', WRONG)]);
    expect((await door.people())[0]).toMatchObject({ authenticator: known, waiting: 6, wrongTries: 1 });
  });

  it('[VLT-11] dropped, nothing is asked and nothing counted; the passphrase opens', async () => {
    const opening = await door.unlock('one', PHRASE);
    if (!opening.ok) throw new Error('locked');
    await door.dropAuthenticator(opening.opened);
    const refusal = { ok: false, reason: 'no-authenticator', waitMs: 0 };
    expect(await door.unlockWithAuthenticator('one', { pin: PIN, secret: secret() })).toEqual(refusal);
    expect((await door.people())[0]).not.toHaveProperty('authenticator');
    expect([await tries(), (await door.unlock('one', PHRASE)).ok]).toEqual([0, true]);
  });
});

describe('enrolment at the door', () => {
  it.each([
    ['a code too short', { code: '123', passphrase: PHRASE, pin: PIN }, 'bad-code'],
    ['a weak passphrase', { code: CODE, passphrase: 'matkhau', pin: PIN }, 'weak-passphrase'],
    ['a PIN of five', { code: CODE, passphrase: PHRASE, pin: '12345' }, 'bad-pin'],
    ['a PIN of letters', { code: CODE, passphrase: PHRASE, pin: '12345a' }, 'bad-pin'],
    ['a code that is none', { code: CODE, passphrase: PHRASE, pin: PIN }, 'bad-code'],
  ])('[VLT-4] %s: refused, and nothing of it stays', async (_what, request, reason) => {
    door = await openDoor(world, lost, () => Promise.resolve(err('bad-code')));
    expect(await door.enrol(request)).toEqual({ ok: false, reason });
    expect(await databases()).toEqual(['ct-tablet', 'ct-vault-one']);
    expect(await door.people()).toHaveLength(1);
  });

  it('[VLT-6] the PIN’s record opens by that PIN alone', async () => {
    const opening = await door.unlock('one', PHRASE);
    if (!opening.ok) throw new Error('locked');
    expect(await door.checkPin(opening.opened, PIN)).toBe(true);
    for (const pin of ['482916', '', '4829150', '48291']) expect(await door.checkPin(opening.opened, pin)).toBe(false);
  });

  it('[VLT-3] what waits to be sent is noted for the lock screen', async () => {
    await door.noteWaiting('one', 3);
    expect((await door.people())[0]?.waiting).toBe(3);
  });
});

// each enrolment stretches a passphrase for as long as a tablet would
describe('an enrolment whose answer is lost', { timeout: 60_000 }, () => {
  let hub: TestHub;
  let code = '';

  beforeEach(async () => {
    hub = await new TestHub().start();
    const appointment = { role: 'nurse', villages: ['*'], schools: [], namedFor: [], untilMs: null } as const;
    ({ code } = await hub.hub.invite({ name: 'Hồ Thị Lan', ...appointment }));
  });

  const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
  const devices = (): number => hub.hub.devices().filter(({ member }) => member !== 0).length;
  const request = (passphrase = PHRASE) => ({ code, passphrase, pin: PIN });

  /** Asks the Hub of this test as the network would. */
  const ask: AskToEnrol = async (given, { signPublic, sealPublic }) => {
    const enrolled = await hub.hub.enrol({ code: given, signKey: signPublic, sealKey: sealPublic });
    return enrolled.ok ? ok({ ...identityFor('nurse', 'Hồ Thị Lan'), device: enrolled.value.device }) : enrolled;
  };

  it('[VLT-4] by the network is asked again with the same code, and makes the same device', async () => {
    const silent = await openDoor(world, lost, async (...asked) => {
      await ask(...asked);
      return err('offline');
    });
    expect(await silent.enrol(request())).toEqual({ ok: false, reason: 'offline' });
    expect(devices()).toBe(1);
    door = await openDoor(world, lost, ask);
    const outcome = await door.enrol(request());
    expect(outcome).toMatchObject({ ok: true, opened: { identity: { device: hub.hub.devices().at(-1)?.device } } });
    expect(devices()).toBe(1);
    expect(await databases()).not.toContain('ct-enrolling');
  });

  it('[VLT-4] by a tablet that dies before its vault has it makes the same device, under another passphrase too', async () => {
    let isAnswered = (): void => undefined;
    const answered = new Promise<void>((resolve) => (isAnswered = resolve));
    const dying = await openDoor(world, lost, async (...asked) => {
      await ask(...asked);
      isAnswered();
      return new Promise(() => undefined);
    });
    void dying.enrol(request());
    await answered;
    expect([await dying.people(), devices()]).toMatchObject([[{ vault: 'one' }], 1]);
    door = await openDoor(world, lost, ask);
    expect(await door.enrol(request(WRONG))).toMatchObject({ ok: true });
    expect(devices()).toBe(1);
    expect((await door.people()).map(({ name }) => name)).toContain('Hồ Thị Lan');
  });

  it('[VLT-4] leaves keys that only the code opens: not in clear, and not for another code', async () => {
    const sent: Uint8Array[] = [];
    const silent = await openDoor(world, lost, (_code, keys) => {
      sent.push(keys.signPublic, keys.signPrivate);
      return Promise.resolve(err('offline'));
    });
    await silent.enrol(request());
    const resting = (await recordsOf('ct-enrolling')).map(({ key, value }) => `${key} ${textOf(value as Uint8Array)}`);
    expect(resting).toHaveLength(1);
    for (const part of sent) expect(resting[0]).not.toContain(textOf(part));
    expect(resting[0]).not.toContain(code);
    await silent.enrol({ ...request(), code: CODE });
    await silent.enrol(request());
    expect(sent[2]).not.toEqual(sent[0]);
    expect(sent[4]).toEqual(sent[0]);
  });
});

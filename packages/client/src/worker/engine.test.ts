import { documentIdOf, folderOf } from '@chungtay/core/model/ids';
import { addDays, addWorkingDays, calendarOf, dayOf, SHIPPED_CALENDAR } from '@chungtay/core/policy/calendar';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDisk, fillDisk } from '../platform/indexed-db.support.ts';
import { type Door, openDoor } from './door.ts';
import type { EngineApi } from './engine-api.ts';
import { failureOf } from './engine-failure.ts';
import type { EngineParts } from './engine-parts.ts';
import { engineApi } from './engine-verbs.ts';
import type { EngineEvent } from './engine-views.ts';
import { hasty, hublessLease, nowhere, PHRASE, PIN, settlePerson, worldAt } from './engine.support.ts';
import { Engine, PIN_TRIES } from './engine.ts';
import { Recovery } from './recovery.ts';

const NAME = 'Vàng Thị Dợ';
const world = hasty(worldAt({ nowMs: Date.now() }));
const tab = { holds: true, takeOver: () => Promise.resolve() };
let api: EngineApi;
let engine: Engine;
let told: EngineEvent[];
let withdrawn: string[] = [];

beforeEach(async () => {
  emptyDisk();
  await settlePerson(world, 'one');
  api = await start();
});

/** Starts the engine as a fresh worker does. */
async function start(
  watched: (door: Door) => Door = (door) => door,
  openLease: EngineParts['openLease'] = hublessLease(world),
): Promise<EngineApi> {
  [told, withdrawn] = [[], []];
  const recovery = new WatchedRecovery(() => Promise.resolve({ is: 'no', code: 'offline' }));
  const parts = {
    world,
    tab,
    dial: nowhere,
    recovery,
    openLease,
    orderToErase: async () => null,
    tell: (event: EngineEvent) => void told.push(event),
  };
  const withDoor = { ...parts, door: watched(await openDoor(world, () => undefined)) };
  engine = new Engine(withDoor);
  return engineApi(engine, withDoor);
}

/** Notes for which vaults a request is taken back. */
class WatchedRecovery extends Recovery {
  override withdraw(vault: string): Promise<void> {
    withdrawn.push(vault);
    return super.withdraw(vault);
  }
}

async function addChild(): Promise<boolean> {
  const document = documentIdOf(await api.newFolder(), 'identity');
  const sets = [
    { name: 'village', value: 'na-pan' },
    { name: 'name', value: NAME },
  ];
  return (await api.edit([{ document, sets }])).ok;
}

async function failureOfCall(call: () => Promise<unknown>): Promise<string> {
  return call().then(
    () => 'answered',
    (error: unknown) => failureOf(error),
  );
}

const LOCKED_CALLS: readonly (readonly [string, (to: EngineApi) => Promise<unknown>])[] = [
  ['me', (to) => to.me()],
  ['queryChildren', (to) => to.queryChildren({ text: '', filter: 'all', village: null, group: null, limit: 9 })],
  ['rowsOf', (to) => to.rowsOf('identity')],
  ['tasks', (to) => to.tasks()],
  ['quarantine', (to) => to.quarantine()],
  ['drafts', (to) => to.drafts()],
  ['filed', (to) => to.filed()],
  ['syncPanel', (to) => to.syncPanel()],
  ['exportQuarantine', (to) => to.exportQuarantine()],
  ['edit', (to) => to.edit([])],
];

describe('the engine behind its lock', () => {
  it.each(LOCKED_CALLS)('[VLT-5] %s answers nothing before anyone is in, nor behind the lock', async (_verb, call) => {
    expect(await failureOfCall(() => call(api))).toBe('locked');
    await api.unlock('one', PHRASE);
    await api.lock({ forget: false });
    expect(await failureOfCall(() => call(api))).toBe('locked');
  });

  it('[VLT-5] two who come in at once leave one workplace: another would go on unseen', async () => {
    let live = 0;
    api = await start((door) => ({
      ...door,
      async unlock(...by) {
        const opening = await door.unlock(...by);
        if (!opening.ok) return opening;
        live += 1;
        const { vault } = opening.opened;
        const close = (): void => {
          live -= 1;
          vault.close();
        };
        return { ok: true, opened: { ...opening.opened, vault: { ...vault, close } } };
      },
    }));
    const outcomes = await Promise.all([api.unlock('one', PHRASE), api.unlock('one', PHRASE)]);
    expect([outcomes.map(({ ok }) => ok), live]).toEqual([[true, true], 1]);
    await api.lock({ forget: true });
    expect(live).toBe(0);
  });

  it.each([[true], [false]])('[VLT-5] a lock while somebody comes in is not lost (for good: %s)', async (forget) => {
    const arrived = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    api = await start(undefined, async (opened) => {
      arrived.resolve(undefined);
      await gate.promise;
      return hublessLease(world)(opened);
    });
    const entering = api.unlock('one', PHRASE);
    await arrived.promise;
    const locking = api.lock({ forget });
    gate.resolve(undefined);
    await Promise.all([entering, locking]);
    expect(engine.openness()).toEqual({ unlocked: false, pinOpens: forget ? null : 'one' });
  });

  it('[VLT-5] a lock hides what is open also while something before it never ends', async () => {
    api = await start((door) => ({ ...door, checkPin: () => new Promise(() => undefined) }));
    await api.unlock('one', PHRASE);
    void api.provePin('000000');
    void api.lock({ forget: false });
    await expect.poll(() => engine.openness()).toEqual({ unlocked: false, pinOpens: 'one' });
  });

  it('[VLT-5] answers nothing that was asked for before the lock and would come behind it', async () => {
    await api.unlock('one', PHRASE);
    const document = documentIdOf(await api.newFolder(), 'identity');
    const folder = folderOf(document);
    const { readings } = engine.at();
    const note = readings.note.bind(readings);
    readings.note = async (...read) => {
      await api.lock({ forget: false });
      return note(...read);
    };
    const slow: readonly (() => Promise<unknown>)[] = [
      () => api.openFolder(folder),
      () => api.history(folder),
      () => api.fetchHistory(folder),
      () => api.documentAt(document, '1.1'),
    ];
    for (const call of slow) {
      expect(await failureOfCall(call)).toBe('locked');
      await api.unlockWithPin(PIN);
    }
    readings.note = note;
    for (const call of slow) expect(await failureOfCall(call)).toBe('answered');
  });

  it('[VLT-5] tells the page nothing while it is locked, and everything again afterwards', async () => {
    await api.unlock('one', PHRASE);
    expect(await addChild()).toBe(true);
    await api.lock({ forget: false });
    told.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(JSON.stringify(told)).not.toContain(NAME);
    await api.unlockWithPin(PIN);
    expect(JSON.stringify(told)).toContain(NAME);
  });

  it('[VLT-5] counts what the page handed over at the very lock, on the lock screen and after the worker has ended', async () => {
    await api.unlock('one', PHRASE);
    const isKept = addChild();
    await api.newFolder();
    await api.lock({ forget: false });
    expect(await isKept).toBe(true);
    expect((await api.boot()).people[0]?.waiting).toBe(1);
    await expect.poll(async () => (await (await start()).boot()).people[0]?.waiting).toBe(1);
  });

  it('[VLT-8] a fresh worker on the same disk has all that was saved', async () => {
    await api.unlock('one', PHRASE);
    expect(await addChild()).toBe(true);
    await api.saveDraft('survey', { note: NAME });
    api = await start();
    expect(await api.boot()).toMatchObject({ unlocked: false, pinOpens: null });
    await api.unlock('one', PHRASE);
    expect((await api.queryChildren({ text: '', filter: 'all', village: null, group: null, limit: 9 })).total).toBe(1);
    expect(await api.readDraft('survey')).toEqual({ note: NAME });
  });
});

describe('who asked officers for help', () => {
  it('[VLT-14] and remembers after all, takes it back by coming in; a wrong try does not', async () => {
    await api.unlock('one', `${PHRASE} sai`);
    expect(withdrawn).toEqual([]);
    await api.unlock('one', PHRASE);
    expect(withdrawn).toEqual(['one']);
  });

  it('[VLT-5] finishes nothing for which no two shares are here', async () => {
    expect(await api.finishRecovery('one', PHRASE, PIN)).toEqual({ ok: false, reason: 'damaged', waitMs: 0 });
    expect(await failureOfCall(() => api.shareFor({} as never, ''))).toBe('locked');
  });
});

describe('the quick PIN', () => {
  it('[VLT-6] opens while the worker lives; a fresh worker asks for the passphrase', async () => {
    await api.unlock('one', PHRASE);
    await api.lock({ forget: false });
    expect((await api.boot()).pinOpens).toBe('one');
    expect((await api.unlockWithPin(PIN)).ok).toBe(true);
    api = await start();
    expect(await api.unlockWithPin(PIN)).toEqual({ ok: false, reason: 'forgotten', waitMs: 0 });
  });

  it('[VLT-6] five wrong ones forget the key, and then the right one opens nothing', async () => {
    await api.unlock('one', PHRASE);
    await api.lock({ forget: false });
    for (let left = PIN_TRIES - 1; left > 0; left -= 1)
      expect(await api.unlockWithPin('000000')).toEqual({ ok: false, reason: 'wrong', waitMs: 0, triesLeft: left });
    expect(await api.unlockWithPin('000000')).toMatchObject({ reason: 'forgotten' });
    expect(await api.unlockWithPin(PIN)).toMatchObject({ ok: false, reason: 'forgotten' });
    expect((await api.boot()).pinOpens).toBeNull();
    expect((await api.unlock('one', PHRASE)).ok).toBe(true);
  });

  it('[VLT-6] ten tries at once are ten tries', async () => {
    await api.unlock('one', PHRASE);
    await api.lock({ forget: false });
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, i) => api.unlockWithPin(i < 9 ? '000000' : PIN)));
    expect(outcomes.some(({ ok }) => ok)).toBe(false);
    expect((await api.boot()).pinOpens).toBeNull();
  });

  it('[VLT-6] locked for good, it opens nothing', async () => {
    await api.unlock('one', PHRASE);
    await api.lock({ forget: true });
    expect(await api.unlockWithPin(PIN)).toMatchObject({ reason: 'forgotten' });
  });
});

describe('PIN and authenticator', () => {
  const added = () => ({
    credential: new Uint8Array(20).fill(1),
    salt: new Uint8Array(32).fill(2),
    verifies: true,
    secret: new Uint8Array(32).fill(9),
  });

  it('[VLT-11] are added by who knows the PIN, and open a fresh worker; what the page gave is zeroed', async () => {
    await api.unlock('one', PHRASE);
    const first = added();
    expect(await api.addAuthenticator('000000', first)).toEqual({ ok: false, triesLeft: PIN_TRIES - 1 });
    expect(await api.authenticator()).toBeNull();
    const second = added();
    expect(await api.addAuthenticator(PIN, second)).toEqual({ ok: true });
    expect([...first.secret, ...second.secret].every((byte) => byte === 0)).toBe(true);
    api = await start();
    expect((await api.boot()).people[0]?.authenticator).toMatchObject({ verifies: true });
    const { secret } = added();
    expect((await api.unlockWithAuthenticator('one', PIN, secret)).ok).toBe(true);
    expect(secret.every((byte) => byte === 0)).toBe(true);
    await api.dropAuthenticator();
    expect(await api.authenticator()).toBeNull();
  });

  it('[VLT-11] five wrong PINs at the open page lock it for good, and the page is told', async () => {
    await api.unlock('one', PHRASE);
    for (let left = PIN_TRIES - 1; left > 0; left -= 1)
      expect(await api.provePin('000000')).toEqual({ ok: false, triesLeft: left });
    expect(await api.provePin('000000')).toEqual({ ok: false, triesLeft: 0 });
    expect(told).toContainEqual({ type: 'locked', reason: 'pin' });
    expect(await failureOfCall(() => api.me())).toBe('locked');
    expect(await api.unlockWithPin(PIN)).toMatchObject({ reason: 'forgotten' });
  });

  it('[VLT-11] a right PIN between wrong ones begins the count anew', async () => {
    await api.unlock('one', PHRASE);
    for (const pin of ['000000', '111111', '222222', '333333', PIN]) await api.provePin(pin);
    expect(await api.provePin('000000')).toEqual({ ok: false, triesLeft: PIN_TRIES - 1 });
  });

  it('[VLT-11] the next person at the tablet begins with all tries', async () => {
    await settlePerson(world, 'two');
    await api.unlock('one', PHRASE);
    for (let tries = 1; tries < PIN_TRIES; tries += 1) await api.provePin('000000');
    await api.unlock('two', PHRASE);
    expect(await api.provePin('000000')).toEqual({ ok: false, triesLeft: PIN_TRIES - 1 });
  });
});

describe('tasks', () => {
  it('[DL-3] count by the days off and made up that the directory holds now', async () => {
    await api.unlock('one', PHRASE);
    const stage = { name: 'stage', value: { n: 1, to: 'received' } };
    const next = { name: 'stage', value: { n: 2, from: 'received', to: 'assessingInitial' } };
    const third = { name: 'stage', value: { n: 3, from: 'assessingInitial', to: 'assessingSpecific' } };
    const document = documentIdOf(await api.newFolder(), 'case');
    const steps = [stage, next, third].map((append) => ({ document, sets: [], appends: [append] }));
    for (const step of steps) expect(await api.edit([step])).toMatchObject({ ok: true });
    const dueOn = async (): Promise<string | null | undefined> =>
      (await api.tasks()).find(({ what }) => what === 'submitPlan')?.deadline?.dueOn;
    const opened = dayOf(world.nowMs());
    expect(await dueOn()).toBe(addWorkingDays(opened, 5, SHIPPED_CALENDAR));
    const places = { villages: [], schools: [] };
    const days = Array.from({ length: 14 }, (_, i) => addDays(opened, i + 1));
    told.length = 0;
    await api.setPlaces({ ...places, holidays: days.slice(0, 13).map((on) => ({ on, type: 'off' })) });
    expect(told).toContainEqual({ type: 'changed', kinds: [] });
    const lastOff = addDays(opened, 13);
    expect(await dueOn()).toBe(addWorkingDays(lastOff, 5, calendarOf([])));
    await api.setPlaces({ ...places, holidays: days.map((on) => ({ on, type: 'worked' })) });
    expect(await dueOn()).toBe(addDays(opened, 5));
  });
});

describe('a full disk', () => {
  const isFull = (): boolean => told.some((event) => event.type === 'sync' && event.summary.storage === 'full');
  const count = async () =>
    (await api.queryChildren({ text: '', filter: 'all', village: null, group: null, limit: 9 })).total;

  it('[P3] [VLT-7] keeps nothing and says so; with room it keeps what was typed meanwhile, once', async () => {
    await api.unlock('one', PHRASE);
    const giveRoom = fillDisk();
    const isKept = addChild();
    while (!isFull()) await new Promise(setImmediate);
    expect(await count()).toBe(0);
    giveRoom();
    expect([await isKept, await count()]).toEqual([true, 1]);
    expect(told.findLast(({ type }) => type === 'sync')).toMatchObject({ summary: { storage: 'ok' } });
  });

  it('[P3] holds no tablet open: locked for good, what waited is refused to who typed it', async () => {
    await api.unlock('one', PHRASE);
    const giveRoom = fillDisk();
    const isKept = addChild();
    while (!isFull()) await new Promise(setImmediate);
    await api.lock({ forget: true });
    giveRoom();
    expect(await isKept).toBe(false);
    expect(await failureOfCall(() => api.me())).toBe('locked');
  });
});

import { documentIdOf, makeUlid } from '@chungtay/core/model/ids';
import { LEASE } from '@chungtay/core/policy/lease';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDisk } from '../platform/indexed-db.support.ts';
import { type Opened, openDoor } from './door.ts';
import type { EngineApi } from './engine-api.ts';
import { engineApi } from './engine-verbs.ts';
import type { EngineEvent } from './engine-views.ts';
import { nowhere, PHRASE, PIN, settlePerson, worldAt } from './engine.support.ts';
import { Engine } from './engine.ts';
import { identityFor } from './identity.support.ts';
import type { LeaseGiven } from './lease-ask.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { Recovery } from './recovery.ts';

const OPEN = 'Bé ở nhà một mình';
const SEALED = 'Bị người lạ dụ dỗ';
const clock = { nowMs: 0 };
const world = worldAt(clock);
let api: EngineApi;
let told: EngineEvent[];
let answer: LeaseGiven;

beforeEach(async () => {
  emptyDisk();
  clock.nowMs = 1_772_413_200_000;
  answer = { is: 'offline' };
  await settlePerson(world, 'one', identityFor('lead', undefined, ['sealed']));
  await start();
  await api.unlock('one', PHRASE);
});

/** Starts the engine as a fresh worker does; the page locks when it is told to. */
async function start(): Promise<void> {
  told = [];
  const tell = (event: EngineEvent): void => {
    told.push(event);
    if (event.type === 'locked') void api.lock({ forget: false });
  };
  const ask = () => Promise.resolve(answer);
  const parts = {
    world,
    tab: { holds: true, takeOver: () => Promise.resolve() },
    dial: nowhere,
    recovery: new Recovery(() => Promise.resolve({ is: 'no', code: 'offline' })),
    orderToErase: async () => null,
    tell,
    openLease: ({ vault, identity }: Opened) => LeaseKeeper.open({ vault, identity, world, monotonicMs: () => 0, ask }),
    door: await openDoor(world, () => undefined),
  };
  api = engineApi(new Engine(parts), parts);
}

async function file(kind: 'intake' | 'sealed-intake', summary: string): Promise<boolean> {
  const document = documentIdOf(await api.newFolder(), kind, makeUlid(world));
  return (await api.edit([{ document, sets: [{ name: 'summary', value: summary }] }])).ok;
}

async function reports(): Promise<number> {
  return (await api.rowsOf('intake')).length;
}

async function failed(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => false,
    () => true,
  );
}

/** Asks until the page was told to lock, and that is done. */
async function untilLocked(): Promise<void> {
  expect(await failed(api.rowsOf('intake'))).toBe(true);
  await expect.poll(async () => (await api.boot()).unlocked).toBe(false);
  expect(told).toContainEqual({ type: 'locked', reason: 'lease' });
}

function lastStanding(): string | undefined {
  return told.findLast((event) => event.type === 'sync')?.summary.lease.standing;
}

describe('the engine and its lease', () => {
  it('[P14] [LSE-6] locks when the short lease ends, and shows the rest behind the PIN', async () => {
    await file('intake', OPEN);
    await file('sealed-intake', SEALED);
    expect(await reports()).toBe(2);
    clock.nowMs += LEASE.highMs;
    await untilLocked();
    expect((await api.boot()).people[0]?.waiting).toBe(2);
    expect(await api.unlockWithPin(PIN)).toMatchObject({ ok: true });
    await expect.poll(lastStanding).toBe('open');
    expect(await reports()).toBe(1);
    expect((await api.syncPanel()).summary.waiting).toBe(2);
    expect(await api.exportQuarantine()).toBe('[]');
  });

  it('[P14] [LSE-10] after the long one answers nothing of a file, and takes a new report', async () => {
    await file('intake', OPEN);
    clock.nowMs += LEASE.allMs;
    await untilLocked();
    await api.unlockWithPin(PIN);
    await expect.poll(lastStanding).toBe('ended');
    const denied = [
      api.rowsOf('intake'),
      api.tasks(),
      api.queryChildren({ text: '', filter: 'all', village: null, group: null, limit: 9 }),
      api.syncPanel(),
      api.drafts(),
      api.quarantine(),
      api.exportQuarantine(),
      api.openFolder(await api.newFolder()),
      api.history(await api.newFolder()),
      api.roomTicket(),
    ];
    expect(await Promise.all(denied.map(failed))).toEqual(denied.map(() => true));
    expect((await api.me()).role).toBe('lead');
    told.length = 0;
    expect(await file('sealed-intake', SEALED)).toBe(true);
    expect(told.filter(({ type }) => type !== 'sync')).toEqual([]);
    expect(JSON.stringify(told)).not.toContain(SEALED);
    expect(told.findLast((event) => event.type === 'sync')?.summary.waiting).toBe(2);
  });

  it('[P14] [LSE-9] at the Hub’s word everything is shown again at once', async () => {
    await file('intake', OPEN);
    clock.nowMs += LEASE.allMs;
    await untilLocked();
    await api.unlockWithPin(PIN);
    answer = { is: 'given', hubMs: clock.nowMs, key: null };
    await api.sendNow();
    await expect.poll(lastStanding).toBe('whole');
    expect(await reports()).toBe(1);
  });
});

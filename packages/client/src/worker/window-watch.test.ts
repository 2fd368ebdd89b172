import { must } from '@chungtay/core/base/assert';
import type { World } from '@chungtay/core/base/world';
import { editDocument } from '@chungtay/core/doc/edit';
import { type DocState, emptyState, encodeState } from '@chungtay/core/doc/state';
import { type DocumentId, documentIdOf, type FolderId, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { minutesOf } from '@chungtay/core/model/minutes';
import type { FeedItem } from '@chungtay/core/wire/frames';
import { beforeEach, describe, expect, it } from 'vitest';
import { browserWorld } from '../platform/world.ts';
import type { EngineEvent } from './engine-views.ts';
import { workplaceOf } from './engine.support.ts';
import type { Workplace } from './workplace.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 9, 5, 2);
const ME = 7;
const clock = { nowMs: START_MS };
/** Timers that fire when the test moves the clock: the time between is nobody's. */
const timers = new Map<symbol, { readonly atMs: number; readonly wake: () => void }>();
const world: World = {
  ...browserWorld(),
  nowMs: () => clock.nowMs,
  after: (delayMs, wake) => {
    const id = Symbol('timer');
    timers.set(id, { atMs: clock.nowMs + delayMs, wake });
    return () => void timers.delete(id);
  },
};
const told: EngineEvent[] = [];
let at: Workplace;
let folder: FolderId;
let health: DocumentId;

/** Moves on as a tablet in somebody's hand does: half a minute at a time. */
function pass(untilMs: number): void {
  while (clock.nowMs < untilMs) {
    clock.nowMs = Math.min(untilMs, clock.nowMs + 15_000);
    for (const [id, { atMs, wake }] of timers) {
      if (atMs > clock.nowMs) continue;
      timers.delete(id);
      wake();
    }
  }
}

function stateWith(values: Readonly<Record<string, string | boolean>>, member: number): DocState {
  const sets = Object.entries(values).map(([name, value]) => ({ name, value }));
  const edited = editDocument(emptyState(), { sets, client: member, member, minutes: minutesOf(START_MS) });
  return must(edited.ok ? edited.value.state : null, 'an edit of the grammar');
}

async function receive(items: readonly FeedItem[]): Promise<void> {
  const parsed = await at.replica.sync.readFeed(items);
  const mark = { cursor: world.randomBytes(24), isLast: true };
  expect(parsed.ok && (await at.replica.sync.feed(parsed.value, mark)).ok).toBe(true);
}

/** The documents of the file as the page was last told. */
function shown(): readonly DocumentId[] {
  const last = told.findLast((event) => event.type === 'folder');
  return last?.type === 'folder' ? last.view.documents.map(({ document }) => document) : [];
}

beforeEach(async () => {
  clock.nowMs = START_MS;
  timers.clear();
  told.length = 0;
  at = await workplaceOf('police', undefined, { world, tell: (event) => told.push(event) });
  at.start();
  folder = makeFolderId(world);
  health = documentIdOf(folder, 'health');
  const request = documentIdOf(folder, 'access-health', makeUlid(world));
  await at.watch(folder);
  await receive([
    [
      's',
      request,
      ME,
      START_MS,
      encodeState(stateWith({ isEmergency: true, reason: 'Cháu bất tỉnh' }, ME)),
      null,
      START_MS,
      0,
    ],
    ['s', health, 9, START_MS, encodeState(stateWith({ cardNumber: 'TE1400012345678' }, 9)), null, START_MS, 0],
  ]);
});

describe('[REP-14] a file opened in an emergency, on a tablet without its Hub', () => {
  it('is on the page for a day, and goes from it by itself at the end of it', () => {
    pass(START_MS + DAY_MS - 15_000);
    expect(shown()).toContain(health);
    told.length = 0;
    pass(START_MS + DAY_MS);
    expect([shown().includes(health), told.some(({ type }) => type === 'folder')]).toEqual([false, true]);
    expect(at.replica.rows().map(({ type }) => type)).toEqual(['access']);
  });

  it('does not come back with a clock that is put back', () => {
    pass(START_MS + DAY_MS);
    clock.nowMs = START_MS;
    expect(at.replica.read(health)).toBeNull();
  });

  it('is named as closed again', () => {
    const elsewhere = (): readonly string[] => {
      const last = told.findLast((event) => event.type === 'folder');
      return last?.type === 'folder' ? last.view.elsewhere : [];
    };
    expect(elsewhere()).not.toContain('health');
    pass(START_MS + DAY_MS);
    expect(elsewhere()).toContain('health');
  });
});

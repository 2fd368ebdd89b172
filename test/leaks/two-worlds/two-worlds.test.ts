/** Two communes that differ in one thing alone: which children are of group 5. Who may not know gets the same in both, to the last byte. */
import { answerHealth } from '@chungtay/server/http/health';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NAMED, PEOPLE, WatchedHub } from './commune.ts';
import { play } from './script.ts';
import { type Told, differences, toldTo } from './told.ts';

/** Children of group 5 in the communes that are compared with one where none is. */
const OF_GROUP = [[0, 9, 27, 36, 63], [81], Array.from({ length: 30 }, (_, i) => 3 * i)];

async function communeWith(closed: readonly number[]): Promise<WatchedHub> {
  const commune = await new WatchedHub().open();
  await play(commune, { closed });
  return commune;
}

function healthOf({ hub, store, timeline }: WatchedHub) {
  return answerHealth({
    version: '1.0.0',
    uptimeMs: () => timeline.nowMs,
    probe: () => store.readStates([]),
    trouble: () => null,
    damaged: () => hub.lostDocuments(),
    soundness: () => 'unverified',
  });
}

const told = (commune: WatchedHub, name: string): Told => toldTo(commune.tablet(name), commune);

let none: WatchedHub;
beforeAll(async () => {
  none = await communeWith([]);
}, 60_000);
afterAll(() => none.hub.drain());

describe.each(OF_GROUP.map((closed) => [closed.length, closed] as const))(
  'a commune where %i children are of group 5, and one where none is',
  (_count, closed) => {
    let some: WatchedHub;
    beforeAll(async () => {
      some = await communeWith(closed);
    }, 60_000);
    afterAll(() => some.hub.drain());

    const others = Object.keys(PEOPLE).filter((who) => !(NAMED as readonly string[]).includes(who));
    it.each(others.flatMap((who) => [who, `${who}, anew`]))('[HIV-3] [P10] are the same to %s', (name) => {
      expect(some.tablet(name).isLive).toBe(true);
      expect(differences(told(none, name), told(some, name))).toEqual([]);
    });

    it('[HIV-3] [AUD-19] [ROOM-5] really asked: the chair heard the whole log, the others who is at an open document', () => {
      const heard = some.told.get('chair') ?? [];
      expect(heard.filter((line) => line.includes(' log ')).length).toBeGreaterThan(40);
      expect(heard.filter((line) => line.includes('"mark'))).not.toEqual([]);
      const rooms = (who: string) => (some.told.get(who) ?? []).filter((line) => line.includes(' room ')).length;
      expect(rooms('nurse')).toBeGreaterThan(20);
      expect([rooms('teacher'), rooms('union')]).toEqual([0, 0]);
    });

    it('[HIV-3] answer the same to who tries to write where he may not', () => {
      const curious = [...none.wire.keys()].filter((name) => name.endsWith('curious'));
      expect(curious).toHaveLength(6);
      for (const name of curious) {
        expect(none.wire.get(name)?.length).toBeGreaterThan(50);
        expect([name, some.wire.get(name)]).toEqual([name, none.wire.get(name)]);
      }
    });

    it('[HIV-3] say the same of themselves to anyone', async () => {
      expect(await healthOf(some)).toEqual(await healthOf(none));
      expect([none.reports, some.reports]).toEqual([[], []]);
    });

    it('[HIV-3] really differ: the named nurse has files, tasks and held edits of it', () => {
      const differing = differences(told(none, 'nurseNamed'), told(some, 'nurseNamed'));
      expect(differing).toEqual(
        expect.arrayContaining(['the bytes', 'the log and the rooms', 'the documents', 'the rows', 'the files']),
      );
      // what she shows over her shoulder is the same all the same
      expect(differing).not.toContain('the register');
      expect(differing).not.toContain('the search');
      const kinds = [...some.tablet('nurseNamed').replica.documents()].map((id) => id.split('/')[1]);
      expect(kinds.filter((kind) => kind === 'hiv')).toHaveLength(closed.length);
      expect(kinds.filter((kind) => kind === 'held-hiv')).toHaveLength(closed.length);
    });
  },
);

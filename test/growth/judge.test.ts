import { describe, expect, it } from 'vitest';
import { type Mark, flawsOf } from './judge.ts';
import type { Absence } from './probe.ts';
import type { HubWeight } from './weigh-hub.ts';
import type { TabletWeight } from './weigh-tablet.ts';

const verified = { entries: 5_409, documents: 1_676, head: '00', damages: [] };
const hub: HubWeight = {
  diskBytes: 10_070_265,
  entries: 5_409,
  bodiesAlone: 2_081,
  documents: 1_676,
  tables: {},
  childBytes: 3_499_707,
  caseBytes: 1_810_457,
  largestStates: [],
};
const absence: Absence = { who: 'lead', ms: 9, bytesUp: 1_284, bytesDown: 1_703, messages: 7, diskBytes: 23_685 };
const high = { highLog: 0, highOutbox: 0, highKept: 0, highPacks: 0, highQuarantine: 0 };
const areas = { log: 0, outbox: 0, kept: 0, packs: 0, quarantine: 0, meta: 2, drafts: 0, ...high };
const tablet: TabletWeight = {
  storeBytes: 1_430_020,
  contentBytes: 950_382,
  images: 1_676,
  documents: 1_676,
  records: { ...areas, log: 10, kept: 585, packs: 17 },
  bytes: areas,
};

interface Changes {
  readonly absence?: Partial<Absence>;
  readonly records?: Partial<TabletWeight['records']>;
  readonly tablet?: Partial<TabletWeight>;
  readonly hub?: Partial<HubWeight>;
}

function markOf(day: number, changes: Changes = {}): Mark {
  const weight = { ...tablet, ...changes.tablet, records: { ...tablet.records, ...changes.records } };
  return {
    day,
    absences: [{ ...absence, ...changes.absence }],
    tablets: { lead: weight },
    hub: { ...hub, ...changes.hub },
  };
}

function flawsAfter(changes: Changes): readonly string[] {
  return flawsOf([markOf(30), markOf(365, changes)], verified, 4_805);
}

describe('the judge of a year', () => {
  it('[GRO-1] lets a year pass in which nothing grew but what is alive', () => {
    expect(flawsAfter({ absence: { bytesDown: 1_760, messages: 8, diskBytes: 33_000 } })).toEqual([]);
  });

  it.each<[string, Changes, RegExp]>([
    ['more bytes down', { absence: { bytesDown: 1_900 } }, /more bytes than in the first month/u],
    ['more bytes up', { absence: { bytesUp: 1_500 } }, /more bytes up/u],
    ['more messages', { absence: { messages: 10 } }, /more messages/u],
  ])('[GRO-1] finds a catch-up that costs %s', (_, changes, words) => {
    expect(flawsAfter(changes)).toEqual([expect.stringMatching(words)]);
  });

  it.each<[string, Changes, RegExp]>([
    ['a log that nobody folds', { records: { log: 700 } }, /log is not folded/u],
    ['a pack a start', { records: { packs: 229 } }, /lie in 229 packs, 17 would do/u],
    ['envelopes beside the content', { tablet: { storeBytes: 9_000_000 } }, /store takes 9000000 bytes/u],
  ])('[GRO-2] finds a tablet with %s', (_, changes, words) => {
    expect(flawsAfter(changes)).toEqual([expect.stringMatching(words)]);
  });

  it('[GRO-3] finds evidence that is damaged or missing, old bodies that lie alone, and a year that was not measured', () => {
    const marks = [markOf(30), markOf(365)];
    const damages = [{ is: 'signature', seq: 9 }] as const;
    expect(flawsOf(marks, { ...verified, damages }, 4_805)).toEqual([expect.stringMatching(/evidence is damaged/u)]);
    expect(flawsOf(marks, verified, 6_000)).toEqual([expect.stringMatching(/6000 envelopes were answered/u)]);
    expect(flawsAfter({ hub: { bodiesAlone: 5_409 } })).toEqual([expect.stringMatching(/5409 bodies lie alone/u)]);
    expect(flawsOf([], verified, 4_805)).toEqual(['nothing to compare']);
  });
});

import type { ChildRow } from '@chungtay/core/derive/child-row';
import type { VisitRow } from '@chungtay/core/derive/row-types';
import { fieldTableOf } from '@chungtay/core/kinds/registry';
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { SHIPPED_CALENDAR } from '@chungtay/core/policy/calendar';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { describe, expect, it } from 'vitest';
import { FakeEngine } from '../../composables/fake-engine.support.ts';
import type { RowOf } from '../../composables/use-rows.ts';
import { finishedCount, nextLine, roundOf, roundStart } from '../households/survey-round.ts';
import {
  childrenOf,
  isVisitOver,
  linkChildEdits,
  newChildInHouseholdEdits,
  newHouseholdEdits,
  newMemberEdits,
  openCount,
  unfinishedVisit,
} from './survey-edits.ts';

const TODAY = '2026-10-05';

const household = (folder: string, code: string | null, head = 'Lò Văn Páo') =>
  ({ folder, code, head }) as unknown as RowOf<'household'>;
const visit = (folder: string, on: string, outcome: string | null, nextOn: string | null = null, atMs = 0) =>
  ({ folder, on, outcome, nextOn, atMs }) as unknown as VisitRow;

describe('the round of a survey', () => {
  it.each([
    ['2026-10-05', '2026-10-01'],
    ['2026-12-31', '2026-10-01'],
    ['2026-03-01', '2026-01-01'],
    ['2026-09-30', '2026-07-01'],
  ])('of %s begins on %s', (day, start) => {
    expect(roundStart(day)).toBe(start);
  });

  it('takes houses by their number in the book, then by the name of the head', () => {
    const houses = [
      household('c', '10'),
      household('a', '9'),
      household('z', null, 'Vàng A Bình'),
      household('y', null, 'Vàng A An'),
    ];
    expect(roundOf(houses, [], TODAY).map(({ row }) => row.folder)).toEqual(['a', 'c', 'y', 'z']);
  });

  it('counts the last visit of the quarter, and none before it', () => {
    const houses = ['a', 'b', 'c', 'd', 'e'].map((id, n) => household(id, String(n)));
    const visits = [
      visit('a', '2026-10-02', 'absent', '2026-10-04'),
      visit('a', '2026-10-04', 'done'),
      visit('b', '2026-09-30', 'done'),
      visit('c', '2026-10-05', null),
      visit('d', '2026-10-01', 'absent', '2026-10-20'),
      visit('e', '2026-10-01', 'absent', null, 1),
      visit('e', '2026-10-01', 'refused', null, 2),
    ];
    const lines = roundOf(houses, visits, TODAY);
    expect(lines.map(({ status }) => status)).toEqual(['done', 'todo', 'partly', 'absent', 'refused']);
    expect(finishedCount(lines)).toBe(2);
  });

  it('goes on with what was begun, then with what is left, then with whose day has come', () => {
    const houses = ['a', 'b', 'c'].map((id, n) => household(id, String(n)));
    const nextOf = (visits: VisitRow[]) => nextLine(roundOf(houses, visits, TODAY), TODAY)?.row.folder ?? null;
    const [waits, due] = [visit('a', TODAY, 'absent', '2026-10-20'), visit('b', TODAY, 'absent', TODAY)];
    expect(nextOf([visit('c', TODAY, null)])).toBe('c');
    expect(nextOf([visit('a', TODAY, 'done')])).toBe('b');
    expect(nextOf([waits, due, visit('c', TODAY, 'done')])).toBe('b');
    expect(nextOf([waits, visit('b', TODAY, 'done'), visit('c', TODAY, 'moved')])).toBeNull();
  });
});

describe('what a survey writes', () => {
  const engine = new FakeEngine();
  const home = engine.id() as FolderId;
  const fresh = engine.id() as FolderId;
  const row = { folder: engine.id(), name: 'Lò Thị Mẩy', birth: '2017', sex: 'female' } as unknown as ChildRow;
  const groups: readonly (readonly [string, readonly DocumentEdit[]])[] = [
    ['a household', newHouseholdEdits(home, 'thon-3', 'Lò Văn Páo')],
    ['a child of the register', linkChildEdits(home, row)],
    ['a new child', newChildInHouseholdEdits(home, 'thon-3', fresh, { name: 'Lò A Tủa', birth: '2020-03', sex: null })],
    ['a grandmother', newMemberEdits(home, engine.id(), 'Vàng Thị Sua', 'parent')],
    ['somebody', newMemberEdits(home, engine.id(), 'Vàng Thị Sua', null)],
  ];

  it.each(groups)('%s: only what the kinds take', (_, edits) => {
    const wrong = edits.flatMap(({ document, sets = [] }) => {
      const table = fieldTableOf(document.split('/')[1] ?? '');
      return sets.filter(({ name, value }) => !table?.check(name, value)).map(({ name }) => name);
    });
    expect(wrong).toEqual([]);
  });

  it('[UX-21] links a child that is there instead of making it twice, and twice is the same line', () => {
    const [identity, members] = linkChildEdits(home, row);
    expect(identity).toEqual({
      document: documentIdOf(row.folder, 'identity'),
      sets: [{ name: 'household', value: home }],
    });
    expect(members?.sets?.[0]).toMatchObject({ code: row.folder, value: { child: row.folder, relation: 'child' } });
    expect(linkChildEdits(home, row)).toEqual(linkChildEdits(home, row));
  });

  it('gives a new child its village and its household', () => {
    const [identity, members] = newChildInHouseholdEdits(home, 'thon-3', fresh, { name: 'Lò A Tủa' });
    expect(identity?.sets).toEqual(
      expect.arrayContaining([
        { name: 'village', value: 'thon-3' },
        { name: 'household', value: home },
        { name: 'name', value: 'Lò A Tủa' },
      ]),
    );
    expect(members?.document).toBe(documentIdOf(home, 'household'));
  });
});

describe('what a survey finds', () => {
  it('children by the lines of the household and by their own word, each once', () => {
    const engine = new FakeEngine();
    const home = engine.id() as FolderId;
    const [first, second] = [engine.id(), engine.id()] as FolderId[];
    const document = documentIdOf(home, 'household');
    engine.writeAs(5, { document, sets: [{ name: 'members', code: 'a', value: { name: 'Mẩy', child: first ?? '' } }] });
    engine.writeAs(5, { document, sets: [{ name: 'members', code: 'b', value: { name: 'Bà' } }] });
    const rows = [first, second].map((folder) => ({ folder, household: home })) as unknown as ChildRow[];
    expect(childrenOf(engine.viewOf(home).documents[0] ?? null, rows, home)).toEqual([first, second]);
  });

  it('goes on with a visit of today that nobody has ended, and with no other', () => {
    const engine = new FakeEngine();
    const home = engine.id() as FolderId;
    const write = (on: string, outcome: string | null) => {
      const document = documentIdOf(home, 'visit', engine.id() as never);
      const sets = [{ name: 'on', value: on }, ...(outcome === null ? [] : [{ name: 'outcome', value: outcome }])];
      engine.writeAs(5, { document, sets });
      return document;
    };
    write('2026-10-04', null);
    write(TODAY, 'done');
    expect(unfinishedVisit(engine.viewOf(home), TODAY)).toBeNull();
    const open = write(TODAY, null);
    expect(unfinishedVisit(engine.viewOf(home), TODAY)).toBe(open);
    engine.writable = () => false;
    expect(unfinishedVisit(engine.viewOf(home), TODAY)).toBeNull();
  });

  it.each([
    ['2026-10-01', '2026-10-01', false],
    ['2026-10-01', '2026-10-02', false],
    ['2026-10-01', '2026-10-03', true],
    // a Friday: the next working day is Monday
    ['2026-10-02', '2026-10-05', false],
    ['2026-10-02', '2026-10-06', true],
  ])('[UX-14] a visit begun on %s is over on %s: %s', (on, today, isOver) => {
    const engine = new FakeEngine();
    const home = engine.id() as FolderId;
    const document = documentIdOf(home, 'visit', engine.id() as never);
    engine.writeAs(5, { document, sets: [{ name: 'on', value: on }] });
    expect(isVisitOver(engine.viewOf(home).documents[0] ?? null, today, SHIPPED_CALENDAR)).toBe(isOver);
    expect(isVisitOver(null, today, SHIPPED_CALENDAR)).toBe(false);
  });

  it('[UX-14] counts questions that are open; "does not know" is an answer', () => {
    const engine = new FakeEngine();
    const home = engine.id() as FolderId;
    engine.writeAs(5, { document: documentIdOf(home, 'household'), sets: [{ name: 'phone', value: null }] });
    expect(openCount(engine.viewOf(home).documents[0] ?? null, ['phone', 'head'])).toBe(1);
    expect(openCount(null, ['phone', 'head'])).toBe(2);
  });
});

import { documentIdOf, type FolderId, type MemberNumber } from '@chungtay/core/model/ids';
import { SHIPPED_CALENDAR } from '@chungtay/core/policy/calendar';
import { STEPS } from '@chungtay/core/policy/lifecycle';
import { describe, expect, it } from 'vitest';
import { FakeEngine, NOW_MS, POLICE } from '../../composables/fake-engine.support.ts';
import { workdaysUntil } from '../../forms/due-of.ts';
import { columnBehind } from '../../forms/value-words.ts';
import { kindsBeside, nextStepRecord, proposedByMe, stageOf, stepsOf, teamOf } from './case-file.ts';
import { conflictsIn } from './file-conflicts.ts';
import { historySentence } from './history-sentence.ts';
import { nextStates, stateSets } from './task-steps.ts';
import { timelineOf } from './timeline.ts';

const HOUR_MS = 3_600_000;

/** A case in which two people wrote, in the order of `write`. */
function fileWith(write: (engine: FakeEngine, folder: FolderId) => void) {
  const engine = new FakeEngine();
  const folder = engine.id() as FolderId;
  write(engine, folder);
  return engine.viewOf(folder).documents;
}

function caseWith(stages: readonly object[]) {
  const [view] = fileWith((engine, folder) => {
    for (const value of stages) {
      engine.writeAs(5, {
        document: documentIdOf(folder, 'case'),
        appends: [{ name: 'stage', value: value as never }],
      });
    }
  });
  if (!view) throw new Error('no case');
  return view;
}

describe('the steps of a case', () => {
  const view = caseWith([
    { n: 2, from: 'received', to: 'assessingInitial' },
    { n: 1, to: 'received' },
  ]);

  it('stand in their own order, whatever order they came in', () => {
    expect(stepsOf(view).map(({ to }) => to)).toEqual(['received', 'assessingInitial']);
    expect(stageOf(view)).toBe('assessingInitial');
  });

  it('go on from the last one, as the machine has it', () => {
    const next = nextStepRecord(view, 'assessingSpecific', null);
    expect(next).toEqual({ n: 3, from: 'assessingInitial', to: 'assessingSpecific' });
    expect(STEPS.some(({ from, to }) => from === next.from && to === next.to)).toBe(true);
  });

  it('[POL-12] do not let who proposed to close close', () => {
    const closing = caseWith([{ n: 1, from: 'reviewing', to: 'closeProposed', reason: 'x' }]);
    expect(proposedByMe(closing, 5 as MemberNumber)).toBe(true);
    expect(proposedByMe(closing, POLICE)).toBe(false);
  });

  it('keep a sealed case’s notes and tasks sealed', () => {
    expect(kindsBeside('sealed-case')).toEqual({ note: 'sealed-contact-note', task: 'sealed-task' });
    expect(kindsBeside('case')).toEqual({ note: 'contact-note', task: 'task' });
  });
});

describe('timelineOf', () => {
  it('merges what all documents tell, newest first', () => {
    const documents = fileWith((engine, folder) => {
      const write = (hours: number, document: string, edit: object): void => {
        engine.nowMs = NOW_MS + hours * HOUR_MS;
        engine.writeAs(POLICE, { document: document as never, ...edit });
      };
      const note = documentIdOf(folder, 'contact-note', engine.id() as never);
      const task = documentIdOf(folder, 'task', engine.id() as never);
      write(0, documentIdOf(folder, 'case'), { appends: [{ name: 'stage', value: { n: 1, to: 'received' } }] });
      write(2, note, { sets: [{ name: 'text', value: 'Gặp bà ngoại' }] });
      write(1, task, { sets: [{ name: 'title', value: 'Khám cho cháu' }] });
      write(3, documentIdOf(folder, 'case'), { appends: [{ name: 'notes', value: { text: 'Đã gọi trường' } }] });
      write(4, documentIdOf(folder, 'case'), { sets: [{ name: 'childName', value: 'Páo' }] });
    });
    expect(timelineOf(documents).map(({ what, text }) => [what.is, text])).toEqual([
      ['comment', 'Đã gọi trường'],
      ['note', 'Gặp bà ngoại'],
      ['task', 'Khám cho cháu'],
      ['stage', ''],
    ]);
    expect(timelineOf(documents)[1]?.member).toBe(POLICE);
  });

  it('puts a note on the day it tells of, not the day it was typed', () => {
    const [entry] = timelineOf(
      fileWith((engine, folder) => {
        const document = documentIdOf(folder, 'contact-note', engine.id() as never);
        engine.writeAs(5, {
          document,
          sets: [
            { name: 'on', value: '2026-10-03' },
            { name: 'text', value: 'Đến nhà' },
          ],
        });
      }),
    );
    expect(new Date(entry?.atMs ?? 0).toISOString()).toBe('2026-10-03T01:00:00.000Z');
  });
});

describe('conflictsIn', () => {
  it('[UX-10] finds registers and rows, what has consequences first', () => {
    const documents = fileWith((engine, folder) => {
      const document = documentIdOf(folder, 'case');
      const unseen = { seen: new Set<string>() };
      for (const [member, name] of [
        [5, 'Bà ngoại'],
        [9, 'Dì Sua'],
      ] as const) {
        engine.writeAs(member, { document, sets: [{ name: 'currentCarer', value: name }], ...unseen });
        engine.writeAs(member, { document, sets: [{ name: 'currentResidence', value: name }], ...unseen });
        engine.writeAs(member, {
          document,
          sets: [{ name: 'team', code: 'm9', value: { member: 9, duty: name } }],
          ...unseen,
        });
        engine.writeAs(member, { document, sets: [{ name: 'childName', value: 'Páo' }], ...unseen });
      }
    });
    expect(conflictsIn(documents).map(({ name, code }) => [name, code])).toEqual([
      ['currentResidence', null],
      ['currentCarer', null],
      ['team', 'm9'],
    ]);
  });
});

describe('the team', () => {
  it('leaves out who was taken off', () => {
    const [view] = fileWith((engine, folder) => {
      const document = documentIdOf(folder, 'case');
      engine.writeAs(5, { document, sets: [{ name: 'team', code: 'm5', value: { member: 5 } }] });
      engine.writeAs(5, { document, sets: [{ name: 'team', code: 'm9', value: { member: 9, duty: 'Xác minh' } }] });
      engine.writeAs(5, { document, sets: [{ name: 'team', code: 'm5', value: null }] });
    });
    expect(view && teamOf(view)).toEqual([{ code: 'm9', member: 9, duty: 'Xác minh' }]);
  });
});

const stateInput = columnBehind({ kind: 'task', name: 'state' }).input;
const TASK_STATES = stateInput.as === 'choice' ? stateInput.options : [];

describe('tasks', () => {
  it.each(TASK_STATES)('%s leads only to states there are', (state) => {
    for (const next of nextStates(state, true)) expect(TASK_STATES).toContain(next);
  });

  it('are given up only by who gives them', () => {
    expect(nextStates('open', false)).not.toContain('cancelled');
    expect(nextStates('open', true)).toContain('cancelled');
    expect(nextStates('done', true)).not.toContain('cancelled');
  });

  it('have their day when they are done', () => {
    expect(stateSets('done', '2026-10-05')).toContainEqual({ name: 'doneOn', value: '2026-10-05' });
    expect(stateSets('started', '2026-10-05')).toEqual([{ name: 'state', value: 'started' }]);
  });
});

describe('historySentence', () => {
  const item = {
    document: 'x' as never,
    kind: 'case',
    code: null,
    member: POLICE,
    atMs: NOW_MS,
    op: 'b.0',
    isStanding: false,
  };
  const words = (_: object, value: unknown): string => (typeof value === 'string' ? value : '');
  it.each([
    [{ field: 'currentCarer', before: null, after: 'Bà' }, 'case.history.set'],
    [{ field: 'currentCarer', before: 'Mẹ', after: 'Bà' }, 'case.history.changed'],
    [{ field: 'currentCarer', before: 'Mẹ', after: null }, 'case.history.cleared'],
    [{ field: 'notes', before: null, after: 'Gọi' }, 'case.history.added'],
  ])('%j is %s', (change, key) => {
    expect(historySentence({ ...item, ...change }, words).key).toBe(key);
  });
});

describe('[UX-24] workdaysUntil', () => {
  it.each([
    ['2026-10-05', 0],
    ['2026-10-06', 1],
    ['2026-10-12', 5],
    ['2026-10-04', -1],
    ['2026-10-02', -1],
    ['2026-10-01', -2],
  ])('%s is %i working days from Monday 5 October', (day, count) => {
    expect(workdaysUntil(day, NOW_MS, SHIPPED_CALENDAR)).toBe(count);
  });
});

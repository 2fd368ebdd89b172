import { describe, expect, it } from 'vitest';
import { type Edit, editDocument } from '../doc/edit.ts';
import { type DocState, applyUpdate, cloneState, emptyState } from '../doc/state.ts';
import type { DocUpdate } from '../doc/update.ts';
import { msOfMinutes } from '../model/minutes.ts';
import { type Change, historyOf, stateAt } from './history.ts';

/** Applies the edit and returns its update. */
function make(state: DocState, edit: Partial<Edit>): DocUpdate {
  const result = editDocument(state, { client: 11, member: 5, minutes: 100, ...edit });
  if (!result.ok) throw new Error(result.error);
  applyUpdate(state, result.value.parsed);
  return result.value.parsed;
}

function said(changes: readonly Change[]): readonly string[] {
  return changes.map(
    ({ field, code, before, after, member }) =>
      `${field}${code === null ? '' : `:${code}`} ${JSON.stringify(before)}→${JSON.stringify(after)} by ${String(member)}`,
  );
}

describe('history', () => {
  it('[DRV-16] tells each change with the value that was shown before it', () => {
    const state = emptyState();
    const updates = [
      make(state, {
        sets: [
          { name: 'status', value: 'attending' },
          { name: 'class', value: '3A' },
        ],
      }),
      make(state, { client: 12, member: 6, minutes: 200, sets: [{ name: 'status', value: 'droppedOut' }] }),
      make(state, {
        minutes: 300,
        sets: [{ name: 'class', value: null }],
        appends: [{ name: 'changes', value: { on: '2026-10-01' } }],
      }),
      make(state, { minutes: 400, sets: [{ name: 'rows', code: 'a', value: 1 }] }),
    ];
    const changes = historyOf('education', updates);
    expect(said(changes)).toEqual([
      'status null→"attending" by 5',
      'class null→"3A" by 5',
      'status "attending"→"droppedOut" by 6',
      'class "3A"→null by 5',
      'changes null→{"on":"2026-10-01"} by 5',
      'rows:a null→1 by 5',
    ]);
    expect(changes.map(({ isAddition }) => isAddition)).toEqual([false, false, false, false, true, false]);
    expect(changes[2]?.atMs).toBe(msOfMinutes(200));
  });

  it('[DRV-16] a choice between two values tells the one that was shown', () => {
    const state = emptyState();
    const updates = [
      make(state, { sets: [{ name: 'riskLevel', value: 'critical' }] }),
      make(state, { client: 12, minutes: 200, sets: [{ name: 'riskLevel', value: 'low' }], seen: new Set() }),
      make(state, { minutes: 300, sets: [{ name: 'riskLevel', value: 'medium' }] }),
    ];
    expect(said(historyOf('case', updates)).at(-1)).toBe('riskLevel "critical"→"medium" by 5');
  });

  it('[DRV-17] of a snapshot tells what still stands, then goes on; what does not follow is left out', () => {
    const state = emptyState();
    make(state, { minutes: 200, sets: [{ name: 'status', value: 'attending' }] });
    make(state, { client: 12, member: 6, minutes: 100, sets: [{ name: 'class', value: '3A' }] });
    const base = cloneState(state);
    const next = make(state, { minutes: 300, sets: [{ name: 'status', value: 'shortBreak' }] });
    const late = make(state, { minutes: 400, sets: [{ name: 'class', value: '3B' }] });
    const known = ['class null→"3A" by 6', 'status null→"attending" by 5'];
    expect(said(historyOf('education', [next], base))).toEqual([...known, 'status "attending"→"shortBreak" by 5']);
    expect(said(historyOf('education', [late], base))).toEqual(known);
    expect(said(historyOf('education', [next, next], base))).toHaveLength(3);
    expect(base.live.size).toBe(2);
  });

  it('[DRV-18] gives the document as it stood after any of its updates', () => {
    const state = emptyState();
    const base = cloneState(state);
    const updates = ['3A', '3B', '3C'].map((value, i) =>
      make(state, { minutes: i, sets: [{ name: 'class', value }], appends: [{ name: 'changes', value: { n: i } }] }),
    );
    const then = (op: string | undefined) => stateAt(updates, op ?? '', base);
    const [, second] = updates;
    for (const { op } of second?.items ?? []) {
      expect(
        then(op)
          ?.fields.get('class')
          ?.map(({ value }) => value),
      ).toEqual(['3B']);
      expect(then(op)?.fields.get('changes#')).toHaveLength(2);
    }
    expect(second?.items).toHaveLength(2);
    expect(then('zz.zz')).toBeNull();
    expect(base.live.size).toBe(0);
  });
});

import type { Json } from '@chungtay/core/base/any';
import type { DocumentId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import type { DocumentView } from '../../stores/engine.ts';
import { acceptance, heldEditOf, puttingAside } from './held-edit.ts';

const FOLDER = '01K9ZZZZZZZZZZZZZZZZZZZZZZ';
const HELD = `${FOLDER}/held-identity/01K9YYYYYYYYYYYYYYYYYYYYYY` as DocumentId;

function viewOf(values: Readonly<Record<string, Json>>): DocumentView {
  const registers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
  return { document: HELD, registers } as unknown as DocumentView;
}

const late = heldEditOf(
  viewOf({
    document: `${FOLDER}/identity`,
    member: 7,
    atMs: 1_790_000_000_000,
    code: 'moved-away',
    edits: [
      { field: 'address', code: null, value: 'Đội 3' },
      { field: 'groups', code: 'R1', value: { group: 'R1' } },
      { field: 'notes', code: null, value: { text: 'Đã gặp bà' } },
      { field: 'noSuchField', code: null, value: 1 },
      'damaged',
    ],
  }),
);

describe('a late edit', () => {
  it('is accepted as one group: its values by their kind of field, and the outcome', () => {
    expect(acceptance(late)).toEqual([
      {
        document: `${FOLDER}/identity`,
        sets: [
          { name: 'address', value: 'Đội 3' },
          { name: 'groups', code: 'R1', value: { group: 'R1' } },
        ],
        appends: [{ name: 'notes', value: { text: 'Đã gặp bà' } }],
      },
      { document: HELD, sets: [{ name: 'outcome', value: 'accepted' }] },
    ]);
  });

  it('is put aside with or without a reason, and writes nothing into the file', () => {
    expect(puttingAside(late, '  ')).toEqual([{ document: HELD, sets: [{ name: 'outcome', value: 'declined' }] }]);
    expect(puttingAside(late, ' đã hỏi ')[0]?.sets).toContainEqual({ name: 'outcomeReason', value: 'đã hỏi' });
  });

  it('knows when somebody has decided', () => {
    expect(late.isDecided).toBe(false);
    expect(heldEditOf(viewOf({ outcome: 'declined' })).isDecided).toBe(true);
  });
});

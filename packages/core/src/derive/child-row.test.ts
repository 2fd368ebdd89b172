import { describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import { documentOf, written } from '../kinds/document.support.ts';
import { childRow } from './child-row.ts';
import type { CaseRow } from './row-types.ts';
import { folderAt, metaOf, rowFor } from './row.support.ts';
import { rowOfExtract } from './rows.ts';

const TODAY = '2026-11-02';

function identity(set: Record<string, Json>, groups: Record<string, Json> = {}, movements: readonly Json[] = []) {
  return rowFor(
    'identity',
    'identity',
    documentOf({ set: { name: 'Lò Văn Páo', ...set }, rows: { groups }, log: { movements } }),
  );
}

function caseAt(stage: 'received' | 'screenedOut'): CaseRow {
  const steps = [
    { n: 1, to: 'received' },
    { n: 2, from: 'received', to: 'screenedOut' },
  ].slice(0, stage === 'received' ? 1 : 2);
  return rowFor('case', 'case', documentOf({ set: { child: folderAt(1) }, log: { stage: steps } }), metaOf('case', 9));
}

describe('the line of a child', () => {
  it('[HIV-2] is the same with and without the closed part, its conflicts and its held edits', () => {
    const closed = rowFor(
      'hiv',
      'hiv',
      written(
        documentOf({ set: { treatmentPlace: 'Bệnh viện tỉnh' } }),
        { set: { treatmentPlace: 'Bệnh viện huyện' } },
        { client: 12, isBlind: true },
      ),
      metaOf('hiv', 1, { atMs: 9_000 }),
    );
    const late = rowFor('held', 'held-hiv', documentOf({ set: { member: 7 } }), metaOf('held-hiv', 1, { atMs: 9_000 }));
    expect(closed.conflicts).toEqual(['treatmentPlace']);
    const open = [identity({ birth: '2025-10' })];
    expect(childRow([...open, closed, late], [], TODAY)).toEqual(childRow(open, [], TODAY));
  });

  it('[DRV-10] joins what this person holds of the folder', () => {
    const rows = [
      identity({ birth: '2025-10', village: 'na-pan' }),
      rowFor('education', 'education', documentOf({ set: { school: 'mn-xa', class: 'Mầm', status: 'attending' } })),
      rowFor(
        'health',
        'health',
        documentOf({
          rows: { vaccines: { BCG: { vaccine: 'BCG', on: '2025-11-01' } } },
          log: { growth: [{ on: '2026-10-01', weightKg: 9 }] },
        }),
      ),
      rowFor(
        'support',
        'support',
        documentOf({ log: { receipts: [{ on: '2026-01-01' }] } }),
        metaOf('support', 1, { atMs: 5_000 }),
      ),
    ];
    const line = childRow(rows, [], TODAY);
    expect(line).toMatchObject({
      folder: folderAt(1),
      name: 'Lò Văn Páo',
      school: 'mn-xa',
      class: 'Mầm',
      inSchool: true,
      lastWeightKg: 9,
      supportReceived: true,
      level: 'none',
      openCases: [],
      atMs: 5_000,
    });
    expect(line?.vaccinesDue).toContain('HepB-0');
    expect(line?.vaccinesDue).not.toContain('BCG');
  });

  it('[DRV-10] is there for a teacher too, of extracts, and for nobody without an identity', () => {
    const extract = rowOfExtract(
      'identity-school',
      'identity',
      { name: 'Mỷ', birth: '2017', guardian: null, phone: null },
      metaOf('identity'),
    );
    expect(childRow(extract ? [extract] : [], [], TODAY)).toMatchObject({
      access: 'extract',
      name: 'Mỷ',
      village: null,
    });
    expect(childRow([rowFor('education', 'education', documentOf({ set: { class: '3A' } }))], [], TODAY)).toBeNull();
  });

  it.each([
    ['nothing known', identity({}), [], 'none'],
    ['at risk', identity({}, { R1: { group: 'R1' } }), [], 'watch'],
    ['in a special group', identity({}, { R1: { group: 'R1' }, G01: { group: 'G01' } }), [], 'special'],
    ['an open case', identity({}, { G01: { group: 'G01' } }), [caseAt('received')], 'intervention'],
    ['a case at rest', identity({}), [caseAt('screenedOut')], 'none'],
    ['moved away', identity({}, {}, [{ kind: 'movedOut' }]), [], 'closed'],
    ['moved away with an open case', identity({}, {}, [{ kind: 'movedOut' }]), [caseAt('received')], 'intervention'],
    ['dead', identity({ vital: 'dead' }), [], 'closed'],
    ['16 today', identity({ birth: '2010-11-02' }), [], 'closed'],
    ['16 tomorrow', identity({ birth: '2010-11-03' }), [], 'none'],
    ['perhaps not yet 16: only the year is known', identity({ birth: '2010' }), [], 'none'],
    ['16 for sure: only the year is known', identity({ birth: '2009' }), [], 'closed'],
  ] as const)('[DRV-11] %s', (_what, row, cases, level) => {
    expect(childRow([row], cases, TODAY)?.level).toBe(level);
  });
});

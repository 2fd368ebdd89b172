import { EXTRACTS } from '@chungtay/core/derive/extract';
import type { ExtractDefinition } from '@chungtay/core/derive/extract';
import type { Cell, Row } from '@chungtay/core/policy/cells';
import { MATRIX } from '@chungtay/core/policy/matrix';
import { describe, expect, it } from 'vitest';
import { absenceAct, changeAct, enrolAll, writeAct } from './acts.ts';
import { Play } from './play.ts';
import { Scan } from './scan.ts';
import { hubInThisProcess } from './staged-hub.ts';

/** The tables of the policy as a mistake would change them: the product never writes them. */
const matrix = MATRIX as Record<keyof typeof MATRIX, { -readonly [R in keyof Row]: Cell }>;
const extracts = EXTRACTS as Record<string, ExtractDefinition>;

const wholeReading: Cell = { right: 'read', scope: 'all', basis: 'area' };

const readingBack: Cell = { right: 'write', scope: 'all', basis: 'dutyToReport' };

/** Changes one thing, and returns how to change it back. */
function plant<Key extends string, Value>(table: Record<Key, Value>, key: Key, value: Value): () => void {
  const before = table[key];
  table[key] = value;
  return () => {
    table[key] = before;
  };
}

function withField(id: string, field: string): ExtractDefinition {
  const honest = extracts[id] as ExtractDefinition;
  return {
    ...honest,
    from: [...honest.from, field],
    view: (see) => ({ ...honest.view(see), [field]: see.value(field) }),
  };
}

const { collaborator: village, nurse } = MATRIX.protection;

const PLANTS: readonly (readonly [string, () => () => void, readonly string[]])[] = [
  ['a role let in', () => plant(matrix.health, 'union', { ...matrix.health.union, ...wholeReading }), ['health/union']],
  [
    'a place forgotten',
    () => plant(matrix.identity, 'collaborator', { ...matrix.identity.collaborator, scope: 'all' }),
    ['consent/collaborator', 'household/collaborator', 'identity/collaborator', 'visit/collaborator'],
  ],
  [
    'a filer who may read back',
    () => plant(matrix.protection, 'collaborator', { ...village, kinds: { ...village.kinds, intake: readingBack } }),
    ['intake/collaborator'],
  ],
  [
    'a seat forgotten',
    () =>
      plant(matrix.protection, 'nurse', {
        ...nurse,
        kinds: { ...nurse.kinds, case: { right: 'extract', scope: 'all', basis: 'treatment', extract: 'case-health' } },
      }),
    ['case/nurse'],
  ],
  [
    'a naming forgotten',
    () => plant(matrix.sealed, 'chair', { ...matrix.sealed.chair, named: false }),
    ['informant', 'reads-sealed', 'sealed-case', 'sealed-contact-note', 'sealed-intake', 'sealed-task'].map(
      (kind) => `${kind}/chair`,
    ),
  ],
  [
    'a field too many in an extract',
    () => plant(extracts, 'health-school', withField('health-school', 'diagnosis')),
    ['health/teacher'],
  ],
  [
    'a yes too many in an extract',
    () => plant(extracts, 'education-village', withField('education-village', 'needsFeeSupport')),
    ['education/collaborator'],
  ],
];

async function scanOf(acts: (play: Play, scan: Scan) => Promise<unknown>): Promise<readonly string[]> {
  const play = new Play(await hubInThisProcess());
  const scan = new Scan();
  try {
    await play.appoint();
    await enrolAll(play, ['live', 'absent']);
    await acts(play, scan);
  } finally {
    await play.close();
  }
  const leaks = scan.findings.filter(({ fault, kind }) => fault === 'leak' && kind !== '(folder)');
  return [...new Set(leaks.map(({ kind, role }) => `${kind}/${role}`))].toSorted();
}

describe('a planted mistake', () => {
  it.each(PLANTS)('[LEAK-4] %s: the scan says exactly where', async (_what, makeMistake, where) => {
    const undo = makeMistake();
    try {
      expect(await scanOf(writeAct)).toEqual(where);
    } finally {
      undo();
    }
  });

  it('[LEAK-4] shows in what the Hub tells of the past, too', async () => {
    const undo = plant(matrix.health, 'union', { ...matrix.health.union, ...wholeReading });
    const pasts: string[] = [];
    try {
      await scanOf(async (play, scan) => {
        await writeAct(play, scan);
        pasts.push(
          ...scan.findings
            .filter(({ where }) => where.includes('the past of'))
            .map(({ kind, role }) => `${kind}/${role}`),
        );
      });
    } finally {
      undo();
    }
    expect([...new Set(pasts)]).toEqual(['health/union']);
  });

  it('[LEAK-4] none: the same scan finds nothing, in three acts on a Hub that never rests', async () => {
    const found = await scanOf(async (play, scan) => {
      const files = await writeAct(play, scan);
      await absenceAct(play, files, scan);
      await changeAct(play, files, scan);
    });
    expect(found).toEqual([]);
  });
});

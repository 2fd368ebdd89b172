/** Mistakes that would tell of group 5: each must be seen by comparing the two communes, or the comparing is worth nothing. */
import { EXTRACTS, type ExtractDefinition } from '@chungtay/core/derive/extract';
import { hiv } from '@chungtay/core/kinds/hiv';
import { type FolderId, documentIdOf } from '@chungtay/core/model/ids';
import type { Cell, Row } from '@chungtay/core/policy/cells';
import { MATRIX } from '@chungtay/core/policy/matrix';
import { openCursor, sealCursor } from '@chungtay/core/sync/cursor';
import type { Sealer } from '@chungtay/core/sync/ports';
import { createSealer } from '@chungtay/server/auth/sealer';
import { describe, expect, it } from 'vitest';
import { NAMED, PEOPLE, type Who, WatchedHub } from './commune.ts';
import { opaqueSealer } from './opaque-sealer.ts';
import { type Story, play } from './script.ts';
import { differences, toldTo } from './told.ts';

const OF_GROUP = [0, 9, 27];

/** Tables as a mistake would change them: the product never writes them. */
const matrix = MATRIX as Record<keyof typeof MATRIX, { -readonly [R in keyof Row]: Cell }>;
const extracts = EXTRACTS as Record<string, ExtractDefinition>;
const kind = hiv as { numbered?: string };

/** Changes one thing, and returns how to change it back. */
function plant<Table, Key extends keyof Table>(table: Table, key: Key, value: Table[Key]): () => void {
  const had = Object.hasOwn(table as object, key);
  const before = table[key];
  table[key] = value;
  return () => {
    if (had) table[key] = before;
    else delete table[key];
  };
}

async function betrayedTo(
  story: Pick<Story, 'betray'>,
  sealer: () => Sealer = opaqueSealer,
): Promise<readonly string[]> {
  const communes = await Promise.all(
    [[], OF_GROUP].map(async (closed) => ({ closed, hub: await new WatchedHub(sealer()).open() })),
  );
  for (const { closed, hub } of communes) await play(hub, { closed, children: 30, ...story });
  const [none, some] = communes.map(({ hub }) => hub);
  if (!none || !some) throw new Error('two communes');
  const others = (Object.keys(PEOPLE) as Who[]).filter((who) => !NAMED.includes(who));
  return others.filter((who) =>
    [who, `${who}, anew`].some(
      (name) => differences(toldTo(none.tablet(name), none), toldTo(some.tablet(name), some)).length > 0,
    ),
  );
}

async function writeOpenly(
  commune: WatchedHub,
  who: Who,
  child: FolderId,
  document: string,
  set: object,
): Promise<void> {
  await commune.tablet(who).write([{ document: documentIdOf(child, document), sets: [set as never] }]);
  await commune.pass(0);
}

describe('a planted betrayal', () => {
  it('[HIV-4] none: nobody is told', async () => {
    expect(await betrayedTo({})).toEqual([]);
  }, 60_000);

  const OPEN: Cell = { right: 'write', scope: 'all', basis: 'treatment' };
  const TABLES: readonly (readonly [string, () => () => void, Who])[] = [
    ['the closed part open to all nurses', () => plant(matrix.hiv, 'nurse', OPEN), 'nurse'],
    [
      'a yes in an extract',
      () => {
        const undo = plant(matrix.hiv, 'teacher', {
          right: 'extract',
          scope: 'assigned',
          basis: 'school',
          extract: 'health-school',
        });
        const honest = extracts['health-school'] as ExtractDefinition;
        const undoToo = plant(extracts, 'health-school', { ...honest, kinds: ['health', 'hiv'] });
        return () => (undo(), undoToo());
      },
      'teacher',
    ],
    ['a number of the series of children: a gap', () => plant(kind, 'numbered', 'TE'), 'collaborator'],
  ];
  it.each(TABLES)(
    '[HIV-4] %s: seen',
    async (_what, makeMistake, whom) => {
      const undo = makeMistake();
      try {
        expect(await betrayedTo({})).toContain(whom);
      } finally {
        undo();
      }
    },
    60_000,
  );

  const DEEDS: readonly (readonly [string, Story['betray'] & object, Who])[] = [
    [
      'a group of the register',
      (commune, child) =>
        writeOpenly(commune, 'lead', child, 'identity', { name: 'groups', code: 'x', value: { group: 'R3' } }),
      'chair',
    ],
    [
      'a line of the supports',
      (commune, child) =>
        writeOpenly(commune, 'lead', child, 'support', {
          name: 'entitlements',
          code: 'y',
          value: { policy: 'allowance', state: 'paid' },
        }),
      'councilOffice',
    ],
    [
      'a time of the last change',
      (commune, child) => writeOpenly(commune, 'nurseNamed', child, 'health', { name: 'nextCheckupOn', value: null }),
      'nurse',
    ],
  ];
  it.each(DEEDS)(
    '[HIV-4] %s: seen',
    async (_what, betray, whom) => {
      expect(await betrayedTo({ betray })).toContain(whom);
    },
    60_000,
  );

  it('[HIV-4] a cursor as long as the Feed: seen by who may hold nothing', async () => {
    const telling = (): Sealer => {
      const opaque = opaqueSealer();
      const lengths = new Map<string, Uint8Array>();
      return {
        seal(bytes) {
          const seq = bytes.length === 68 ? Buffer.from(bytes).readUIntBE(3, 6) : 0;
          const token = new Uint8Array([...opaque.seal(bytes).subarray(0, 40), ...new Uint8Array(seq % 50)]);
          lengths.set(String(token), bytes.slice());
          return token;
        },
        open: (token) => lengths.get(String(token)) ?? null,
      };
    };
    expect(await betrayedTo({}, telling)).toContain('province');
  }, 60_000);
});

describe('a cursor as the Hub seals it', () => {
  const device = '01JZZZZZZZZZZZZZZZZZZZZZZZ' as never;
  const moment = (n: number) => ({ seq: n, atMs: n * 1_000, documents: n, mark: 0 });

  it('[HIV-5] is as long at the first document as at the ten-millionth, never the same twice, and holds nothing readable', () => {
    const sealer = createSealer(new Uint8Array(32).fill(5));
    const tokens = [0, 1, 300, 70_000, 10_000_000].flatMap((n) =>
      [1, 2].map(() => sealCursor({ epoch: 1, base: moment(n), done: moment(n), position: 0 }, device, sealer)),
    );
    expect(new Set(tokens.map((token) => token.length)).size).toBe(1);
    expect(new Set(tokens.map((token) => Buffer.from(token).toString('hex'))).size).toBe(tokens.length);
    for (const token of tokens) {
      expect(Buffer.from(token).toString('latin1')).not.toContain(String(device));
      expect(openCursor(token, device, sealer)).not.toBeNull();
    }
  });
});

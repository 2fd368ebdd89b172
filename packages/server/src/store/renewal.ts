/**
 * Rotation of the key on disk: every sealed row is opened and sealed again under the newest key, a few at a time between the writer's
 * commits. What is sealed already is passed over, so a pass that was broken off is simply begun again. Rule STO-9.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { must } from '@chungtay/core/base/assert';
import { DamagedRow } from '@chungtay/core/sync/ports';
import type { BodyCipher } from './body-cipher.ts';
import { labelOfChapter } from './chapters.ts';
import type { Row } from './feed-rows.ts';

/** One table's sealed column: its key columns in order, and the label a row was sealed under. */
export interface SealedColumn {
  readonly table: string;
  readonly keys: readonly string[];
  readonly column: string;
  readonly also?: readonly string[];
  readonly labelOf: (row: Row) => string;
}

const text = (row: Row, name: string): string => String(row[name]);

/** Everything the store seals. A test compares it with what lies in the tables. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'entries', keys: ['seq'], column: 'body', labelOf: (row) => `entry/${text(row, 'seq')}` },
  {
    table: 'chapters',
    keys: ['first_seq'],
    column: 'bodies',
    also: ['last_seq'],
    labelOf: (row) => labelOfChapter(Number(row['first_seq']), Number(row['last_seq'])),
  },
  {
    table: 'documents',
    keys: ['ordinal'],
    column: 'state',
    also: ['document', 'last_seq'],
    labelOf: (row) => `state/${text(row, 'document')}/${text(row, 'last_seq')}`,
  },
  {
    table: 'scopes',
    keys: ['folder', 'seq'],
    column: 'scope',
    labelOf: (row) => `scope/${text(row, 'folder')}/${text(row, 'seq')}`,
  },
  {
    table: 'members',
    keys: ['member', 'seq'],
    column: 'who',
    labelOf: (row) => `member/${text(row, 'member')}/${text(row, 'seq')}`,
  },
  { table: 'devices', keys: ['device'], column: 'notes', labelOf: (row) => `device/${text(row, 'device')}` },
  {
    table: 'judged',
    keys: ['device', 'n'],
    column: 'verdict',
    labelOf: (row) => `judged/${text(row, 'device')}/${text(row, 'n')}`,
  },
];

const ROWS_AT_ONCE = 128;

/** One pass over everything sealed. */
export interface Renewal {
  /** Seals some rows again, within the caller's transaction; says whether there are more. */
  step(): boolean;
  /** Rows that no key opens: damage, which no rotation mends. They are left as they are. */
  readonly damaged: () => number;
}

/** Returns a pass through `db`, the connection of the one writer, under the newest key of `cipher`. */
export function createRenewal(db: DatabaseSync, cipher: BodyCipher): Renewal {
  const tables = SEALED_COLUMNS.map((column) => tableOf(db, column));
  let at = 0;
  let after: readonly SQLInputValue[] | null = null;
  let damaged = 0;
  const renew = ({ sealed, put }: SealedTable, row: Row): void => {
    const bytes = row[sealed.column] as Uint8Array;
    // the body of an old entry lies in its chapter; of many a device nothing is noted
    if (bytes.length === 0) return;
    try {
      const again = cipher.renew(sealed.labelOf(row), bytes);
      if (again) put.run(again, ...keyOf(sealed, row));
    } catch (error) {
      if (!(error instanceof DamagedRow)) throw error;
      damaged += 1;
    }
  };
  return {
    damaged: () => damaged,
    step() {
      const table = tables[at];
      if (!table) return false;
      const rows = after === null ? table.first.all(ROWS_AT_ONCE) : table.next.all(...after, ROWS_AT_ONCE);
      for (const row of rows) renew(table, row);
      const last = rows.at(-1);
      after = last && rows.length === ROWS_AT_ONCE ? keyOf(table.sealed, last) : null;
      if (after === null) at += 1;
      return at < tables.length;
    },
  };
}

interface SealedTable {
  readonly sealed: SealedColumn;
  readonly first: StatementSync;
  readonly next: StatementSync;
  readonly put: StatementSync;
}

function tableOf(db: DatabaseSync, sealed: SealedColumn): SealedTable {
  const { table, keys, column, also = [] } = sealed;
  const [listed, places] = [keys.join(', '), keys.map(() => '?').join(', ')];
  const select = `SELECT ${[...keys, ...also, column].join(', ')} FROM ${table}`;
  return {
    sealed,
    first: db.prepare(`${select} ORDER BY ${listed} LIMIT ?`),
    next: db.prepare(`${select} WHERE (${listed}) > (${places}) ORDER BY ${listed} LIMIT ?`),
    put: db.prepare(`UPDATE ${table} SET ${column} = ? WHERE (${listed}) = (${places})`),
  };
}

function keyOf({ keys }: SealedColumn, row: Row): readonly SQLInputValue[] {
  return keys.map((name) => must((row[name] as SQLInputValue | undefined) ?? null, 'a key column'));
}

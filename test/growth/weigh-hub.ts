/** What the Hub's data directory weighs, table by table, and what of it is for children, what for cases. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Bytes on the Hub's disk. */
export interface HubWeight {
  /** All files of the directory. */
  readonly diskBytes: number;
  readonly entries: number;
  /** Entries whose bodies are not in a chapter. */
  readonly bodiesAlone: number;
  readonly documents: number;
  /** Tables and indexes, the heaviest first. */
  readonly tables: Readonly<Record<string, number>>;
  /** Shares of kinds: entries, states and indexes, by whose files they are. */
  readonly childBytes: number;
  readonly caseBytes: number;
  readonly largestStates: readonly (readonly [kind: string, bytes: number])[];
}

const CASE_KINDS = /\/(?:case|intake|contact-note|task|held|informant|sealed-[a-z-]+)(?:\/|$)/u;
const LARGEST = 5;

/** Returns what is in the directory now. The Hub may be at work. */
export function weighHub(directory: string): HubWeight {
  const db = new DatabaseSync(join(directory, 'feed.sqlite'), { readOnly: true });
  try {
    const tables = tablesOf(db);
    const entries = perDocument(
      db,
      'SELECT document, count(*) AS n, sum(length(body)) AS bytes FROM entries GROUP BY 1',
    );
    const states = perDocument(db, 'SELECT document, 1 AS n, length(state) AS bytes FROM documents');
    const shares = [
      shareOf(entries, sumOf(tables, /^entries|^chapters/u)),
      shareOf(states, sumOf(tables, /documents|receipts/u)),
    ];
    const largest = states.toSorted((a, b) => b.bytes - a.bytes).slice(0, LARGEST);
    return {
      diskBytes: readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0),
      entries: entries.reduce((sum, { n }) => sum + n, 0),
      bodiesAlone: Number(db.prepare('SELECT count(*) AS n FROM entries WHERE length(body) > 0').get()?.['n']),
      documents: states.length,
      tables,
      childBytes: Math.round(shares.reduce((sum, { child }) => sum + child, 0)),
      caseBytes: Math.round(shares.reduce((sum, share) => sum + share.case, 0)),
      largestStates: largest.map(({ document, bytes }) => [document?.split('/')[1] ?? '', bytes]),
    };
  } finally {
    db.close();
  }
}

interface Line {
  readonly document: string | null;
  readonly n: number;
  readonly bytes: number;
}

function tablesOf(db: DatabaseSync): Record<string, number> {
  const rows = db.prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY 1 ORDER BY 2 DESC').all();
  return Object.fromEntries(rows.map(({ name, bytes }) => [name as string, bytes as number]));
}

function perDocument(db: DatabaseSync, sql: string): readonly Line[] {
  return db.prepare(sql).all() as unknown as readonly Line[];
}

function sumOf(tables: Readonly<Record<string, number>>, names: RegExp): number {
  return Object.entries(tables).reduce((sum, [name, bytes]) => sum + (names.test(name) ? bytes : 0), 0);
}

/** What lies around the bodies, and those that lie together, is shared out by rows. */
function shareOf(lines: readonly Line[], tableBytes: number): { readonly child: number; readonly case: number } {
  const [rows, bodies] = [lines.reduce((sum, { n }) => sum + n, 0), lines.reduce((sum, { bytes }) => sum + bytes, 0)];
  const aroundBytes = (tableBytes - bodies) / Math.max(1, rows);
  const share = { child: 0, case: 0 };
  for (const { document, n, bytes } of lines) {
    if (document === null || document.endsWith('/member')) continue;
    share[CASE_KINDS.test(document) ? 'case' : 'child'] += bytes + n * aroundBytes;
  }
  return share;
}

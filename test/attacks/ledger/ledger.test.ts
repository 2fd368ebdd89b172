import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { type HubPlace, openHub } from '@chungtay/server/jobs/open-hub';
import type { FeedDamage } from '@chungtay/server/jobs/verify';
import { createCommuneFolder } from '@chungtay/server/ops/commune-folder';
import { makeKeyFile, readKeyFile } from '@chungtay/server/ops/secret';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NODE, ROOT } from '../../../packages/server/bin/ensure.mjs';
import { Forger } from './forger.ts';
import { SILENT, growLog } from './long-log.ts';

const ROWS = 2_300;
/** Rows from one tampered with to the next: each shows where it is, so that many are tried in one verification. */
const STRIDE = 4;
const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
const place: HubPlace = { dataDirectory: join(folder, 'hub'), keyFile: join(folder, 'hub.key') };
let forger: Forger;
let rows = 0;
let tried = 0;

beforeAll(async () => {
  makeKeyFile(place.keyFile);
  createCommuneFolder(place.dataDirectory, { name: 'Xã Ea Wy', isDemo: false }, readKeyFile(place.keyFile));
  await growLog(place, ROWS);
  // the older bodies go together into blocks once somebody writes again
  const open = await openHub(place, SILENT);
  const { member } = await open.hub.invite({
    name: 'Lò Văn Pản',
    role: 'lead',
    villages: ['*'],
    schools: [],
    namedFor: [],
    untilMs: null,
  });
  await open.hub.suspendMember(member);
  forger = new Forger(place);
  // the Hub does that beside its work, when it comes to it
  await vi.waitUntil(() => chapters() > 0, 60_000);
  await open.close();
  rows = forger.count();
}, 120_000);
afterAll(() => {
  forger.close();
  rmSync(folder, { recursive: true, force: true });
});

const chapters = (): number => Number(forger.db.prepare('SELECT count(*) AS n FROM chapters').get()?.['n']);

const chained = (damages: readonly FeedDamage[]): ReadonlySet<number> =>
  new Set(damages.flatMap((damage) => (damage.is === 'chain' ? [damage.seq] : [])));

/** Tampers with every row of the log, one in four at a time; returns those whose tampering was not found where it shows. */
async function unfound(
  tamper: (db: DatabaseSync, seq: number) => void,
  showsAt: (seq: number) => number = (seq) => seq,
): Promise<readonly number[]> {
  const missed: number[] = [];
  for (let first = 1; first <= STRIDE; first += 1) {
    const chosen = Array.from({ length: Math.ceil((rows - first) / STRIDE) }, (_, at) => first + at * STRIDE);
    const found = chained(await forger.attempt((db) => chosen.forEach((seq) => tamper(db, seq))));
    missed.push(...chosen.filter((seq) => !found.has(showsAt(seq))));
    tried += chosen.length;
  }
  return missed;
}

function set(
  db: DatabaseSync,
  seq: number,
  column: string,
  value: SQLInputValue | ((row: Record<string, unknown>) => SQLInputValue),
): void {
  const row = db.prepare('SELECT * FROM entries WHERE seq = ?').get(seq) ?? {};
  db.prepare(`UPDATE entries SET ${column} = ? WHERE seq = ?`).run(
    typeof value === 'function' ? value(row) : value,
    seq,
  );
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** Returns the plain body of an entry, wherever it lies. */
function bodyOf(db: DatabaseSync, seq: number): Uint8Array {
  const body = db.prepare('SELECT body FROM entries WHERE seq = ?').get(seq)?.['body'] as Uint8Array;
  // of a body in a block: another one does as well, it is changed anyway
  return body.length > 0 ? forger.cipher.open(`entry/${seq}`, body) : new Uint8Array(200).fill(7);
}

describe('a log of thousands of rows', () => {
  it('[P19] control: it is sound, and long', async () => {
    expect(await forger.attempt(() => undefined)).toEqual([]);
    expect(rows).toBeGreaterThan(2_000);
    expect(chapters()).toBeGreaterThan(0);
  });

  it.each<[string, (db: DatabaseSync, seq: number) => void]>([
    ['its time', (db, seq) => set(db, seq, 'at_ms', (row) => Number(row['at_ms']) + 1)],
    ['its type', (db, seq) => set(db, seq, 'type', (row) => (row['type'] === 'judged' ? 'receipt' : 'judged'))],
    ['its document', (db, seq) => set(db, seq, 'document', '01JTAB00000000000000000999/identity')],
    ['its person', (db, seq) => set(db, seq, 'member', (row) => Number(row['member']) + 1)],
    ['its device', (db, seq) => set(db, seq, 'device', `01JTABZ${String(seq).padStart(19, '0')}`)],
    ['its number', (db, seq) => set(db, seq, 'n', (row) => Number(row['n']) + 1_000_000)],
    ['its place in the chain', (db, seq) => set(db, seq, 'hash', (row) => flip(row['hash'] as Uint8Array, 5))],
    [
      'its words, by one who has the key',
      (db, seq) => set(db, seq, 'body', forger.cipher.seal(`entry/${seq}`, flip(bodyOf(db, seq), 8))),
    ],
  ])('[P19] a change of %s is found at every row', async (_what, tamper) => {
    expect(await unfound(tamper)).toEqual([]);
  });

  it('[P19] a row taken out is found behind every gap', async () => {
    const missed = await unfound(
      (db, seq) => void db.prepare('DELETE FROM entries WHERE seq = ?').run(seq),
      (seq) => seq + 1,
    );
    expect(missed).toEqual([]);
  });

  it('[P19] two rows that changed places are found, everywhere', async () => {
    const swap = (db: DatabaseSync, seq: number): void => {
      const bodies = [seq, seq + 1].map((at) => bodyOf(db, at));
      db.exec(`UPDATE entries SET seq = -1 WHERE seq = ${seq}; UPDATE entries SET seq = ${seq} WHERE seq = ${seq + 1};
        UPDATE entries SET seq = ${seq + 1} WHERE seq = -1`);
      for (const [at, body] of bodies.toReversed().entries())
        set(db, seq + at, 'body', forger.cipher.seal(`entry/${seq + at}`, body));
    };
    expect(await unfound(swap)).toEqual([]);
  });

  it('[P19] words changed by one without the key make the log unreadable, not believable', async () => {
    for (let seq = 1; seq <= rows; seq += 301) {
      const garbage = await forger.attempt((db) => set(db, seq, 'body', new Uint8Array(120).fill(9)));
      const moved = await forger.attempt((db) =>
        set(
          db,
          seq,
          'body',
          (db.prepare('SELECT body FROM entries WHERE seq = ?').get(rows)?.['body'] as Uint8Array) ?? null,
        ),
      );
      expect([garbage, moved]).toEqual([[{ is: 'unreadable' }], [{ is: 'unreadable' }]]);
      tried += 2;
    }
    const blocks = [
      'DELETE FROM chapters',
      `UPDATE chapters SET bodies = zeroblob(200)`,
      'UPDATE chapters SET first_seq = first_seq + 1',
    ];
    for (const sql of blocks) expect(await forger.attempt((db) => db.exec(sql))).toEqual([{ is: 'unreadable' }]);
  });

  it('[P19] a row put in is found, at the end and in the middle', async () => {
    for (let seq = 2; seq < rows; seq += 501) {
      const last = await forger.attempt((db) =>
        db.exec(
          `INSERT INTO entries SELECT ${rows + 1}, at_ms, type, document, member, device, n + 1000000, hash, body FROM entries WHERE seq = ${seq}`,
        ),
      );
      const middle = await forger.attempt((db) =>
        db.exec(`UPDATE entries SET seq = -seq WHERE seq > ${seq}; UPDATE entries SET seq = 1 - seq WHERE seq < 0;
          INSERT INTO entries SELECT ${seq + 1}, at_ms, type, document, member, device, n + 1000000, hash, body FROM entries WHERE seq = ${seq}`),
      );
      expect([last.length > 0, middle.length > 0]).toEqual([true, true]);
      tried += 2;
    }
  });

  it('[P19] an end that was cut off is found by any head noted behind the cut, and otherwise by what is served', async () => {
    const hash = forger.db.prepare('SELECT hash FROM entries WHERE seq = ?').get(rows)?.['hash'] as Uint8Array;
    for (let seq = 1; seq < rows; seq += 97) {
      const damages = await forger.attempt(
        (db) => db.exec(`DELETE FROM entries WHERE seq > ${seq}`),
        new Map([[rows, hash]]),
      );
      expect(damages).toContainEqual({ is: 'head', seq: rows });
      tried += 1;
    }
  });

  it('[P20] a document served as it was before is found, and one that is gone', async () => {
    const heads = forger.db.prepare('SELECT document, last_seq FROM documents').all();
    expect(heads.length).toBeGreaterThan(29);
    for (const [at, { document, last_seq: lastSeq }] of heads.entries()) {
      if (at % 3 > 0) continue;
      const older = forger.cipher.seal(`state/${String(document)}/${Number(lastSeq)}`, new Uint8Array([0, 0]));
      const damages = await forger.attempt(
        (db) => void db.prepare('UPDATE documents SET state = ? WHERE document = ?').run(older, document ?? ''),
      );
      expect(damages).toEqual([{ is: 'state', document }]);
      const gone = await forger.attempt(
        (db) => void db.prepare('DELETE FROM documents WHERE document = ?').run(document ?? ''),
      );
      expect(gone).toEqual([{ is: 'state', document }]);
      tried += 2;
    }
  });

  it.each<[string, string, string]>([
    ['member', 'somebody who is suspended', 'UPDATE members SET suspended = 1 - suspended WHERE member = 1'],
    ['member', 'somebody who is gone', 'DELETE FROM members WHERE member = 1'],
    ['device', 'a device that is believed no more', 'UPDATE devices SET revoked = 1 WHERE last_n > 0'],
    ['device', 'a device of somebody else', 'UPDATE devices SET member = 2 WHERE last_n > 0'],
    ['device', 'another key', 'UPDATE devices SET seal_key = zeroblob(32) WHERE last_n > 0'],
    ['device', 'a device without client ids', "UPDATE devices SET leases = '[]' WHERE last_n > 0"],
    ['device', 'a device that begins anew', 'UPDATE devices SET last_n = 1 WHERE last_n > 1'],
    ['device', 'a device whose last word was another', 'UPDATE devices SET last_hash = zeroblob(32) WHERE last_n > 0'],
    ['device', 'a device that has come further', 'UPDATE devices SET last_n = last_n + 1 WHERE last_n > 0'],
    ['device', 'a device that is gone', 'DELETE FROM devices WHERE last_n > 0'],
    [
      'device',
      'one more device',
      `INSERT INTO devices (device, member, sign_key, seal_key, leases, last_n, last_hash, revoked, last_contact_ms)
       SELECT 'X', member, sign_key, seal_key, leases, 0, last_hash, 0, 0 FROM devices LIMIT 1`,
    ],
  ])('[P20] [AUD-5] a row about a %s is found: %s', async (is, _what, sql) => {
    const damages = await forger.attempt((db) => db.exec(sql));
    expect(damages.filter((damage) => damage.is === is).length).toBeGreaterThan(0);
  });

  it.each<[string, string, string]>([
    ['ids', 'an epoch that was not begun', 'UPDATE hub SET epoch = epoch + 1'],
    ['ids', 'an epoch that was left', 'UPDATE hub SET epoch = 0'],
    ['ids', 'ids that are given out again', 'UPDATE hub SET next_client_id = next_client_id - 1'],
    ['ids', 'ids of no epoch', 'UPDATE hub SET next_client_id = 1'],
    [
      'member',
      'somebody who was suspended then',
      'UPDATE members SET suspended = 1 WHERE seq = (SELECT min(seq) FROM members)',
    ],
    [
      'member',
      'somebody who was appointed later',
      'UPDATE members SET seq = seq + 1 WHERE seq = (SELECT min(seq) FROM members)',
    ],
    ['member', 'somebody whose past is gone', 'DELETE FROM members WHERE seq = (SELECT min(seq) FROM members)'],
    ['scope', 'a folder whose past is gone', 'DELETE FROM scopes WHERE seq = (SELECT min(seq) FROM scopes)'],
    [
      'scope',
      'a folder that was elsewhere later',
      'UPDATE scopes SET seq = seq + 1 WHERE seq = (SELECT min(seq) FROM scopes)',
    ],
  ])('[P20] [AUD-5] what was right at a past moment is found changed, in %s: %s', async (is, _what, sql) => {
    const damages = await forger.attempt((db) => {
      db.exec(sql);
      expect(db.prepare('SELECT changes() AS n').get()?.['n']).toBe(1);
    });
    // a sealed row that was moved opens no more
    expect(damages.every((damage) => damage.is === is || damage.is === 'unreadable')).toBe(true);
    expect(damages.length).toBeGreaterThan(0);
  });

  it.each<[string, string]>([
    ['member', `UPDATE members SET who = :sealed WHERE seq = :seq`],
    ['scope', `UPDATE scopes SET scope = :sealed WHERE seq = :seq`],
  ])('[P20] [AUD-5] an older row that the operator sealed anew is found: %s', async (is, sql) => {
    const table = `${is}s`;
    const row = forger.db.prepare(`SELECT * FROM ${table} WHERE seq = (SELECT min(seq) FROM ${table})`).get() ?? {};
    const [key, cell] = is === 'member' ? ['member', 'who'] : ['folder', 'scope'];
    const name = `${is}/${String(row[key])}/${String(row['seq'])}`;
    const said = Buffer.from(forger.cipher.open(name, row[cell] as Uint8Array)).toString();
    const changed = is === 'member' ? said.replace('"lead"', '"chair"') : said.replace('thon-dong', 'thon-bac');
    expect(changed).not.toBe(said);
    const sealed = forger.cipher.seal(name, Buffer.from(changed));
    const damages = await forger.attempt((db) => void db.prepare(sql).run({ sealed, seq: row['seq'] ?? 0 }));
    expect(damages).toEqual([{ is, [key]: row[key] }]);
  });

  it('[P19] that were more than twenty thousand attempts', () => {
    expect(tried).toBeGreaterThan(20_000);
  });
});

describe('an older copy put in place of the whole', () => {
  const other: HubPlace = { dataDirectory: join(folder, 'other'), keyFile: join(folder, 'other.key') };
  const file = join(other.dataDirectory, 'feed.sqlite');
  const heads = `${other.dataDirectory}.heads`;
  const ct = (...words: readonly string[]) =>
    spawnSync(NODE, [join(ROOT, 'packages/server/src/cli/main.ts'), ...words], {
      env: { PATH: process.env['PATH'], CT_DATA_DIR: other.dataDirectory, CT_KEY_FILE: other.keyFile },
      encoding: 'utf8',
    });

  it('[P19] is sound in itself, and found by the head that was noted outside', async () => {
    makeKeyFile(other.keyFile);
    createCommuneFolder(other.dataDirectory, { name: 'Xã Ea Wy', isDemo: false }, readKeyFile(other.keyFile));
    await growLog(other, 60);
    copyFileSync(file, join(folder, 'older'));
    const open = await openHub(other, SILENT);
    await open.hub.invite({ name: 'Lý Mẩy', role: 'nurse', villages: ['*'], schools: [], namedFor: [], untilMs: null });
    await open.noteHead();
    const { seq } = open.hub.head();
    await open.close();
    expect(ct('verify')).toMatchObject({ status: 0, stdout: expect.stringContaining('no damage') });
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    copyFileSync(join(folder, 'older'), file);
    expect(ct('verify')).toMatchObject({ status: 1, stdout: expect.stringContaining(`head ${seq}`) });
    const noted = readFileSync(heads, 'utf8');
    rmSync(heads);
    // nothing in the file itself tells: that is what the head outside is for
    expect(ct('verify')).toMatchObject({ status: 0 });
    appendFileSync(heads, noted.replace(`"seq":${seq}`, '"seq":2'));
    expect(ct('verify').stdout).toContain('lines that this Hub did not write');
    expect(existsSync(heads)).toBe(true);
  });
});

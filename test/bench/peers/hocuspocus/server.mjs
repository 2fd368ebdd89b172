// @hocuspocus/server 4.7 with its Database extension on node:sqlite: schema, statements and defaults of @hocuspocus/extension-sqlite,
// whose better-sqlite3 12 aborts on this Node. Limits for pending documents are lifted: by default a client of 1,000 reconnects for ever.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';
import { answer } from '../../answer.ts';
import { recordOf } from '../../corpus.ts';
import { recordIndexOf } from '../../crowd/seats.ts';
import { whenAll } from '../poll.mjs';
import { changedStateOf, hasMark, stateOf } from '../y-record.mjs';
import { strokeInState } from '../y-stroke.mjs';

const SCHEMA = `CREATE TABLE IF NOT EXISTS "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))`;
const SELECT = `SELECT data FROM "documents" WHERE name = $name ORDER BY rowid DESC`;
const UPSERT = `INSERT INTO "documents" ("name", "data") VALUES ($name, $data) ON CONFLICT(name) DO UPDATE SET data = $data`;
let database;
let server;

answer({
  async open({ folder }) {
    database = new DatabaseSync(join(folder, 'hocuspocus.db'));
    database.exec(SCHEMA);
    server = new Server({
      address: '127.0.0.1',
      quiet: true,
      stopOnSignals: false,
      maxPendingDocuments: 1e6,
      maxUnauthenticatedQueueMessages: 1e7,
      maxUnauthenticatedQueueSize: 1e9,
      extensions: [new Database({ fetch, store })],
    });
    await server.listen(0);
    return server.httpServer.address().port;
  },
  seed: ({ documents }) =>
    writeAll(
      Array.from({ length: documents }, (_, index) => index),
      stateOf,
    ),
  edit: ({ changed }) => writeAll(changed, changedStateOf),
  arrived: ({ changed }) =>
    whenAll(changed, (index) => {
      const doc = server.hocuspocus.documents.get(recordOf(index).name);
      return doc !== undefined && hasMark(doc, index, 'here');
    }),
  whenHeld: ({ strokes }) => whenAll(strokes, ([number, stroke]) => strokeOnDisk(number) >= stroke),
  strokes: ({ numbers }) => numbers.map(strokeOnDisk),
});

function strokeOnDisk(number) {
  return strokeInState(database.prepare(SELECT).get({ name: recordOf(recordIndexOf(number)).name })?.data);
}

async function fetch({ documentName }) {
  return database.prepare(SELECT).get({ name: documentName })?.data ?? null;
}

async function store({ documentName, state }) {
  database.prepare(UPSERT).run({ name: documentName, data: state });
}

function writeAll(indexes, stateFor) {
  const upsert = database.prepare(UPSERT);
  database.exec('BEGIN');
  for (const index of indexes) upsert.run({ name: recordOf(index).name, data: stateFor(index) });
  database.exec('COMMIT');
}

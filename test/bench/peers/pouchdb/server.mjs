// express-pouchdb 4.2: the CouchDB replication protocol over PouchDB's LevelDB.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { answer, instantMs } from '../../answer.ts';
import { recordOf } from '../../corpus.ts';
import { recordIndexOf, STROKE_FIELD, strokeOfText } from '../../crowd/seats.ts';
import { editJson, hasMark, jsonOf } from '../json-record.mjs';
import { whenAll } from '../poll.mjs';

let records;

answer({
  async open({ folder }) {
    const at = join(folder, 'pouchdb');
    mkdirSync(at, { recursive: true });
    const Stored = PouchDB.defaults({ prefix: `${at}/` });
    const program = express();
    program.use(
      '/db',
      expressPouchDB(Stored, { mode: 'minimumForPouchDB', logPath: `${at}/log.txt`, inMemoryConfig: true }),
    );
    records = new Stored('commune');
    const server = createServer(program);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server.address().port;
  },
  async seed({ documents }) {
    for (let from = 0; from < documents; from += 500) {
      const count = Math.min(500, documents - from);
      await records.bulkDocs(
        Array.from({ length: count }, (_, k) => ({ _id: recordOf(from + k).name, ...jsonOf(from + k) })),
      );
    }
  },
  async edit({ changed }) {
    for (const index of changed) {
      const record = await records.get(recordOf(index).name);
      editJson(record, index, 'there');
      await records.put(record);
    }
  },
  arrived: ({ changed }) =>
    whenAll(changed, async (index) => hasMark(await records.get(recordOf(index).name), index, 'here')),
  // it answers when LevelDB has it
  whenHeld: () => instantMs(),
  strokes: ({ numbers }) =>
    Promise.all(
      numbers.map(async (number) => {
        const { name } = recordOf(recordIndexOf(number));
        return strokeOfText((await records.get(name).catch(() => null))?.[STROKE_FIELD]);
      }),
    ),
});

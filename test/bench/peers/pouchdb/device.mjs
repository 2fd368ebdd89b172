// PouchDB 9 on LevelDB, replicating both ways.
import PouchDB from 'pouchdb';
import { recordOf } from '../../corpus.ts';
import { offer } from '../../device.ts';
import { editJson, hasMark, lineOf } from '../json-record.mjs';

let records;

offer({
  async prepare({ port, folder }) {
    records = new PouchDB(`${folder}/pouchdb-device`);
    await records.replicate.from(remoteAt(port));
    await records.replicate.to(remoteAt(port));
  },
  async edit({ changed }) {
    for (const index of changed) {
      const record = await records.get(recordOf(index).name);
      editJson(record, index, 'here');
      await records.put(record);
    }
  },
  async catchUp({ port }) {
    await records.sync(remoteAt(port));
  },
  async verify({ changedThere }) {
    for (const index of changedThere) {
      if (!hasMark(await records.get(recordOf(index).name), index, 'there')) throw new Error('a change is missing');
    }
  },
  async enrol({ folder }) {
    records = new PouchDB(`${folder}/pouchdb-device`);
    await records.info();
  },
  async bootstrap({ port, documents }, listed) {
    const lines = new Map();
    // told for every batch that is on the disk, with its documents
    const replication = records.replicate.from(remoteAt(port)).on('change', ({ docs }) => {
      for (const record of docs) lines.set(record._id, lineOf(record));
      listed(lines.size);
    });
    await replication;
    if (lines.size !== documents) throw new Error(`${lines.size} lines of ${documents} documents`);
    const { doc_count: held } = await records.info();
    if (held !== documents) throw new Error(`${held} of ${documents} documents`);
  },
});

function remoteAt(port) {
  return new PouchDB(`http://127.0.0.1:${port}/db/commune`, { skip_setup: true });
}

// PouchDB 9 on LevelDB, replicating both ways.
import PouchDB from 'pouchdb';
import { recordOf } from '../../corpus.ts';
import { offer } from '../../device.ts';
import { editJson, hasMark } from '../json-record.mjs';

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
  async bootstrap({ port, documents, folder }) {
    records = new PouchDB(`${folder}/pouchdb-device`);
    await records.replicate.from(remoteAt(port));
    const { doc_count: held } = await records.info();
    if (held !== documents) throw new Error(`${held} of ${documents} documents`);
  },
});

function remoteAt(port) {
  return new PouchDB(`http://127.0.0.1:${port}/db/commune`, { skip_setup: true });
}

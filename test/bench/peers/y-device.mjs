// What the clients of Yjs have in common: a Y.Doc in memory per record, and how it is joined with the server.
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { offer } from '../device.ts';
import { countMessagesOf } from '../meter.ts';
import { docOf, editDoc, hasMark, isWhole, lineOf } from './y-record.mjs';

/** Offers a device whose documents `join(port, docs)` connects, all at once. */
export function offerYDevice(join) {
  countMessagesOf(WebSocket.prototype);
  const docs = [];
  offer({
    async prepare({ documents }) {
      for (let index = 0; index < documents; index += 1) docs.push(docOf(index, 'here'));
    },
    async edit({ changed }) {
      for (const index of changed) editDoc(docs[index], index, 'here');
    },
    async catchUp({ port, changedThere }) {
      const arrived = Promise.all(
        changedThere.map((index) => until(docs[index], (doc) => hasMark(doc, index, 'there'))),
      );
      join(port, docs);
      await arrived;
    },
    async bootstrap({ port, documents }, listed) {
      const lines = new Map();
      for (let index = 0; index < documents; index += 1) docs.push(new Y.Doc());
      const list = async (doc, index) => {
        await until(doc, () => isWhole(doc, index));
        lines.set(index, lineOf(doc));
        listed(lines.size);
      };
      const arrived = Promise.all(docs.map(list));
      join(port, docs);
      await arrived;
    },
  });
}

function until(doc, isTrue) {
  return new Promise((resolve) => {
    const look = () => {
      if (!isTrue(doc)) return;
      doc.off('update', look);
      resolve();
    };
    doc.on('update', look);
  });
}

// The device of the bare change feed: documents as bytes, opened when a change arrives.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { recordOf } from '../../corpus.ts';
import { offer } from '../../device.ts';
import { countMessagesOf } from '../../meter.ts';
import { editDoc, hasMark } from '../y-record.mjs';
import { decodeMessage, encodeMessage } from './frames.mjs';

countMessagesOf(WebSocket.prototype);
const states = new Map();
const outbox = [];
let cursor = 0;

offer({
  async prepare({ port }) {
    const socket = await joinFeed(port);
    socket.close();
    await once(socket, 'close');
  },
  async edit({ changed }) {
    for (const index of changed) {
      const { name } = recordOf(index);
      const doc = open(name);
      const update = editDoc(doc, index, 'here');
      states.set(name, Y.encodeStateAsUpdate(doc));
      outbox.push([name, update]);
    }
  },
  async catchUp({ port }) {
    await joinFeed(port);
  },
  async verify({ changedThere }) {
    for (const index of changedThere) {
      if (!hasMark(open(recordOf(index).name), index, 'there')) throw new Error('a change is missing');
    }
  },
  async bootstrap({ port, documents }) {
    await joinFeed(port);
    if (states.size !== documents) throw new Error(`${states.size} of ${documents} documents`);
  },
});

/** Resolves once the feed is read to its end and the outbox is acknowledged. */
async function joinFeed(port) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await once(socket, 'open');
  socket.send(encodeMessage('join', [cursor]));
  const isPushing = outbox.length > 0;
  if (isPushing) socket.send(encodeMessage('push', [], outbox.splice(0)));
  await new Promise((resolve) => {
    let isRead = false;
    let isAcknowledged = !isPushing;
    socket.on('message', (bytes) => {
      const { type, numbers, pairs } = decodeMessage(bytes);
      for (const [name, update] of pairs) apply(name, update);
      if (type === 'ack') isAcknowledged = true;
      else [cursor, isRead] = numbers;
      if (isRead && isAcknowledged) resolve();
    });
  });
  return socket;
}

function apply(name, update) {
  const held = states.get(name);
  states.set(name, held ? Y.mergeUpdates([held, update]) : update);
}

function open(name) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, states.get(name));
  return doc;
}

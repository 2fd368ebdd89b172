// "floor": a throw-away change feed. Durable before it acknowledges, and nothing else: no signature, check, right, audit or encryption.
// It shows the shape of the limit; it is no product.
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { answer } from '../../answer.ts';
import { recordOf } from '../../corpus.ts';
import { whenAll } from '../poll.mjs';
import { docOf, editDoc, hasMark, stateOf } from '../y-record.mjs';
import { decodeMessage, encodeMessage } from './frames.mjs';

const FRAME_BYTES = 1 << 17;
let database;
let insert;
let since;

answer({
  async open({ folder }) {
    database = new DatabaseSync(join(folder, 'floor.db'));
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
    database.exec(
      'CREATE TABLE IF NOT EXISTS log(seq INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, bytes BLOB NOT NULL)',
    );
    insert = database.prepare('INSERT INTO log(name, bytes) VALUES(?, ?)');
    since = database.prepare('SELECT seq, name, bytes FROM log WHERE seq > ? ORDER BY name, seq');
    const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    sockets.on('connection', (socket) => socket.on('message', (bytes) => receive(socket, decodeMessage(bytes))));
    await once(sockets, 'listening');
    return sockets.address().port;
  },
  seed: ({ documents }) =>
    writeAll(Array.from({ length: documents }, (_, index) => [recordOf(index).name, stateOf(index)])),
  edit: ({ changed }) =>
    writeAll(changed.map((index) => [recordOf(index).name, editDoc(docOf(index, 'there'), index, 'there')])),
  arrived({ changed }) {
    const read = database.prepare('SELECT bytes FROM log WHERE name = ? ORDER BY seq');
    return whenAll(changed, (index) => {
      const doc = new Y.Doc();
      for (const { bytes } of read.iterate(recordOf(index).name)) Y.applyUpdate(doc, bytes);
      return hasMark(doc, index, 'here');
    });
  },
});

function receive(socket, { type, numbers, pairs }) {
  if (type === 'join') sendSince(socket, numbers[0]);
  else {
    writeAll(pairs);
    socket.send(encodeMessage('ack', []));
  }
}

function sendSince(socket, cursor) {
  let head = cursor;
  let pairs = [];
  let sizeBytes = 0;
  const flush = (isLast) => socket.send(encodeMessage('feed', [head, isLast], pairs));
  for (const [name, rows] of Map.groupBy(since.iterate(cursor), (row) => row.name)) {
    const update = rows.length > 1 ? Y.mergeUpdates(rows.map((row) => row.bytes)) : rows[0].bytes;
    pairs.push([name, update]);
    sizeBytes += update.length;
    head = Math.max(head, ...rows.map((row) => row.seq));
    if (sizeBytes > FRAME_BYTES) {
      flush(false);
      pairs = [];
      sizeBytes = 0;
    }
  }
  flush(true);
}

function writeAll(pairs) {
  database.exec('BEGIN IMMEDIATE');
  for (const [name, update] of pairs) insert.run(name, update);
  database.exec('COMMIT');
}

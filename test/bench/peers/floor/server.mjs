// "floor": a throw-away change feed. Durable before it acknowledges, and nothing else: no signature, check, right, audit or encryption.
// It shows the shape of the limit; it is no product.
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { answer, instantMs } from '../../answer.ts';
import { recordOf } from '../../corpus.ts';
import { recordIndexOf } from '../../crowd/seats.ts';
import { whenAll } from '../poll.mjs';
import { docOf, editDoc, hasMark, stateOf } from '../y-record.mjs';
import { strokeInState } from '../y-stroke.mjs';
import { decodeMessage, encodeMessage } from './frames.mjs';

const FRAME_BYTES = 1 << 17;
let database;
let insert;
let since;
const holders = new Map();
const queue = [];

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
  // what is answered is on the disk
  whenHeld: () => instantMs(),
  strokes({ numbers }) {
    const read = database.prepare('SELECT bytes FROM log WHERE name = ? ORDER BY seq');
    return numbers.map((number) => {
      const rows = read.all(recordOf(recordIndexOf(number)).name);
      return rows.length > 0 ? strokeInState(Y.mergeUpdates(rows.map(({ bytes }) => bytes))) : -1;
    });
  },
});

function receive(socket, { type, numbers, pairs }) {
  if (type === 'join') admit(socket, numbers[0], pairs);
  else {
    queue.push({ socket, pairs, count: numbers[0] ?? pairs.length });
    if (queue.length === 1) setImmediate(commitQueue);
  }
}

/** With names: only these documents are told of. */
function admit(socket, cursor, pairs) {
  for (const [name] of pairs) {
    if (!holders.has(name)) holders.set(name, new Set());
    holders.get(name).add(socket);
    socket.on('close', () => holders.get(name).delete(socket));
  }
  sendSince(socket, cursor, new Set(pairs.map(([name]) => name)));
}

/** What waits is one commit; then answers, then others. */
function commitQueue() {
  const pushes = queue.splice(0);
  const last = writeAll(pushes.flatMap(({ pairs }) => pairs));
  for (const { socket, count } of pushes) socket.send(encodeMessage('ack', [count]));
  for (const { pairs } of pushes) {
    for (const [holder, told] of pairsByHolder(pairs)) holder.send(encodeMessage('feed', [last, true], told));
  }
}

function pairsByHolder(pairs) {
  const told = new Map();
  for (const pair of pairs) {
    for (const holder of holders.get(pair[0]) ?? []) {
      if (!told.has(holder)) told.set(holder, []);
      told.get(holder).push(pair);
    }
  }
  return told;
}

function sendSince(socket, cursor, names) {
  let head = cursor;
  let pairs = [];
  let sizeBytes = 0;
  const flush = (isLast) => socket.send(encodeMessage('feed', [head, isLast], pairs));
  for (const [name, rows] of Map.groupBy(since.iterate(cursor), (row) => row.name)) {
    if (names.size > 0 && !names.has(name)) continue;
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
  let last = 0;
  for (const [name, update] of pairs) last = Number(insert.run(name, update).lastInsertRowid);
  database.exec('COMMIT');
  return last;
}

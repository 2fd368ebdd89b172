// @y/websocket-server 0.1.1 as published (0.1.5 cannot be installed: it asks for a release that does not exist).
// BENCH_PERSISTED=1 keeps documents in its LevelDB; otherwise in memory alone.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as Y from 'yjs';
import { answer } from '../../answer.ts';
import { recordOf } from '../../corpus.ts';
import { recordIndexOf } from '../../crowd/seats.ts';
import { whenAll } from '../poll.mjs';
import { changedStateOf, hasMark, stateOf } from '../y-record.mjs';
import { strokeIn } from '../y-stroke.mjs';

const isPersisted = process.env.BENCH_PERSISTED === '1';
let y;

answer({
  async open({ folder }) {
    if (isPersisted) process.env.YPERSISTENCE = join(folder, 'leveldb');
    y = await import('@y/websocket-server/utils');
    const require = createRequire(import.meta.resolve('@y/websocket-server/utils'));
    const sockets = new (require('ws').Server)({ noServer: true });
    sockets.on('connection', y.setupWSConnection);
    const server = createServer();
    server.on('upgrade', (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, (open) => sockets.emit('connection', open, request));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server.address().port;
  },
  async seed({ documents }) {
    for (let index = 0; index < documents; index += 1) await store(index, stateOf(index));
  },
  async edit({ changed }) {
    for (const index of changed) await store(index, changedStateOf(index));
  },
  arrived: ({ changed }) =>
    whenAll(changed, (index) => {
      const doc = y.docs.get(recordOf(index).name);
      return doc !== undefined && hasMark(doc, index, 'here');
    }),
  whenHeld: ({ strokes }) =>
    whenAll(strokes, async ([number, stroke]) => {
      const { name } = recordOf(recordIndexOf(number));
      const doc = y.docs.get(name);
      if (!doc || strokeIn(doc) < stroke) return false;
      return !isPersisted || strokeIn(await y.getPersistence().provider.getYDoc(name)) >= stroke;
    }),
  async strokes({ numbers }) {
    const found = [];
    for (const number of numbers) {
      const { name } = recordOf(recordIndexOf(number));
      found.push(strokeIn(isPersisted ? await y.getPersistence().provider.getYDoc(name) : y.getYDoc(name)));
    }
    return found;
  },
});

async function store(index, state) {
  const { name } = recordOf(index);
  if (isPersisted) await y.getPersistence().provider.storeUpdate(name, state);
  else Y.applyUpdate(y.getYDoc(name), state);
}

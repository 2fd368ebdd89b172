// automerge-repo 2.5 with its WebSocket server adapter and its file storage.
import { once } from 'node:events';
import { join } from 'node:path';
import { Repo } from '@automerge/automerge-repo';
import { WebSocketServerAdapter } from '@automerge/automerge-repo-network-websocket';
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs';
import { WebSocketServer } from 'ws';
import { answer } from '../../answer.ts';
import { editJson, hasMark, jsonOf } from '../json-record.mjs';
import { whenAll } from '../poll.mjs';

const handles = [];
let repo;

answer({
  async open({ folder }) {
    const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(sockets, 'listening');
    repo = new Repo({
      peerId: 'server',
      network: [new WebSocketServerAdapter(sockets)],
      storage: new NodeFSStorageAdapter(join(folder, 'automerge')),
      sharePolicy: async () => false,
    });
    return sockets.address().port;
  },
  async seed({ documents }) {
    for (let index = 0; index < documents; index += 1) handles.push(repo.create(jsonOf(index)));
    await repo.flush();
    return handles.map((one) => one.url);
  },
  async edit({ changed }) {
    for (const index of changed) handles[index].change((record) => editJson(record, index, 'there'));
    await repo.flush();
  },
  arrived: ({ changed }) => whenAll(changed, (index) => hasMark(handles[index].doc(), index, 'here')),
});

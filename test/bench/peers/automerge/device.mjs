// automerge-repo 2.5 with its WebSocket client adapter; documents in memory.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Repo } from '@automerge/automerge-repo';
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket';
import { WebSocket } from 'ws';
import { offer } from '../../device.ts';
import { countMessagesOf } from '../../meter.ts';
import { editJson, hasMark, lineOf } from '../json-record.mjs';

countMessagesOf(WebSocket.prototype);
const repo = new Repo({ peerId: `device-${process.pid}`, network: [], sharePolicy: async () => true });
let handles = [];

offer({
  async prepare({ port, seeded }) {
    const adapter = await connectTo(port);
    handles = await findAll(seeded);
    adapter.disconnect();
    // the adapter says goodbye in its own time
    await pause(500);
  },
  async edit({ changed }) {
    for (const index of changed) handles[index].change((record) => editJson(record, index, 'here'));
  },
  async catchUp({ port, changedThere }) {
    const arrived = Promise.all(
      changedThere.map((index) => until(handles[index], (one) => hasMark(one.doc(), index, 'there'))),
    );
    await connectTo(port);
    await arrived;
  },
  async bootstrap({ port, seeded }, listed) {
    await connectTo(port);
    const lines = new Map();
    const list = async (url) => {
      const found = await find(url);
      lines.set(url, lineOf(found.doc()));
      listed(lines.size);
      return found;
    };
    handles = await Promise.all(seeded.map(list));
  },
});

// asked for before there is a peer, a document counts as unavailable
async function connectTo(port) {
  const adapter = new WebSocketClientAdapter(`ws://127.0.0.1:${port}`);
  const isMet = once(adapter, 'peer-candidate');
  repo.networkSubsystem.addNetworkAdapter(adapter);
  await isMet;
  return adapter;
}

function findAll(urls) {
  return Promise.all(urls.map(find));
}

// under load the repository gives up on documents that its peer does have
async function find(url) {
  for (;;) {
    try {
      return await repo.find(url);
    } catch {
      await pause(20);
    }
  }
}

function until(one, isTrue) {
  return new Promise((resolve) => {
    const look = () => {
      if (!isTrue(one)) return;
      one.off('change', look);
      resolve();
    };
    one.on('change', look);
  });
}

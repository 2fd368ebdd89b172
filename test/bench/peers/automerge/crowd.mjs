// A crowd of automerge-repo 2.5: each device a repository with its own WebSocket client adapter, documents in memory.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Repo } from '@automerge/automerge-repo';
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket';
import { WebSocket } from 'ws';
import { offerCrowd } from '../../crowd/offer.ts';
import { recordIndexOf, STROKE_FIELD, strokeOfText, textOfStroke } from '../../crowd/seats.ts';
import { countMessagesOf } from '../../meter.ts';
import { jsonOf } from '../json-record.mjs';

countMessagesOf(WebSocket.prototype);
/** Where each document is found: its writer tells the others, as a program would. */
const urls = new Map();

offerCrowd(
  async (seat, place, { port }, hears) => {
    const repo = new Repo({ peerId: `device-${place}`, network: [], sharePolicy: async () => true });
    const adapter = new WebSocketClientAdapter(`ws://127.0.0.1:${port}`);
    const isMet = once(adapter, 'peer-candidate');
    repo.networkSubsystem.addNetworkAdapter(adapter);
    await isMet;
    for (const number of seat.reads) void read(repo, number, hears);
    const own = new Map();
    const kept = [];
    return {
      write: (number, stroke) => void kept.push([number, stroke]),
      send(count) {
        for (const [number, stroke] of kept.splice(0, count)) {
          if (stroke === 0) own.set(number, repo.create(jsonOf(recordIndexOf(number))));
          own.get(number).change((record) => void (record[STROKE_FIELD] = textOfStroke(stroke)));
          urls.set(number, own.get(number).url);
        }
      },
      leave: () => adapter.disconnect(),
      come: () => undefined,
    };
  },
  { isAcknowledged: false },
);

async function read(repo, number, hears) {
  const found = await find(repo, number);
  const look = () => hears.arrived(number, strokeOfText(found.doc()?.[STROKE_FIELD]));
  found.on('change', look);
  look();
}

async function find(repo, number) {
  for (;;) {
    try {
      if (urls.has(number)) return await repo.find(urls.get(number));
    } catch {
      // not announced to the server yet
    }
    await pause(20);
  }
}

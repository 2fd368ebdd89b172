// A crowd of Yjs clients: each device holds its documents as Y.Docs and joins them with the server in its engine's own way.
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { offerCrowd } from '../crowd/offer.ts';
import { countMessagesOf } from '../meter.ts';
import { strokeIn, writeStroke } from './y-stroke.mjs';

/** Offers a crowd; `join(port, docs, hears)` connects a device's documents and returns `{come, leave}`. */
export function offerYCrowd(join, { isAcknowledged }) {
  countMessagesOf(WebSocket.prototype);
  offerCrowd(
    (seat, place, { port }, hears) => {
      const docs = new Map([...seat.writes, ...seat.reads].map((number) => [number, new Y.Doc()]));
      for (const number of seat.reads) {
        const doc = docs.get(number);
        doc.on('update', () => hears.arrived(number, strokeIn(doc)));
      }
      const kept = [];
      return {
        ...join(port, docs, hears),
        write: (number, stroke) => void kept.push([number, stroke]),
        send(count) {
          for (const [number, stroke] of kept.splice(0, count)) writeStroke(docs.get(number), number, stroke);
        },
      };
    },
    { isAcknowledged },
  );
}

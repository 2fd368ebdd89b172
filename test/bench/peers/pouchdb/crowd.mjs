// A crowd on PouchDB's HTTP interface, without a database of its own on each device: documents are put, others' come by a live changes feed.
import { EventEmitter } from 'node:events';
import PouchDB from 'pouchdb';
import { recordOf } from '../../corpus.ts';
import { offerCrowd } from '../../crowd/offer.ts';
import { recordIndexOf, STROKE_FIELD, strokeOfText, textOfStroke } from '../../crowd/seats.ts';
import { jsonOf } from '../json-record.mjs';

EventEmitter.defaultMaxListeners = 0;
offerCrowd(
  (seat, place, { port }, hears) => {
    const records = new PouchDB(`http://127.0.0.1:${port}/db/commune`, { skip_setup: true });
    const numbers = new Map(seat.reads.map((number) => [nameOf(number), number]));
    if (numbers.size > 0) {
      const changes = records.changes({ live: true, include_docs: true, since: 0, doc_ids: [...numbers.keys()] });
      changes.on('change', ({ id, doc }) => {
        if (numbers.has(id)) hears.arrived(numbers.get(id), strokeOfText(doc[STROKE_FIELD]));
      });
    }
    return new Writer(records, hears);
  },
  { isAcknowledged: true },
);

class Writer {
  #kept = [];
  #last = new Map();
  #revisions = new Map();

  constructor(records, hears) {
    this.records = records;
    this.hears = hears;
  }

  write(number, stroke) {
    this.#kept.push([number, stroke]);
  }

  // a document is put again when the server has answered with its revision; different ones at once
  send(count) {
    for (const [number, stroke] of this.#kept.splice(0, count)) {
      const before = this.#last.get(number) ?? Promise.resolve();
      this.#last.set(
        number,
        // a server that was killed answers nothing, and then nothing is stored
        before.then(() => this.#put(number, stroke)).catch(() => undefined),
      );
    }
  }

  leave() {
    this.records.removeAllListeners();
  }

  async #put(number, stroke) {
    const _rev = this.#revisions.get(number);
    const record = { ...jsonOf(recordIndexOf(number)), [STROKE_FIELD]: textOfStroke(stroke) };
    const { rev } = await this.records.put({ _id: nameOf(number), ...(_rev ? { _rev } : {}), ...record });
    this.#revisions.set(number, rev);
    this.hears.stored(number, stroke);
  }
}

function nameOf(number) {
  return recordOf(recordIndexOf(number)).name;
}

/** Our device under measurement: signatures, sealed records, durable before it counts. */
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { offer, type Given } from '../device.ts';
import { countMessagesOf } from '../meter.ts';
import { hasMark, measuredEdit } from './documents.ts';
import { openSealedStore } from './sealed-store.ts';
import { enrolTablet, type Tablet } from './tablet.ts';

countMessagesOf(WebSocket.prototype as never);
let tablet: Tablet;

offer({
  enrol,
  async prepare(given) {
    await enrol(given);
    await tablet.meet(given.port);
    tablet.leave();
  },
  async edit({ changed }) {
    for (const index of changed) {
      const saved = await tablet.replica.edit([measuredEdit(index, 'here')]);
      if (!saved.ok) throw new Error(`an edit was refused: ${saved.error.reason}`);
    }
  },
  catchUp: ({ port }) => tablet.meet(port),
  async verify({ changedThere }) {
    if (!changedThere.every((index) => hasMark(tablet.replica, index, 'there'))) throw new Error('a change is missing');
  },
  async bootstrap({ port, documents }, listed) {
    const { replica } = tablet;
    // with every durable commit, as the page is told
    const stop = replica.subscribe(() => listed(replica.rows().length));
    await tablet.meet(port);
    stop();
    const rows = replica.rows().length;
    if (rows < documents) throw new Error(`${rows} rows of ${documents} documents`);
  },
});

async function enrol({ port, folder, seeded, place }: Given): Promise<void> {
  const code = (seeded as { readonly codes: readonly string[] }).codes[place];
  if (code === undefined) throw new Error('no invitation is left');
  tablet = await enrolTablet(port, code, await openSealedStore(join(folder, 'tablet.db')));
}

import { once } from 'node:events';
import type net from 'node:net';
import { encodePlainFrame } from '@chungtay/core/wire/codec';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { seededRandom } from '../../fixtures/world.ts';
import { Cutter, drawSendingPlan, sumOf, wordsOf } from './cutter.ts';
import { Link } from './link.ts';

const VERDICTS = encodePlainFrame(['verdicts', [{ n: 1, verdict: 'stored', atMs: 5 }]]);

/** A Hub that answers every push with a verdict, behind a link that one cutter watches. */
async function staged() {
  let pushes = 0;
  const hub = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  hub.on('connection', (socket) =>
    socket.on('message', () => {
      pushes += 1;
      socket.send(VERDICTS);
    }),
  );
  const link = await Link.open(() => (hub.address() as net.AddressInfo).port);
  const cutter = new Cutter();
  link.gate = cutter;
  return {
    link,
    cutter,
    pushes: () => pushes,
    /** Resolves when the Hub knows that everybody has left. */
    left: async () => {
      for (const socket of hub.clients) if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
    },
    end: async () => {
      await link.close();
      await new Promise((resolve) => hub.close(resolve));
    },
  };
}

/** Pushes once over a connection of its own; returns how many verdicts came before it ended, and whether it broke. */
async function pushOver(link: Link): Promise<{ readonly verdicts: number; readonly isBroken: boolean }> {
  const socket = new WebSocket(`${link.url.replace('http', 'ws')}/feed`);
  let verdicts = 0;
  let isBroken = true;
  socket.on('error', () => undefined);
  socket.on('open', () => socket.send(encodePlainFrame(['push', [Uint8Array.of(1)]])));
  socket.on('message', () => {
    verdicts += 1;
    // a wire that is whole answers a second time
    if (verdicts === 1) socket.send(encodePlainFrame(['ask-receipts', []]));
    if (verdicts < 2) return;
    isBroken = false;
    socket.close();
  });
  await new Promise((resolve) => socket.on('close', resolve));
  return { verdicts, isBroken };
}

describe('a network that breaks at a frame', () => {
  it.each([
    ['before', 0, { before: 1, after: 0, elsewhere: 0 }],
    ['inside', 0, { before: 1, after: 0, elsewhere: 0 }],
    ['after', 1, { before: 0, after: 1, elsewhere: 0 }],
  ] as const)('%s a verdict: the Hub has stored, %i verdicts are heard', async (how, heard, counts) => {
    const { link, cutter, pushes, end } = await staged();
    cutter.arm([{ of: 'verdicts', nth: 1, how, downMs: 0 }]);
    expect(await pushOver(link)).toEqual({ verdicts: heard, isBroken: true });
    expect(pushes()).toBeGreaterThan(0);
    expect(cutter.counts).toEqual(counts);
    expect(cutter.isArmed).toBe(false);
    await end();
  });

  it.each([
    ['before', 0],
    ['inside', 0],
    ['after', 1],
  ] as const)('%s a push: the Hub has heard %i', async (how, heard) => {
    const { link, cutter, pushes, left, end } = await staged();
    cutter.arm([{ of: 'push', nth: 1, how, downMs: 0 }]);
    expect(await pushOver(link)).toEqual({ verdicts: 0, isBroken: true });
    await left();
    expect(pushes()).toBe(heard);
    expect(cutter.counts).toEqual({ before: 0, after: 0, elsewhere: 1 });
    await end();
  });

  it('is back after its time, and counts nothing where nothing was open', async () => {
    const { link, cutter, end } = await staged();
    cutter.arm([{ of: 'any', nth: 2, how: 'before', downMs: 30 }]);
    expect(await pushOver(link)).toEqual({ verdicts: 0, isBroken: true });
    expect(await pushOver(link)).toEqual({ verdicts: 0, isBroken: true });
    expect(sumOf([cutter.counts])).toEqual({ before: 1, after: 0, elsewhere: 0 });
    let again = await pushOver(link);
    while (again.isBroken) again = await pushOver(link);
    expect(again.verdicts).toBe(2);
    expect(wordsOf(cutter.counts)).toBe('1 cuts (1 before a verdict, 0 after, 0 elsewhere)');
    await end();
  });

  it('is drawn by the seed: the same each time, others for others', () => {
    const plans = [1, 1, 2].map((seed) => JSON.stringify(drawSendingPlan(seededRandom(seed))));
    expect(plans[0]).toBe(plans[1]);
    expect(plans[0]).not.toBe(plans[2]);
    const drawn = Array.from({ length: 40 }, (_, seed) => drawSendingPlan(seededRandom(seed))).flat();
    expect(drawn.some(({ of, how }) => of === 'verdicts' && how !== 'after')).toBe(true);
    expect(drawn.some(({ of, how }) => of === 'verdicts' && how === 'after')).toBe(true);
    expect(drawn.some(({ of }) => of === 'any')).toBe(true);
  });
});

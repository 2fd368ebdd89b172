import { describe, expect, it } from 'vitest';
import { settle } from '../../../../test/fixtures/world.ts';
import { MemoryNetwork } from './memory-socket.ts';
import type { HubSocket } from './ports.ts';

/** One connection, and what each end heard: bytes as numbers, closes as texts. */
async function connected(isFlowing: boolean) {
  const network = new MemoryNetwork();
  network.isFlowing = isFlowing;
  const near: (number | string)[] = [];
  const far: (number | string)[] = [];
  const ends: HubSocket[] = [];
  const ears = (heard: (number | string)[]) => ({
    onFrame: (frame: Uint8Array) => void heard.push(frame[0] ?? -1),
    onClose: (code: number) => void heard.push(`closed ${code}`),
  });
  const dial = network.dialTo(() => (socket) => {
    ends.push(socket);
    return ears(far);
  });
  const socket = dial(ears(near));
  await settle();
  const link = network.links[0];
  const end = ends[0];
  if (!link || !end) throw new Error('no connection');
  const say = async (by: { send(frame: Uint8Array): void }, ...bytes: number[]) => {
    for (const byte of bytes) by.send(Uint8Array.of(byte));
    await settle();
  };
  return { network, link, socket, end, near, far, say };
}

describe('connections in memory', () => {
  it('[CSE-10] deliver in order, by themselves or when the test says so', async () => {
    const flowing = await connected(true);
    await flowing.say(flowing.socket, 1, 2, 3);
    expect(flowing.far).toEqual([1, 2, 3]);
    const held = await connected(false);
    await held.say(held.end, 1, 2);
    expect([held.near, held.end.bufferedBytes]).toEqual([[], 2]);
    held.link.deliver('down');
    expect(held.near).toEqual([1]);
    expect(held.link.undelivered('down')).toHaveLength(1);
  });

  it('[CSE-10] lose what is under way when they are cut, and tell both ends', async () => {
    const { link, socket, near, far, say, network } = await connected(false);
    await say(socket, 1);
    link.cut();
    await settle();
    expect([near, far]).toEqual([['closed 1006'], ['closed 1006']]);
    await say(socket, 2);
    expect(far).toEqual(['closed 1006']);
    expect(network.links).toEqual([]);
  });

  it('[CSE-10] may linger: what was sent arrives after its sender has given up', async () => {
    const { link, socket, near, far, say } = await connected(false);
    await say(socket, 1, 2);
    link.linger();
    await settle();
    expect([near, far]).toEqual([['closed 1006'], []]);
    await say(socket, 3);
    while (link.deliver('up'));
    expect(far).toEqual([1, 2]);
    link.cut();
    await settle();
    expect([near, far]).toEqual([['closed 1006'], [1, 2, 'closed 1006']]);
  });

  it('[CSE-10] close after the last frame', async () => {
    const { end, near, far, say } = await connected(false);
    await say(end, 1);
    end.close(1012, '');
    await settle();
    expect([near, far]).toEqual([[1, 'closed 1012'], ['closed 1012']]);
  });

  it('[CSE-10] half-open, swallow everything; only the end that gives up knows', async () => {
    const { link, socket, end, near, far, say } = await connected(true);
    link.halfOpen();
    await say(socket, 1);
    await say(end, 2);
    expect([near, far]).toEqual([[], []]);
    socket.close(1000, '');
    await settle();
    expect([near, far]).toEqual([['closed 1000'], []]);
  });

  it('[CSE-10] repeat a frame on demand, and wait while the far end reads nothing', async () => {
    const { link, end, socket, far, say } = await connected(false);
    await say(socket, 7);
    link.duplicate('up');
    end.pause?.();
    expect(link.deliver('up')).toBe(false);
    end.resume?.();
    while (link.deliver('up'));
    expect(far).toEqual([7, 7]);
  });

  it('[CSE-10] fail at once where nobody listens', async () => {
    const heard: number[] = [];
    const dial = new MemoryNetwork().dialTo(() => null);
    dial({ onFrame: () => undefined, onClose: (code) => void heard.push(code) });
    await settle();
    expect(heard).toEqual([1006]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { Timeline, settle, testWorld } from '../../../../test/fixtures/world.ts';
import type { DownFrame } from '../wire/frames.ts';
import { Outgoing } from './hub-outgoing.ts';

const HINT: DownFrame = ['hint', 'directory'];
const LINE: [string, string, number] = ['cái gì đó thật dài', 'police', 0];
const LARGE: DownFrame = ['receipts', Array.from({ length: 100 }, () => LINE)];
const IMPOSSIBLE: DownFrame = ['receipts', [['', '', Number.NaN]]];

describe('what a session sends', () => {
  let sizes: number[];
  let failures: number;
  let bufferedBytes: number;
  let outgoing: Outgoing;

  beforeEach(() => {
    sizes = [];
    failures = 0;
    bufferedBytes = 0;
    const socket = {
      send: (frame: Uint8Array) => void sizes.push(frame.length),
      get bufferedBytes() {
        return bufferedBytes;
      },
      close: () => undefined,
    };
    outgoing = new Outgoing(socket, testWorld(new Timeline(), 1), { failed: () => void (failures += 1) });
  });

  it('[FEED-9] goes in this very turn when it is small and nothing waits', () => {
    expect(outgoing.sendAtOnce(HINT)).toBe(true);
    expect(sizes).toHaveLength(1);
  });

  it('[WIR-2] waits for its turn when it is large, or behind one that is', async () => {
    expect(outgoing.sendAtOnce(LARGE)).toBe(false);
    const large = outgoing.send(LARGE);
    expect(outgoing.sendAtOnce(HINT)).toBe(false);
    const small = outgoing.send(HINT);
    expect([await large, await small]).toEqual([true, true]);
    expect(sizes[0]).toBeGreaterThan(sizes[1] ?? 0);
    await settle();
    expect(outgoing.sendAtOnce(HINT)).toBe(true);
  });

  it('[SY-2] is asked for its right in that very turn', () => {
    expect(outgoing.sendAtOnce(HINT, () => false)).toBe(false);
    expect(sizes).toEqual([]);
  });

  it('[ADM-14] ends its own session when it cannot be written, and nobody else', () => {
    expect(outgoing.sendAtOnce(IMPOSSIBLE)).toBe(false);
    expect([failures, sizes.length]).toEqual([1, 0]);
  });

  it('[FEED-10] has room while the socket is not far behind', () => {
    expect(outgoing.hasRoom).toBe(true);
    bufferedBytes = 1024 * 1024;
    expect(outgoing.hasRoom).toBe(false);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { Timeline } from '../../../../test/fixtures/world.ts';
import { Acks } from './client-session-acks.ts';

const cursor = (n: number): Uint8Array => Uint8Array.of(n);

describe('what a device holds', () => {
  let timeline: Timeline;
  let said: number[];
  let acks: Acks;

  beforeEach(() => {
    timeline = new Timeline();
    said = [];
    acks = new Acks(timeline, ([n = 0]) => said.push(n));
  });

  it('[CSE-14] is said at once after a quiet while', async () => {
    acks.durable(cursor(1));
    expect(said).toEqual([1]);
    await timeline.advance(500);
    acks.durable(cursor(2));
    expect(said).toEqual([1, 2]);
  });

  it('[CSE-14] is said twice a second while it trickles in, the last of it too', async () => {
    for (let n = 1; n <= 21; n += 1) {
      acks.durable(cursor(n));
      await timeline.advance(50);
    }
    expect(said).toEqual([1, 10, 20]);
    await timeline.advance(500);
    expect(said).toEqual([1, 10, 20, 21]);
    expect(timeline.waiting).toBe(1);
    await timeline.advance(500);
    expect([said.length, timeline.waiting]).toEqual([4, 0]);
  });

  it('[CSE-14] is said before the connection is closed, and not again', async () => {
    acks.durable(cursor(1));
    acks.durable(cursor(2));
    acks.end();
    expect(said).toEqual([1, 2]);
    acks.end();
    await timeline.advance(1_000);
    expect(said).toEqual([1, 2]);
  });

  it('[CSE-14] is not said when the connection is gone', async () => {
    acks.durable(cursor(1));
    acks.durable(cursor(2));
    acks.drop();
    await timeline.advance(1_000);
    expect([said, timeline.waiting]).toEqual([[1], 0]);
  });
});

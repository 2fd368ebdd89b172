import { describe, expect, it } from 'vitest';
import { PEERS } from './peers.ts';
import { measureDrain } from './scenarios/storm.ts';

const [ours] = PEERS;

describe('after an outage', () => {
  it('[P22] three hundred devices come back in the same moment with fifty edits each: every one is acknowledged and kept', async () => {
    if (ours?.name !== 'chungtay') throw new Error('ourselves come first');
    const { lost, ackP99Ms, sockets } = await measureDrain({ peer: ours, profileFolder: null });
    expect(lost).toBe(0);
    expect(sockets).toBeGreaterThanOrEqual(300);
    // how long it takes is the bench's to say; that all of it came to an end is this test's
    expect(ackP99Ms).toBeGreaterThan(0);
  }, 180_000);
});

import { describe, expect, it } from 'vitest';
import { FATES, type FateName, walkCommit } from './walk.ts';

const NAMES = Object.keys(FATES) as readonly FateName[];
/** A commit with its checkpoint writes, syncs and cuts at least so often. */
const LEAST_POINTS = 12;

describe('a commit of the Hub', () => {
  it('[P2] [P4] [STO-4] failing at each of its steps by turns, it answers nothing that is not durable, says so, and goes on after a restart', async () => {
    const outcome = await walkCommit((point) => NAMES[point % NAMES.length] ?? 'I/O error', 1);
    expect(outcome).toMatchObject({ lost: 0, twice: 0, damages: 0, undelivered: 0, silent: 0 });
    expect(outcome.points).toBeGreaterThan(LEAST_POINTS);
    expect(outcome.unanswered).toBeGreaterThan(LEAST_POINTS / 2);
    expect(outcome.restarts).toBeGreaterThan(0);
  });

  it('[P2] [STO-4] on a full disk it answers nothing that is not durable, and goes on by itself when there is room, unless a sync had failed', async () => {
    const outcome = await walkCommit(() => 'disk full', 2);
    expect(outcome).toMatchObject({ lost: 0, twice: 0, damages: 0, undelivered: 0, silent: 0 });
    expect(outcome.points).toBeGreaterThan(LEAST_POINTS);
    expect(outcome.unanswered).toBeGreaterThan(2 * outcome.restarts);
  });
});

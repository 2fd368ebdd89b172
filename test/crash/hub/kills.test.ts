import { describe, expect, it } from 'vitest';
import { endHubs } from './rounds.ts';

const KILLS = 20;
const NOTHING_WRONG = { lost: 0, twice: 0, undelivered: 0, damages: 0 };

describe('a Hub under the load of eight tablets', () => {
  it('[P2] [P4] killed: what it acknowledged is there, each envelope once, the books are right', async () => {
    const outcome = await endHubs('kill', KILLS, 1);
    expect(outcome).toMatchObject({ kills: KILLS, ...NOTHING_WRONG });
    expect(outcome.midway).toBeGreaterThan(KILLS / 4);
    expect(outcome.acknowledged).toBeGreaterThan(KILLS);
  });

  it('[P2] [P4] its power cut: the same', async () => {
    const outcome = await endHubs('power', KILLS, 2);
    expect(outcome).toMatchObject({ kills: KILLS, ...NOTHING_WRONG });
    expect(outcome.midway).toBeGreaterThan(KILLS / 4);
    expect(outcome.pages).toBeGreaterThan(KILLS);
  });

  it('[P2] the control: with commits that are not synced, the power cut does lose what was acknowledged', async () => {
    const { acknowledged, lost } = await endHubs('weak-power', 3, 3);
    expect(acknowledged).toBeGreaterThan(0);
    expect(lost).toBeGreaterThan(0);
  });
});

import { Dice } from '@chungtay/core/base/random.support';
import { describe, expect, it } from 'vitest';
import { FRAME_BUDGET, overBudget } from './budget.ts';
import { ClientTrial } from './client.ts';
import { FRAMES, frameNamed } from './hostile-frames.ts';
import { Tablet } from './tablet.ts';

const EACH = 6;

describe('a tablet whose Hub is hostile', () => {
  it.each([...FRAMES.keys()])(
    '[P17] [ATK-6] told %s: keeps its last good state, says so, and works on',
    async (name) => {
      const dice = new Dice(name.length);
      const trial = new ClientTrial(dice);
      for (let i = 0; i < EACH; i += 1) {
        const tablet = await new Tablet(dice).start();
        await trial.say(await frameNamed(name, tablet, dice), tablet);
        // refused where the appointment was taken away, but never a fault
        expect(typeof (await tablet.write(i))).toBe('boolean');
      }
      expect(trial.violations).toEqual([]);
    },
    240_000,
  );

  it('[P17] [ATK-6] welcomed by it, new or not: its person writes on, and an honest welcome is heard', async () => {
    const trial = new ClientTrial(new Dice(34));
    for (let i = 0; i < 40; i += 1) await trial.greet();
    expect(trial.violations).toEqual([]);
    expect(trial.happened['welcome: live']).toBeGreaterThan(3);
  }, 240_000);

  it('[P17] [ATK-6] holds through any order of them', async () => {
    const trial = new ClientTrial(new Dice(31));
    await trial.run(160);
    expect(trial.violations).toEqual([]);
    expect(trial.falseRefusals).toEqual([]);
    const what = ['live', 'bad-frame', 'refetching', 'changed something'];
    expect(what.filter((one) => !trial.happened[one])).toEqual([]);
  }, 240_000);

  it('[P17] [ATK-3] spends no more on a frame than it may', async () => {
    const costs = await new ClientTrial(new Dice(32)).costs();
    expect(costs.flatMap((cost) => overBudget(cost, FRAME_BUDGET) ?? [])).toEqual([]);
  }, 240_000);

  it('[ATK-4] one that believes every signature is found out', async () => {
    const trial = new ClientTrial(new Dice(33), true);
    await trial.run(200);
    expect(trial.violations.join()).toContain('what nobody signed is believed');
  }, 240_000);
});

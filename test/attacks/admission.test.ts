import { Dice } from '@chungtay/core/base/random.support';
import { beforeAll, describe, expect, it } from 'vitest';
import { AdmissionTrial } from './admission.ts';
import { bombHub } from './bombing.ts';
import { overBudget } from './budget.ts';
import { Commune } from './commune.ts';
import { Door } from './door.ts';
import { FORGERIES } from './forgeries.ts';
import { forge } from './forging.ts';

const EACH = 12;
let trial: AdmissionTrial;
let door: Door;

beforeAll(async () => {
  door = new Door(await new Commune(new Dice(21)).start());
  trial = new AdmissionTrial(door);
  await trial.work();
  // until everybody was stored once: a forger needs envelopes that were
  await trial.run(600);
}, 240_000);

describe('an envelope that says what is not so', () => {
  it.each(FORGERIES.map((forgery) => [forgery.name, forgery.fate, forgery] as const))(
    '[P18] [ATK-5] %s: %s',
    async (_name, _fate, forgery) => {
      let thrown = 0;
      for (let tries = 0; thrown < EACH && tries < 40 * EACH; tries += 1) if (await forge(forgery, door)) thrown += 1;
      expect(thrown).toBe(EACH);
      expect(door.violations).toEqual([]);
    },
  );
});

describe('full admission', () => {
  it('[P16] [ATK-1] [ATK-2] keeps hostile envelopes out and honest ones in; the store proves itself afterwards', async () => {
    await trial.run(trial.hostile + 1_500);
    expect(door.violations).toEqual([]);
    expect(trial.falseRefusals).toEqual([]);
    expect(trial.honest).toBeGreaterThan(100);
    const codes = [
      'stored',
      'malformed',
      'foreign-operation',
      'unknown-field',
      'invalid-value',
      'twice',
      'after-refused',
    ];
    expect(codes.filter((code) => !door.happened[code])).toEqual([]);
  }, 240_000);

  it('[P17] [ATK-3] spends on no envelope more than its budget', async () => {
    expect((await bombHub(door)).flatMap((cost) => overBudget(cost) ?? [])).toEqual([]);
    await door.prove();
    expect(door.violations).toEqual([]);
  }, 240_000);
});

describe('a Hub that believes every signature', () => {
  it('[P18] [ATK-4] is found out by the forgeries', async () => {
    const commune = new Commune(new Dice(22));
    const { world } = commune.test;
    const hubWorld = { ...world, crypto: { ...world.crypto, verify: () => Promise.resolve(true) } };
    Object.defineProperty(commune.test, 'hubWorld', { value: hubWorld });
    const careless = new Door(await commune.start());
    await new AdmissionTrial(careless).work();
    await new AdmissionTrial(careless).run(1_000);
    expect(careless.violations.join()).toMatch(/a stranger signs|no signature|the signature of another/u);
  }, 240_000);
});

import { describe, expect, it } from 'vitest';
import type { BackEnd } from './desk.ts';
import { type BrowserEnd, endBrowsers } from './rounds.ts';

const NOTHING_WRONG = { lost: 0, twice: 0, damages: 0 };
// a killed browser is ended by hand (npm run crash -- --only browser): Chromium's LevelDB at times throws its whole store away for a torn record
const ENDS: readonly (readonly [BrowserEnd, BackEnd, number])[] = [
  ['power', 'leveldb', 12],
  ['power', 'sqlite', 8],
];

describe('a browser in which somebody types', () => {
  it.each(ENDS)(
    '[P1] [P4] ended by %s on %s: what it had shown as saved is on the page, and reaches the Hub once',
    async (end, backEnd, kills) => {
      const outcome = await endBrowsers(end, { kills, seed: 1, backEnd });
      expect(outcome).toMatchObject({ kills, ...NOTHING_WRONG });
      expect(outcome.saved).toBeGreaterThan(kills);
      expect(outcome.offline).toBeGreaterThan(0);
      expect(outcome.pages > kills).toBe(end === 'power');
    },
  );

  it.each(['sqlite'] as const)(
    '[P1] the control: with relaxed durability on %s, the power cut does lose what was shown as saved',
    async (backEnd) => {
      const { saved, lost } = await endBrowsers('weak-power', { kills: 2, seed: 2, backEnd });
      expect(saved).toBeGreaterThan(0);
      expect(lost).toBeGreaterThan(0);
    },
  );
});

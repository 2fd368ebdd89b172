import { describe, expect, it } from 'vitest';
import type { Decision } from './decision.ts';
import { verdictOf } from './verdict.ts';

const YES: Decision = { allowed: true, basis: 'area' };
const no = (reason: Extract<Decision, { allowed: false }>['reason']): Decision => ({ allowed: false, reason });

describe('a right that is missing', () => {
  it.each([
    ['is there now', YES, null, null],
    ['never was', no('no-right'), no('no-right'), { refuse: 'no-grant' }],
    ['never was, as far as is known', no('not-here'), null, { refuse: 'not-here' }],
    ['is the Hub’s', no('hub-only'), no('hub-only'), { refuse: 'hub-only' }],
    ['is another field’s', no('not-this-field'), no('not-this-field'), { refuse: 'not-this-field' }],
    ['ended before the edit was made', no('ended'), no('ended'), { refuse: 'no-grant' }],
    ['ended meanwhile', no('ended'), YES, { hold: 'right-ended' }],
    ['was taken away', no('no-right'), YES, { hold: 'right-ended' }],
    ['stayed behind when the child moved', no('not-here'), YES, { hold: 'moved-away' }],
  ] as const)('[POL-17] that %s', (_case, now, then, expected) => {
    expect(verdictOf(now, then)).toEqual(expected);
  });
});

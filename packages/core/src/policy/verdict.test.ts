import { describe, expect, it } from 'vitest';
import type { Decision } from './decision.ts';
import { verdictOf } from './verdict.ts';

const YES: Decision = { allowed: true, basis: 'area' };
const no = (reason: Extract<Decision, { allowed: false }>['reason']): Decision => ({ allowed: false, reason });

describe('a right that is missing', () => {
  it.each([
    ['is there now', YES, null, null],
    ['never was', no('no-right'), null, { refuse: 'no-grant' }],
    ['never was in this place', no('not-here'), null, { refuse: 'not-here' }],
    ['is the Hub’s', no('hub-only'), null, { refuse: 'hub-only' }],
    ['is another field’s', no('not-this-field'), null, { refuse: 'not-this-field' }],
    ['ended before the edit was made', no('ended'), null, { refuse: 'no-grant' }],
    ['ended meanwhile', no('ended'), { isInPlace: true }, { hold: 'right-ended' }],
    ['was taken away', no('no-right'), { isInPlace: true }, { hold: 'right-ended' }],
    ['stayed behind when the child moved', no('not-here'), { isInPlace: false }, { hold: 'moved-away' }],
    ['went with the place that was taken away', no('not-here'), { isInPlace: true }, { hold: 'right-ended' }],
  ] as const)('[POL-17] that %s', (_case, now, then, expected) => {
    expect(verdictOf(now, then)).toEqual(expected);
  });
});

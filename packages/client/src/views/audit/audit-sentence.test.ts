import { AUDIT_ACTS, AUDIT_DETAILS } from '@chungtay/core/wire/audit';
import { describe, expect, it } from 'vitest';
import { AUDIT_SENTENCES, sentenceOf, shortCode } from './audit-sentence.ts';

describe('deeds in words', () => {
  it('[AUD-16] every sentence is said of some deed, and what is not known yet has one of its own', () => {
    const details = [null, ...AUDIT_DETAILS];
    const said = new Set(AUDIT_ACTS.flatMap((act) => details.map((detail) => sentenceOf({ act, detail }))));
    expect([...said].toSorted()).toEqual(AUDIT_SENTENCES.toSorted());
  });

  it('[AUD-18] the head as it is read aloud: sixteen letters in fours', () => {
    expect(shortCode('0123456789abcdef0123')).toBe('0123 4567 89AB CDEF');
  });
});

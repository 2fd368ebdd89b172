import { fold } from '@chungtay/core/model/names';
import { describe, expect, it } from 'vitest';
import {
  cryptoRandomBelow,
  isStrongPassphrase,
  offerPassphrase,
  PASSPHRASE_BITS,
  PASSPHRASE_LISTS,
  PASSPHRASE_WORDS,
} from './passphrase-words.ts';

describe('the offered passphrase', () => {
  it('[VLT-1] is worth at least 51 bits, even to who knows the lists', () => {
    expect(PASSPHRASE_BITS).toBeGreaterThanOrEqual(51);
    for (const list of PASSPHRASE_LISTS) expect(new Set(list.map(fold)).size).toBe(list.length);
  });

  it('[VLT-1] is four pictures of two syllables, never the same twice, always strong enough', () => {
    const offered = new Set<string>();
    for (let i = 0; i < 2_000; i += 1) {
      const words = offerPassphrase(cryptoRandomBelow);
      expect(words).toHaveLength(PASSPHRASE_WORDS);
      expect(words.every((word) => word.split(' ').length === 2)).toBe(true);
      expect(isStrongPassphrase(words.join(' '))).toBe(true);
      offered.add(words.join(' '));
    }
    expect(offered.size).toBe(2_000);
  });

  it('[VLT-1] uses every picture: picks are uniform', () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 30_000; i += 1) {
      const pick = cryptoRandomBelow(3);
      counts.set(pick, (counts.get(pick) ?? 0) + 1);
    }
    for (const pick of [0, 1, 2]) expect(counts.get(pick)).toBeGreaterThan(9_500);
    expect(counts.size).toBe(3);
  });
});

describe('a passphrase somebody chose', () => {
  it.each([
    ['', false],
    ['123456', false],
    ['matkhau', false],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', false],
    ['một hai ba bốn', false],
    ['lúa lúa lúa lúa lúa lúa lúa lúa', false],
    ['một hai ba bốn năm sáu bảy', true],
    ['conTrâuĐiTrướcCáiCày', true],
  ])('[VLT-1] “%s” is strong enough: %s', (typed, isStrong) => {
    expect(isStrongPassphrase(typed)).toBe(isStrong);
  });
});

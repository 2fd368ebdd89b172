import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import type { Message } from './messages.ts';
import { translateWith } from './translate.ts';
import { type MessageKey, vi } from './vi.ts';

const parametersOf = (message: Message): string[] => {
  const texts = typeof message === 'string' ? [message] : [message.one ?? message.other, message.other];
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? ''))),
  ].toSorted();
};

const keys = Object.keys(vi) as MessageKey[];

describe('dictionaries', () => {
  it('[TXT-1] have the same keys in both languages', () => {
    expect(Object.keys(en).toSorted()).toEqual(keys.toSorted());
  });

  it('[TXT-1] ask for the same parameters in both languages', () => {
    const differing = keys.filter((key) => parametersOf(vi[key]).join() !== parametersOf(en[key]).join());
    expect(differing.filter((key) => key !== 'time.long')).toEqual([]);
  });

  it('hold composed letters only, so that every one has its glyph', () => {
    expect(keys.filter((key) => vi[key] !== vi[key].normalize('NFC'))).toEqual([]);
  });

  it('[UX-29] use the ellipsis and never three dots', () => {
    expect(keys.filter((key) => vi[key].includes('...'))).toEqual([]);
  });
});

describe('translateWith', () => {
  const inVietnamese = translateWith(vi, 'vi');
  const inEnglish = translateWith(en, 'en');

  it('puts numbers in by the language', () => {
    expect(inVietnamese('sync.waiting', { n: 12480 })).toBe('Chờ gửi 12.480 mục');
    expect(inEnglish('sync.waiting', { n: 12480 })).toBe('12,480 items to send');
  });

  it('takes the form of one in English', () => {
    expect(inEnglish('sync.waiting', { n: 1 })).toBe('1 item to send');
  });

  it('puts text in as it is, braces included', () => {
    expect(inVietnamese('unlock.hello', { name: '{name} H’Mai' })).toBe('Xin chào, {name} H’Mai');
  });

  it('is checked by type', () => {
    // @ts-expect-error the parameter is missing
    expect(inVietnamese('unlock.hello')).toBe('Xin chào, {name}');
  });
});

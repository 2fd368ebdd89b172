import { labelKeys } from '@chungtay/core/kinds/labels';
import { KINDS } from '@chungtay/core/kinds/registry';
import { describe, expect, it, vi as vitest } from 'vitest';
import { kinds as en } from './en/kinds.ts';
import { kindLabelText } from './kind-labels.ts';
import { kinds as vi } from './vi/kinds.ts';

/** Whether a key is the help of a field that exists. */
const isHelp = (key: string): boolean => {
  const [, kind, field, help] = key.split('.');
  const owner = KINDS.find((each) => (each.labels ?? each.id) === kind);
  return help === 'help' && field !== undefined && owner !== undefined && Object.hasOwn(owner.fields, field);
};

describe('[KIND-6] labels of the kinds', () => {
  it.each([
    ['Vietnamese', vi],
    ['English', en],
  ])('%s has every one', (_, labels) => {
    expect(labelKeys().filter((key) => !Object.hasOwn(labels, key))).toEqual([]);
  });

  it.each([
    ['Vietnamese', vi],
    ['English', en],
  ])('%s has no other, but helps of fields', (_, labels) => {
    const wanted = new Set(labelKeys());
    expect(Object.keys(labels).filter((key) => !wanted.has(key) && !isHelp(key))).toEqual([]);
  });

  it('both have the same', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(vi).toSorted());
  });

  it('hold composed letters, and no empty text', () => {
    const texts = [...Object.values(vi), ...Object.values(en)];
    expect(texts.filter((text) => text.trim() === '' || text !== text.normalize('NFC'))).toEqual([]);
  });

  it('come in English once they are fetched, and in Vietnamese until then', async () => {
    expect(kindLabelText('kinds.identity.sex', 'en')).toBe('Giới tính');
    await vitest.waitFor(() => expect(kindLabelText('kinds.identity.sex', 'en')).toBe('Sex'));
    expect(kindLabelText('kinds.identity.sex', 'vi')).toBe('Giới tính');
    expect(kindLabelText('constructor', 'vi')).toBeNull();
  });
});

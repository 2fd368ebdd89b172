import { describe, expect, it } from 'vitest';
import { beginsWithinOneEdit, withinOneEdit } from './spelling.ts';

describe('one edit', () => {
  it.each([
    ['quynh', 'quynh', true],
    ['quynh', 'quyn', true],
    ['quyn', 'quynh', true],
    ['quynh', 'qunyh', true],
    ['quynh', 'quanh', true],
    ['quynh', 'qaunh', false],
    ['quynh', 'qu', false],
    ['', 'a', true],
    ['ab', 'ba', true],
    ['abc', 'cba', false],
  ])('[SRC-3] %s and %s: %s', (a, b, isNear) => {
    expect(withinOneEdit(a, b)).toBe(isNear);
    expect(withinOneEdit(b, a)).toBe(isNear);
  });

  it.each([
    ['nguy', 'nguyen', true],
    ['nguf', 'nguyen', true],
    ['ngyu', 'nguyen', true],
    ['nuy', 'nguyen', true],
    ['nhuh', 'nguyen', false],
    ['nguyenx', 'nguyen', true],
  ])('[SRC-3] %s may begin %s: %s', (typed, word, may) => {
    expect(beginsWithinOneEdit(typed, word)).toBe(may);
  });
});

// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { rememberedUnsent, rememberUnsent } from './tablet-marker.ts';

const COOKIE = 'ct-unsent';

beforeEach(() => (document.cookie = `${COOKIE}=; Path=/; Max-Age=0`));

it('[P6] nobody ever worked at a new tablet', () => {
  expect(rememberedUnsent()).toBeNull();
});

it.each([0, 1, 250])('[P6] %i entries that wait are remembered, in the place of what was before', (waiting) => {
  rememberUnsent(7);
  rememberUnsent(waiting);
  expect(rememberedUnsent()).toBe(waiting);
});

it.each(['', 'x', '-1', '1 mục', '12345678'])('[P6] a marker that reads “%s” is none of ours', (value) => {
  document.cookie = `${COOKIE}=${value}; Path=/`;
  expect(rememberedUnsent()).toBeNull();
});

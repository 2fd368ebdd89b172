import { expect, it } from 'vitest';
import { textOf } from './source.ts';

it('[ARC-8] the lockfile names no registry host', () => {
  expect(textOf('pnpm-lock.yaml').match(/https?:\/\/\S+|\btarball:.*/gu) ?? []).toEqual([]);
});

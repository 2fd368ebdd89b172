import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../packages/server/bin/ensure.mjs';

/** Requirements of levels 1 and 2 in each chapter of ASVS 5.0.0. */
const IN_CHAPTER = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];
const VERDICTS = ['met', 'partly', '**not met**', 'n/a'];
const page = readFileSync(join(ROOT, 'docs/asvs.md'), 'utf8');
const rules = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+)\.\d+\.\d+ +\|([^|]+)\|([^|]+)\|([^|]+)\|$/gmu)].map(
  ([line, chapter, , verdict = '', why = '']) => ({ line, chapter, verdict: verdict.trim(), why: why.trim() }),
);

describe('the checklist of ASVS', () => {
  it('[ARC-10] has every requirement once, each with one of four verdicts and a reason', () => {
    expect(new Set(rows.map(({ line }) => line.split('|')[1]?.trim())).size).toBe(rows.length);
    const counts = IN_CHAPTER.map((_, at) => rows.filter(({ chapter }) => chapter === String(at + 1)).length);
    expect(counts).toEqual(IN_CHAPTER);
    expect(rows.filter(({ verdict, why }) => !VERDICTS.includes(verdict) || why === '')).toEqual([]);
  });

  it('[ARC-10] sums up what it says', () => {
    const [met, partly, not, none] = VERDICTS.map((word) => rows.filter(({ verdict }) => verdict === word).length);
    const sum = `Of ${rows.length}: ${met} met, ${partly} partly, ${not} not met, ${none} do not apply.`;
    expect(page).toContain(sum);
  });

  it('[ARC-10] names tests and rules that there are', () => {
    const paths = [...page.matchAll(/`((?:test|packages)\/[^`*]+)`/gu)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const ids = [...page.matchAll(/\b(?!SHA|AES)(?:[A-Z]{2,4}-\d+|P\d+)\b/gu)].map(([id]) => id);
    expect(ids.filter((id) => !rules.includes(`**${id}**`))).toEqual([]);
  });
});

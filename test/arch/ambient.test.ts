import { describe, expect, it } from 'vitest';
import { productFiles, withoutComments } from './source.ts';

// What a bare library still lets through. `Date.now` and `Math.random` are the linter's.
const ambient: readonly [string, RegExp][] = [
  ['the present moment', /\bnew Date\(\s*\)|(?<!new )\bDate\(|\bnew Date\b(?!\()/u],
  ["the machine's locale", /\bIntl\.\w+\(\s*(?:undefined\b[^)]*)?\)|\.toLocale\w*\(\s*\)|\.localeCompare\([^(),]*\)/u],
];

describe('core', () => {
  it.each(ambient)('[ARC-4] never reads %s', (_, pattern) => {
    const reading = productFiles()
      .filter(({ path }) => path.startsWith('packages/core/'))
      .flatMap(({ path, text }) =>
        withoutComments(text)
          .split('\n')
          .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])),
      );
    expect(reading).toEqual([]);
  });

  it.each(['new Date()', 'Date()', 'new Intl.Collator()', 'x.toLocaleString()', 'a.localeCompare(b)'])(
    '[ARC-4] %s counts as such a reading',
    (code) => {
      expect(ambient.some(([, pattern]) => pattern.test(code))).toBe(true);
    },
  );

  it.each(['new Date(atMs)', 'new Date(Date.UTC(2026, 0, 1))', "new Intl.Collator('vi')", "a.localeCompare(b, 'vi')"])(
    '[ARC-4] %s does not',
    (code) => {
      expect(ambient.some(([, pattern]) => pattern.test(code))).toBe(false);
    },
  );
});

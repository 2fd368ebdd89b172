import { describe, expect, it } from 'vitest';
import { isTest, productFiles, testFiles, textOf, withoutComments } from './source.ts';

const listed = [...textOf('docs/rules.md').matchAll(/^- \*\*([A-Z]{2,4}-\d+|P\d+)\*\* \S/gmu)].map(
  (match) => match[1] ?? '',
);
const literal = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gu;

/** Returns the rule ids that the file's strings quote in brackets: names of tests, or rows of their tables. */
function quotedIn(text: string): string[] {
  return [...withoutComments(text).matchAll(literal)].flatMap(([string]) =>
    [...string.matchAll(/\[([A-Z]{2,4}-\d+|P\d+)\]/gu)].map((match) => match[1] ?? ''),
  );
}

const tests = [...productFiles(), ...testFiles()].filter(({ path }) => isTest(path));
const quoted = new Set(tests.flatMap(({ text }) => quotedIn(text)));

describe('rules', () => {
  it('[ARC-7] each is written as `- **ID-1** sentence`, once', () => {
    const bullets = textOf('docs/rules.md').match(/^- /gmu) ?? [];
    expect(bullets).toHaveLength(listed.length);
    expect(listed.filter((id, at) => listed.indexOf(id) !== at)).toEqual([]);
  });

  it('[ARC-7] each has a test that quotes it', () => {
    expect(listed.filter((id) => !quoted.has(id))).toEqual([]);
  });

  it('[ARC-7] each promise is quoted where it says that it is tested', () => {
    const unkept = [...textOf('docs/rules.md').matchAll(/^- \*\*(P\d+)\*\* (.*)$/gmu)].flatMap(
      ([, id = '', words = '']) =>
        [...words.matchAll(/`((?:test|packages)\/[^`]+)`/gu)]
          .map(([, place = '']) => place)
          .filter((place) => !tests.some(({ path, text }) => path.includes(place) && quotedIn(text).includes(id)))
          .map((place) => `${id} ${place}`),
    );
    expect(unkept).toEqual([]);
  });

  it('[ARC-7] each one quoted is listed', () => {
    expect([...quoted].filter((id) => !listed.includes(id))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { exportsOf, listedExportsOf } from './exports.ts';
import { isTest, productFiles } from './source.ts';

const banned =
  /^(?:handl(?:e|es|ed|er|ers|ing)|process(?:es|ed|ing|or|ors)?|manag(?:e|es|ed|er|ers|ing|ement)|utils?|utilit(?:y|ies)|helpers?|data|infos?)$/u;

/** Returns the words of a name in any case style. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/u);
}

/** What an operator calls the Hub's folder (CT_DATA_DIR): one term, not a word that says nothing. */
const TERMS = /\bdata directory\b/u;

function saysNothing(name: string): boolean {
  return wordsOf(wordsOf(name).join(' ').replace(TERMS, '')).some((word) => banned.test(word));
}

describe('words', () => {
  it.each(['handleClick', 'UserManager', 'HTTPHandler', 'date-utils', 'DATA_FORM', 'processing'])(
    '[ARC-5] %s says nothing',
    (name) => {
      expect(saysNothing(name)).toBe(true);
    },
  );

  it.each(['metadataOf', 'updateOf', 'openDataDirectory', 'informant', 'processor2x', 'unhandled'])(
    '[ARC-5] %s is let through',
    (name) => {
      expect(saysNothing(name)).toBe(false);
    },
  );

  it('[ARC-5] no file is named so', () => {
    expect(
      productFiles()
        .filter(({ path }) => path.split('/').some(saysNothing))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('[ARC-5] no exported name is made so', () => {
    const named = productFiles().flatMap((file) =>
      [...exportsOf(file).map(({ name }) => name), ...listedExportsOf(file)]
        .filter(saysNothing)
        .map((name) => `${file.path}: ${name}`),
    );
    expect(named).toEqual([]);
  });
});

describe('docstrings', () => {
  it('[ARC-6] every exported function, class and type has one', () => {
    const bare = productFiles()
      .filter(({ path }) => path.endsWith('.ts') && !isTest(path))
      .flatMap((file) =>
        exportsOf(file)
          .filter(({ form, isDocumented }) => /function|class|interface|type/u.test(form) && !isDocumented)
          .map(({ name }) => `${file.path}: ${name}`),
      );
    expect(bare).toEqual([]);
  });
});

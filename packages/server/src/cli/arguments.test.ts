import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const SHAPE = {
  flags: [
    { name: 'name', value: 'NAME', isRequired: true, about: '' },
    { name: 'json', value: null, isRequired: false, about: '' },
  ],
  words: ['FILE'],
};

describe('the command line', () => {
  it('[CLI-1] flags with values, bare flags and words come in any order', () => {
    const read = parseArguments(['a.xlsx', '--json', '--name=Lò Văn Pản'], SHAPE);
    expect(read).toEqual({
      ok: true,
      value: {
        flags: new Map([
          ['json', ''],
          ['name', 'Lò Văn Pản'],
        ]),
        words: ['a.xlsx'],
      },
    });
  });

  it.each([
    [['--name', 'x'], ['FILE is missing.']],
    [['f'], ['--name NAME is missing.']],
    [['f', '--name'], ['--name needs NAME.']],
    [['f', '--name', '--json'], ['--name needs NAME.']],
    [['f', '--name', 'x', '--name', 'y'], ['--name is given twice.']],
    [
      ['f', '--nme', '--name', 'x', '--json=1'],
      ['--nme is not a flag of this verb.', '--json takes no value.'],
    ],
    [['f', 'g', '--name', 'x'], ['“g” is too much.']],
  ])('[CLI-1] %o is refused in words', (typed, problems) => {
    expect(parseArguments(typed, SHAPE)).toEqual({ ok: false, error: problems });
  });
});

import { describe, expect, it } from 'vitest';
import { importsOf, withoutComments } from './source.ts';

describe('importsOf', () => {
  const cases: [string, string][] = [
    [`import { a } from './a.ts';`, 'packages/core/src/doc/a.ts'],
    [`import type { A } from "../model/a.ts";`, 'packages/core/src/model/a.ts'],
    [`import {\n  a,\n  b,\n} from '../base/a.ts';`, 'packages/core/src/base/a.ts'],
    [`import * as Y from 'yjs';`, 'yjs'],
    [`import './styles.css';`, 'packages/core/src/doc/styles.css'],
    [`export { a } from '@chungtay/core/sync/hub';`, 'packages/core/src/sync/hub'],
    [`const view = () => import('./View.vue');`, 'packages/core/src/doc/View.vue'],
    [`let x = 1;\nexport type * from './a.ts';`, 'packages/core/src/doc/a.ts'],
    [`import first, { second } from 'zod/mini';`, 'zod/mini'],
  ];

  it.each(cases)('reads %j', (text, path) => {
    expect(importsOf({ path: 'packages/core/src/doc/x.ts', text })).toEqual([path]);
  });

  it('reads neither comments nor plain strings', () => {
    const text = `// import 'a'\n/** import { b } from 'b' */\nexport const name = 'c';\nconst from = "d";\n`;
    expect(importsOf({ path: 'x.ts', text })).toEqual([]);
  });
});

describe('withoutComments', () => {
  it('keeps the lines and the code', () => {
    expect(withoutComments(`a\n/* b\n c */ d\n  // e\nf // g`)).toBe(
      `a\n${' '.repeat(4)}\n${' '.repeat(5)} d\n\nf // g`,
    );
  });
});

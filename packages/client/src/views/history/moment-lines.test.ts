import type { Json } from '@chungtay/core/base/any';
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { FakeEngine } from '../../composables/fake-engine.support.ts';
import type { DocumentMoment } from '../../stores/engine.ts';
import { momentLines } from './moment-lines.ts';

const texts = {
  label: ({ name }: { readonly name: string }) => `[${name}]`,
  value: (_field: object, value: Json) => (value === null ? '' : JSON.stringify(value)),
};

describe('momentLines', () => {
  it('says each field that said something then, in the order of the kind, a line for each row and record', () => {
    const engine = new FakeEngine();
    const folder = engine.id() as FolderId;
    const document = documentIdOf(folder, 'case');
    engine.writeAs(5, {
      document,
      sets: [
        { name: 'riskLevel', value: 'high' },
        { name: 'childName', value: 'Giàng Thị Mai' },
        { name: 'currentCarer', value: null },
        { name: 'team', code: 'm5', value: { member: 5 } },
      ],
      appends: [
        { name: 'stage', value: { n: 1, to: 'received' } },
        { name: 'stage', value: { n: 2, to: 'assessingInitial' } },
      ],
    });
    const moment = engine.viewOf(folder).documents[0] as DocumentMoment;
    expect(momentLines(moment, texts)).toEqual([
      { name: 'stage', label: '[stage]', words: ['{"n":1,"to":"received"}', '{"n":2,"to":"assessingInitial"}'] },
      { name: 'childName', label: '[childName]', words: ['"Giàng Thị Mai"'] },
      { name: 'team', label: '[team]', words: ['{"member":5}'] },
      { name: 'riskLevel', label: '[riskLevel]', words: ['"high"'] },
    ]);
  });
});

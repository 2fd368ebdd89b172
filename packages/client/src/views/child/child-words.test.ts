import type { DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import type { KindTexts } from '../../forms/use-kind-texts.ts';
import { translateWith } from '../../i18n/translate.ts';
import { vi } from '../../i18n/vi.ts';
import { extractLines } from './extract-lines.ts';
import { historyLines } from './history-lines.ts';

const t = translateWith(vi, 'vi');
const texts: KindTexts = {
  kind: (id) => id,
  label: ({ name }) => `[${name}]`,
  help: () => undefined,
  choices: () => [],
  option: (_field, code) => code,
  value: (_field, value) => (value === null ? '' : JSON.stringify(value)),
};
const names = { catalogue: (_id: string, code: string) => code };

describe('extractLines', () => {
  it('says what is told in words, leaves out what is not known, and names doses', () => {
    const view = {
      kind: 'health',
      extract: { vaccinesMissing: ['BCG', 'X-9'], hasDisabilityNeed: false, disabilityDegree: null, noSuchField: 1 },
    };
    expect(extractLines(view, texts, names, { t, language: 'vi' })).toEqual([
      { name: 'vaccinesMissing', label: 'Mũi tiêm chưa ghi', words: 'Lao (BCG), X-9' },
      { name: 'hasDisabilityNeed', label: 'Có nhu cầu vì khuyết tật', words: 'Không' },
    ]);
  });
});

describe('historyLines', () => {
  const change = {
    document: 'F/identity' as DocumentId,
    kind: 'identity',
    field: 'address',
    code: null,
    member: 7 as MemberNumber,
    atMs: 1,
    op: 'b.0',
    isStanding: false,
  };

  it('says each change as a sentence with its writer', () => {
    const items = [
      { ...change, before: null, after: 'Đội 3' },
      { ...change, before: 'Đội 3', after: 'Đội 4' },
      { ...change, before: 'Đội 4', after: null },
    ];
    expect(historyLines(items, texts, () => 'Lò Thị Mai', t).map(({ words }) => words)).toEqual([
      'Lò Thị Mai ghi [address]: "Đội 3"',
      'Lò Thị Mai sửa [address] từ “"Đội 3"” thành “"Đội 4"”',
      'Lò Thị Mai xóa trống [address], trước là “"Đội 4"”',
    ]);
  });
});

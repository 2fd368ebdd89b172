import { describe, expect, it } from 'vitest';
import { xlsxOf } from '../../../../test/fixtures/xlsx.ts';
import type { CellSpec, SheetSpec } from '../../../../test/fixtures/xlsx.ts';
import type { ImportPlan } from './plan-types.ts';
import { planImport } from './plan.ts';
import { toAccountJson, toJson } from './to-json.ts';

/** Shapes that were once read wrongly. */

const KNOWN = [
  { id: 'v1', name: 'Bản Nà Pàn', oldNames: [] },
  { id: 'v2', name: 'Thôn 6', oldNames: [] },
  { id: 'v3', name: 'Bản Nà Pán', oldNames: [] },
  { id: 'v4', name: 'Plei Kần-Hạ', oldNames: [] },
];

type Rows = readonly (readonly CellSpec[])[];

function planOf(sheets: readonly SheetSpec[]): ImportPlan {
  const question = { bytes: xlsxOf(sheets), fileName: 'x.xlsx', villages: KNOWN, register: [], onDate: '2026-11-22' };
  const plan = planImport(question);
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

const one = (rows: Rows, more: Partial<SheetSpec> = {}) => planOf([{ name: 'Sheet1', rows, ...more }]);
const seen = (plan: ImportPlan) =>
  plan.rows.map(({ row, verdict, child }) =>
    [row, verdict, child?.name, child?.birth.date, child?.villageId].join(' '),
  );
const skipped = (plan: ImportPlan) => plan.skipped.map(({ row, reason }) => `${row} ${reason}`);

const HEADER = ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Họ tên mẹ', 'Thôn', 'Số định danh', 'Ghi chú'];
const AN: readonly CellSpec[] = [
  1,
  'Nguyễn Văn An',
  '05/06/2015',
  'Nam',
  'Trần Thị Hòa',
  'Thôn 6',
  '001215000123',
  null,
];
const LA: readonly CellSpec[] = [2, 'Lò Thị Lả', '06/07/2018', 'Nữ', 'Vì Thị Na', 'Thôn 6', '001318000999', null];

describe('rows that are nobody’s', () => {
  it('[IMP-4] who signs below is no child, though the name stands under a column of the list', () => {
    const end: Rows = [
      [],
      [null, null, 'Ngày 22 tháng 11 năm 2026'],
      [null, 'Người lập', null, 'Trưởng thôn'],
      [null, 'Lò Văn Inh', null, 'Hoàng Văn Bách'],
    ];
    expect(skipped(one([HEADER, AN, LA, ...end]))).toEqual(['1 header', '5 signature', '6 signature', '7 signature']);
  });

  it('[IMP-4] a child born “Ngày 23 tháng 02 năm 2014” signs nothing', () => {
    const plan = one([
      ['STT', 'Họ tên', 'Ngày sinh'],
      [1, 'Lường Quang Biên', 'Ngày 23 tháng 02 năm 2014'],
      [2, 'Lò Thị Lả', 'Ngày 01 tháng 03 năm 2015'],
    ]);
    expect(seen(plan)).toEqual(['2 ready Lường Quang Biên 2014-02-23 ', '3 ready Lò Thị Lả 2015-03-01 ']);
  });

  it.each([
    [[null, 'Danh sách này có 2 trẻ./.']],
    [['Ấn định danh sách gồm có 2 trẻ']],
    [[null, 'Tổng số', null, null, null, null, 2]],
  ] as const)('[IMP-4] %j is a sum', (sum) => {
    expect(skipped(one([HEADER, AN, LA, sum]))).toEqual(['1 header', '4 total']);
  });

  it('[IMP-4] a header of three rows is left out again on every printed page', () => {
    const header: Rows = [
      ['Mẫu 01', null, 'Kèm theo công văn'],
      ['STT', 'Trẻ em', null, 'Gia đình'],
      [null, 'Họ tên', 'Ngày sinh', 'Mẹ'],
    ];
    const plan = one([...header, [1, 'A Biu', '1/1/2016', 'Y Blưk'], ...header, [2, 'A Thiu', '1/1/2017', 'Y Hyim']]);
    expect(seen(plan)).toEqual(['4 ready A Biu 2016-01-01 ', '8 ready A Thiu 2017-01-01 ']);
  });

  it.each([
    '* Thôn 6',
    '2. Thôn 6',
    'THÔN 6: 12 trẻ',
    'Thôn 6 - 12 cháu',
    'Danh sách trẻ em Thôn 6',
    'VI. Thôn 6 (12 trẻ)',
  ])('[IMP-4] %j says the village of the rows below it', (title) => {
    const header = ['STT', 'Họ tên', 'Ngày sinh', 'Mẹ'];
    const plan = one([
      header,
      [null, 'Bản Nà Pàn'],
      [1, 'A Biu', '1/1/2016', 'Y Blưk'],
      [title],
      [1, 'A Thiu', '1/1/2017', 'Y Hyim'],
    ]);
    expect(plan.rows.map(({ child }) => child?.villageId)).toEqual(['v1', 'v2']);
  });
});

describe('columns', () => {
  it('[IMP-3] a second header row under the parents holds things that name no column', () => {
    const plan = one([
      ['STT', 'Họ tên', 'Ngày sinh', 'Cha', null, null, 'Mẹ', null, null, 'Thôn'],
      [null, null, null, 'Họ tên', 'Năm sinh', 'Nghề nghiệp', 'Họ tên', 'Số CCCD', 'Dân tộc', null],
      [1, 'Lò Thị Lả', '06/07/2018', 'Lò Văn Ún', 1988, 'Làm nương', 'Vì Thị Na', '001188000111', 'Thái', 'Thôn 6'],
    ]);
    expect(seen(plan)).toEqual(['3 ready Lò Thị Lả 2018-07-06 v2']);
    expect(plan.rows[0]?.child).toMatchObject({ fatherName: 'Lò Văn Ún', motherName: 'Vì Thị Na', personalId: null });
  });

  it('[IMP-3] names, births and IDs under the parents alone are no header, however many things they name', () => {
    const plan = one([
      ['STT', 'Họ tên', 'Mã định danh', 'Ngày sinh', null, 'Cha', null, 'Mẹ', null, null, 'Hoàn cảnh', null],
      [null, null, null, 'Nam', 'Nữ', 'Họ tên', 'Năm sinh', 'Họ tên', 'Số CCCD', 'Dân tộc', 'Hộ nghèo', 'Hộ cận nghèo'],
      [1, 'Lò Thị Lả', '001318000999', null, '06/07/2018', 'Lò Văn Ún', 1988, 'Vì Thị Na', '001188000111', 'Thái'],
    ]);
    expect(plan.rows.map(({ child }) => [child?.name, child?.birth.date, child?.personalId])).toEqual([
      ['Lò Thị Lả', '2018-07-06', '001318000999'],
    ]);
  });

  it('[IMP-3] a line about the cán bộ above the header is no father whose names stand below', () => {
    const plan = one([
      ['Họ và tên cán bộ lập:', null, 'Sùng A Tủa'],
      ['STT', 'Họ và tên', 'Ngày sinh', 'Thôn'],
      [1, 'A Biu', '1/1/2016', 'Thôn 6'],
    ]);
    expect(seen(plan)).toEqual(['3 ready A Biu 2016-01-01 v2']);
  });

  it('[IMP-3] a given name without a title of its own, over a row of column numbers', () => {
    const header = ['STT', 'Họ tên', null, 'Ngày sinh', 'Mẹ'];
    const rows = ['Inh', 'Lả', 'Xuyến'].map((given, i) => [i + 1, 'Lò Thị', given, `0${i + 1}/02/2016`, 'Vì Thị Na']);
    expect(one([header, [1, 2, 3, 4, 5], ...rows]).rows.map(({ child }) => child?.name)).toEqual([
      'Lò Thị Inh',
      'Lò Thị Lả',
      'Lò Thị Xuyến',
    ]);
  });

  it('[IMP-9] a mark under a circumstance means that circumstance', () => {
    const plan = one([
      ['STT', 'Họ tên', 'Ngày sinh', 'Hoàn cảnh', null],
      [null, null, null, 'Hộ nghèo', 'Mồ côi'],
      [1, 'A Biu', '1/1/2016', 'x', null],
      [2, 'A Thiu', '1/1/2017', null, 'x'],
    ]);
    expect(plan.rows.map(({ child }) => [child?.circumstances, child?.notes])).toEqual([
      ['Hộ nghèo', null],
      [null, 'Hoàn cảnh / Mồ côi: x'],
    ]);
  });
});

describe('sheets', () => {
  const of = (name: string, row: readonly CellSpec[]) => ({ name, rows: [['Họ tên', 'Ngày sinh', 'Mẹ'], row] });
  const sheets = [
    {
      name: 'Hướng dẫn',
      rows: [
        ['Họ tên', 'Ngày sinh', 'Mẹ'],
        ['Nguyễn Văn A', '01/01/2020', 'Trần Thị B'],
      ],
    },
    of('Thôn 6', ['A Biu', '1/1/2016', 'Y Blưk']),
    of('Bản Nà Pàn', ['A Biu', '1/1/2016', 'Y Blưk']),
    { ...of('Cũ', ['A Thiu', '1/1/2017', 'Y Hyim']), isHidden: true },
  ];

  it('[IMP-1] [IMP-10] one a village go in together, a child of two of them once; guide and hidden ones are named', () => {
    const plan = planOf(sheets);
    expect(plan.rows.map(({ sheet, verdict }) => `${sheet} ${verdict}`)).toEqual([
      'Thôn 6 ready',
      'Bản Nà Pàn duplicate',
    ]);
    expect(plan.otherSheets.map(({ name }) => name)).toEqual(['Hướng dẫn', 'Cũ']);
    expect(toJson(plan).duplicates).toEqual([
      expect.objectContaining({ row: 2, sheet: 'Bản Nà Pàn', withRow: 2, withSheet: 'Thôn 6' }),
    ]);
    expect(toAccountJson(plan)).toMatchObject({
      filledRows: 4,
      duplicate: 1,
      verdicts: { ready: [{ row: 2, sheet: 'Thôn 6' }] },
    });
  });

  it('[IMP-5] the JSON of one sheet has these keys and no others', () => {
    const json = toJson(one([HEADER, AN, [2, ...AN.slice(1, 6), null, null], [3, null, ...LA.slice(2)]]));
    expect(Object.keys(json)).toEqual(['rows', 'ready', 'problems', 'duplicates']);
    expect(json.problems.map((problem) => Object.keys(problem).join(' '))).toEqual(
      Array(json.problems.length).fill('row code severity message'),
    );
    expect(json.duplicates.map((pair) => Object.keys(pair).join(' '))).toEqual(['row withRow score reasons']);
  });
});

describe('cells', () => {
  const CELLS: readonly (readonly [string, number, CellSpec, string, string])[] = [
    ['a title before a name', 1, 'Cháu Nguyễn Văn An', 'Nguyễn Văn An', 'nameTitle'],
    ['a number before a name', 1, '12. Siêm', 'Siêm', 'nameTitle oneWord'],
    ['Bé is a name too', 1, 'Bé Na', 'Bé Na', ''],
    ['another name in brackets', 1, 'Nguyễn Văn An (Tý)', 'Nguyễn Văn An', 'nameAside'],
    ['a name in an old font among others', 1, 'NguyÔn V¨n §«ng', 'Nguyễn Văn Đông', 'legacyFont'],
    ['another old font', 1, 'Nguyeãn Vaên Ñoâng', 'Nguyễn Văn Đông', 'legacyFont'],
    ['a name in a wrong encoding', 1, 'Nguyá»…n VÄƒn An', 'Nguyá»…n VÄƒn An', 'nameOdd'],
    ['an English month', 2, '05-Jun-2015', '2015-06-05', ''],
    ['an English month first', 2, 'Jun 5, 2015', '2015-06-05', ''],
    ['a day number as text', 2, '42160', '2015-06-05', 'serialDate'],
    ['digits, the year first', 2, '20150605', '2015-06-05', ''],
    ['digits without the zero', 2, '5062015', '2015-06-05', ''],
    ['long dashes', 2, '5–6–2015', '2015-06-05', ''],
    ['a stroke twice', 2, '5//6/2015', '2015-06-05', ''],
    ['the letter l for 1', 2, 'l5/06/2015', '2015-06-15', ''],
    ['a number that the spreadsheet shortened', 6, '1,215E+09', '', 'idScientific'],
    ['words for a number', 6, 'đang làm lại', 'Số định danh: đang làm lại', 'noId'],
    ['zeros for a number', 6, '000000000000', '', 'noId'],
    ['the exact one of two villages that fold alike', 5, 'Bản Nà Pán', 'v3', ''],
    ['a village with its commune', 5, 'Thôn 6, xã Nà Pàn', 'v2', ''],
    ['a village with its number said', 5, 'Thôn số 6', 'v2', 'villageTypo'],
    ['a village shortened', 5, 'B. Nà Pàn', '', 'unknownVillage'],
    ['a hyphen in a village', 5, 'Plei Kần-Hạ', 'v4', ''],
  ];

  it.each(CELLS)('[IMP-6] [IMP-7] [IMP-8] [IMP-11] %s', (_, column, cell, found, codes) => {
    const plan = one([
      HEADER,
      AN.with(column, cell),
      LA,
      [3, 'Lò Văn Inh', '06/07/2017', 'Nam', 'Vì Thị Lả', 'Thôn 6', null, null],
    ]);
    const [row] = plan.rows;
    const child = row?.child;
    const shown = (row?.problems ?? [])
      .filter(({ code }) => code !== 'textDate' && code !== 'idYearMismatch')
      .map(({ code }) => code);
    expect(shown.join(' ')).toBe(codes);
    expect([child?.name, child?.birth.date, child?.villageId ?? '', child?.notes, child?.personalId ?? '']).toContain(
      found,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { xlsxOf } from '../../../../test/fixtures/xlsx.ts';
import type { CellSpec, SheetSpec } from '../../../../test/fixtures/xlsx.ts';
import type { ImportPlan, ImportQuestion } from './plan-types.ts';
import { planImport } from './plan.ts';
import { toJson } from './to-json.ts';

const KNOWN = [
  { id: 'v1', name: 'Bản Nà Pàn', oldNames: [] },
  { id: 'v2', name: 'Thôn Đông Hạ', oldNames: ['Thôn 9'] },
  { id: 'v3', name: 'Khu phố 3', oldNames: [] },
  { id: 'v4', name: 'Thôn 6', oldNames: [] },
];

type Rows = readonly (readonly CellSpec[])[];

function planOf(rows: Rows, more: Partial<SheetSpec> & Partial<ImportQuestion> = {}): ImportPlan {
  const bytes = xlsxOf([{ name: more.name ?? 'Sheet1', rows, ...(more.merges ? { merges: more.merges } : {}) }]);
  const plan = planImport({ bytes, fileName: 'x.xlsx', villages: KNOWN, register: [], onDate: '2026-11-22', ...more });
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

/** What matters of each row, in one line. */
function seen(plan: ImportPlan): string[] {
  return plan.rows.map(({ row, verdict, child }) => {
    const place = child?.villageId ?? child?.proposedVillage ?? '-';
    return `${row} ${verdict} ${child?.name ?? '-'} ${child?.birth.date ?? '-'} ${child?.sex ?? '-'} ${place}`;
  });
}

function codes(plan: ImportPlan): string[][] {
  return plan.rows.map(({ problems }) => problems.map(({ code }) => code));
}

function skipped(plan: ImportPlan): string[] {
  return plan.skipped.map(({ row, reason }) => `${row} ${reason}`);
}

describe('layouts', () => {
  it('[IMP-3] a two-row header with the year of birth under Nam and Nữ, split names, column numbers', () => {
    const plan = planOf(
      [
        ['UBND XÃ NÀ PÀN', null, null, null, null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
        ['DANH SÁCH TRẺ EM'],
        [],
        ['Số TT', 'Họ và tên', null, 'Năm sinh', null, 'Họ tên bố mẹ', null, 'Địa chỉ', 'Nghề nghiệp bố'],
        [null, 'Họ đệm', 'Tên', 'Nam', 'Nữ', 'Bố', 'Mẹ'],
        ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)'],
        [1, 'Giàng A', 'Páo', 2018, null, 'Giàng A Tủa', 'Sùng Thị Mỷ', 'Bản Nà Pàn, xã X', 'Làm nương'],
        [2, 'Lò Thị', 'Inh', null, '12/03/2019', 'Lò Văn Ún', 'Vì Thị Lả', 'Số 5, thôn Đông Hạ', null],
        [null, 'Tổng: 02 trẻ'],
      ],
      { merges: ['A4:A5', 'B4:C4', 'D4:E4', 'F4:G4', 'H4:H5', 'A1:F1', 'G1:I1'] },
    );
    expect(seen(plan)).toEqual(['7 ready Giàng A Páo 2018 male v1', '8 ready Lò Thị Inh 2019-03-12 female v2']);
    expect(skipped(plan)).toEqual(['1 title', '2 title', '4 header', '5 header', '6 columnNumbers', '9 total']);
    expect(plan.rows[0]?.child).toMatchObject({
      fatherName: 'Giàng A Tủa',
      motherName: 'Sùng Thị Mỷ',
      notes: 'Nghề nghiệp bố: Làm nương',
    });
    expect(plan.notes.map(({ code }) => code)).toEqual(['noIdColumn']);
  });

  it('[IMP-3] three columns of day, month, year; girls alone marked; header without marks in capitals', () => {
    const plan = planOf([
      ['STT', 'HO VA TEN', 'NGAY SINH', null, null, 'NU', 'THON', 'HO TEN ME'],
      [null, null, 'Ngay', 'Thang', 'Nam'],
      [1, 'Nguyễn Văn An', 5, 6, 2015, null, 'Dong Ha', 'Trần Thị Hòa'],
      [2, 'Nguyễn Thị Lan', null, null, 2016, 'x', 6, 'Trần Thị Mai'],
      [3, 'Nguyễn Thị Vy', 31, 4, 2016, 'x', 'Thôn 9', 'Lê Thị Mai'],
    ]);
    expect(seen(plan)).toEqual([
      '3 ready Nguyễn Văn An 2015-06-05 male v2',
      '4 ready Nguyễn Thị Lan 2016 female v4',
      '5 error - - - -',
    ]);
    expect(codes(plan)[2]).toContain('impossibleDate');
    expect(codes(plan)[2]).toContain('villageOldName');
  });

  it('[IMP-4] village rows in any dress, repeated headers, totals in between, signatures with a name below, STT starting anew', () => {
    const header = ['STT', 'Họ tên', 'Ngày sinh', 'Giới tính', 'Mẹ'];
    const plan = planOf([
      header,
      ['I', 'BẢN NÀ PÀN'],
      [1, 'Bàn Văn An', '01/02/2015', 'Nam', 'Triệu Thị Mùi'],
      [2, 'Bản Thị Hoa', '01/03/2015', 'Nữ', 'Triệu Thị Lai'],
      ['Cộng Bản Nà Pàn: 2 trẻ'],
      ['2. Thôn Đông Hạ (1 trẻ)'],
      header,
      [1, 'Tống Thị Hà', '01/04/2015', 'Nữ', 'Lê Thị Bình'],
      ['TỔNG CỘNG', null, 3],
      [null, null, 'Nà Pàn, ngày 22 tháng 11 năm 2026'],
      ['Người lập biểu', null, null, 'TM. UBND XÃ'],
      ['(Ký, ghi rõ họ tên)'],
      [null, 'Hoàng Văn Bách'],
    ]);
    expect(seen(plan)).toEqual([
      '3 ready Bàn Văn An 2015-02-01 male v1',
      '4 ready Bản Thị Hoa 2015-03-01 female v1',
      '8 ready Tống Thị Hà 2015-04-01 female v2',
    ]);
    expect(skipped(plan)).toEqual([
      '1 header',
      '2 village',
      '5 total',
      '6 village',
      '7 repeatedHeader',
      '9 total',
      '10 signature',
      '11 signature',
      '12 signature',
      '13 signature',
    ]);
  });

  it('[IMP-3] mother and village merged downwards over siblings; a name merged over two lines; a given name without a title', () => {
    const plan = planOf(
      [
        ['TT', 'Họ và tên trẻ', null, 'Ngày sinh', 'Mẹ', 'Thôn'],
        [1, 'Sùng Thị', 'Mỷ', '1.2.2015', 'Giàng Thị Dở', 'Bản Nà Pàn'],
        [2, 'Sùng A', 'Páo', '1.2.2017'],
        [3, 'Sùng A', 'Tủa', '1.2.2019', null, null],
        [null, null, null, null, 'Hộ nghèo'],
      ],
      { merges: ['E2:E4', 'F2:F4', 'B4:B5'] },
    );
    expect(seen(plan)).toEqual([
      '2 ready Sùng Thị Mỷ 2015-02-01 - v1',
      '3 ready Sùng A Páo 2017-02-01 - v1',
      '4 ready Sùng A Tủa 2019-02-01 - v1',
    ]);
    expect(plan.rows.map(({ child }) => child?.motherName)).toEqual(['Giàng Thị Dở', 'Giàng Thị Dở', 'Giàng Thị Dở']);
    expect(plan.rows[2]?.child?.notes).toBe('Hộ nghèo');
    expect(skipped(plan)).toEqual(['1 header', '5 continuation']);
  });

  it('[IMP-3] the village from the title, both parents in one cell, a column nobody knows, columns in odd order', () => {
    const plan = planOf([
      ['DANH SÁCH TRẺ EM THÔN ĐÔNG HẠ NĂM 2026'],
      ['Cha, mẹ', 'Mã định danh', 'Sinh ngày', 'Nhóm máu', 'Trẻ em', 'Phái'],
      ['Cha: Lò Văn Ún; Mẹ: Vì Thị Lả', "'011219000123", 'ngày 5 tháng 6 năm 2019', 'O', 'lò văn biên', 'nam'],
      ['Lò Văn Inh - Cà Thị Pâng', '011 320 000 124', '2020-07-08', null, 'LÒ THỊ ÍN', 'Gái'],
    ]);
    expect(seen(plan)).toEqual(['3 ready Lò Văn Biên 2019-06-05 male v2', '4 ready Lò Thị Ín 2020-07-08 female v2']);
    expect(
      plan.rows.map(({ child }) => [child?.fatherName, child?.motherName, child?.personalId, child?.notes]),
    ).toEqual([
      ['Lò Văn Ún', 'Vì Thị Lả', '011219000123', 'Nhóm máu: O'],
      ['Lò Văn Inh', 'Cà Thị Pâng', '011320000124', null],
    ]);
    expect(plan.notes).toContainEqual({ code: 'villageFromTitle', params: { name: 'Thôn Đông Hạ' } });
  });

  it('[IMP-3] a village named once and left empty below is carried down; a few empty ones are not', () => {
    const line = (name: string, village: string | null) => [name, '1/2/2016', 'Sùng Thị Mỷ', village];
    const head = ['Họ tên', 'Ngày sinh', 'Mẹ', 'Thôn'];
    const names = ['A Biu', 'A Thiu', 'A Ngưi', 'A Lưnh', 'A Nhâm'];
    const sparse = names.map((name, i) => line(name, { 0: 'Bản Nà Pàn', 3: 'Khu phố 3' }[i] ?? null));
    expect(planOf([head, ...sparse]).rows.map(({ child }) => child?.villageId)).toEqual(['v1', 'v1', 'v1', 'v3', 'v3']);
    const dense = names.map((name, i) => line(name, i === 3 ? null : 'Thôn 6'));
    expect(planOf([head, ...dense]).rows.map(({ child }) => child?.villageId)).toEqual(['v4', 'v4', 'v4', null, 'v4']);
  });

  it('[IMP-1] takes every shown sheet that is a roster, names the others, and one alone when asked', () => {
    const header = ['Họ tên', 'Ngày sinh', 'Mẹ'];
    const sheets: SheetSpec[] = [
      { name: 'Bìa', rows: [['Báo cáo năm 2026'], ['Xã Nà Pàn']] },
      {
        name: 'Cũ',
        rows: [
          header,
          ['A Biu', '1/1/2016', 'Y Blưk'],
          ['A Thiu', '1/1/2017', 'Y Hyim'],
          ['A Ngưi', '1/1/2018', 'Y Thút'],
        ],
        isHidden: true,
      },
      { name: 'Thôn 6', rows: [header, ['A Nhâm', '1/1/2018', 'Y Lêu'], ['A Hyưh', '1/1/2019', 'Y Bưm']] },
      { name: 'Thôn 9', rows: [header, ['A Lưnh', '1/1/2018', 'Y Ngơi']] },
    ];
    const question = { bytes: xlsxOf(sheets), fileName: 'x.xlsx', villages: KNOWN, register: [], onDate: '2026-11-22' };
    const plan = planImport(question);
    expect(plan.ok && plan.value.sheets.map(({ name }) => name)).toEqual(['Thôn 6', 'Thôn 9']);
    expect(plan.ok && plan.value.rows.map(({ child }) => child?.villageId)).toEqual(['v4', 'v4', 'v2']);
    expect(plan.ok && plan.value.otherSheets.map(({ name, isRoster }) => `${name} ${isRoster}`)).toEqual([
      'Bìa false',
      'Cũ true',
    ]);
    const other = planImport({ ...question, sheetNames: ['Thôn 9'] });
    expect(other.ok && seen(other.value)).toEqual(['2 ready A Lưnh 2018-01-01 - v2']);
    expect(planImport({ ...question, sheetNames: ['Không'] })).toEqual({ ok: false, error: { code: 'noSuchSheet' } });
  });

  it('[IMP-3] a sheet typed in a font from before Unicode', () => {
    const plan = planOf([
      ['STT', 'Hä vµ tªn', 'Ngµy sinh', 'Giíi tÝnh', 'Th«n'],
      [1, 'NguyÔn V¨n §«ng', '05/06/2015', 'Nam', 'Th«n §«ng H¹'],
    ]);
    expect(seen(plan)).toEqual(['2 ready Nguyễn Văn Đông 2015-06-05 male v2']);
    expect(plan.notes).toContainEqual({ code: 'legacyFont', params: { name: 'TCVN3' } });
    const vni = planOf([
      ['STT', 'Hoï vaø teân', 'Ngaøy sinh', 'Giôùi tính', 'Thoân'],
      [1, 'Nguyeãn Vaên Ñoâng', '05/06/2015', 'Nam', 'Thoân Ñoâng Haï'],
    ]);
    expect(seen(vni)).toEqual(['2 ready Nguyễn Văn Đông 2015-06-05 male v2']);
  });

  it('[IMP-4] a csv is a roster like any other', () => {
    const bytes = new Uint8Array(
      Buffer.from('STT;Họ và tên;Ngày sinh;Giới tính;Thôn\n1;H’Mai Êban;05/06/2015;Nữ;KP3\n2;;;;\n'),
    );
    const plan = planImport({ bytes, fileName: 'ds.csv', villages: KNOWN, register: [], onDate: '2026-11-22' });
    expect(plan.ok && seen(plan.value)).toEqual(['2 ready H’Mai Êban 2015-06-05 female v3']);
    expect(plan.ok && plan.value.filledRows).toBe(3);
  });
});

const HEADER = ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Họ tên mẹ', 'Thôn', 'Số định danh', 'Ghi chú'];

function rowOf(cells: {
  name?: CellSpec;
  birth?: CellSpec;
  sex?: CellSpec;
  village?: CellSpec;
  id?: CellSpec;
  notes?: CellSpec;
}): CellSpec[] {
  const {
    name = 'Nguyễn Văn An',
    birth = '05/06/2015',
    sex = 'Nam',
    village = 'Thôn 6',
    id = '001215000123',
    notes = null,
  } = cells;
  return [1, name, birth, sex, 'Trần Thị Hòa', village, id, notes];
}

describe('troubles of one row', () => {
  const TABLE: readonly (readonly [string, Parameters<typeof rowOf>[0], string, string])[] = [
    ['nothing', {}, 'ready', ''],
    ['no name', { name: null }, 'error', 'noName'],
    ['a dash for a name', { name: '-' }, 'error', 'noName'],
    ['no birth', { birth: null }, 'error', 'noBirth'],
    ['words for a birth', { birth: 'chưa rõ' }, 'error', 'badDate'],
    ['the 31st of April', { birth: '31/04/2015' }, 'error', 'impossibleDate'],
    ['29 February of no leap year', { birth: '29/02/2015' }, 'error', 'impossibleDate'],
    ['29 February of a leap year', { birth: '29/02/2016', id: '001216000123' }, 'ready', ''],
    ['tomorrow', { birth: '23/11/2026', id: null }, 'error', 'future noId'],
    ['today', { birth: '22/11/2026', id: null }, 'ready', 'noId'],
    ['next year alone', { birth: 2027, id: null }, 'error', 'yearOnly future noId'],
    ['16 last year', { birth: '31/12/2009', id: '001209000123' }, 'error', 'over16'],
    ['16 today', { birth: '22/11/2010', id: '001210000123' }, 'ready', 'turned16'],
    ['16 tomorrow', { birth: '23/11/2010', id: '001210000123' }, 'ready', ''],
    ['perhaps 16', { birth: '2010', id: '001210000123' }, 'ready', 'yearOnly ageDoubt'],
    ['two digits, confirmed', { birth: '05/06/15' }, 'ready', 'twoDigitYear'],
    ['the month first', { birth: '06/25/2015' }, 'ready', 'monthFirst'],
    ['month and year', { birth: '6/2015' }, 'ready', 'monthOnly'],
    ['zero day and month', { birth: '00/00/2015' }, 'ready', 'yearOnly'],
    ['a spreadsheet number', { birth: 42_160 }, 'ready', 'serialDate'],
    ['a year shown as a date', { birth: { serial: 2015 } }, 'ready', 'yearOnly'],
    ['eight digits', { birth: '05062015' }, 'ready', ''],
    ['a letter O in the date', { birth: 'O5/06/2015' }, 'ready', ''],
    ['a short number', { id: '00121500012' }, 'error', 'idShort'],
    ['a long number', { id: '0012150001234' }, 'error', 'idLong'],
    ['letters in the number', { id: 'GKS-12/2015' }, 'error', 'idBadChars'],
    ['a number that lost two zeros', { id: 1_215_000_123 }, 'ready', 'idAsNumber'],
    ['a text that lost one zero', { id: '46215000123' }, 'ready', 'idAsNumber'],
    ['a letter O for a zero', { id: 'OO1215OOO123' }, 'ready', 'idLetterO'],
    ['not given yet', { id: 'chưa cấp' }, 'ready', 'noId'],
    ['the other sex', { sex: 'Nữ' }, 'ready', 'idWrongSex'],
    ['another year', { birth: '05/06/2016' }, 'ready', 'idYearMismatch'],
    ['no known province', { id: '999215000123' }, 'ready', 'idUnknownProvince'],
    ['the sex left out', { sex: null }, 'ready', 'sexFromId'],
    ['the sex left out, no number', { sex: null, id: null }, 'ready', 'noSex noId'],
    ['a sex nobody knows', { sex: 'N', id: null }, 'ready', 'unknownSex noId'],
    ['decomposed', { name: 'Nguyễn Văn An'.normalize('NFD') }, 'ready', 'nfd'],
    ['spaces', { name: ' Nguyễn\u00a0 Văn An' }, 'ready', 'spaces'],
    ['capitals', { name: 'NGUYỄN VĂN AN' }, 'ready', 'upper'],
    ['one word', { name: 'Páo' }, 'ready', 'oneWord'],
    ['a particle and a word', { name: 'Y Thiên' }, 'ready', 'oneWord'],
    ['a digit in the name', { name: 'Nguyễn Văn An 2' }, 'ready', 'nameOdd'],
    ['a whole letter for a name', { name: 'a '.repeat(100) }, 'error', 'long'],
    ['a village without its kind', { village: 'Đông Hạ' }, 'ready', ''],
    ['a village in small letters', { village: 'thôn đông hạ' }, 'ready', 'villageTypo'],
    ['a village with a slip', { village: 'Thôn Đôgn Hạ' }, 'ready', 'villageTypo'],
    ['another number is another village', { village: 'Thôn 7' }, 'ready', 'unknownVillage'],
    ['an abbreviated village', { village: 'KP.03' }, 'ready', 'villageTypo'],
    ['no village', { village: null }, 'ready', 'noVillage'],
    ['a formula as text', { notes: '=cmd|"/c calc"!A1' }, 'ready', 'formula'],
    ['a sum as text', { notes: '+1+1' }, 'ready', 'formula'],
    ['fewer than in the notes', { notes: 'cân nặng < bình thường, -2 SD' }, 'ready', ''],
    ['control characters', { name: 'Nguyễn\u0000 Văn\u0007 An' }, 'ready', ''],
    ['a phone number in the notes', { notes: '+84 912 345 678' }, 'ready', ''],
    ['markup in the name', { name: 'An <script>alert(1)</script>' }, 'ready', 'nameOdd html'],
    ['a computed name', { name: { formula: 'PROPER(A1)', value: 'Nguyễn Văn An' } }, 'ready', 'formula'],
    ['a broken cell', { village: { error: '#N/A' } }, 'ready', 'noVillage cellError'],
  ];

  it.each(TABLE)('[IMP-5] [IMP-6] [IMP-7] [IMP-8] %s', (_, cells, verdict, expected) => {
    const filler = rowOf({ name: 'Lò Văn Inh', birth: '06/07/2017', id: '001217000999' });
    const plan = planOf([
      HEADER,
      rowOf(cells),
      filler,
      rowOf({ name: 'Lò Thị Lả', birth: '06/07/2018', sex: 'Nữ', id: '001318000999' }),
    ]);
    const row = plan.rows[0];
    expect(
      row?.problems
        .map(({ code }) => code)
        .filter((code) => code !== 'textDate')
        .join(' '),
    ).toBe(expected);
    expect(row?.verdict).toBe(verdict);
  });

  it('[IMP-7] doubts the dates of a column in which a month-first spreadsheet swapped them', () => {
    const given = ['An', 'Bình', 'Cường', 'Dũng', 'Giang', 'Hải', 'Khoa', 'Long', 'Minh', 'Nam', 'Phúc', 'Quân'];
    const firstOf2016 = 42_370;
    const dates = given.map((name, i) =>
      rowOf({ name: `Lò Văn ${name}`, birth: { serial: firstOf2016 + i }, id: null }),
    );
    const texts = [20, 25, 31].map((day) =>
      rowOf({ name: `Vì Văn ${given[day % 12]}`, birth: `${day}/03/2016`, id: null }),
    );
    const swapped = planOf([HEADER, ...dates, ...texts]);
    expect(swapped.notes.map(({ code }) => code)).toContain('dayMonthDoubt');
    expect(codes(swapped).filter((row) => row.includes('dayMonthDoubt'))).toHaveLength(given.length - 1);
    const late = rowOf({ name: 'Vì Văn Inh', birth: { serial: firstOf2016 + 20 }, id: null });
    expect(planOf([HEADER, ...dates, ...texts, late]).notes.map(({ code }) => code)).not.toContain('dayMonthDoubt');
  });
});

describe('duplicates', () => {
  const two = (a: Parameters<typeof rowOf>[0], b: Parameters<typeof rowOf>[0]) =>
    planOf([HEADER, rowOf({ id: null, ...a }), rowOf({ id: null, ...b })]);
  const PAIRS: readonly (readonly [string, Parameters<typeof rowOf>[0], Parameters<typeof rowOf>[0], string | null])[] =
    [
      [
        'the same number, whatever the name',
        { id: '001215000123' },
        { name: 'Lò Văn Inh', id: '001215000123' },
        'sameId',
      ],
      ['everything the same', {}, {}, 'sameName'],
      ['without marks', {}, { name: 'Nguyen Van An' }, 'sameName'],
      ['day and month swapped', {}, { birth: '06/05/2015' }, 'dayMonthSwapped'],
      ['a day apart', {}, { birth: '06/06/2015' }, 'dayApart'],
      ['the year alone', {}, { birth: '2015' }, 'birthCoarser'],
      ['another order', {}, { name: 'An Nguyễn Văn' }, 'nameReordered'],
      ['a slip', { name: 'Nguyễn Thị Quỳnh' }, { name: 'Nguyễn Thị Quyn' }, 'nameSlip'],
      ['moved', {}, { village: 'Khu phố 3' }, 'movedVillage'],
      ['twins', { name: 'Nguyễn Văn An' }, { name: 'Nguyễn Văn Bình' }, null],
      ['twins with names a letter apart', { name: 'Nguyễn Văn An' }, { name: 'Nguyễn Văn Anh' }, null],
      ['a boy and a girl', { name: 'Nguyễn Khánh An' }, { name: 'Nguyễn Khánh Ân', sex: 'Nữ' }, null],
      ['a sex typed wrong', { name: 'Nguyễn Khánh An' }, { name: 'Nguyễn Khánh An', sex: 'Nữ' }, 'sexDiffers'],
      ['two numbers for one', { id: '001215000123' }, { id: '001215999888' }, 'otherId'],
      ['siblings', { name: 'Nguyễn Văn An' }, { name: 'Nguyễn Văn Bảo', birth: '05/06/2017' }, null],
      ['two numbers', { id: '001215000123' }, { id: '001215999888', birth: '06/06/2015' }, null],
    ];

  it.each(PAIRS)('[IMP-10] [SRC-6] %s', (_, a, b, reason) => {
    const plan = two(a, b);
    const reasons: readonly string[] = plan.duplicates.flatMap((pair) => pair.reasons);
    expect(plan.rows.map(({ verdict }) => verdict)).toEqual(['ready', reason === null ? 'ready' : 'duplicate']);
    expect(plan.duplicates).toHaveLength(reason === null ? 0 : 1);
    expect(reasons.filter((found) => found === reason)).toHaveLength(reason === null ? 0 : 1);
  });

  const child = {
    folder: 'F1',
    name: 'Nguyễn Văn An',
    birth: '2015-06-05',
    sex: 'male',
    mother: 'Trần Thị Hòa',
    father: null,
    village: 'v4',
    personalId: null,
  } as const;

  it.each([
    ['the same child', {}, 'already'],
    ['typed in capitals', { name: 'NGUYỄN VĂN AN' }, 'already'],
    ['typed without marks', { name: 'Nguyen Van An' }, 'already'],
    ['typed with the tone elsewhere', { village: 'thôn 06' }, 'already'],
    ['perhaps a twin, marks differ', { name: 'Nguyễn Văn Ân' }, 'duplicate'],
    ['perhaps the same, moved', { village: 'Bản Nà Pàn' }, 'duplicate'],
    ['somebody else', { name: 'Lò Văn Inh' }, 'ready'],
  ])('[IMP-10] against the register: %s', (_, cells, verdict) => {
    const plan = planOf([HEADER, rowOf(cells)], { register: [child] });
    expect(plan.rows[0]?.verdict).toBe(verdict);
    expect(plan.rows[0]?.folder).toBe(verdict === 'already' ? 'F1' : null);
    expect(toJson(plan).duplicates.map((pair) => pair.child)).toEqual(verdict === 'duplicate' ? ['F1'] : []);
  });

  it('[IMP-10] a row kept out by an error does not hold back the row that repeats it', () => {
    const plan = two({ birth: '05/06/2015', name: 'Nguyễn Văn An', id: '0012' }, {});
    expect(plan.rows.map(({ verdict }) => verdict)).toEqual(['error', 'ready']);
    expect(plan.duplicates).toHaveLength(1);
  });
});

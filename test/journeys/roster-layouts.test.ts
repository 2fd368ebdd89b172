import { dayNumberOf, parseIsoDay } from '@chungtay/core/model/dates';
import { planImport } from '@chungtay/core/roster/plan';
import { seeded } from '@chungtay/server/demo/people';
import type { InventedChild, Seeded } from '@chungtay/server/demo/people';
import { describe, expect, it } from 'vitest';
import { seededChildren, VILLAGES } from '../fixtures/people.ts';
import { xlsxOf } from '../fixtures/xlsx.ts';
import type { CellSpec } from '../fixtures/xlsx.ts';

const ON_DATE = '2026-11-22';
const KNOWN = VILLAGES.map((name, at) => ({ id: `v${at}`, name, oldNames: [] }));

/** One column or several under one title. */
interface ColumnSpec {
  readonly title: string;
  readonly parts?: readonly string[];
  readonly cells: (child: InventedChild) => readonly CellSpec[];
}

const pick = <T>(random: Seeded, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

function dayOf(birth: string): { d: string; m: string; y: string; serial: number } {
  const [y = '', m = '', d = ''] = birth.split('-');
  const day = parseIsoDay(birth);
  return { d, m, y, serial: (day ? dayNumberOf(day) : 0) + 25_569 };
}

function nameColumns(random: Seeded): ColumnSpec {
  const split = (name: string) => [name.split(' ').slice(0, -1).join(' ') || null, name.split(' ').at(-1) ?? ''];
  return pick(random, [
    { title: 'Họ và tên', cells: ({ name }) => [name] },
    { title: 'HỌ TÊN TRẺ EM', cells: ({ name }) => [name] },
    { title: 'Ho va ten tre', cells: ({ name }) => [name] },
    { title: 'Họ tên', cells: ({ name }) => [name.normalize('NFD')] },
    { title: 'Họ và tên trẻ', parts: ['Họ, chữ đệm', 'Tên'], cells: ({ name }) => split(name) },
  ] satisfies ColumnSpec[]);
}

function birthColumns(random: Seeded): ColumnSpec {
  return pick(random, [
    { title: 'Ngày, tháng, năm sinh', cells: ({ birth }) => [{ serial: dayOf(birth).serial }] },
    { title: 'NTNS', cells: ({ birth }) => [`${dayOf(birth).d}/${dayOf(birth).m}/${dayOf(birth).y}`] },
    {
      title: 'Năm sinh',
      cells: ({ birth }) => [`${Number(dayOf(birth).d)}.${Number(dayOf(birth).m)}.${dayOf(birth).y}`],
    },
    { title: 'Sinh ngày', cells: ({ birth }) => [birth] },
    { title: 'Ngày sinh của trẻ', cells: ({ birth }) => [dayOf(birth).serial] },
    {
      title: 'Ngày tháng năm sinh',
      parts: ['Ngày', 'Tháng', 'Năm'],
      cells: ({ birth }) => [Number(dayOf(birth).d), dayOf(birth).m, Number(dayOf(birth).y)],
    },
    {
      title: 'Ngày sinh',
      parts: ['Nam', 'Nữ'],
      cells: ({ birth, sex }) =>
        sex === 'male'
          ? [dayOf(birth).d + birth.slice(4, 5) + dayOf(birth).m + '-' + dayOf(birth).y, null]
          : [null, { serial: dayOf(birth).serial }],
    },
  ] satisfies ColumnSpec[]);
}

function sexColumns(random: Seeded): ColumnSpec {
  return pick(random, [
    { title: 'Giới tính', cells: ({ sex }) => [sex === 'male' ? 'Nam' : 'Nữ'] },
    { title: 'Nam/Nữ', cells: ({ sex }) => [sex === 'male' ? 'nam' : 'NỮ'] },
    { title: 'Phái', cells: ({ sex }) => [sex === 'male' ? 'Trai' : 'Gái'] },
    { title: 'Giới tính', parts: ['Nam', 'Nữ'], cells: ({ sex }) => (sex === 'male' ? ['x', null] : [null, 'X']) },
    { title: 'Nữ', cells: ({ sex }) => [sex === 'female' ? '✓' : null] },
  ] satisfies ColumnSpec[]);
}

function parentColumns(random: Seeded): ColumnSpec[] {
  return pick(random, [
    [
      { title: 'Họ tên cha', cells: ({ father }) => [father] },
      { title: 'Họ tên mẹ', cells: ({ mother }) => [mother] },
    ],
    [
      { title: 'MẸ', cells: ({ mother }) => [mother] },
      { title: 'BỐ', cells: ({ father }) => [father] },
    ],
    [{ title: 'Họ và tên bố, mẹ', parts: ['Bố', 'Mẹ'], cells: ({ father, mother }) => [father, mother] }],
    [
      { title: 'Cha', parts: ['Họ và tên', 'Năm sinh'], cells: ({ father }) => [father, 1985] },
      { title: 'Mẹ', parts: ['Họ và tên', 'Nghề nghiệp'], cells: ({ mother }) => [mother, 'Làm nương'] },
    ],
    [{ title: 'Cha, mẹ', cells: ({ father, mother }) => [`Cha: ${father ?? ''}; Mẹ: ${mother ?? ''}`] }],
  ] satisfies ColumnSpec[][]);
}

interface Layout {
  readonly columns: readonly ColumnSpec[];
  readonly hasVillageRows: boolean;
  readonly isMerged: boolean;
  readonly titleRows: number;
  readonly repeatsHeader: boolean;
}

function shuffled<T>(random: Seeded, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function layoutOf(seed: number): Layout {
  const random = seeded(seed);
  const hasVillageRows = random() < 0.4;
  const birth = birthColumns(random);
  const others: ColumnSpec[] = [
    birth,
    ...(birth.parts?.[0] === 'Nam' ? [] : [sexColumns(random)]),
    ...parentColumns(random),
    {
      title: pick(random, ['Số định danh', 'Mã ĐDCN', 'CCCD', 'Mã số định danh cá nhân']),
      cells: ({ personalId }) => [random() < 0.5 || personalId === null ? personalId : Number(personalId)],
    },
    { title: pick(random, ['Dân tộc', 'DÂN TỘC']), cells: ({ ethnicity }) => [ethnicity] },
    { title: pick(random, ['SĐT', 'Điện thoại liên hệ']), cells: ({ phone }) => [phone] },
    { title: pick(random, ['Nhóm máu', 'Tôn giáo', 'Số thẻ BHYT']), cells: () => ['A'] },
  ];
  if (!hasVillageRows) {
    others.push({ title: pick(random, ['Thôn', 'Bản/Tổ', 'Nơi ở', 'Thôn (bản)']), cells: ({ village }) => [village] });
  }
  const columns = [nameColumns(random), ...(random() < 0.5 ? others : shuffled(random, others))];
  return {
    columns,
    hasVillageRows,
    isMerged: random() < 0.7,
    titleRows: Math.floor(random() * 4),
    repeatsHeader: random() < 0.4,
  };
}

const TITLES = ['UBND XÃ NÀ PÀN', 'DANH SÁCH TRẺ EM DƯỚI 16 TUỔI', '(Kèm theo Công văn số 12/UBND ngày 01/10/2026)'];

function letter(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : `A${String.fromCharCode(39 + column)}`;
}

/** Returns the rows of the sheet, its merges, and the row of each child. */
function written(layout: Layout, children: readonly InventedChild[]) {
  const rows: CellSpec[][] = TITLES.slice(0, layout.titleRows).map((title) => [title]);
  const isTall = layout.columns.some(({ parts }) => parts);
  const top = [
    'STT',
    ...layout.columns.flatMap(({ title, parts }) => (parts ?? ['']).map((_, i) => (i === 0 ? title : null))),
  ];
  const low: CellSpec[] = [null, ...layout.columns.flatMap(({ parts }): readonly CellSpec[] => parts ?? [null])];
  const first = rows.length + 1;
  const merges = layout.isMerged && isTall ? mergesOf(layout, first) : [];
  const header = isTall ? [top, low] : [top];
  rows.push(...header);
  const places: number[] = [];
  let village = '';
  for (const [at, child] of children.entries()) {
    if (layout.repeatsHeader && at === 30) rows.push(...header.map((row) => [...row]));
    if (layout.hasVillageRows && child.village !== village) {
      village = child.village;
      rows.push([at % 2 === 0 ? village : null, at % 2 === 0 ? null : `II. ${village.toUpperCase()}`]);
    }
    rows.push([at + 1, ...layout.columns.flatMap(({ cells }) => cells(child))]);
    places.push(rows.length);
  }
  rows.push(
    [null, `Tổng cộng: ${children.length} trẻ`],
    [null, null, null, 'Người lập biểu'],
    [null, null, null, 'Lò Văn Inh'],
  );
  return { rows, merges, places };
}

function mergesOf({ columns }: Layout, first: number): string[] {
  const merges = [`A${first}:A${first + 1}`];
  let column = 1;
  for (const { parts } of columns) {
    const width = parts?.length ?? 1;
    if (parts) merges.push(`${letter(column)}${first}:${letter(column + width - 1)}${first}`);
    else merges.push(`${letter(column)}${first}:${letter(column)}${first + 1}`);
    column += width;
  }
  return merges;
}

const SEEDS = Array.from({ length: 120 }, (_, at) => at + 1);

describe('rosters in layouts drawn at random', () => {
  it.each(SEEDS)('[IMP-3] [IMP-4] layout %d gives back the children that were written', (seed) => {
    const children = seededChildren(1000 + seed, 60, ON_DATE).toSorted((a, b) => (a.village < b.village ? -1 : 1));
    const layout = layoutOf(seed);
    const { rows, merges, places } = written(layout, children);
    const bytes = xlsxOf([{ name: 'Sheet1', rows, merges }]);
    const plan = planImport({ bytes, fileName: 'x.xlsx', villages: KNOWN, register: [], onDate: ON_DATE });
    expect(plan.ok && plan.value.rows.map(({ row }) => row)).toEqual(places);
    const read = plan.ok
      ? plan.value.rows.map(({ child }) => [
          child?.name,
          child?.birth.date,
          child?.sex,
          child?.fatherName,
          child?.motherName,
          child?.villageId,
          child?.personalId,
          child?.ethnicity,
          child?.phone,
        ])
      : [];
    const expected = children.map((child) => [
      child.name,
      child.birth,
      child.sex,
      child.father,
      child.mother,
      KNOWN.find(({ name }) => name === child.village)?.id,
      child.personalId,
      child.ethnicity,
      child.phone,
    ]);
    expect(read).toEqual(expected);
  });
});

const WORDS = [
  'Họ và tên',
  'Nữ',
  'x',
  '',
  '-',
  'Thôn 6',
  'Tổng cộng',
  'Lò Văn Inh',
  '31/02/2015',
  '12/2015',
  '0',
  '=1+1',
  '<b>',
  'Người lập',
  'NĂM SINH',
  '\u0000',
  'O12215000123',
  '１２',
  'ngày   tháng   năm',
  '𝕷ò',
  '\ud800',
];

function noise(random: Seeded): CellSpec {
  const word = pick(random, WORDS);
  return pick<CellSpec>(random, [
    word,
    null,
    random() * 1e13,
    Math.floor(random() * 3000),
    -1,
    1e300,
    { serial: random() * 1e6 },
    { error: '#N/A' },
    { formula: 'A1', value: word },
  ]);
}

describe('rosters of noise', () => {
  it.each(Array.from({ length: 60 }, (_, at) => at + 1))(
    '[IMP-2] [IMP-4] noise %d is planned with every row counted, or refused',
    (seed) => {
      const random = seeded(9000 + seed);
      const width = 2 + Math.floor(random() * 12);
      const line = () => Array.from({ length: width }, () => noise(random));
      const header = shuffled(random, [
        'Họ tên',
        'Ngày sinh',
        'Nam',
        'Nữ',
        'Thôn',
        'Mẹ',
        'CCCD',
        'Năm',
        'Tháng',
        'Ngày',
        'Lớp',
        '?',
      ]).slice(0, width);
      const rows = [line(), ...(random() < 0.8 ? [header] : []), ...Array.from({ length: 40 }, line)];
      const merges = ['A1:C1', 'B3:B6', 'A9:D12', 'C4:C4', 'B2:A1', 'A5:A1048576'].filter(() => random() < 0.5);
      const bytes = xlsxOf([{ name: 'x', rows, merges }]);
      const plan = planImport({ bytes, fileName: 'x.xlsx', villages: KNOWN, register: [], onDate: ON_DATE });
      const counted = plan.ok ? plan.value.rows.length + plan.value.skipped.length : 0;
      expect(counted).toBe(plan.ok ? plan.value.filledRows : 0);
      expect(plan.ok || ['noHeader', 'noRows', 'damaged'].includes(plan.error.code)).toBe(true);
      const isSound = plan.ok
        ? plan.value.rows.every(({ verdict, child }) => verdict === 'error' || child !== null)
        : true;
      expect(isSound).toBe(true);
    },
  );
});

import { dayNumberOf, parseIsoDay } from '@chungtay/core/model/dates';
import type { Seeded } from '@chungtay/server/demo/people';
import type { CellSpec } from '../fixtures/xlsx.ts';
import type { Entry } from './entries.ts';
import { pick } from './random.ts';

/** One column, or several under one title; `group` is what may stand above it in a header of three rows. */
export interface ColumnSpec {
  readonly title: string;
  readonly parts?: readonly string[];
  readonly group: 'child' | 'family' | 'other';
  readonly cells: (entry: Entry) => readonly CellSpec[];
}

type Writer = (birth: { d: string; m: string; y: string }) => CellSpec;

const EPOCH = 25_569;
const serialOf = ({ d, m, y }: { d: string; m: string; y: string }): number => {
  const day = parseIsoDay(`${y}-${m}-${d}`);
  return day ? dayNumberOf(day) + EPOCH : 0;
};

/** Returns a writer that falls back to text for a day the calendar lacks, as a spreadsheet does. */
function asDate(write: (serial: number) => CellSpec): Writer {
  return (birth) => {
    const serial = serialOf(birth);
    return serial === 0 ? `${birth.d}/${birth.m}/${birth.y}` : write(serial);
  };
}

/** The ways of writing a birth in one cell. */
export const BIRTH_WRITERS = {
  date: asDate((serial) => ({ serial })),
  dateTime: asDate((serial) => ({ serial: serial + 0.375 })),
  serial: asDate((serial) => serial),
  slashes: ({ d, m, y }) => `${d}/${m}/${y}`,
  padded: ({ d, m, y }) => ` ${d}/${m}/${y} `,
  dots: ({ d, m, y }) => `${d}.${m}.${y}`,
  dashes: ({ d, m, y }) => `${Number(d)}-${Number(m)}-${y}`,
  iso: ({ d, m, y }) => `${y}-${m}-${d}`,
  words: ({ d, m, y }) => `${Number(d)} tháng ${Number(m)} năm ${y}`,
  longWords: ({ d, m, y }) => `Ngày ${d} tháng ${m} năm ${y}`,
} as const satisfies Readonly<Record<string, Writer>>;

/** A way of writing a birth. */
export type BirthStyle = keyof typeof BIRTH_WRITERS;

/** Returns the column or columns of the name. */
export function nameColumns(random: Seeded, isSplit: boolean): ColumnSpec {
  const split = ({ name }: Entry): CellSpec[] => {
    const words = (name ?? '').split(' ');
    return [words.slice(0, -1).join(' ') || null, words.at(-1) || null];
  };
  if (isSplit) {
    return pick(random, [
      { title: 'Họ và tên', parts: ['Họ đệm', 'Tên'], group: 'child', cells: split },
      { title: 'Họ và tên trẻ em', parts: ['Họ, chữ đệm', 'Tên'], group: 'child', cells: split },
      { title: 'Họ tên trẻ', parts: ['', ''], group: 'child', cells: split },
    ] satisfies ColumnSpec[]);
  }
  const title = pick(random, [
    'Họ và tên',
    'Họ tên trẻ',
    'Tên trẻ em',
    'Họ và tên trẻ em',
    'Họ, chữ đệm, tên',
    'Họ tên học sinh',
    'HỌ VÀ TÊN',
    'Họ và tên khai sinh',
    'Họ & tên',
  ]);
  return { title, group: 'child', cells: ({ name }) => [name] };
}

/** Returns the column of the birth; a text planted in an entry stands as it is. */
export function birthColumn(random: Seeded, style: BirthStyle): ColumnSpec {
  const write: Writer = BIRTH_WRITERS[style];
  const title = pick(random, [
    'Ngày sinh',
    'Ngày tháng năm sinh',
    'NS',
    'Năm sinh',
    'Ngày, tháng, năm sinh',
    'NTNS',
    'Sinh ngày',
    'Ngày/tháng/năm sinh',
    'N.sinh',
  ]);
  const cells = ({ birth }: Entry): CellSpec[] => [birth === null ? null : 'text' in birth ? birth.text : write(birth)];
  return { title, group: 'child', cells };
}

/** Returns births in three columns. */
export function birthPartColumns(random: Seeded): ColumnSpec {
  const title = pick(random, ['Ngày, tháng, năm sinh', 'Ngày sinh', 'Sinh']);
  const parts = pick(random, [
    ['Ngày', 'Tháng', 'Năm'],
    ['NGÀY', 'THÁNG', 'NĂM'],
    ['Ngày', 'Tháng', 'Năm sinh'],
  ]);
  return {
    title,
    parts,
    group: 'child',
    cells: ({ birth }) => (birth && 'd' in birth ? [Number(birth.d), birth.m, Number(birth.y)] : [null, null, null]),
  };
}

/** Returns births in a column for boys and one for girls, which so says the sex too. */
export function birthBySexColumns(random: Seeded, style: BirthStyle): ColumnSpec {
  const write: Writer = BIRTH_WRITERS[style];
  const written = ({ birth }: Entry): CellSpec => (birth && 'd' in birth ? write(birth) : null);
  return {
    title: pick(random, ['Năm sinh', 'Ngày tháng năm sinh', 'Ngày sinh']),
    parts: ['Nam', 'Nữ'],
    group: 'child',
    cells: (entry) => (entry.child.sex === 'male' ? [written(entry), null] : [null, written(entry)]),
  };
}

/** Returns the column of the sex in words. */
export function sexWordColumn(random: Seeded): ColumnSpec {
  const title = pick(random, ['Giới tính', 'Nam/Nữ', 'Phái', 'GT', 'Giới tính (Nam/Nữ)', 'Giới']);
  return {
    title,
    group: 'child',
    cells: ({ sexWord, child }) => [sexWord ?? (child.sex === 'male' ? 'Nam' : 'Nữ')],
  };
}

/** Returns the sex as marks: two columns, or one of the girls. */
export function sexMarkColumns(random: Seeded): ColumnSpec {
  const mark = pick<CellSpec>(random, ['x', 'X', 1, '✓', 'ü', '+', 'v', { bool: true }]);
  const none = pick<CellSpec>(random, [null, '', null, { bool: false }]);
  const empty = typeof mark === 'object' ? none : typeof none === 'object' ? null : none;
  if (random() < 0.25) {
    return { title: 'Nữ', group: 'child', cells: ({ child }) => [child.sex === 'female' ? mark : empty] };
  }
  return {
    title: pick(random, ['Giới tính', 'Phái', 'GT']),
    parts: pick(random, [
      ['Nam', 'Nữ'],
      ['Trai', 'Gái'],
      ['NAM', 'NỮ'],
    ]),
    group: 'child',
    cells: ({ child }) => (child.sex === 'male' ? [mark, empty] : [empty, mark]),
  };
}

/** Returns the columns of the parents. */
export function parentColumns(random: Seeded): ColumnSpec[] {
  const group = 'family';
  return pick(random, [
    [
      { title: 'Họ tên cha', group, cells: ({ child }) => [child.father] },
      { title: 'Họ tên mẹ', group, cells: ({ child }) => [child.mother] },
    ],
    [
      { title: 'Họ và tên mẹ', group, cells: ({ child }) => [child.mother] },
      { title: 'Họ và tên bố', group, cells: ({ child }) => [child.father] },
    ],
    [{ title: 'Họ và tên cha mẹ', parts: ['Cha', 'Mẹ'], group, cells: ({ child }) => [child.father, child.mother] }],
    [
      {
        title: 'Cha',
        parts: ['Họ tên', 'Năm sinh', 'Nghề nghiệp'],
        group,
        cells: ({ child }) => [child.father, 1988, 'Làm ruộng'],
      },
      {
        title: 'Mẹ',
        parts: ['Họ tên', 'Số CCCD', 'Dân tộc'],
        group,
        cells: ({ child }) => [child.mother, '001188000111', 'Kinh'],
      },
    ],
    [
      { title: 'Họ tên bố', group, cells: ({ child }) => [child.father] },
      { title: 'Nghề nghiệp', group, cells: () => ['Làm nương'] },
      { title: 'Họ tên mẹ', group, cells: ({ child }) => [child.mother] },
      { title: 'Nghề nghiệp', group, cells: () => ['Buôn bán'] },
    ],
    [
      {
        title: 'Họ tên cha/mẹ',
        group,
        cells: ({ child }) => [
          [child.father && `Cha: ${child.father}`, child.mother && `Mẹ: ${child.mother}`].filter(Boolean).join('\n'),
        ],
      },
    ],
  ] satisfies ColumnSpec[][]);
}

/** Returns the column of the personal number. */
export function idColumn(random: Seeded): ColumnSpec {
  const title = pick(random, [
    'Số định danh',
    'Mã định danh',
    'CCCD',
    'Số CCCD',
    'Số ĐDCN',
    'Số định danh cá nhân',
    'Số ĐD cá nhân',
    'Mã số định danh',
    'ĐDCN/CCCD',
    'Mã ĐD',
    'Số CCCD/ĐDCN',
  ]);
  const spaced = random() < 0.2;
  return {
    title,
    group: 'child',
    cells: ({ id, kind }) => [
      spaced && typeof id === 'string' && kind === null && id.length === 12
        ? `${id.slice(0, 3)} ${id.slice(3, 6)} ${id.slice(6, 9)} ${id.slice(9)}`
        : id,
    ],
  };
}

/** Returns the title of a village column. */
export function villageTitle(random: Seeded): string {
  return pick(random, [
    'Thôn',
    'Thôn/bản',
    'Bản',
    'Xóm',
    'Ấp',
    'Buôn',
    'Làng',
    'Tổ',
    'Thôn, bản',
    'Tổ dân phố',
    'Thôn/tổ',
    'Thôn (bản)',
    'Tên thôn',
    'Địa bàn (thôn)',
    'Thôn/Bản/TDP',
    'Khu dân cư',
  ]);
}

/** Returns columns that a register also has; `null` cells are left empty. */
export function furtherColumns(random: Seeded): ColumnSpec[] {
  const all: ColumnSpec[] = [
    { title: pick(random, ['Dân tộc', 'DÂN TỘC', 'DT']), group: 'child', cells: ({ child }) => [child.ethnicity] },
    {
      title: pick(random, ['SĐT', 'Điện thoại', 'Số điện thoại liên hệ']),
      group: 'family',
      cells: ({ child }) => [child.phone],
    },
    {
      title: pick(random, ['Họ tên chủ hộ', 'Chủ hộ']),
      group: 'family',
      cells: ({ child }) => [child.father ?? child.mother],
    },
    {
      title: pick(random, ['Người chăm sóc', 'Người nuôi dưỡng']),
      group: 'family',
      cells: ({ child }) => [child.carer],
    },
    { title: pick(random, ['Trường', 'Trường học', 'Học tại trường']), group: 'other', cells: () => ['TH Nà Pàn'] },
    {
      title: pick(random, ['Lớp', 'Học lớp']),
      group: 'other',
      cells: ({ child }) => [`${2026 - Number(child.birth.slice(0, 4)) - 5}A`],
    },
    {
      title: pick(random, ['Đối tượng', 'Hoàn cảnh', 'Hoàn cảnh gia đình', 'Diện']),
      group: 'other',
      cells: ({ child }) => [child.household % 4 === 0 ? 'Hộ nghèo' : null],
    },
    {
      title: 'Hoàn cảnh gia đình',
      parts: ['Hộ nghèo', 'Hộ cận nghèo'],
      group: 'other',
      cells: ({ child }) => (child.household % 5 === 0 ? ['x', null] : [null, null]),
    },
    { title: 'Tiêm chủng', parts: ['BCG', 'Sởi'], group: 'other', cells: () => ['x', '12/03/2020'] },
    {
      title: pick(random, ['Số thẻ BHYT', 'Nhóm máu', 'Cân nặng (kg)', 'Nơi sinh', 'Quan hệ với chủ hộ', 'Tôn giáo']),
      group: 'other',
      cells: () => ['A1'],
    },
  ];
  return all.filter(() => random() < 0.4);
}

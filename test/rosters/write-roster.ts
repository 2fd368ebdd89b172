import { seeded } from '@chungtay/server/demo/people';
import type { Seeded } from '@chungtay/server/demo/people';
import { VILLAGES } from '../fixtures/people.ts';
import { xlsxParts } from '../fixtures/xlsx.ts';
import type { SheetSpec } from '../fixtures/xlsx.ts';
import { zipOf } from '../fixtures/zip.ts';
import { inventEntries } from './entries.ts';
import type { Entry } from './entries.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { writeSheet } from './write-sheet.ts';
import type { WrittenSheet } from './write-sheet.ts';

/** A roster, and what is in it. */
export interface Roster {
  readonly bytes: Uint8Array;
  readonly layout: Layout;
  /** Each entry with the key of its place, `row@sheet`. */
  readonly entries: readonly { readonly entry: Entry; readonly place: string }[];
  /** Rows with something in them, in the sheets that hold children. */
  readonly filledRows: number;
}

const CHILDREN = 70;

/** Returns the roster of a seed: always the same. */
export function rosterOf(seed: number): Roster {
  const random = seeded(seed * 7919);
  const layout = layoutOf(random);
  const entries = inventEntries(random, 5000 + seed, CHILDREN, layout.can);
  const written =
    layout.villagePlace === 'sheets'
      ? VILLAGES.map((village) => ofVillage(random, layout, village, entries)).filter(({ places }) => places.size > 0)
      : [writeSheet(random, layout, 'Danh sách', entries)];
  const sheets = [
    ...furtherSheets(layout, written),
    ...written.map(({ sheet }) => sheet),
    ...hiddenSheets(layout, written),
  ];
  return {
    bytes: bytesOf(layout, sheets),
    layout,
    entries: written.flatMap(({ sheet, places }) =>
      [...places].map(([entry, row]) => ({ entry, place: `${row}@${sheet.name}` })),
    ),
    filledRows: written.flatMap(({ sheet }) => sheet.rows).filter((row) => row.some((cell) => !isEmpty(cell))).length,
  };
}

function isEmpty(cell: SheetSpec['rows'][number][number]): boolean {
  if (typeof cell === 'object' && cell !== null && 'shared' in cell) return cell.shared.trim() === '';
  return cell === null || (typeof cell === 'string' && cell.trim() === '');
}

function ofVillage(random: Seeded, layout: Layout, village: string, entries: readonly Entry[]): WrittenSheet {
  return writeSheet(
    random,
    layout,
    village,
    entries.filter(({ child }) => child.village === village),
  );
}

function furtherSheets({ further }: Layout, written: readonly WrittenSheet[]): SheetSpec[] {
  const sheets: SheetSpec[] = [];
  if (further.hasGuide) {
    sheets.push({
      name: 'Hướng dẫn',
      rows: [
        ['Cột', 'Cách ghi'],
        ['Họ và tên', 'Ghi chữ in hoa có dấu'],
        ['Ngày sinh', 'dd/mm/yyyy'],
        ['Giới tính', 'Nam hoặc Nữ'],
        ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Họ tên mẹ'],
        [1, 'Nguyễn Văn A', '01/01/2020', 'Nam', 'Trần Thị B'],
      ],
    });
  }
  if (further.hasSums) {
    const sums = written.map(({ sheet, places }, at) => [at + 1, sheet.name, places.size, 3, 4]);
    sheets.push({
      name: 'Tổng hợp',
      rows: [['STT', 'Thôn', 'Tổng số trẻ', 'Nam', 'Nữ'], ...sums, ['Cộng', null, 70, 30, 40]],
    });
  }
  return sheets;
}

function hiddenSheets({ further }: Layout, written: readonly WrittenSheet[]): SheetSpec[] {
  const [first] = written;
  return further.hasHidden && first ? [{ ...first.sheet, name: 'Bản cũ', isHidden: true }] : [];
}

function bytesOf({ is1904, hasStyledRows }: Layout, sheets: readonly SheetSpec[]): Uint8Array {
  const counted = is1904 ? sheets.map(in1904) : sheets;
  const parts = xlsxParts(counted, { is1904 });
  if (!hasStyledRows) return zipOf(parts);
  const styled = Object.entries(parts).map(([name, xml]) => [
    name,
    name.includes('worksheets/') ? withStyledRows(xml) : xml,
  ]);
  return zipOf(Object.fromEntries(styled));
}

const BETWEEN_DAY_COUNTS = 1462;

function in1904(sheet: SheetSpec): SheetSpec {
  const rows = sheet.rows.map((row) =>
    row.map((cell) =>
      typeof cell === 'object' && cell && 'serial' in cell ? { serial: cell.serial - BETWEEN_DAY_COUNTS } : cell,
    ),
  );
  return { ...sheet, rows };
}

/** Rows with a style and nothing else, down to the last row a sheet can have. */
function withStyledRows(xml: string): string {
  const last = xml.match(/<row /gu)?.length ?? 0;
  const numbers = [...Array.from({ length: 300 }, (_, at) => last + 1 + at), 1_048_576];
  const rows = numbers.map(
    (row) => `<row r="${row}" s="1" customFormat="1"><c r="A${row}" s="1"/><c r="C${row}" s="1"/></row>`,
  );
  return xml.replace('</sheetData>', `${rows.join('')}</sheetData>`);
}

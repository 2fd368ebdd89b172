import { fold } from '@chungtay/core/model/names';
import type { Seeded } from '@chungtay/server/demo/people';
import type { CellSpec, SheetSpec } from '../fixtures/xlsx.ts';
import { columnName } from '../fixtures/xlsx.ts';
import type { ColumnSpec } from './columns.ts';
import type { Entry } from './entries.ts';
import type { Dress, Layout } from './layout.ts';
import { pick } from './random.ts';

/** A sheet and the row of each of its entries. */
export interface WrittenSheet {
  readonly sheet: SheetSpec;
  readonly places: ReadonlyMap<Entry, number>;
}

const TITLES: readonly (readonly CellSpec[])[] = [
  ['UBND XÃ NÀ PÀN', null, null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
  ['BAN BẢO VỆ TRẺ EM', null, null, null, 'Độc lập - Tự do - Hạnh phúc'],
  [null, null, null, null, '---------------'],
  [null, null, null, 'Nà Pàn, ngày 05 tháng 10 năm 2026'],
  ['DANH SÁCH TRẺ EM DƯỚI 16 TUỔI'],
  ['NĂM 2026'],
  ['(Kèm theo Công văn số 12/UBND ngày 01/10/2026 của UBND xã)'],
  ['Họ và tên cán bộ lập:', null, 'Sùng A Tủa', null, 'Điện thoại: 0912345678'],
  ['Đơn vị tính: trẻ'],
];

const DRESSES: Readonly<Record<Dress, (text: string) => string>> = {
  plain: (text) => text,
  upper: (text) => text.toUpperCase(),
  unmarked: (text) => (/^nam$/iu.test(text) || /năm$/iu.test(text) ? text : fold(text)),
  decomposed: (text) => text.normalize('NFD'),
  broken: (text) => text.replace(' ', '\n'),
  spaced: (text) => ` ${text.replace(' ', '\u00a0')}  `,
};

const GROUPS = { child: 'Thông tin trẻ em', family: 'Thông tin gia đình', other: 'Thông tin khác' } as const;

/** Writes the entries of one sheet, village by village. */
export function writeSheet(random: Seeded, layout: Layout, name: string, entries: readonly Entry[]): WrittenSheet {
  return new SheetWriter(random, layout).write(name, entries);
}

class SheetWriter {
  readonly #random: Seeded;
  readonly #layout: Layout;
  readonly #rows: CellSpec[][] = [];
  readonly #merges: string[] = [];
  readonly #places = new Map<Entry, number>();
  readonly #header: readonly (readonly CellSpec[])[];
  #ordinal = 0;

  constructor(random: Seeded, layout: Layout) {
    this.#random = random;
    this.#layout = layout;
    this.#header = headerOf(layout);
  }

  write(name: string, entries: readonly Entry[]): WrittenSheet {
    const { titleRows, villagePlace, hasTotals, hasSignatures } = this.#layout;
    for (const title of TITLES.slice(0, titleRows)) this.#add(title);
    this.#writeHeader();
    let village = '';
    let count = 0;
    for (const entry of entries) {
      // a village typed otherwise in its cell is still the one whose rows these are
      if (entry.child.village !== village) {
        if (count > 0) this.#closeVillage(village, count);
        village = entry.child.village;
        count = 0;

        if (villagePlace === 'subtitle' || villagePlace === 'both') this.#writeSubtitle(village, entries);
      }
      this.#writeEntry(entry, count === 0);
      count += 1;
    }
    if (villagePlace === 'merged') this.#mergeVillage(count, this.#layout.isMerged);
    if (hasTotals) this.#writeTotal(entries.length);
    if (hasSignatures) this.#writeSignatures();
    return { sheet: { name, rows: this.#rows, merges: this.#merges }, places: this.#places };
  }

  #add(row: readonly CellSpec[]): void {
    this.#rows.push([...row]);
  }

  #writeHeader(): void {
    const first = this.#rows.length + 1;
    for (const row of this.#header) this.#add(row);
    if (this.#layout.isMerged) this.#merges.push(...headerMerges(this.#layout, first, this.#header.length));
    const { numbering } = this.#layout;
    if (!numbering) return;
    const [before = '', after = ''] = numbering;
    const width = 1 + this.#layout.columns.reduce((sum, { parts }) => sum + (parts?.length ?? 1), 0);
    const cells = Array.from({ length: width }, (_, at): CellSpec => {
      if (before === 'A') return at < 2 ? columnName(at) : at - 1;
      return before === '' ? at + 1 : `${before}${at + 1}${after}`;
    });
    this.#add(cells);
  }

  #writeSubtitle(village: string, entries: readonly Entry[]): void {
    const count = entries.filter((entry) => entry.child.village === village).length;
    const numeral = pick(this.#random, ['I', 'II', 'IV', 'VII']);
    const row = pick<readonly CellSpec[]>(this.#random, [
      [village],
      [null, village],
      [village.toUpperCase()],
      [`${numeral}. ${village} (${count} trẻ)`],
      [numeral, village],
      [numeral, village.toUpperCase(), null, null, count],
      [`${village.toUpperCase()}: ${count} trẻ`],
      [`${village} - ${count} cháu`],
      [`2. ${village}`],
      [null, `* ${village}`],
      [`Danh sách trẻ em ${village}`],
    ]);
    this.#add(row);
    if (this.#layout.isMerged && row.length === 1) this.#merges.push(`A${this.#rows.length}:F${this.#rows.length}`);
  }

  #writeEntry(entry: Entry, isFirst: boolean): void {
    const { columns, pageRows, hasBlanks, villagePlace } = this.#layout;
    if (pageRows !== null && this.#places.size > 0 && this.#places.size % pageRows === 0) this.#writeHeader();
    else if (hasBlanks && this.#random() < 0.04) this.#add([]);
    const isRepeatedVillage = !isFirst && ['sparse', 'merged'].includes(villagePlace);
    const cells = columns.flatMap((column) => column.cells(isRepeatedVillage ? { ...entry, village: '' } : entry));
    this.#add([this.#ordinalCell(isFirst), ...cells.map((cell) => this.#typed(cell))]);
    this.#places.set(entry, this.#rows.length);
  }

  #typed(cell: CellSpec): CellSpec {
    if (typeof cell !== 'string') return cell;
    if (this.#layout.stringsAs === 'shared') return { shared: cell };
    return this.#layout.stringsAs === 'rich' && cell.length > 3 ? { rich: [cell.slice(0, 2), cell.slice(2)] } : cell;
  }

  #ordinalCell(isFirst: boolean): CellSpec {
    const { ordinal } = this.#layout;
    this.#ordinal = ordinal === 'perVillage' && isFirst ? 1 : this.#ordinal + 1;
    if (ordinal === 'none') return null;
    if (ordinal === 'gaps') return this.#random() < 0.2 ? null : pick(this.#random, [this.#ordinal, 1]);
    return ordinal === 'text' ? String(this.#ordinal).padStart(2, '0') : this.#ordinal;
  }

  #closeVillage(village: string, count: number): void {
    const { hasTotals, hasBlanks, villagePlace, isMerged } = this.#layout;
    if (villagePlace === 'merged') this.#mergeVillage(count, isMerged);
    if (hasTotals && villagePlace === 'subtitle') {
      this.#add(
        pick<readonly CellSpec[]>(this.#random, [
          ['Cộng', null, count],
          [null, `Cộng ${village}: ${count} trẻ`],
          ['Tổng', count],
          [null, `Tổng số trẻ ${village}: ${count}`],
        ]),
      );
    }
    if (hasBlanks) this.#add([]);
  }

  /** A village column merged over the rows of a village; where cells are not merged, a line break in between would say so too. */
  #mergeVillage(count: number, isMerged: boolean): void {
    const column = 1 + widthBefore(this.#layout, ({ cells }) => isVillageColumn(cells));
    const last = this.#rows.length;
    if (isMerged && count > 1)
      this.#merges.push(`${columnName(column)}${last - count + 1}:${columnName(column)}${last}`);
  }

  #writeTotal(count: number): void {
    if (this.#layout.hasBlanks) this.#add([]);
    this.#add(
      pick<readonly CellSpec[]>(this.#random, [
        [null, `Tổng cộng: ${count} trẻ`],
        ['TỔNG CỘNG', null, count],
        [null, 'Tổng số', count],
        [`Tổng số: ${count}`],
        ['Cộng toàn xã', null, count],
        [null, `Danh sách này có ${count} trẻ./.`],
        ['Ấn định danh sách gồm có 40 trẻ'],
      ]),
    );
  }

  #writeSignatures(): void {
    this.#add([]);
    this.#add(
      pick<readonly CellSpec[]>(this.#random, [
        [null, null, null, 'Nà Pàn, ngày 22 tháng 11 năm 2026'],
        [null, null, null, 'Ngày     tháng     năm 2026'],
      ]),
    );
    this.#add(
      pick<readonly CellSpec[]>(this.#random, [
        [null, 'NGƯỜI LẬP BIỂU', null, 'TM. ỦY BAN NHÂN DÂN'],
        [null, 'Người lập', null, 'Trưởng thôn'],
        [null, 'Cán bộ trẻ em', null, 'CHỦ TỊCH'],
      ]),
    );
    this.#add([null, '(Ký, ghi rõ họ tên)', null, '(Ký tên, đóng dấu)']);
    this.#add([]);
    this.#add([null, 'Lò Văn Inh', null, 'Hoàng Văn Bách']);
  }
}

const PROBE = '\u0001';

function isVillageColumn(cells: ColumnSpec['cells']): boolean {
  const probe = { village: PROBE, child: { birth: '2015-01-01' }, name: '', birth: null } as unknown as Entry;
  return cells(probe).includes(PROBE);
}

function widthBefore({ columns }: Layout, isWanted: (column: ColumnSpec) => boolean): number {
  const at = columns.findIndex(isWanted);
  return columns.slice(0, at).reduce((sum, { parts }) => sum + (parts?.length ?? 1), 0);
}

function headerOf({ columns, hasGroups, dress }: Layout): CellSpec[][] {
  const isTall = columns.some(({ parts }) => parts);
  const typed = (text: string | null): CellSpec => (text === null || text === '' ? null : DRESSES[dress](text));
  const groups: CellSpec[] = ['STT'];
  const top: CellSpec[] = ['STT'];
  const low: CellSpec[] = [null];
  let former = '';
  for (const { title, parts, group } of columns) {
    const width = parts?.length ?? 1;
    groups.push(
      ...Array.from({ length: width }, (_, at) => (at === 0 && group !== former ? typed(GROUPS[group]) : null)),
    );
    top.push(...Array.from({ length: width }, (_, at) => (at === 0 ? typed(title) : null)));
    low.push(...(parts ?? [null]).map(typed));
    former = group;
  }
  const hasLow = isTall && low.some((cell) => cell !== null);
  if (!hasGroups) return hasLow ? [top, low] : [top];
  return [groups, [null, ...top.slice(1)], ...(hasLow ? [low] : [])];
}

function headerMerges({ columns, hasGroups }: Layout, first: number, height: number): string[] {
  const last = first + height - 1;
  const merges = height > 1 ? [`A${first}:A${last}`] : [];
  const top = hasGroups ? first + 1 : first;
  let at = 1;
  if (hasGroups) merges.push(...groupMerges(columns, first));
  for (const { parts } of columns) {
    const [left, right] = [columnName(at), columnName(at + (parts?.length ?? 1) - 1)];
    if (parts) merges.push(`${left}${top}:${right}${parts.every((part) => part === '') ? last : top}`);
    else if (last > top) merges.push(`${left}${top}:${left}${last}`);
    at += parts?.length ?? 1;
  }
  return merges;
}

function groupMerges(columns: readonly ColumnSpec[], row: number): string[] {
  const groups = columns.flatMap(({ parts, group }) => (parts ?? ['']).map(() => group));
  const starts = groups.flatMap((group, at) => (group === groups[at - 1] ? [] : [at]));
  return starts.flatMap((start, at) => {
    const end = starts[at + 1] ?? groups.length;
    return end - start > 1 ? [`${columnName(start + 1)}${row}:${columnName(end)}${row}`] : [];
  });
}

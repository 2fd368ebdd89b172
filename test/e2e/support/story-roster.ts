import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSheets } from '@chungtay/core/roster/open-sheets';
import { textAt } from '@chungtay/core/roster/sheet';
import { expect, type Locator, type Page } from '@playwright/test';

/** What a preview is expected to say of a file: rows by the filter that shows them, each with its words. */
export interface Roster {
  readonly file: string;
  /** Rows with something in them that make a child, whatever its verdict. */
  readonly children: number;
  readonly columns: readonly string[];
  readonly skipped: readonly string[];
  readonly rows: readonly (readonly [filter: Verdict, row: number, words: string])[];
  /** How many rows name a village that the commune does not have. */
  readonly strangers: number;
}

/** The filters of the preview, as they are called on the screen. */
const VERDICTS = {
  all: 'Tất cả',
  ready: 'Vào sổ',
  doubt: 'Cần xem',
  duplicate: 'Có thể trùng',
  already: 'Đã có',
  error: 'Không vào',
} as const;

type Verdict = keyof typeof VERDICTS;
type Counts = Readonly<Record<Verdict, number>>;

/** A village that no directory has. */
const STRANGE = 'Thôn Không Có';

/** One sheet with a village column, dates as dates and as text. */
export const ROSTER_A: Roster = {
  file: 'roster-a.xlsx',
  children: 427,
  columns: ['Họ và tên trẻ → họ và tên', 'Ngày, tháng, năm sinh → ngày sinh', 'Số định danh cá nhân → số định danh'],
  skipped: ['Dòng 433 · Dòng tổng cộng: Tổng cộng: 427 trẻ'],
  rows: [
    ['error', 39, 'Ngày sinh “31/02/2015” không có trên lịch.'],
    ['error', 74, 'Số định danh thiếu chữ số (phải đủ 12).'],
    ['error', 171, 'Không có họ tên trẻ.'],
    ['error', 182, 'đã đủ 16 tuổi từ năm trước, không còn là trẻ em.'],
    ['duplicate', 226, 'Dòng 6: giống 98% (trùng họ tên, trùng ngày sinh, cùng mẹ, cùng cha, cùng thôn)'],
    ['doubt', 31, 'Chỉ có năm sinh 2024; ghi là ước lượng.'],
    ['doubt', 201, `Thôn “${STRANGE}” chưa có trong danh mục của xã; đề nghị thêm hoặc chọn lại.`],
  ],
  strangers: 2,
};

/** Two header rows, a row for each village, the sex as marks in two columns, dotted dates. */
export const ROSTER_B: Roster = {
  file: 'roster-b.xlsx',
  children: 427,
  columns: ['Giới tính / Nam → nam', 'Giới tính / Nữ → nữ', 'Năm sinh → ngày sinh', 'Mã định danh → số định danh'],
  skipped: ['Dòng 98 · Dòng tên thôn: Bản Pa Ủ', 'Dòng 447 · Dòng tổng cộng: Tổng cộng: 427 trẻ'],
  rows: [
    ['error', 144, 'Ngày sinh “31/02/2016” không có trên lịch.'],
    ['error', 107, 'Số định danh thiếu chữ số (phải đủ 12).'],
    ['error', 191, 'Ngày sinh 12/05/2031 ở tương lai.'],
    ['duplicate', 176, 'Dòng 155: giống 97% (trùng họ tên, ngày và tháng sinh đảo nhau, cùng mẹ, cùng cha, cùng thôn)'],
    ['doubt', 142, 'Chỉ có năm sinh 2017; ghi là ước lượng.'],
  ],
  strangers: 2,
};

/** Opens the screen where lists come in. */
export async function openImport(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
  await page.getByRole('link', { name: 'Nhập danh sách' }).click();
}

/** Chooses the file and looks at its preview: columns, rows that are no child, a verdict in words on every row. Returns the counts. */
export async function previewRoster(page: Page, roster: Roster): Promise<Counts> {
  const counts = await plan(page, roster);
  expect(counts.all).toBe(roster.children);
  expect(counts.ready + counts.already + counts.duplicate + counts.error).toBe(counts.all);
  await page.getByText(/^Các cột nhận ra · /u).click();
  for (const words of roster.columns) await expect(page.getByText(words, { exact: true })).toBeVisible();
  await page.getByText(/^Dòng không phải trẻ \(/u).click();
  for (const words of roster.skipped) await expect(page.getByText(words, { exact: true })).toBeVisible();
  await expect(page.getByRole('combobox', { name: `“${STRANGE}” · ${roster.strangers} dòng` })).toHaveValue('');
  await expect(page.getByRole('option', { name: STRANGE })).toHaveCount(0);
  for (const [verdict, row, words] of roster.rows) {
    await chip(page, verdict).click();
    await expect(rowIn(page, row)).toContainText(words);
    await expect(rowIn(page, row)).toContainText(VERDICTS[verdict === 'doubt' ? 'ready' : verdict]);
  }
  return counts;
}

/** Lets in what may go in; every row is accounted for. */
export async function commitRoster(page: Page, { ready, already, all }: Counts): Promise<void> {
  await page.getByRole('button', { name: `Đưa ${ready} trẻ vào sổ` }).click();
  const done = page.getByRole('status', { name: `Xong: ${all} dòng` });
  await expect(done).toContainText(`Đã vào sổ: ${ready}`, { timeout: 60_000 });
  await expect(done).toContainText(`Đã có từ trước: ${already}`);
  await expect(done).toContainText(`Còn giữ lại để xem: ${all - ready - already}`);
}

/** The same file once more: nothing in it is new. */
export async function previewAgain(page: Page, roster: Roster): Promise<void> {
  const again = await plan(page, roster);
  expect([again.all, again.ready]).toEqual([roster.children, 0]);
  await expect(page.getByText('Không có trẻ nào mới trong tệp này.')).toBeVisible();
}

/** The rows that stayed out are listed with their cells and why, and come out as a sheet that says the same. */
export async function findKept(page: Page, roster: Roster): Promise<void> {
  const kept = page.getByRole('group').filter({ has: page.getByText(new RegExp(`^${roster.file} · \\d+ dòng$`, 'u')) });
  if (!(await kept.getByRole('button', { name: 'Tải Excel kèm lý do' }).isVisible()))
    await kept.locator('summary').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    kept.getByRole('button', { name: 'Tải Excel kèm lý do' }).click(),
  ]);
  const [headings = [], ...lines] = await readTable(await download.path());
  expect([headings.at(0), headings.at(-1)]).toEqual(['Dòng', 'Lý do']);
  for (const [verdict, row, words] of roster.rows) {
    if (verdict === 'doubt') continue;
    // the reason of a likeness stands for itself there, with a capital
    const why = verdict === 'error' ? words : words.slice(words.indexOf('(') + 2, -1);
    await expect(kept.getByRole('listitem').filter({ hasText: new RegExp(`Dòng ${row} ·`, 'u') })).toContainText(why);
    expect(lines.find(([number]) => number === String(row))?.at(-1)).toContain(why);
  }
  expect(lines).toHaveLength(await kept.getByRole('listitem').count());
}

async function plan(page: Page, { file }: Roster): Promise<Counts> {
  await page.locator('#roster-file').setInputFiles(join(import.meta.dirname, '../../fixtures/rosters', file));
  await expect(chip(page, 'all')).toBeVisible({ timeout: 30_000 });
  const counted = Object.keys(VERDICTS).map(async (verdict) => {
    const text = await chip(page, verdict as Verdict).innerText();
    return [verdict, Number(text.replaceAll(/\D/gu, ''))] as const;
  });
  return Object.fromEntries(await Promise.all(counted)) as Counts;
}

function chip(page: Page, verdict: Verdict): Locator {
  return page.getByRole('button', { name: new RegExp(`^${VERDICTS[verdict]} · `, 'u') });
}

function rowIn(page: Page, row: number): Locator {
  return page.getByRole('article').filter({ has: page.locator('span').getByText(`Dòng ${row}`, { exact: true }) });
}

/** Returns the cells of the first sheet of an Excel file, as a person reads them. */
async function readTable(path: string): Promise<readonly (readonly string[])[]> {
  const sheets = openSheets(new Uint8Array(await readFile(path)), 'kept.xlsx');
  if (!sheets.ok) throw new Error(`the export cannot be read: ${sheets.error.code}`);
  const rows = sheets.value[0]?.rows ?? [];
  const width = Math.max(...rows.map(({ cells }) => Math.max(...cells.keys()) + 1));
  return rows.map((row) => Array.from({ length: width }, (_, column) => textAt(row, column)));
}

import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { expectSaved, openChild, openTab } from './story-acts.ts';
import { CAST, CHILD } from './story-cast.ts';
import { HOUSEHOLD } from './story-survey.ts';

/** Where the household lives, and where the collaborator writes that it has gone: a village that nobody ever gave her. */
export const MOVE = { from: 'Bản Nà Pàn', to: 'Bản Pa Ủ' } as const;

/** What the teacher writes without knowing that the child's school is no longer hers. */
const LATE = {
  accepted: ['Ghi thêm về bỏ học', 'Cháu theo mẹ đi nương, cô đã đến nhà hai lần.'],
  aside: ['Nhận xét chung', 'Đi học đều đến hết tháng 9.'],
} as const;

/** The village: writes the household into another village. */
export async function moveHousehold(page: Page): Promise<void> {
  await openTab(page, 'Khảo sát');
  await page.getByRole('link').filter({ hasText: HOUSEHOLD.head }).click();
  await page.getByLabel('Thôn, bản').selectOption({ label: MOVE.to });
  await expectSaved(page);
}

/** The writer finds what was refused: why, what she wrote, what the file says, and the same in a file to keep. */
export async function findRefused(page: Page): Promise<void> {
  const card = page.getByRole('region', { name: 'Hộ gia đình' });
  await expect(card).toContainText('Không được nhận');
  await expect(card).toContainText('Hồ sơ này không thuộc địa bàn của anh/chị.');
  await expectLine(card, 'Thôn, bản', { 'Anh/chị đã ghi': MOVE.to, 'Hồ sơ đang ghi': MOVE.from });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Xuất ra tệp' }).click(),
  ]);
  const exported = await readFile(await download.path(), 'utf8');
  expect(JSON.parse(exported)).toMatchObject([{ code: 'not-here', fields: [{ field: 'village', value: 'v02' }] }]);
}

/** The writer writes the refused field once more, and this time it is taken. */
export async function writeAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ghi lại: Thôn, bản' }).click();
  await expect(page.getByText('Mọi việc anh/chị ghi đều được nhận')).toBeVisible();
}

/** Whoever reads the household finds where it lives now. */
export async function findMoved(page: Page): Promise<void> {
  await openTab(page, 'Khảo sát');
  await expect(page.getByRole('link').filter({ hasText: HOUSEHOLD.head })).toContainText(MOVE.to);
}

/** The teacher: writes twice into the child's schooling. */
export async function writeLate(page: Page): Promise<void> {
  await openChild(page, 'Học tập');
  for (const [label, text] of Object.values(LATE)) {
    await page.getByLabel(label, { exact: true }).fill(text);
    await page.getByLabel(label, { exact: true }).blur();
    await expectSaved(page);
  }
}

/** The writer finds both words kept, and that somebody will decide. */
export async function findHeldByWriter(page: Page): Promise<void> {
  const cards = page.getByRole('region', { name: 'Học tập' });
  await expect(cards).toHaveCount(2);
  for (const [label, text] of Object.values(LATE)) {
    const card = cards.filter({ hasText: text });
    await expect(card).toContainText('Chờ người phụ trách');
    await expect(card).toContainText('Quyền ghi của anh/chị đã hết trước khi mục này đến. Người phụ trách sẽ xem.');
    await expectLine(card, label, { 'Anh/chị đã ghi': text });
  }
}

/** The writer finds what became of both, and by whom. */
export async function findDecisions(page: Page): Promise<void> {
  const cards = page.getByRole('region', { name: 'Học tập' });
  await expect(cards.filter({ hasText: LATE.accepted[1] })).toContainText(`${CAST.lead} đã nhận và ghi vào hồ sơ lúc`);
  await expect(cards.filter({ hasText: LATE.aside[1] })).toContainText(`${CAST.lead} đã xem và để riêng lúc`);
}

/** The lead finds both among what waits for a decision, takes the one, and puts the other aside with a reason. */
export async function decideLate(page: Page): Promise<void> {
  await openTab(page, 'Hôm nay');
  await page.getByRole('link', { name: 'Xem 2 sửa đổi' }).click();
  const cards = page.getByRole('region', { name: `Học tập · ${CHILD}` });
  await expect(cards).toHaveCount(2);
  for (const [label, text] of Object.values(LATE)) {
    const card = cards.filter({ hasText: text });
    await expect(card).toContainText(`${CAST.teacher} · Nhà trường ghi `);
    await expect(card).toContainText('Lúc mục này đến, quyền ghi của người ấy đã hết.');
    await expectLine(card, label, { 'Nội dung đến muộn': text, 'Hồ sơ đang ghi': '(trống)' });
  }
  await cards.filter({ hasText: LATE.accepted[1] }).getByRole('button', { name: 'Nhận', exact: true }).click();
  await expect(cards).toHaveCount(1);
  await cards.getByLabel('Lý do (không bắt buộc)').fill('Đã có trong biên bản của trường.');
  await cards.getByRole('button', { name: 'Để riêng' }).click();
  await expect(page.getByText('Không có sửa đổi nào chờ anh/chị quyết')).toBeVisible();
  await openChild(page, 'Học tập');
  await expect(page.getByLabel(LATE.accepted[0], { exact: true })).toHaveValue(LATE.accepted[1]);
  await expect(page.getByLabel(LATE.aside[0], { exact: true })).toHaveValue('');
}

/** One field of a card says these words under these headings. */
async function expectLine(card: Locator, label: string, says: Readonly<Record<string, string>>): Promise<void> {
  const line = card.getByRole('listitem').filter({ hasText: label });
  for (const [heading, words] of Object.entries(says)) {
    await expect(line.locator(`dt:text-is("${heading}") + dd`)).toHaveText(words);
  }
}

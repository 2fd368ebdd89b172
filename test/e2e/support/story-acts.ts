import { expect, type Page } from '@playwright/test';
import { CHILD } from './story-cast.ts';

/** What was seen by the one who hands in the report, and who may not read it back. */
export const SEEN = 'Cháu gái khóc, tay có vết bầm, không dám về nhà.';

/** A dose of the programme that nobody has written down for the child yet. */
export const DOSE = 'Sởi và rubella';

/** What one person writes into the open case, by the label of each field. */
type CaseWords = Readonly<Record<'Trẻ đang ở đâu' | 'Diễn biến vụ việc', string> & Record<string, string>>;

/** What police and lead write into the one case. */
export interface CaseTexts {
  readonly lead: CaseWords;
  readonly police: CaseWords;
}

/** A field differently, a field each, and the narrative at the same place. */
export const WRITTEN = {
  lead: {
    'Trẻ đang ở đâu': 'Ở nhà bà ngoại, Bản Pa Ủ',
    'Ai đang chăm sóc trẻ': 'Bà ngoại Vàng Thị Chu',
    'Diễn biến vụ việc': 'Đã gặp mẹ cháu, mẹ đồng ý cho cháu ở với bà ngoại.',
  },
  police: {
    'Trẻ đang ở đâu': 'Tạm ở nhà trưởng bản',
    'Người gây hại là gì của trẻ': 'Chú ruột',
    'Diễn biến vụ việc': 'Hàng xóm xác nhận nghe tiếng cãi nhau ban đêm.',
  },
} as const satisfies CaseTexts;

/** Goes to a screen by its entry in the navigation. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).first().click();
}

/** Opens the child's page from the register, at one of its parts. */
export async function openChild(page: Page, tab: string): Promise<void> {
  await openTab(page, 'Sổ trẻ');
  await page.getByRole('searchbox').first().fill(CHILD);
  await page.getByRole('link', { name: CHILD }).first().click();
  await page.getByRole('tab', { name: tab }).click();
}

/** What was just written is kept, on this tablet or further on, and only then the screen says so. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.locator('.save-state').first()).toHaveText(/^(Đã lưu trên máy này|Đã gửi)/u);
}

/** Opens the case from the list of cases, at one of its parts. */
export async function openCase(page: Page, tab: string): Promise<void> {
  await openTab(page, 'Hồ sơ');
  await page.getByRole('link', { name: CHILD }).first().click();
  await page.getByRole('tab', { name: tab }).click();
}

/** The teacher: the child has left school. */
export async function changeSchooling(page: Page): Promise<void> {
  await openChild(page, 'Học tập');
  await page.getByLabel('Trẻ đang đi học không').selectOption({ label: 'Bỏ học' });
  await expectSaved(page);
}

const SCHOOLING_NOTE = 'Ghi thêm về bỏ học';

/** The teacher: why the child has left. */
export async function noteSchooling(page: Page, note: string): Promise<void> {
  await openChild(page, 'Học tập');
  await page.getByLabel(SCHOOLING_NOTE, { exact: true }).fill(note);
  await page.getByLabel(SCHOOLING_NOTE, { exact: true }).blur();
}

/** Whoever may read the schooling: finds the teacher's note. */
export async function findSchooling(page: Page, note: string): Promise<void> {
  await openChild(page, 'Học tập');
  await expect(page.getByLabel(SCHOOLING_NOTE, { exact: true })).toHaveValue(note);
}

/** The nurse: a weight of today. */
export async function addWeight(page: Page, weightKg: string): Promise<void> {
  await openChild(page, 'Sức khỏe');
  await page.getByRole('button', { name: 'Thêm: Cân, đo' }).click();
  await page.getByRole('dialog').getByLabel('Cân nặng').fill(weightKg);
  await page.getByRole('dialog').getByRole('button', { name: 'Ghi', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectSaved(page);
}

/** The nurse: a dose given today. */
export async function giveVaccine(page: Page): Promise<void> {
  await openChild(page, 'Sức khỏe');
  await page.getByRole('button', { name: `Ghi mũi ${DOSE}`, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ghi', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: DOSE }).first()).toContainText(
    /Đã tiêm \d\d\/\d\d\/\d{4}/u,
  );
  await expectSaved(page);
}

/** Whoever may read the health file: finds each weight, once. */
export async function findWeights(page: Page, weightsKg: readonly string[]): Promise<void> {
  await openChild(page, 'Sức khỏe');
  const list = page.getByRole('region', { name: 'Cân, đo' }).getByRole('listitem');
  for (const kg of weightsKg) {
    await expect(list.filter({ hasText: new RegExp(`(?<!\\d)${kg}(?!\\d)`, 'u') })).toHaveCount(1);
  }
}

/** The village: a report with nothing but what was seen. */
export async function handInReport(page: Page, seen = SEEN): Promise<void> {
  await openTab(page, 'Tin báo');
  await page.getByRole('link', { name: 'Ghi tin báo' }).click();
  await page.locator('#intake-summary').fill(seen);
  await page.getByRole('button', { name: 'Gửi tin báo' }).click();
  await expect(page.getByRole('heading', { name: 'Tin anh/chị đã gửi' })).toBeVisible();
}

/** Police or lead: writes into the open case. */
export async function writeCase(page: Page, words: CaseWords): Promise<void> {
  await openCase(page, 'Tóm tắt');
  for (const [label, text] of Object.entries(words)) {
    await page.getByLabel(label, { exact: true }).fill(text);
    await page.getByLabel(label, { exact: true }).blur();
    await expectSaved(page);
  }
}

/** The lead: sees both values with who wrote each, takes the officer's, and keeps both narratives. */
export async function choose(page: Page, { lead, police }: CaseTexts = WRITTEN): Promise<void> {
  await openCase(page, 'Cần chọn');
  const residence = page.getByRole('group', { name: /Hai nơi cùng sửa “Trẻ đang ở đâu”/u });
  await expect(residence.getByText(lead['Trẻ đang ở đâu'])).toBeVisible();
  await expect(residence.getByText(/^Lò Văn Dũng · Công an xã · /u)).toBeVisible();
  await residence.getByRole('radio', { name: police['Trẻ đang ở đâu'] }).check();
  await residence.getByRole('button', { name: 'Chọn nội dung này' }).click();
  await page.getByRole('button', { name: 'Ghép cả hai' }).click();
  await expect(page.getByText('Không có mục nào cần chọn')).toBeVisible();
}

/** Whoever works on the case: finds what everybody wrote, and what was chosen. */
export async function findAll(page: Page, { lead, police }: CaseTexts = WRITTEN): Promise<void> {
  await openCase(page, 'Tóm tắt');
  const { 'Diễn biến vụ việc': byLead, ...ofLead } = lead;
  const { 'Diễn biến vụ việc': byPolice, ...ofPolice } = police;
  for (const [label, text] of Object.entries({ ...ofLead, ...ofPolice })) {
    await expect(page.getByLabel(label, { exact: true })).toHaveValue(text);
  }
  const narrative = page.getByLabel('Diễn biến vụ việc', { exact: true });
  await expect.poll(() => narrative.inputValue()).toContain(byLead);
  await expect.poll(() => narrative.inputValue()).toContain(byPolice);
}

/** The lead: the village's report waits in the list, once, its clock running. */
export async function findReport(page: Page, seen = SEEN, waiting = 1): Promise<void> {
  await openTab(page, 'Hồ sơ');
  await page.getByRole('link', { name: `Tin báo chờ giải quyết: ${waiting}`, exact: true }).click();
  const card = page.getByRole('link').filter({ hasText: seen });
  await expect(card).toContainText(/còn 1[12] giờ/u);
}

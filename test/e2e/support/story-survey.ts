import { expect, type Page } from '@playwright/test';
import { expectSaved, openTab } from './story-acts.ts';
import { CHILD } from './story-cast.ts';

/** The household that the collaborator surveys: who heads it, who else lives there, and a child whom no book has yet. */
export const HOUSEHOLD = {
  head: 'Giàng A Sùng',
  grandmother: 'Vàng Thị Chu',
  child: 'Giàng A Tếnh',
  birth: '14/03/2021',
  said: 'Mẹ nói cháu nghỉ học từ tháng trước để trông em.',
} as const;

/** The village: a new household from its door to its last question, with a child of the register and one who is new. */
export async function surveyHousehold(page: Page): Promise<void> {
  await openTab(page, 'Khảo sát');
  await page.getByRole('button', { name: 'Thêm hộ' }).click();
  await page.getByLabel('Họ và tên chủ hộ').fill(HOUSEHOLD.head);
  await page.getByRole('button', { name: 'Bắt đầu khảo sát' }).click();
  await page.getByRole('radio', { name: 'Hộ nghèo' }).check();
  await expectSaved(page);
  await goOn(page, 'Người trong hộ');
  await addMembers(page);
  await goOn(page, 'Trẻ em trong hộ');
  await linkChild(page);
  await addNewChild(page);
  await goOn(page, 'Việc học, trẻ 1/2');
  await page.getByLabel('Gia đình nói gì về việc học').fill(HOUSEHOLD.said);
  await page.getByRole('button', { name: 'Ghi vào hồ sơ trẻ' }).click();
  await goOn(page, 'Việc học, trẻ 2/2');
  await goOn(page, 'Sức khỏe và dấu hiệu');
  await page.getByRole('checkbox', { name: 'Trẻ ở nhà một mình' }).check();
  await goOn(page, 'Kết quả và xác nhận');
  await page.getByRole('radio', { name: 'Đã khảo sát xong' }).check();
  await expectSaved(page);
  await page.getByRole('button', { name: 'Xong', exact: true }).click();
  await expect(page.getByText('Mọi câu trả lời đã lưu trên máy này.')).toBeVisible();
}

/** Whoever may read the household finds it in the list of the round, done, with its people, and the new child in the register. */
export async function findHousehold(page: Page): Promise<void> {
  await openTab(page, 'Khảo sát');
  const line = page.getByRole('link').filter({ hasText: HOUSEHOLD.head });
  await expect(line).toContainText('2 trẻ');
  await expect(line).toContainText('Đã xong');
  await line.click();
  await goOn(page, 'Người trong hộ');
  for (const name of [HOUSEHOLD.head, HOUSEHOLD.grandmother, HOUSEHOLD.child, CHILD]) {
    await expect(page.locator('summary').filter({ hasText: name })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Trước' }).click();
  await openTab(page, 'Sổ trẻ');
  await page.getByRole('searchbox').first().fill(HOUSEHOLD.child);
  await page.getByRole('link', { name: HOUSEHOLD.child }).first().click();
  await expect(page.getByRole('region', { name: HOUSEHOLD.child })).toContainText(HOUSEHOLD.birth);
  await findGroup(page);
}

/** That the household is poor puts its children into a group, with the reason, and the register narrows to it. */
async function findGroup(page: Page): Promise<void> {
  const groups = page.getByRole('region', { name: 'Trẻ thuộc nhóm nào' });
  await expect(groups).toContainText('Hộ nghèo, cận nghèo');
  await expect(groups).toContainText('vì Hộ thuộc diện nào: Hộ nghèo');
  await page.getByRole('button', { name: 'Quay lại' }).click();
  await page.getByRole('searchbox').first().fill('');
  await page.getByLabel('Nhóm', { exact: true }).selectOption({ label: 'Hộ nghèo, cận nghèo' });
  await expect(page.getByRole('link', { name: HOUSEHOLD.child })).toBeVisible();
  await page.getByLabel('Nhóm', { exact: true }).selectOption({ label: 'Mọi nhóm' });
}

async function addMembers(page: Page): Promise<void> {
  await page.getByRole('button', { name: `Thêm chủ hộ ${HOUSEHOLD.head}` }).click();
  await expect(page.locator('summary').filter({ hasText: HOUSEHOLD.head })).toBeVisible();
  await page.locator('#member-name').fill(HOUSEHOLD.grandmother);
  await page.getByLabel('Là gì của chủ hộ').last().selectOption({ label: 'Ông, bà' });
  await page.locator('#member-name').press('Enter');
  await expect(page.locator('summary').filter({ hasText: HOUSEHOLD.grandmother })).toContainText('Ông, bà');
  await expectSaved(page);
}

/** A child whom the register has is recognised by its name, and linked instead of made twice. */
async function linkChild(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Thêm trẻ' }).click();
  await page.getByLabel('Họ và tên trẻ').fill(CHILD);
  const same = page.getByRole('region', { name: 'Có thể đã có trong sổ' });
  await expect(same).toContainText(CHILD);
  await same.getByRole('button', { name: 'Đúng trẻ này' }).click();
  await expect(page.getByRole('button', { name: `Trẻ thứ 1: ${CHILD}` })).toBeVisible();
}

async function addNewChild(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Thêm trẻ' }).click();
  const form = page.locator('form').filter({ hasText: 'Thêm trẻ' });
  await form.getByLabel('Họ và tên trẻ').fill(HOUSEHOLD.child);
  const [day = '', month = '', year = ''] = HOUSEHOLD.birth.split('/');
  await form.getByLabel('Ngày', { exact: true }).fill(day);
  await form.getByLabel('Tháng', { exact: true }).fill(month);
  await form.getByLabel('Năm', { exact: true }).fill(year);
  await form.getByRole('radio', { name: 'Nam' }).check();
  await form.getByLabel('Họ và tên trẻ').press('Enter');
  await expect(page.getByRole('button', { name: `Trẻ thứ 2: ${HOUSEHOLD.child}` })).toBeVisible();
}

/** Goes on to the next part, which has the focus when it is there. */
async function goOn(page: Page, part: string): Promise<void> {
  await page.getByRole('button', { name: 'Tiếp', exact: true }).click();
  await expect(page.getByRole('heading', { name: part, exact: true })).toBeVisible();
}

import { expect, type Page, test } from '@playwright/test';
import { CHILD } from './support/story-cast.ts';
import { Stage } from './support/story-stage.ts';

const PLACES = ['Ở nhà bà ngoại, Bản Pa Ủ', 'Tạm ở nhà trưởng bản'] as const;
const CHANGED = new RegExp(`sửa “Trẻ đang ở đâu” từ ${PLACES[0]} thành ${PLACES[1]}`, 'u');
const OFFLINE = 'Cần có mạng để xem nội dung cũ';
let stage: Stage;

test.beforeAll(async () => {
  test.setTimeout(60_000);
  stage = await Stage.open();
});
test.afterAll(() => stage.remove());

async function openCase(page: Page, tab: string): Promise<void> {
  await page.getByRole('link', { name: 'Hồ sơ', exact: true }).first().click();
  await page.getByRole('link', { name: CHILD }).first().click();
  await page.getByRole('tab', { name: tab }).click();
}

async function isSent(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /Đã gửi/u }).first()).toBeVisible({ timeout: 20_000 });
}

test('[HIS-8] what stood before, and the file as it was then: with a connection, and said where there is none', async () => {
  test.setTimeout(180_000);
  await test.step('a police officer writes where the child is, and then somewhere else', async () => {
    const page = await stage.enrol('police');
    await openCase(page, 'Tóm tắt');
    const field = page.getByLabel('Trẻ đang ở đâu', { exact: true });
    for (const place of PLACES) {
      await field.fill(place);
      await field.blur();
      await isSent(page);
    }
  });

  await test.step('the lead, whose tablet never saw the first, reads both and looks at the file of then', async () => {
    const page = await stage.enrol('lead');
    await openCase(page, 'Lịch sử');
    await expect(page.getByText(CHANGED)).toBeVisible({ timeout: 20_000 });
    const first = page.getByRole('listitem').filter({ hasText: `ghi “Trẻ đang ở đâu”: ${PLACES[0]}` });
    await first.getByRole('button', { name: 'Xem lúc đó' }).click();
    const then = page.getByRole('dialog');
    await expect(then.getByText(PLACES[0])).toBeVisible();
    await expect(then.getByText(PLACES[1])).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('the same on the page of a child', async () => {
    const page = stage.page('lead');
    await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
    await page.getByRole('searchbox').first().fill(CHILD);
    await page.getByRole('link', { name: CHILD }).first().click();
    await page.getByRole('tab', { name: 'Học tập' }).click();
    await page.getByLabel('Trẻ đang đi học không').selectOption({ label: 'Bỏ học' });
    await isSent(page);
    await page.getByRole('tab', { name: 'Lịch sử' }).click();
    await expect(page.getByText(/sửa Trẻ đang đi học không từ “Đang học” thành “Bỏ học”/u)).toBeVisible();
  });

  await test.step('without a network it says what is missing, and shows it when the network is back', async () => {
    stage.cut('lead');
    const page = await stage.killAndReopen('lead', '/');
    await openCase(page, 'Lịch sử');
    await expect(page.getByText(OFFLINE)).toBeVisible();
    await expect(page.getByText(`ghi “Trẻ đang ở đâu”: ${PLACES[1]}`)).toBeVisible();
    await expect(page.getByText(PLACES[0])).toHaveCount(0);
    stage.mend('lead');
    await expect(page.getByText(CHANGED)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(OFFLINE)).toHaveCount(0);
  });
});

import { expect, type Page, test } from '@playwright/test';
import { CHILD } from './support/story-cast.ts';
import { Stage } from './support/story-stage.ts';

const WITHIN_MS = 5_000;
const SCHOOLING = 'Trẻ đang đi học không';
const REFUSED = 'Chưa nói rõ cần biết điều gì.';
const FOUND = 'Cháu đã về nhà bà ngoại an toàn.';
let stage: Stage;

test.beforeAll(async () => {
  test.setTimeout(60_000);
  stage = await Stage.open();
});
test.afterAll(() => stage.remove());

async function openSchooling(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sổ trẻ', exact: true }).first().click();
  await page.getByRole('link', { name: CHILD }).first().click();
  await page.getByRole('tab', { name: 'Học tập' }).click();
}

async function followTask(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Hôm nay', exact: true }).first().click();
  await page
    .getByRole('link', { name: new RegExp(name, 'u') })
    .first()
    .click({ timeout: 20_000 });
  await expect(page.getByRole('heading', { level: 1, name: 'Quyền xem' })).toBeVisible();
}

async function ask(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Yêu cầu xem' }).click();
  const form = page.getByRole('dialog', { name: 'Yêu cầu xem ngăn riêng' });
  await form.getByRole('radio', { name: 'Học tập' }).check();
  await form.getByLabel('Lý do').fill(reason);
  await form.getByRole('radio', { name: 'Bảo vệ tính mạng, sức khỏe' }).check();
  await form.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await expect(form).toHaveCount(0);
}

/** Says something about the first request of the list, and hands it in. */
async function answer(page: Page, button: string, words: string, send: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: button, exact: true }).first().click();
  const form = page.getByRole('dialog');
  if (words !== '') await form.locator('textarea').fill(words);
  await form.getByRole('button', { name: send, exact: true }).click();
  await expect(form).toHaveCount(0);
}

test('[ACC-8] [P10] a closed compartment asked for, refused, opened in an emergency, reviewed, ended, and opened by request', async () => {
  test.setTimeout(180_000);
  const teacher = await stage.enrol('teacher');
  const lead = await stage.enrol('lead');
  const police = await stage.enrol('police');

  await test.step('the police officer asks; the teacher refuses with a reason, which he reads', async () => {
    await openSchooling(police);
    await expect(police.getByText(SCHOOLING)).toHaveCount(0);
    await ask(police, 'Xem chung.');
    await expect(police.getByRole('link', { name: /Học tập · Chờ/u })).toBeVisible();
    await followTask(teacher, 'Trả lời yêu cầu xem hồ sơ');
    await answer(teacher, 'Không đồng ý', REFUSED, 'Không đồng ý');
    await police.getByRole('link', { name: /Học tập · Không đồng ý/u }).click({ timeout: WITHIN_MS });
    await expect(police.getByText(`“${REFUSED}”`)).toBeVisible();
  });

  await test.step('he breaks the glass, sees it at once, and is told for how long', async () => {
    await openSchooling(police);
    await police.getByRole('button', { name: 'Mở khẩn cấp' }).click();
    const form = police.getByRole('dialog');
    await form.getByRole('radio', { name: 'Học tập' }).check();
    await form.locator('textarea').fill('Cháu không về nhà từ hôm qua.');
    await form.getByRole('checkbox').check();
    await form.getByRole('button', { name: 'Mở ngay' }).click();
    await expect(police.getByText(SCHOOLING).first()).toBeVisible({ timeout: WITHIN_MS });
    await expect(police.getByText(/Mở khẩn cấp: Học tập, còn 2[34] giờ/u)).toBeVisible();
  });

  await test.step('the lead hears of it on Today, and judges it', async () => {
    await followTask(lead, 'Rà soát việc mở hồ sơ khẩn cấp');
    await lead.getByRole('button', { name: 'Rà soát', exact: true }).click();
    await lead.getByRole('dialog').getByRole('radio', { name: 'Đúng là khẩn cấp' }).check();
    await lead.getByRole('dialog').locator('textarea').fill(FOUND);
    await lead.getByRole('button', { name: 'Ghi kết luận' }).click();
    await expect(lead.getByText('Không có yêu cầu nào chờ anh/chị')).toBeVisible();
  });

  await test.step('the teacher ends it: it goes from the open page of the officer within seconds', async () => {
    await teacher.getByRole('tab', { name: /^Đang được xem/u }).click();
    await answer(teacher, 'Kết thúc quyền xem', 'Đã tìm thấy cháu.', 'Kết thúc ngay');
    await expect(police.getByText(SCHOOLING)).toHaveCount(0, { timeout: WITHIN_MS });
    await expect(police.getByText(/^Mở khẩn cấp: /u)).toHaveCount(0);
  });

  await test.step('asked for again and approved, it opens on his tablet within seconds', async () => {
    await ask(police, 'Cần biết cháu học lớp nào để đưa đón an toàn.');
    await followTask(teacher, 'Trả lời yêu cầu xem hồ sơ');
    await answer(teacher, 'Đồng ý cho xem', '', 'Đồng ý đúng như trên');
    await expect(police.getByText(SCHOOLING).first()).toBeVisible({ timeout: WITHIN_MS });
    await expect(police.getByText(/Được xem theo yêu cầu: Học tập/u)).toBeVisible();
  });

  expect(JSON.parse(stage.hub.ct('verify', '--json')).damages).toEqual([]);
});

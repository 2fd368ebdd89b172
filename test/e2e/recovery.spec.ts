import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type HubProcess, makeHub } from './support/hub-process.ts';
import { enrol, typePin, unlock } from './support/person.ts';
import { runScript } from './support/run-script.ts';

const PERSON = 'Sùng Thị Dợ';
const CHILD = 'Vừ A Chá';
const [OLD_PIN, NEW_PIN] = ['482915', '730164'];
const TABLET = { width: 1280, height: 800 };

let hub: HubProcess;
let codes: readonly string[];
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  hub = makeHub();
  const told = hub.ct('init', '--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', 'Nguyễn Thị Hạnh');
  runScript('add-villages.ts', hub.dataDirectory, 'Nà Pàn');
  const invited = hub.ct('invite', '--name', PERSON, '--role', 'collaborator', '--village', 'Nà Pàn');
  codes = [...`${told}${invited}`.matchAll(/#i=([0-9A-Z]{16})/gu)].map(([, code]) => code ?? '');
  await hub.start();
});
test.afterAll(async () => {
  for (const context of contexts) await context.close();
  await hub.remove();
});

/** Opens the app on a tablet of its own and enrols whom the code is for. */
async function onNewTablet(browser: Browser, at: number): Promise<{ readonly page: Page; readonly words: string }> {
  const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', viewport: TABLET });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`http://localhost:${hub.port()}/#i=${codes[at] ?? ''}`);
  return { page, words: await enrol(page, OLD_PIN) };
}

/** The vault has what two officers open: the tablet asked for it in its session. */
async function hasShares(page: Page): Promise<void> {
  await expect(async () => {
    const kinds = await page.evaluate(async () => {
      const [vault] = (await indexedDB.databases()).flatMap(({ name = '' }) =>
        name.startsWith('ct-vault') ? name : [],
      );
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open(vault ?? '');
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error ?? new Error('no answer'));
      });
      const keys = db.transaction('slots').objectStore('slots').getAllKeys();
      await new Promise((resolve) => (keys.onsuccess = resolve));
      db.close();
      return keys.result;
    });
    expect(kinds).toContain('office');
  }).toPass();
}

/** An officer comes to his first screen, which asks the Hub who needs him. */
async function lookAnew(page: Page, from: string, screen: string): Promise<void> {
  await page.getByRole('link', { name: from, exact: true }).first().click();
  await page.getByRole('link', { name: screen, exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Xin mở lại máy vì quên câu mật khẩu' })).toBeVisible();
}

/** The officer types what he heard, and agrees. */
async function agree(page: Page, number: string): Promise<void> {
  await page.getByLabel('12 số người đó đọc trên máy của họ').fill(number);
  await page.getByRole('button', { name: 'Đồng ý mở lại' }).click();
}

/** Chooses a passphrase and a PIN anew, as at enrolment; returns the words. */
async function chooseAnew(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Đặt câu mật khẩu mới' }).click();
  const words = page.locator('.enrol-words > li');
  await expect(words).toHaveCount(4);
  const offered = (await words.allTextContents()).map((word) => word.trim());
  await page.getByRole('button', { name: 'Tôi đã chép xong' }).click();
  for (const [at, word] of offered.entries()) {
    const asked = page.getByLabel(`Cụm từ thứ ${at + 1}`);
    if ((await asked.count()) > 0) await asked.fill(word);
  }
  await page.getByRole('button', { name: 'Tiếp' }).click();
  await typePin(page, NEW_PIN);
  await expect(page.getByText('Nhập lại mã PIN')).toBeVisible();
  await typePin(page, NEW_PIN);
  return offered.join(' ');
}

test('[VLT-13] [VLT-15] [VLT-16] who forgot everything is let in by two officers; what he wrote without a network is there', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const [admin, lead] = await Promise.all([onNewTablet(browser, 0), onNewTablet(browser, 1)]);
  // the officers are here: the session of this tablet makes their shares
  const { page, words } = await onNewTablet(browser, 2);
  await hasShares(page);
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Sổ trẻ', exact: true }).first().click();
  await page.getByRole('link', { name: 'Thêm trẻ' }).first().click();
  await page.locator('#child-name').fill(CHILD);
  await page.locator('#child-motherName').fill('Vàng Thị Sua');
  await page.getByRole('button', { name: 'Tạo hồ sơ trẻ' }).click();
  await expect(page).toHaveURL(/\/tre\/[0-9A-Z]{26}/u);

  // switched off and on, and everything is forgotten; without a network nobody can help
  await page.reload();
  await page.getByRole('button', { name: 'Quên câu mật khẩu' }).click();
  await page.getByRole('button', { name: 'Xin mở lại' }).click();
  await expect(page.getByText('Cách này cần có mạng')).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Xin lại' }).click();
  const number = ((await page.locator('.recover-number').textContent()) ?? '').trim();
  expect(number).toMatch(/^\d{12}$/u);
  await expect(page.getByText('Chưa trả lời')).toHaveCount(2);

  await lookAnew(lead.page, 'Sổ trẻ', 'Hôm nay');
  await agree(
    lead.page,
    number.replace(/.$/u, (digit) => String((Number(digit) + 1) % 10)),
  );
  await expect(lead.page.getByRole('alert')).toContainText('Số không khớp');
  await agree(lead.page, number);
  await expect(lead.page.getByText('Anh/chị đã đồng ý')).toBeVisible();
  await expect(page.getByText('Đã đồng ý', { exact: true })).toHaveCount(1);
  await lookAnew(admin.page, 'Danh mục', 'Người dùng');
  await expect(admin.page.getByText('Đã đồng ý: Nguyễn Thị Hạnh')).toBeVisible();
  await agree(admin.page, number);

  await expect(page.getByText('Hai người đã đồng ý')).toBeVisible();
  const chosen = await chooseAnew(page);
  await expect(page.getByRole('button', { name: 'Che màn hình' })).toBeVisible();
  await page.getByRole('link', { name: 'Sổ trẻ', exact: true }).first().click();
  await expect(page.getByText(CHILD).first()).toBeVisible();
  await lead.page.getByRole('link', { name: 'Sổ trẻ', exact: true }).first().click();
  await expect(lead.page.getByText(CHILD).first()).toBeVisible();

  await page.getByRole('button', { name: 'Khóa máy' }).first().click();
  await typePin(page, OLD_PIN);
  await expect(page.getByRole('alert')).toContainText('Chưa đúng');
  await typePin(page, NEW_PIN);
  await expect(page.getByRole('button', { name: 'Che màn hình' })).toBeVisible();
  await page.reload();
  await unlock(page, words);
  await expect(page.getByRole('alert')).toContainText('Chưa đúng');
  await unlock(page, chosen);
  await expect(page.getByRole('button', { name: 'Che màn hình' })).toBeVisible();
});

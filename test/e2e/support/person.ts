import { expect, type Page } from '@playwright/test';

/** Enrols whoever the page's invitation is for, the way a person does; returns the passphrase of four offered words. `atReady` acts on the last step. */
export async function enrol(
  page: Page,
  pin: string,
  readyWithinMs = 30_000,
  atReady: () => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  await page.getByRole('button', { name: 'Tiếp' }).click();
  const words = page.locator('.enrol-words > li');
  await expect(words).toHaveCount(4);
  const offered = (await words.allTextContents()).map((word) => word.trim());
  await page.getByRole('button', { name: 'Tôi đã chép xong' }).click();
  for (const [at, word] of offered.entries()) {
    const asked = page.getByLabel(`Cụm từ thứ ${at + 1}`);
    if ((await asked.count()) > 0) await asked.fill(word);
  }
  await page.getByRole('button', { name: 'Tiếp' }).click();
  await typePin(page, pin);
  await expect(page.getByText('Nhập lại mã PIN')).toBeVisible();
  await typePin(page, pin);
  const start = page.getByRole('button', { name: /^(Bắt đầu làm việc|Làm việc ngay)/u });
  const again = page.getByRole('button', { name: 'Thử lại' });
  await expect(async () => {
    // the network may have failed just then
    if (await again.isVisible()) await again.click();
    await expect(start).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: readyWithinMs });
  await atReady();
  await start.click();
  await expect(page.getByRole('button', { name: 'Che màn hình' })).toBeVisible();
  return offered.join(' ');
}

/** Types the PIN on the screen's keys. */
export async function typePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.locator('.pin-keys').getByRole('button', { name: digit, exact: true }).click();
}

/** Types the passphrase at the door; does not wait for the answer. */
export async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Câu mật khẩu').fill(passphrase);
  await page.getByRole('button', { name: 'Mở khóa' }).click();
}

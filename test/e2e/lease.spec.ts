import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, makeHub } from './support/hub-process.ts';
import { enrol, typePin, unlock } from './support/person.ts';
import { filesWithBytes, scanProfile } from './support/profile-scan.ts';
import { runScript } from './support/run-script.ts';
import { makeTablet, type Tablet } from './support/tablet.ts';

const CHILD = 'Sùng Thị Kanarina';
const SEALED = 'Mbơi Hrang bị người lạ dụ dỗ';
const LATER = 'Cháu Chiêng Tsob ở nhà một mình';
const PIN = '482915';
const HOUR_MS = 3_600_000;
const SHOTS = process.env['CT_SCREENSHOTS'];

let hub: HubProcess;
let tablet: Tablet;
let passphrase = '';
/** The key of the short lease as it rests on the disk, in base64. */
let resting = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  hub = makeHub();
  hub.ct('init', '--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', 'Lò Thị Ánh');
  runScript('add-villages.ts', hub.dataDirectory, 'Nà Pàn', 'Tả Phìn');
  await hub.start();
  const person = ['--name', 'Nguyễn Thị Hạnh', '--role', 'lead', '--named-for', 'sealed'];
  const [, code] = /#i=([0-9A-Z]{16})/u.exec(hub.ct('invite', ...person)) ?? [];
  tablet = makeTablet({ width: 1280, height: 800 });
  passphrase = await enrol(await tablet.open(`${url()}#i=${code}`), PIN);
});
test.afterAll(async () => {
  await tablet.remove();
  await hub.remove();
});

function url(path = '/'): string {
  return `http://127.0.0.1:${hub.port()}${path}`;
}

/** Puts the clock of the tablet ahead by so many hours of what it is; of the engine alone, the page does not think that nobody has touched it for long. */
async function setAhead(page: Page, hours: number, isEngineAlone = false): Promise<void> {
  const shift = (byMs: number): void => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + byMs;
  };
  for (const worker of page.workers()) await worker.evaluate(shift, hours * HOUR_MS);
  if (!isEngineAlone) await page.evaluate(shift, hours * HOUR_MS);
}

/** What lies on the disk of the short lease's key, in base64; empty when there is none. */
function restingKey(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const known = (await indexedDB.databases()).find(({ name }) => name?.startsWith('ct-lease-'));
    if (!known?.name) return '';
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open(known.name ?? '');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error('no answer'));
    });
    const found = db.transaction('lease').objectStore('lease').get('key');
    await new Promise((resolve) => (found.onsuccess = resolve));
    db.close();
    const kept = found.result as { readonly sealed: Uint8Array } | undefined;
    return kept ? btoa(String.fromCharCode(...kept.sealed)) : '';
  });
}

async function file(page: Page, words: string, isSealed: boolean): Promise<void> {
  await page.locator('#intake-summary').fill(words);
  if (isSealed) await page.getByRole('checkbox', { name: 'Xâm hại tình dục' }).check();
  await page.getByRole('button', { name: 'Gửi tin báo' }).click();
  await expect(page.locator('#intake-summary')).toHaveCount(0);
}

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

test('[P14] [LSE-5] after 72 hours offline the sealed are put away, and their key is nowhere on the disk', async () => {
  test.setTimeout(120_000);
  let page = tablet.page();
  await page.goto(url('/so-tre/them'));
  await unlock(page, passphrase);
  await page.locator('#child-name').fill(CHILD);
  await page.getByRole('radio', { name: 'Nà Pàn' }).check();
  await page.getByRole('button', { name: 'Tạo hồ sơ trẻ' }).click();
  await expect(page).toHaveURL(/\/tre\/[0-9A-Z]{26}/u);
  await page.getByRole('link', { name: 'Hôm nay' }).first().click();
  await page.getByRole('link', { name: 'Ghi tin báo' }).click();
  await file(page, SEALED, true);
  await expect(page.getByText(SEALED).first()).toBeVisible();
  resting = await restingKey(page);
  expect(resting.length).toBeGreaterThan(60);
  await hub.kill();

  await tablet.kill();
  const key = Buffer.from(resting, 'base64');
  expect(filesWithBytes(tablet.profile, key)).not.toEqual([]);
  page = await tablet.open(url());
  await setAhead(page, 71);
  await unlock(page, passphrase);
  await expect(page.getByText(/Hồ sơ mật chỉ xem được đến/u)).toBeVisible();
  await shoot(page, 'lease-soon');
  await setAhead(page, 2, true);
  // whatever the page asks for next is the end of it: it may lock before the tap has landed
  await page
    .getByRole('link', { name: 'Sổ trẻ' })
    .first()
    .click({ timeout: 2_000 })
    .catch(() => undefined);
  await expect(page.getByText('một số hồ sơ được cất đi')).toBeVisible();
  await shoot(page, 'lease-locked');
  await typePin(page, PIN);
  await page.getByRole('link', { name: 'Hôm nay' }).first().click();
  await expect(page.getByText('Hồ sơ mật đang tạm cất')).toBeVisible();
  await shoot(page, 'lease-open');
  await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
  await expect(page.getByText(CHILD).first()).toBeVisible();
  expect(await page.content()).not.toContain(SEALED);
  expect(await restingKey(page)).toBe('');
  // the browser lets go of a file that it has rewritten a moment later
  await expect.poll(() => filesWithBytes(tablet.profile, key), { timeout: 30_000 }).toEqual([]);

  await tablet.kill();
  const words = [SEALED, CHILD];
  expect(scanProfile(tablet.profile, words).found).toEqual([]);
  expect(filesWithBytes(tablet.profile, key)).toEqual([]);
  page = await tablet.open(url('/tin-bao'));
  await unlock(page, passphrase);
  // its clock is right again: the time that was known is not won back
  await expect(page.getByRole('button', { name: 'Che màn hình' })).toBeVisible();
  await page.waitForTimeout(500);
  expect(await page.content()).not.toContain(SEALED);
});

test('[P14] [LSE-7] after 14 days nothing of a file is shown; a report is still filed, sealed; with the Hub all comes back', async () => {
  test.setTimeout(120_000);
  const page = tablet.page();
  await page.goto(url('/'));
  await setAhead(page, 15 * 24);
  await unlock(page, passphrase);
  await expect(page.getByText('Đã quá 14 ngày máy chưa gặp máy chủ xã')).toBeVisible();
  await expect(page.getByText('Không có việc nào chờ gửi')).toBeVisible();
  await expect(page.getByText('111').first()).toBeVisible();
  await shoot(page, 'lease-ended');
  for (const secret of [CHILD, SEALED]) expect(await page.content()).not.toContain(secret);
  await page.getByRole('link', { name: 'Ghi tin báo' }).click();
  await file(page, LATER, false);
  await expect(page.getByText('1 việc chưa gửi')).toBeVisible();
  expect(await page.content()).not.toContain(LATER);
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByText('Chưa gặp được máy chủ')).toBeVisible();
  await shoot(page, 'lease-ended-waiting');

  await hub.start();
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByRole('link', { name: 'Sổ trẻ' }).first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
  await expect(page.getByText(CHILD).first()).toBeVisible();
  await page.goto(url('/tin-bao'));
  await unlock(page, passphrase);
  await expect(page.getByText(SEALED).first()).toBeVisible();
  await expect(page.getByText(LATER).first()).toBeVisible({ timeout: 20_000 });
  expect(await restingKey(page)).not.toBe('');
});

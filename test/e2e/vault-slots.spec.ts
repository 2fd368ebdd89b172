import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, makeHub } from './support/hub-process.ts';
import { MachineLock, secretOf } from './support/machine-lock.ts';
import { enrol, typePin, unlock } from './support/person.ts';
import { scanProfile } from './support/profile-scan.ts';
import { makeTablet, type Tablet } from './support/tablet.ts';

const PERSON = 'Nguyễn Thị Hạnh';
const PIN = '482915';
const WRONG_PIN = '482916';
const SIZE = { width: 1280, height: 800 };

let hub: HubProcess;
let tablet: Tablet;
let lock: MachineLock;
let passphrase = '';
let secret = Buffer.alloc(0);
let salt = Buffer.alloc(0);

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  hub = makeHub();
  const told = hub.ct('init', '--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', PERSON);
  const [, code] = [...told.matchAll(/#i=([0-9A-Z]{16})/gu)].map((match) => match[1] ?? '');
  await hub.start();
  tablet = makeTablet(SIZE);
  const page = await tablet.open('about:blank');
  lock = await MachineLock.inside(page);
  await page.goto(`${url()}#i=${code}`);
  passphrase = await enrol(page, PIN, 30_000, () => turnOn(page));
});
test.afterAll(async () => {
  await tablet.remove();
  await hub.remove();
});

// an authenticator knows an origin by its name, never by a number
function url(path = '/'): string {
  return `http://localhost:${hub.port()}${path}`;
}

const lead = 'Nhập mã PIN, rồi xác nhận bằng khóa của máy.';
const isOpen = (page: Page) => page.getByRole('button', { name: 'Che màn hình' });

/** The offer on the last step of enrolment: a wrong PIN first. */
async function turnOn(page: Page): Promise<void> {
  await expect(page.getByText('Sẵn sàng không có mạng')).toBeVisible();
  await page.getByRole('button', { name: 'Bật cách mở này' }).click();
  await typePin(page, WRONG_PIN);
  await expect(page.getByRole('alert')).toContainText('Còn 4 lần thử');
  await typePin(page, PIN);
  await expect(page.getByText('Đang bật trên máy này')).toBeVisible();
}

/** The page begins anew, its worker too: as after switching on. */
async function coldStart(): Promise<Page> {
  const page = tablet.page();
  await page.reload();
  await expect(page.getByText(lead).or(page.getByLabel('Câu mật khẩu'))).toBeVisible();
  return page;
}

test('[VLT-11] turned on at enrolment, PIN and the lock of the machine open after a cold start, without a network', async () => {
  // for all that follows
  await hub.stop();
  const page = await coldStart();
  await expect(page.getByText(lead)).toBeVisible();
  await typePin(page, PIN);
  await expect(isOpen(page)).toBeVisible();
});

test('[VLT-3] three wrong PINs with the right machine make the next try wait, over a reload, for the passphrase too', async () => {
  let page = await coldStart();
  for (let i = 0; i < 3; i += 1) {
    await typePin(page, WRONG_PIN);
    await expect(page.getByRole('alert')).toContainText(i < 2 ? 'Chưa đúng' : /Thử lại sau \d+ giây/u);
  }
  page = await coldStart();
  await typePin(page, PIN);
  await expect(page.getByRole('alert')).toContainText(/Thử lại sau \d+ giây/u);
  await page.getByRole('button', { name: 'Mở bằng câu mật khẩu' }).click();
  await unlock(page, passphrase);
  await expect(page.getByRole('alert')).toContainText(/Thử lại sau \d+ giây/u);
  await page.getByRole('button', { name: 'Mở bằng mã PIN và khóa của máy' }).click();
  await expect(async () => {
    await typePin(page, PIN);
    await expect(isOpen(page)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 20_000 });
});

test('[VLT-11] without its owner the lock of the machine opens nothing, and nothing is counted; the passphrase opens', async () => {
  const asked = await secretOf(tablet.page());
  [secret, salt] = [Buffer.from(asked.secret), Buffer.from(asked.salt)];
  // for good: a lock that was tried in vain too often is blocked
  await lock.knowsOwner(false);
  const page = await coldStart();
  for (let i = 0; i < 2; i += 1) {
    await typePin(page, PIN);
    await expect(page.getByRole('alert')).toContainText('Khóa của máy không trả lời');
  }
  await page.getByRole('button', { name: 'Mở bằng câu mật khẩu' }).click();
  await unlock(page, passphrase);
  await expect(isOpen(page)).toBeVisible();
});

test('[VLT-10] neither PIN, passphrase nor what the machine answers is readable in the profile', async () => {
  expect(secret.length).toBe(32);
  expect(new Set(secret).size).toBeGreaterThan(10);
  await tablet.kill();
  const letters = passphrase.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd');
  const words = [passphrase, letters, secret.toString('hex'), secret.toString('base64url'), secret.toString('base64')];
  const scan = scanProfile(tablet.profile, words, [secret, salt]);
  // what the machine is asked is there, so its answer would have been found
  expect(new Set(scan.found.map(({ word }) => word))).toEqual(new Set([salt.toString('hex')]));
});

test('[VLT-11] with the lock of another machine, or none, the passphrase opens; it can be turned off', async () => {
  let page = await tablet.open('about:blank');
  lock = await MachineLock.inside(page);
  await page.goto(url());
  await typePin(page, PIN);
  await expect(page.getByRole('alert')).toContainText('Khóa của máy không trả lời');
  await lock.remove();
  await typePin(page, PIN);
  // the browser would wait a minute for a key to be plugged in
  await expect(page.getByText('Chờ khóa của máy')).toBeVisible();
  await page.getByRole('button', { name: 'Mở bằng câu mật khẩu' }).click();
  await unlock(page, passphrase);
  await expect(isOpen(page)).toBeVisible();
  await page.goto(url('/cai-dat'));
  await page.getByRole('button', { name: 'Mở bằng câu mật khẩu' }).click();
  await unlock(page, passphrase);
  await page.getByRole('button', { name: 'Tắt cách mở này' }).click();
  await expect(page.getByRole('button', { name: 'Tắt cách mở này' })).toHaveCount(0);
  page = await coldStart();
  await expect(page.getByLabel('Câu mật khẩu')).toBeVisible();
  await expect(page.getByText(lead)).toHaveCount(0);
});

import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, makeHub } from './support/hub-process.ts';
import { enrol, typePin, unlock } from './support/person.ts';
import { filesWithPin, scanProfile } from './support/profile-scan.ts';
import { runScript } from './support/run-script.ts';
import { makeTablet, type Tablet } from './support/tablet.ts';

const PERSON = 'Nguyễn Thị Hạnh';
const CHILD = 'Sùng Thị Kanarina';
const MOTHER = 'Vàng Thị Mbơi Hrang';
const CARER_PHONE = '0987 161 803';
const DRAFTED = 'Hờ A Chiêng Tsob';
const OFFLINE_CHILDREN = ['Giàng Seo Tráng Krông', 'Lò Thị Ánh Dyang'];
const PIN = '482915';
const SIZE = { width: 1280, height: 800 };

let hub: HubProcess;
let tablet: Tablet;
let passphrase = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  hub = makeHub();
  const told = hub.ct('init', '--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', PERSON);
  const [, code] = [...told.matchAll(/#i=([0-9A-Z]{16})/gu)].map((match) => match[1] ?? '');
  runScript('add-villages.ts', hub.dataDirectory, 'Nà Pàn', 'Tả Phìn');
  await hub.start();
  tablet = makeTablet(SIZE);
  passphrase = await enrol(await tablet.open(`${url()}#i=${code}`), PIN);
});
test.afterAll(async () => {
  await tablet.remove();
  await hub.remove();
});

function url(path = '/'): string {
  return `http://127.0.0.1:${hub.port()}${path}`;
}

/** What must be nowhere in the clear. */
function secrets(): readonly string[] {
  const plain = passphrase.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd');
  return [
    CHILD,
    'Kanarina',
    ...OFFLINE_CHILDREN,
    MOTHER,
    CARER_PHONE,
    CARER_PHONE.replaceAll(' ', ''),
    DRAFTED,
    passphrase,
    plain,
  ];
}

async function killAndReopen(path = '/'): Promise<Page> {
  await tablet.kill();
  return tablet.open(url(path));
}

/** Everything a page keeps or shows, as text. */
async function pageContent(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept: string[] = [document.documentElement.outerHTML, document.title, location.href];
    kept.push(JSON.stringify(history.state), JSON.stringify(localStorage), JSON.stringify(sessionStorage));
    kept.push(
      document.cookie,
      ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
    );
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        kept.push(request.url);
        const answer = await cache.match(request);
        if (answer && /text|json/u.test(answer.headers.get('content-type') ?? '')) kept.push(await answer.text());
      }
    }
    return kept.join('\n');
  });
}

/** The window's memory after a collection: every string that something still holds. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

test('[VLT-8] edits and a draft are there after SIGKILL, behind the passphrase', async () => {
  let page = await killAndReopen('/so-tre/them');
  await unlock(page, passphrase);
  await page.locator('#child-name').fill(CHILD);
  await page.getByRole('radio', { name: 'Nà Pàn' }).check();
  await page.locator('#child-motherName').fill(MOTHER);
  await page.locator('#child-carerPhone').fill(CARER_PHONE);
  await page.getByRole('button', { name: 'Tạo hồ sơ trẻ' }).click();
  await expect(page).toHaveURL(/\/tre\/[0-9A-Z]{26}/u);
  await expect(page.getByText(CHILD).first()).toBeVisible();
  await page.goto(url('/so-tre/them'));
  await unlock(page, passphrase);
  await page.locator('#child-name').fill(DRAFTED);
  await expect(page.getByText('Đã lưu nháp').or(page.locator('.save-state')).first()).toContainText(/lưu/iu);

  page = await killAndReopen('/so-tre/them');
  expect(await pageContent(page)).not.toContain(DRAFTED);
  await unlock(page, passphrase);
  await expect(page.locator('#child-name')).toHaveValue(DRAFTED);
  await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
  await expect(page.getByText(CHILD).first()).toBeVisible();
});

test('[VLT-8] [REP-6] a tablet started anew without its Hub goes on writing, start after start', async () => {
  await hub.stop();
  for (const name of OFFLINE_CHILDREN) {
    const page = await killAndReopen('/so-tre/them');
    await unlock(page, passphrase);
    await page.locator('#child-name').fill(name);
    await page.getByRole('radio', { name: 'Tả Phìn' }).check();
    await page.getByRole('button', { name: 'Tạo hồ sơ trẻ' }).click();
    await expect(page).toHaveURL(/\/tre\/[0-9A-Z]{26}/u);
  }
  await hub.start();
  const page = tablet.page();
  await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
  for (const name of [CHILD, ...OFFLINE_CHILDREN]) await expect(page.getByText(name).first()).toBeVisible();
});

test('[VLT-9] after the lock the page holds no word of a file: not in its elements, title, address, stores or caches', async () => {
  const page = tablet.page();
  await page.getByText(CHILD).first().click();
  await expect(page).toHaveURL(/\/tre\/[0-9A-Z]{26}/u);
  await expect(page.getByRole('heading', { name: CHILD })).toBeVisible();
  await expect(page.getByText(MOTHER).first()).toBeVisible();
  expect(await pageContent(page)).toContain(CHILD);
  for (const how of ['Che màn hình', 'Khóa máy'] as const) {
    await page.getByRole('button', { name: how }).first().click();
    await expect(page.getByText(CHILD)).toHaveCount(0);
    const content = await pageContent(page);
    for (const secret of [...secrets(), PIN]) expect(content).not.toContain(secret);
    await page.goBack();
    await expect(page.getByText(CHILD)).toHaveCount(0);
    await page.goForward();
    if (how === 'Che màn hình') await page.locator('.cover-button').click();
    await typePin(page, PIN);
    await expect(page.getByText(CHILD).first()).toBeVisible();
  }
});

test('[VLT-9] a page taken from the screen leaves nothing in the heap of its window', async () => {
  const page = tablet.page();
  // a snapshot writes marks as escapes: what is ASCII shows
  const readable = secrets().filter((secret) => /^[ -~]+$/u.test(secret));
  const open = await heapOf(page);
  expect(readable.some((secret) => open.includes(secret))).toBe(true);
  await page.getByRole('button', { name: 'Khóa máy' }).first().click();
  await expect(page.getByText(CHILD)).toHaveCount(0);
  const locked = await heapOf(page);
  expect(locked.length).toBeGreaterThan(1_000_000);
  expect(readable.filter((secret) => locked.includes(secret))).toEqual([]);
});

test('[VLT-3] three wrong passphrases make the next one wait, over a reload and a restart', async () => {
  let page = await killAndReopen();
  for (let i = 0; i < 3; i += 1) {
    await unlock(page, `${passphrase} sai`);
    await expect(page.getByRole('alert')).toContainText(i < 2 ? 'Chưa đúng' : /Thử lại sau \d+ giây/u);
  }
  await page.reload();
  await unlock(page, passphrase);
  await expect(page.getByRole('alert')).toContainText(/Thử lại sau \d+ giây/u);
  page = await killAndReopen();
  await expect(async () => {
    await unlock(page, passphrase);
    await expect(page.getByRole('button', { name: 'Che màn hình' })).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 20_000 });
});

test('[VLT-10] nothing of a file, of the passphrase or of the PIN is readable in the profile; a planted word is', async () => {
  test.setTimeout(120_000);
  await tablet.kill();
  const scan = scanProfile(tablet.profile, [...secrets(), PERSON]);
  expect(scan.files).toBeGreaterThan(50);
  expect(scan.bytes).toBeGreaterThan(1_000_000);
  expect(scan.found.filter(({ word }) => word !== PERSON)).toEqual([]);
  expect(scan.found.some(({ word }) => word === PERSON)).toBe(true);
  expect(scan.found.filter(({ word, file }) => word === PERSON && !file.includes('IndexedDB'))).toEqual([]);
  expect(filesWithPin(tablet.profile, PIN)).toEqual([]);

  const page = await tablet.open(url());
  await page.evaluate(async (word) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open('planted', 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore('plain');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error('no answer'));
    });
    const tx = db.transaction('plain', 'readwrite', { durability: 'strict' });
    tx.objectStore('plain').put({ name: word }, 1);
    await new Promise((resolve) => (tx.oncomplete = resolve));
  }, CHILD);
  await tablet.kill();
  const control = scanProfile(tablet.profile, secrets());
  expect(control.found.some(({ word, file }) => word === CHILD && file.includes('IndexedDB'))).toBe(true);
});

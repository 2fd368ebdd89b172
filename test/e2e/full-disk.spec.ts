import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { NODE } from '../../packages/server/bin/ensure.mjs';
import { CutDisk } from '../crash/disk.ts';
import { ensureCompiler } from '../run/compiler.mjs';
import { type HubProcess, makeHub } from './support/hub-process.ts';
import { enrol, unlock } from './support/person.ts';
import { makeTablet, type Tablet } from './support/tablet.ts';

const CHILD = 'Sùng Thị Kanarina';
const BEFORE = 'Bản Huổi Lực, nhà thứ ba';
const TYPED = 'Bản Tả Phìn, cạnh trường';
const LATER = 'Bản Tả Phìn, sau trạm y tế';
const SHOWN_WITHIN_MS = 2_000;

let hub: HubProcess;
let tablet: Tablet;
let disk: CutDisk;
let passphrase = '';

async function begin(flag: string): Promise<void> {
  hub = makeHub();
  const told = hub.ct('init', '--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', 'Lò Thị Ánh');
  const code = [...told.matchAll(/#i=([0-9A-Z]{16})/gu)][1]?.[1] ?? '';
  spawnSync(NODE, [join(import.meta.dirname, 'support/add-villages.ts'), hub.dataDirectory, 'Nà Pàn']);
  await hub.start();
  tablet = makeTablet(
    { width: 1280, height: 800 },
    {
      flags: [flag],
      env: (profile) => {
        disk = new CutDisk(profile, 'whole');
        return disk.env;
      },
    },
  );
  const page = await tablet.open(url(`/#i=${code}`));
  passphrase = await enrol(page, '482915', 60_000);
  await page.goto(url('/so-tre/them'));
  await unlock(page, passphrase);
  await page.locator('#child-name').fill(CHILD);
  await page.getByRole('radio', { name: 'Nà Pàn' }).check();
  await page.getByRole('button', { name: 'Tạo hồ sơ trẻ' }).click();
  await expect(page).toHaveURL(/\/tre\/[0-9A-Z]{26}/u);
}

for (const [name, flag] of [
  ['LevelDB', '--disable-features=IdbSqliteBackingStore'],
  ['SQLite', '--enable-features=IdbSqliteBackingStore'],
] as const) {
  test.describe(name, () => {
    test.describe.configure({ mode: 'serial' });
    test.skip(() => !ensureCompiler(), 'a disk is filled with the help of Linux and a C compiler');
    test.beforeAll(async () => {
      test.setTimeout(120_000);
      await begin(flag);
    });
    test.afterAll(async () => {
      await tablet.remove();
      disk.remove();
      await hub.remove();
    });

    test(`[P3] on a full disk with ${name} an edit shows as not saved within 2 s, stays on screen, can be exported, and is saved when there is room`, async () => {
      test.setTimeout(120_000);
      const page = tablet.page();
      const state = page.locator('.save-state').first();
      const chip = page.locator('.sync-chip').first();
      await type(page, BEFORE);
      await expect(state).toHaveClass(/saved|sent/u);
      await expect(chip).toContainText('Đã gửi');

      disk.arm({ on: ['write', 'truncate'], fate: 'fail', error: 'ENOSPC', nth: 1, isLasting: true });
      await address(page).fill(TYPED);
      // the write cannot fail before the field is left
      const leftAtMs = Date.now();
      await address(page).blur();
      await page.waitForFunction(isShownAsUnsaved, null, { polling: 'raf', timeout: 20_000 });
      const shownAfterMs = Date.now() - leftAtMs;
      test.info().annotations.push({ type: 'shown after', description: `${shownAfterMs} ms` });
      expect(shownAfterMs).toBeLessThan(SHOWN_WITHIN_MS);
      expect(disk.hits.fired).toBeGreaterThan(0);
      await type(page, LATER);
      await expect(address(page)).toHaveValue(LATER);
      await expect.poll(() => exported(page)).toContain(LATER);
      expect(await exported(page)).toContain(TYPED);

      disk.disarm();
      await expect(state).toHaveClass(/saved|sent/u, { timeout: 20_000 });
      await expect(address(page)).toHaveValue(LATER);
      await expect(chip).toContainText('Đã gửi', { timeout: 20_000 });
      const path = new URL(page.url()).pathname;
      await tablet.kill();
      const again = await tablet.open(url(path));
      await unlock(again, passphrase);
      await expect(address(again)).toHaveValue(LATER);
    });

    test(`[P6] a tablet with ${name} whose storage was cleared, closed or at work, says what is lost and what to do`, async () => {
      test.setTimeout(120_000);
      const page = tablet.page();
      await expect(address(page)).toHaveValue(LATER);
      await hub.kill();
      await type(page, BEFORE);
      await expect(page.locator('.save-state').first()).toHaveClass(/saved/u);
      await expect(page.locator('.sync-chip').first()).toContainText('1 chờ');

      await clearStorage(page);
      const told = page.locator('main').filter({ hasText: 'Bộ nhớ của máy này đã bị xóa' });
      await expect(told).toContainText('Còn 1 mục chưa gửi đã mất');
      await expect(told).toContainText('Gọi cán bộ xã');
      await expect(page.getByText(CHILD)).toHaveCount(0);

      await hub.start();
      await page.goto(url());
      await expect(told).toContainText('Còn 1 mục chưa gửi đã mất');
      await page.context().clearCookies();
      await page.reload();
      await expect(page.getByLabel('Mã mời')).toBeVisible();
      await expect(told).toHaveCount(0);
    });
  });
}

function url(path = '/'): string {
  return `http://127.0.0.1:${hub.port()}${path}`;
}

function address(page: Page) {
  return page.getByLabel('Địa chỉ', { exact: true });
}

async function type(page: Page, words: string): Promise<void> {
  await address(page).fill(words);
  await address(page).blur();
}

/** Runs in the page. */
function isShownAsUnsaved(): boolean {
  return document.querySelector('.save-state.failed') !== null && document.querySelector('.sync-chip.danger') !== null;
}

/** Returns what the button under the form hands over. */
async function exported(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải chữ chưa lưu về tệp' }).first().click();
  return readFileSync(await (await download).path(), 'utf8');
}

/** Takes away what a browser evicts: all but cookies. */
async function clearStorage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const storageTypes = 'indexeddb,local_storage,cache_storage,service_workers,file_systems';
  await session.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes });
  await session.detach();
}

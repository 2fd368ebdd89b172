import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, makeHub } from './support/hub-process.ts';
import { enrol, unlock } from './support/person.ts';
import { scanProfile } from './support/profile-scan.ts';
import { runScript } from './support/run-script.ts';
import { makeTablet, type Tablet } from './support/tablet.ts';

const STAYS = 'Nguyễn Thị Hạnh';
const LEAVES = 'Lò Thị Ánh';
const CHILD = 'Sùng Thị Kanarina';
const NOTICE = 'Thiết bị này đã bị thu hồi; phần việc chưa gửi đã nộp về xã.';

let hub: HubProcess;
let tablet: Tablet;

test.beforeAll(async () => {
  hub = makeHub();
  hub.ct('init', '--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', 'Vàng A Chứ');
  runScript('add-villages.ts', hub.dataDirectory, 'Nà Pàn', 'Tả Phìn');
  await hub.start();
  tablet = makeTablet({ width: 1280, height: 800 });
});
test.afterAll(async () => {
  await tablet.remove();
  await hub.remove();
});

function url(path = '/'): string {
  return `http://127.0.0.1:${hub.port()}${path}`;
}

function inviteLead(name: string): string {
  const [, code = ''] = /#i=([0-9A-Z]{16})/u.exec(hub.ct('invite', '--name', name, '--role', 'lead')) ?? [];
  return url(`#i=${code}`);
}

/** The vaults on the tablet, and what is kept of their leases. */
function vaults(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    return names.filter((name) => name.startsWith('ct-vault-') || name.startsWith('ct-lease-')).length;
  });
}

test('[P12] [ERA-3] a dismissed tablet hands in what it has, and then holds nothing of this person; everybody else works on', async () => {
  test.setTimeout(120_000);
  const passphrase = await enrol(await tablet.open(inviteLead(STAYS)), '482915');
  await tablet.page().goto('about:blank');
  const link = inviteLead(LEAVES);
  const page = tablet.page();
  await page.goto(link);
  await enrol(page, '193746');
  await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
  await page.getByRole('link', { name: 'Thêm trẻ' }).first().click();
  await hub.kill();
  await page.locator('#child-name').fill(CHILD);
  await page.getByRole('radio', { name: 'Nà Pàn' }).check();
  await page.getByRole('button', { name: 'Tạo hồ sơ trẻ' }).click();
  await expect(page).toHaveURL(/\/tre\/[0-9A-Z]{26}/u);
  expect(await vaults(page)).toBe(4);

  const line =
    hub
      .ct('devices')
      .split('\n')
      .find((one) => one.includes(LEAVES)) ?? '';
  const [device = ''] = line.split(/\s+/u);
  hub.ct('revoke', device);
  await hub.start();
  await expect(async () => {
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect(page.getByText(NOTICE)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  expect(await page.content()).not.toContain(CHILD);
  await expect.poll(() => vaults(page)).toBe(2);
  await expect.poll(() => hub.ct('devices')).toMatch(new RegExp(`${LEAVES}.*erased`, 'u'));
  expect(hub.ct('devices')).not.toMatch(new RegExp(`${STAYS}.*(?:erased|revoked)`, 'u'));

  await page.getByRole('button', { name: 'Đã hiểu' }).click();
  await expect(page.getByText(NOTICE)).toHaveCount(0);
  await expect(page.getByText(LEAVES)).toHaveCount(0);
  await unlock(page, passphrase);
  await expect(page.getByRole('button', { name: 'Che màn hình' })).toBeVisible();
  // what was handed in waits for who decides: the dismissed tablet's edit is the Hub's now
  await tablet.kill();
  expect(scanProfile(tablet.profile, [CHILD, LEAVES]).found).toEqual([]);
});

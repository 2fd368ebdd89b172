/**
 * `npm run screens [FOLDER]`: opens every screen of the demo commune as its people see it, on a 10-inch tablet and on a phone, saves a
 * picture of each, and asks axe. Exits 1 when axe finds anything.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { makeHub } from '../support/hub-process.ts';
import { enrol } from '../support/person.ts';
import { makeTablet } from '../support/tablet.ts';

const SIZES = { tablet: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const PIN = '482915';
const DOWNLOAD_WITHIN_MS = 60_000;
const SETTLE_MS = 600;
const TABLE_WITHIN_MS = 10_000;

/** One screen: who looks, where it is, and how it is opened from there. */
interface Screen {
  readonly name: string;
  readonly path: string;
  readonly open?: (page: Page) => Promise<void>;
}

const first = (list: string) => async (page: Page) => {
  await page.locator(list).first().click();
};

const BY_PERSON: Readonly<Record<string, readonly Screen[]>> = {
  'Đàm Thị Hương': [
    { name: 's03-today', path: '/hom-nay' },
    { name: 's04-register', path: '/so-tre' },
    { name: 's05-child', path: '/so-tre', open: first('.register-list a') },
    { name: 's06-add-child', path: '/so-tre/them' },
    { name: 's06-import', path: '/so-tre/nhap-danh-sach' },
    { name: 's09-intakes', path: '/tin-bao' },
    { name: 's11-cases', path: '/ho-so' },
    { name: 's11-case', path: '/ho-so', open: first('main a[href^="/ho-so/"]') },
    { name: 's21-held', path: '/luu-va-gui/den-muon' },
    { name: 's21-quarantine', path: '/luu-va-gui/chua-nhan' },
    { name: 's27-settings', path: '/cai-dat' },
  ],
  'Lò Thị Mai': [
    { name: 's03-today-village', path: '/hom-nay' },
    { name: 's07-households', path: '/khao-sat' },
    { name: 's08-survey', path: '/khao-sat', open: first('main a[href^="/khao-sat/"]') },
    { name: 's09-intake', path: '/tin-bao/moi' },
  ],
};

const folder = process.argv[2] ?? 'test-results/screens';
let found = 0;

/** Saves a picture of what is on screen, and counts what axe has against it. */
async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  found += violations.length;
  for (const { id, nodes } of violations) process.stdout.write(`${name}: ${id} ${nodes[0]?.target.join(' ') ?? ''}\n`);
}

/** Goes there inside the app: a page loaded anew would stand at the lock. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }, path);
}

/** Returns a person's code from the table that the Hub prints once it listens. */
async function codeOf(person: string): Promise<string> {
  const line = new RegExp(`${person} .*#i=([0-9A-Z]{16})`, 'u');
  for (let waitedMs = 0; waitedMs < TABLE_WITHIN_MS; waitedMs += 100) {
    const code = line.exec(hub.log())?.[1];
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the Hub offered no link for ${person}`);
}

mkdirSync(folder, { recursive: true });
const hub = makeHub({ CT_DEMO: '1' });
await hub.start();
for (const [person, screens] of Object.entries(BY_PERSON)) {
  const code = await codeOf(person);
  for (const [sizeName, size] of Object.entries(SIZES)) {
    const tablet = makeTablet(size);
    const page = await tablet.open(`http://localhost:${hub.port()}/#i=${code}`);
    await look(page, `s01-enrol-${sizeName}`);
    await enrol(page, PIN, DOWNLOAD_WITHIN_MS);
    for (const { name, path, open } of screens) {
      await go(page, path);
      await page.waitForTimeout(SETTLE_MS);
      await open?.(page);
      await look(page, `${name}-${sizeName}`);
    }
    const lock = page.getByRole('button', { name: 'Khóa máy' });
    // on a phone it lies behind the last tab
    if (!(await lock.isVisible())) await page.getByRole('button', { name: 'Thêm', exact: true }).click();
    await lock.click();
    await look(page, `s02-lock-${sizeName}`);
    await tablet.remove();
  }
}
await hub.remove();
process.stdout.write(`screens in ${folder}, ${found} barriers found\n`);
process.exit(found === 0 ? 0 : 1);

import { readFileSync } from 'node:fs';
import { type Page, expect, test } from '@playwright/test';
import { HOSTILE_STRINGS } from '../fixtures/hostile-strings.ts';
import type { HostileCommune } from './support/hostile-commune.ts';
import { type HubProcess, makeHub } from './support/hub-process.ts';
import { enrol } from './support/person.ts';
import { runScript } from './support/run-script.ts';
import { typeAll } from './support/type-all.ts';
import { type PageWatch, goInside, watchPage } from './support/watch-page.ts';

/** Short of the four long ones: a list of those is scrolled for minutes. */
const TYPED = HOSTILE_STRINGS.map((text) => text.slice(0, 200));
let hub: HubProcess;
let commune: HostileCommune;

test.beforeAll(async () => {
  test.setTimeout(60_000);
  hub = makeHub();
  hub.ct('init', '--name', '<b>Xã</b> =1+1', '--administrator', 'Phạm Quốc Huy', '--lead', '<script>alert(1)</script>');
  commune = JSON.parse(runScript('hostile-commune.ts', hub.dataDirectory)) as HostileCommune;
  await hub.start();
});
test.afterAll(() => hub.remove());

/** Rolls a list from its top to its end, so that each row was drawn. */
async function rollThrough(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const drawn = new Set<string>();
    const boxes = [...document.querySelectorAll('main, main *')].filter(
      (box) => box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY === 'auto',
    );
    const scroller = boxes[0] ?? document.scrollingElement ?? document.body;
    for (let top = 0; top <= scroller.scrollHeight; top += scroller.clientHeight) {
      scroller.scrollTo(0, top);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const row of document.querySelectorAll('main a')) drawn.add(row.textContent);
    }
    scroller.scrollTo(0, 0);
    return drawn.size;
  });
}

async function everyTab(page: Page, look: () => Promise<void>): Promise<void> {
  const tabs = page.getByRole('tab');
  await tabs.first().waitFor();
  for (let at = 0; at < (await tabs.count()); at += 1) {
    await tabs.nth(at).click();
    await look();
  }
}

test('[P25] nothing stored or typed runs: every list, file, form and print of a hostile commune', async ({ page }) => {
  test.setTimeout(180_000);
  expect(HOSTILE_STRINGS.length).toBeGreaterThan(500);
  const origin = `http://localhost:${hub.port()}`;
  const watch: PageWatch = await watchPage(page, origin);
  let fields = 0;
  const type = async (commit = 0): Promise<void> => {
    fields += await typeAll(page, TYPED, commit);
  };
  const isQuiet = async (): Promise<void> => expect(await watch.seen()).toEqual([]);
  await page.goto(`${origin}/#i=${commune.code}`);
  await enrol(page, '482915');
  await expect(
    page
      .getByText('Đã nhận đủ')
      .or(page.getByRole('button', { name: 'Che màn hình' }))
      .first(),
  ).toBeVisible();

  await test.step('the lists', async () => {
    await goInside(page, '/so-tre');
    await expect(page.locator('.register-list a').first()).toBeVisible();
    await expect.poll(() => rollThrough(page), { timeout: 30_000 }).toBeGreaterThan(500);
    await isQuiet();
    await type();
    for (const path of [
      '/hom-nay',
      '/tin-bao',
      '/ho-so',
      '/khao-sat',
      '/luu-va-gui/chua-nhan',
      '/luu-va-gui/den-muon',
    ]) {
      await goInside(page, path);
      await page.locator('main h1, main .empty-state, main .card, main a').first().waitFor();
      await rollThrough(page);
      await type();
      await isQuiet();
    }
  });

  await test.step('the files, read and written', async () => {
    for (const path of [`/tre/${commune.child}`, `/ho-so/${commune.case}`]) {
      await goInside(page, path);
      await everyTab(page, async () => {
        await type(3);
        await isQuiet();
      });
    }
    await goInside(page, '/khao-sat');
    await page.locator('main a').first().click();
    await type(3);
    await isQuiet();
  });

  await test.step('the forms', async () => {
    for (const path of ['/so-tre/them', '/tin-bao/moi', '/cai-dat']) {
      await goInside(page, path);
      await page.locator('main').first().waitFor();
      await expect.poll(() => page.locator('main input, main textarea, main select').count()).toBeGreaterThan(0);
      await type(2);
      await isQuiet();
    }
  });

  await test.step('a roster', async () => {
    await goInside(page, '/so-tre/nhap-danh-sach');
    // what is no text makes the file no sheet, and it is refused as a whole
    const cell = (text: string): string =>
      `"${text.replaceAll(/[\p{Cc}\p{Cs}\ufffd-\uffff]/gu, ' ').replaceAll('"', '""')}"`;
    const rows = TYPED.map((text, at) => [text, `0${(at % 9) + 1}/03/2017`, 'Nam', text].map(cell).join(','));
    const sheet = ['Họ và tên,Ngày sinh,Giới tính,Ghi chú', ...rows].join('\n');
    const file = { name: '=1+1<img src=x onerror=alert(1)>.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) };
    await page.locator('#roster-file').setInputFiles(file);
    await expect(page.locator('.import-row').first()).toBeVisible();
    await rollThrough(page);
    await isQuiet();
  });

  await test.step('print, and what leaves the program', async () => {
    await goInside(page, `/ho-so/${commune.case}`);
    await page.getByRole('tab').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    expect((await page.pdf()).length).toBeGreaterThan(1_000);
    await page.emulateMedia({ media: null });
    await isQuiet();
  });

  await test.step('the lock', async () => {
    await page.getByRole('button', { name: 'Che màn hình' }).click();
    await page.reload();
    await page.getByLabel('Câu mật khẩu').waitFor();
    await type();
    await isQuiet();
  });
  expect(fields).toBeGreaterThan(40);
});

test('[P25] a page that takes texts for markup is found out, and the policy of the Hub stops it', async ({ page }) => {
  const origin = `http://localhost:${hub.port()}`;
  const bare = await watchPage(page, origin);
  await page.setContent(TYPED.slice(0, 60).join('\n'));
  await expect.poll(async () => (await bare.seen()).join('\n')).toContain('alert 1');
  const served = await page.context().newPage();
  const watch = await watchPage(served, origin);
  await served.goto(origin);
  const said = await served.evaluate(() => {
    try {
      document.body.innerHTML = '<img src=x onerror=alert(1)>';
      return 'taken';
    } catch {
      return 'refused';
    }
  });
  expect(said).toBe('refused');
  expect(await watch.seen()).toEqual([expect.stringContaining('require-trusted-types-for')]);
});

test('[P25] what leaves the program as a file is JSON, of which no program makes a formula', () => {
  const sources = ['views/sync/QuarantineView.vue', 'forms/ExportUnsaved.vue'].map((path) =>
    readFileSync(new URL(`../../packages/client/src/${path}`, import.meta.url), 'utf8'),
  );
  for (const source of sources) expect(source).toMatch(/saveAs\(\s*'[\w-]+\.json'/u);
});

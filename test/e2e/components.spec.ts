import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Gallery, serveGallery } from './support/gallery.ts';

const PAGES = {
  feedback: '#/today',
  list: '#/register',
  fields: '#/cases',
  survey: '#/survey',
  settings: '#/cai-dat',
  pin: '?door=pin&update=1',
  passphrase: '?door=passphrase&wrong=1',
  who: '?door=who',
  cover: '?phase=covered',
} as const;
const SIZES = { tablet: [1280, 800], phone: [390, 844], narrow: [320, 640] } as const;
type Look = 'normal' | 'sun' | 'forced colours' | 'very large text';
const LOOKS: Record<keyof typeof SIZES, readonly Look[]> = {
  tablet: ['normal', 'sun', 'forced colours'],
  phone: ['normal', 'sun'],
  narrow: ['normal', 'very large text'],
};
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await serveGallery();
});
test.afterAll(() => gallery.close());

async function open(page: Page, path: string, look: Look = 'normal'): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.emulateMedia({ forcedColors: look === 'forced colours' ? 'active' : 'none', reducedMotion: 'reduce' });
  const settings = look === 'sun' ? { theme: 'sun' } : look === 'very large text' ? { textSize: 'larger' } : {};
  await page.addInitScript((kept) => localStorage.setItem('chungtay.settings', kept), JSON.stringify(settings));
  await page.goto(gallery.url + path);
  await page.waitForSelector('h1');
  await page.evaluate(() => document.fonts.ready);
  return complaints;
}

/** Targets a finger cannot hit: smaller than 48 px either way. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a, button, select, .option, input:not([type=radio], [type=checkbox])')]
      .filter((target) => !target.matches('.skip'))
      .map((target) => ({ name: target.className, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 47.5 || box.height < 47.5))
      .map(({ name, box }) => `${name} ${Math.round(box.width)}×${Math.round(box.height)}`),
  );
}

for (const size of ['tablet', 'phone', 'narrow'] as const) {
  for (const look of LOOKS[size]) {
    test(`[UX-26] [UX-32] no barrier, small target or sideways scroll: ${size}, ${look}`, async ({ context }) => {
      for (const [name, path] of Object.entries(PAGES)) {
        await test.step(name, async () => {
          const page = await context.newPage();
          const [width, height] = SIZES[size];
          await page.setViewportSize({ width, height });
          const complaints = await open(page, path, look);
          const sidewaysPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(sidewaysPx).toBeLessThanOrEqual(0);
          // The whole page in sight: what lies half under a bar can be scrolled out from under it.
          const wholePx = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width, height: Math.max(height, wholePx) });
          expect(await smallTargets(page)).toEqual([]);
          const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
          expect(complaints).toEqual([]);
          await page.close();
        });
      }
    });
  }
}

test('[UX-9] a remote edit does not touch a word that an input method is composing', async ({ page }) => {
  await open(page, PAGES.fields);
  await page.fill('#name', '');
  await page.focus('#name');
  const session = await page.context().newCDPSession(page);
  for (const text of ['N', 'Ng', 'Nguy', 'Nguyê', 'Nguyễ']) {
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await page.locator('.measure').dispatchEvent('dblclick');
  await expect(page.locator('.remote-held')).toContainText('Công an xã vừa sửa: Lò Thị Mai');
  await expect(page.locator('#name')).toHaveValue('Nguyễ');
  await session.send('Input.insertText', { text: 'Nguyễn' });
  await expect(page.locator('#name')).toHaveValue('Nguyễn');
});

test('[UX-31] a list of six thousand is one tab stop that the keys move in', async ({ page }) => {
  await open(page, PAGES.list);
  const active = () => page.evaluate(() => document.activeElement?.parentElement?.getAttribute('aria-posinset'));
  await page.locator('.list-row').first().focus();
  await page.keyboard.press('End');
  await expect.poll(active).toBe('6000');
  await page.keyboard.press('ArrowUp');
  await expect.poll(active).toBe('5999');
  await page.locator('.list').evaluate((list) => list.scrollTo(0, 100_000));
  await expect(page.locator('.list-row[tabindex="0"]')).toHaveCount(1);
  expect(await page.locator('.list-row').count()).toBeLessThan(60);
});

test('[UX-31] a dialog gives the focus back, and a choice of a section gives it to the heading', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, PAGES.feedback);
  await page.getByRole('button', { name: 'Mở hộp thoại' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Mở hộp thoại' })).toBeFocused();
  await page.getByRole('button', { name: 'Thêm' }).click();
  await page.getByRole('link', { name: 'Cài đặt' }).click();
  await expect(page.locator('#page-title')).toBeFocused();
});

test('[UX-35] the emergency numbers stay in sight on a scrolled page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, PAGES.fields);
  await page.evaluate(() => scrollTo(0, 900));
  await page.getByRole('button', { name: 'Khẩn cấp' }).click();
  await expect(page.getByRole('link', { name: 'Gọi 111' })).toBeInViewport({ ratio: 1 });
});

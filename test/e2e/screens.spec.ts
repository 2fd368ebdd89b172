import { expect, test } from '@playwright/test';
import { type Commune, openCommune } from './screens/commune.ts';
import { barriersOf, SIZES } from './screens/look.ts';
import { walk } from './screens/tour.ts';

let commune: Commune;
test.beforeAll(async () => {
  test.setTimeout(60_000);
  commune = await openCommune('small');
});
test.afterAll(() => commune.hub.remove());

test('[UX-26] [UX-32] [UX-39] no barrier on any screen of anybody, on a tablet and on a phone', async ({ browser }) => {
  test.setTimeout(900_000);
  const barriers: string[] = [];
  const screens = await walk(browser, { commune, folder: null, found: (barrier) => barriers.push(barrier) });
  expect(barriers).toEqual([]);
  expect(screens).toBeGreaterThan(90);
});

test('[UX-26] [UX-32] [UX-39] a planted barrier of each kind is found', async ({ page }) => {
  await page.setViewportSize(SIZES.phone);
  await page.setContent(`<html lang="vi"><title>Thử</title><main><h1>Thử</h1><p>shell.tab.today</p><p>Còn {n} mục</p>
    <button style="width: 20px">x</button><div style="width: 500px">rộng</div><img src="data:,"></main></html>`);
  const barriers = await barriersOf(page, 'phone');
  for (const kind of [
    'raw words “shell.tab',
    'raw words “Còn {n}',
    'small target button',
    'sideways by',
    'axe image-alt',
  ])
    expect(barriers.join('\n')).toContain(kind);
});

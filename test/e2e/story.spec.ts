import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { CAST, type Part } from './support/story-cast.ts';
import { Stage } from './support/story-stage.ts';

const ROSTER = join(import.meta.dirname, '../fixtures/rosters/roster-a.xlsx');
const PARTS = Object.keys(CAST) as readonly Part[];
let stage: Stage;

test.beforeAll(async () => {
  test.setTimeout(60_000);
  stage = await Stage.open();
});
test.afterAll(() => stage.remove());

test('one child’s file, five agencies, no network, nothing lost', async () => {
  test.setTimeout(240_000);
  await test.step('five people enrol, each on a tablet of their own', async () => {
    for (const part of PARTS) await stage.enrol(part);
    for (const part of PARTS) await expect(panelButton(part)).toContainText('Đã gửi', { timeout: 20_000 });
  });

  await test.step('the lead imports a roster: every row has a verdict, and a second time adds nothing', async () => {
    const page = stage.page('lead');
    await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
    await page.getByRole('link', { name: 'Nhập danh sách' }).click();
    const counts = await planRoster(page);
    expect(counts.ready).toBeGreaterThan(300);
    expect(counts.ready + counts.already + counts.duplicate + counts.error).toBe(counts.all);
    await page.getByRole('button', { name: `Đưa ${counts.ready} trẻ vào sổ` }).click();
    await expect(page.getByText(`Đã vào sổ: ${counts.ready}`)).toBeVisible({ timeout: 60_000 });
    const again = await planRoster(page);
    expect([again.all, again.ready]).toEqual([counts.all, 0]);
    await expect(page.getByText('Không có trẻ nào mới trong tệp này.')).toBeVisible();
    await expect(panelButton('lead')).toContainText('Đã gửi', { timeout: 60_000 });
  });
});

function panelButton(part: Part) {
  return stage
    .page(part)
    .getByRole('button', { name: /^Lưu và gửi/u })
    .first();
}

/** Chooses the roster and returns how many rows have each verdict. */
async function planRoster(page: Page): Promise<Record<'all' | 'ready' | 'already' | 'duplicate' | 'error', number>> {
  await page.locator('#roster-file').setInputFiles(ROSTER);
  const count = async (verdict: string): Promise<number> => {
    const text = await page.getByRole('button', { name: new RegExp(`^${verdict} · `, 'u') }).innerText();
    return Number(text.replaceAll(/\D/gu, ''));
  };
  await expect(page.getByRole('button', { name: /^Tất cả · /u })).toBeVisible({ timeout: 30_000 });
  return {
    all: await count('Tất cả'),
    ready: await count('Vào sổ'),
    already: await count('Đã có'),
    duplicate: await count('Có thể trùng'),
    error: await count('Không vào'),
  };
}

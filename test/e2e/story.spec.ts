import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import {
  addWeight,
  changeSchooling,
  choose,
  findAll,
  findReport,
  handInReport,
  SEEN,
  writeCase,
  WRITTEN,
} from './support/story-acts.ts';
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

  await test.step('without a network everybody writes, and every word is saved before it says so', async () => {
    for (const part of PARTS) stage.cut(part);
    for (const part of PARTS) await expect(panelButton(part)).toContainText('Không có mạng', { timeout: 30_000 });
    await changeSchooling(stage.page('teacher'));
    await addWeight(stage.page('nurse'), '21,5');
    await handInReport(stage.page('collaborator'));
    await expect(stage.page('collaborator').getByText(SEEN)).toHaveCount(0);
    await writeCase(stage.page('lead'), WRITTEN.lead);
    await writeCase(stage.page('police'), WRITTEN.police);
    for (const part of PARTS) await expect(panelButton(part)).toContainText(/[1-9]\d* chờ/u);
  });

  await test.step('browsers are killed and opened again without a network: everything is there, after the passphrase', async () => {
    const { child, case: opened } = stage.commune;
    const teacher = await stage.killAndReopen('teacher', `/tre/${child}?phan=education`);
    await expect(teacher.getByLabel('Trẻ đang đi học không').locator('option:checked')).toHaveText('Bỏ học');
    const nurse = await stage.killAndReopen('nurse', `/tre/${child}?phan=health`);
    await expect(nurse.locator('.log-list').getByText('21,5')).toBeVisible();
    const village = await stage.killAndReopen('collaborator', '/tin-bao');
    await expect(village.getByText(SEEN)).toHaveCount(0);
    for (const part of ['lead', 'police'] as const) {
      const page = await stage.killAndReopen(part, `/ho-so/${opened}`);
      await page.getByRole('tab', { name: 'Tóm tắt' }).click();
      for (const [label, text] of Object.entries(WRITTEN[part])) {
        await expect(page.getByLabel(label, { exact: true })).toHaveValue(text);
      }
    }
    for (const part of PARTS) await expect(panelButton(part)).toContainText(/[1-9]\d* chờ/u, { timeout: 20_000 });
  });

  await test.step('they come back one by one, the Hub killed twice in between: nothing is lost, one chooses', async () => {
    for (const part of ['nurse', 'police'] as const) stage.mend(part);
    await expect(panelButton('police')).toContainText('Đã gửi', { timeout: 60_000 });
    await stage.hub.kill();
    for (const part of ['lead', 'collaborator'] as const) stage.mend(part);
    await stage.hub.start();
    await expect(panelButton('collaborator')).toContainText('Đã gửi', { timeout: 60_000 });
    await stage.hub.kill();
    stage.mend('teacher');
    await stage.hub.start();
    for (const part of PARTS) await expect(panelButton(part)).toContainText(/Đã gửi|Cần chọn/u, { timeout: 60_000 });
    await expect(stage.page('collaborator').getByText(/^Xã nhận lúc/u)).toBeVisible();
  });

  await test.step('the lead chooses, both hold the same, and the report waits with its clock running', async () => {
    const [lead, police] = [stage.page('lead'), stage.page('police')];
    await choose(lead);
    await findAll(lead);
    await findAll(police);
    await findReport(lead);
  });

  await test.step('the panel says in words what is here and at the Hub; the Hub’s books are right', async () => {
    await panelButton('lead').click();
    const panel = stage.page('lead').getByRole('dialog');
    await expect(panel).toContainText(/Trên máy này.*Đã lưu \d[\d.]* văn bản.*Ở máy chủ xã.*Đã gửi hết\./su);
    await expect(panel).toContainText(/Ở nơi khác.*Công an xã: /su);
    await stage.hub.stop();
    expect(stage.hub.ct('verify')).not.toBe('');
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

import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dialog, first, follow, press, type Screen, tab, type Walk } from './screen.ts';

const ROSTER = join(import.meta.dirname, '../../fixtures/rosters/roster-b.xlsx');
const search =
  (text: string) =>
  ({ page }: Walk): Promise<void> =>
    page.getByRole('searchbox').first().fill(text);

/** The officer's morning: today, the register, a child, a roster. */
export const LEAD_AT_THE_REGISTER: readonly Screen[] = [
  { name: 's03-today-lead', path: '/hom-nay', shows: first('.task-line') },
  { name: 's03-emergency', open: press('Khẩn cấp'), shows: first('.emergency') },
  { name: 's04-register', path: '/so-tre', shows: first('.register-list a') },
  { name: 's04-search', open: search('giang'), shows: first('.register-list a') },
  { name: 's04-none-found', open: search('Xuyến Chi Phượng Vĩ'), shows: first('.empty-state') },
  { name: 's04-filter', open: filterRegister, shows: first('.register-list a') },
  { name: 's05-child', open: follow('.register-list a'), shows: first('.child-head') },
  { name: 's05-child-education', open: tab('Học tập'), shows: first('.child-head') },
  { name: 's05-child-health', open: tab('Sức khỏe'), shows: first('.child-head') },
  { name: 's05-child-support', open: tab('Hỗ trợ'), shows: first('.child-head') },
  { name: 's05-child-cases', open: tab('Vụ việc'), shows: first('.child-head') },
  { name: 's05-child-history', open: tab('Lịch sử'), shows: first('.history li') },
  { name: 's04-come-back', open: press('Quay lại'), shows: asItWasLeft },
  { name: 's06-add-child', path: '/so-tre/them', shows: first('#child-name') },
  { name: 's06-add-errors', open: press('Tạo hồ sơ trẻ'), shows: first('.error-summary') },
  { name: 's06-import', path: '/so-tre/nhap-danh-sach', shows: first('label[for=roster-file]') },
  { name: 's06-import-plan', open: chooseRoster, shows: first('.import-row') },
  { name: 's06-import-duplicates', open: press(/^Có thể trùng/u), shows: first('.import-row') },
  { name: 's06-import-errors', open: press(/^Không vào/u), shows: first('.import-row') },
  { name: 's06-import-done', open: press(/^Đưa \d+ trẻ/u), shows: first('#import-done') },
  { name: 's07-households-lead', path: '/khao-sat', shows: first('.households .list-row') },
];

/** The officer's casework: reports, cases, what was sent, and the settings. */
export const LEAD_ON_CASES: readonly Screen[] = [
  { name: 's09-triage', path: '/tin-bao', shows: first('.work-card') },
  { name: 's09-report', open: follow('main a[href^="/tin-bao/xem/"]'), shows: first('.intake-answer') },
  { name: 's09-join', open: press('Nhập vào hồ sơ đã có'), shows: dialog('Nhập vào hồ sơ nào') },
  { name: 's09-other', open: otherAnswer, shows: dialog('Cách giải quyết khác') },
  { name: 's11-cases', path: '/ho-so', shows: first('.work-card') },
  { name: 's11-case', open: openDisputed, shows: first('.case-header') },
  { name: 's11-summary', open: tab('Tóm tắt'), shows: first('#case-safety') },
  { name: 's11-tasks', open: tab('Việc'), shows: first('article.card') },
  { name: 's11-task-new', open: press('Giao việc mới'), shows: dialog('Giao việc mới') },
  { name: 's11-choose', open: chooseTab, shows: first('.conflict') },
  { name: 's11-history', open: tab('Lịch sử'), shows: (page) => page.getByLabel('Của ai') },
  { name: 's22-waiting-lead', path: '/quyen-xem', shows: first('.access-card') },
  { name: 's22-open-lead', open: tab(/^Đang được xem/u), shows: first('.access-card') },
  { name: 's21-held', path: '/luu-va-gui/den-muon', shows: first('.waiting-page .card') },
  { name: 's21-none', path: '/luu-va-gui/chua-nhan', shows: first('.empty-state') },
  { name: 's21-panel', path: '/hom-nay', open: openPanel, shows: dialog('Lưu và gửi') },
  { name: 's27-settings', path: '/cai-dat', shows: first('.settings') },
  { name: 's23-log-own', open: followOwnLog, shows: first('.audit .card li') },
  { name: 's27-sun', path: '/cai-dat', open: chooseRadio('Ngoài nắng'), shows: first('[data-theme=sun]') },
  { name: 's03-today-sun', path: '/hom-nay', shows: first('.task-line') },
  { name: 's05-child-sun', path: '/so-tre', open: follow('.register-list a'), shows: first('.child-head') },
  { name: 's27-large', path: '/cai-dat', open: enlarge, shows: first('[data-text=larger]') },
  { name: 's04-register-large', path: '/so-tre', shows: first('.register-list a') },
  { name: 's11-cases-large', path: '/ho-so', shows: first('.work-card') },
  { name: 's27-english', path: '/cai-dat', open: speakEnglish, shows: (page) => page.getByText('Language') },
  { name: 's03-today-english', path: '/hom-nay', shows: first('.task-line') },
  { name: 's04-register-english', path: '/so-tre', shows: first('.register-list a') },
  { name: 's11-case-english', path: '/ho-so', open: openDisputed, shows: first('.case-header') },
  { name: 's00-not-found', path: '/khong-co', shows: first('.empty-state') },
];

async function followOwnLog({ page }: Walk): Promise<void> {
  await page.getByRole('link', { name: 'Nhật ký của tôi' }).click();
}

/** The register with the filter that was chosen before a child was opened. */
function asItWasLeft(page: Page): Locator {
  return page.locator('.filter[aria-pressed=true]', { hasText: 'Có nguy cơ' });
}

async function filterRegister(walk: Walk): Promise<void> {
  await search('')(walk);
  await walk.page.getByRole('button', { name: 'Có nguy cơ' }).click();
  await walk.page.getByLabel('Thôn', { exact: true }).selectOption({ label: 'Bản Pa Ủ' });
}

async function chooseRoster({ page }: Walk): Promise<void> {
  await page.locator('#roster-file').setInputFiles(ROSTER);
}

async function otherAnswer({ page }: Walk): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Cách giải quyết khác' }).click();
}

async function openDisputed({ page }: Walk): Promise<void> {
  await page
    .locator('.work-card .chip.warn', { hasText: /Cần chọn|To choose|choose/u })
    .first()
    .click();
}

async function chooseTab({ page }: Walk): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^Cần chọn/u }).click();
}

async function openPanel({ page }: Walk): Promise<void> {
  await page.locator('.sync-chip').click();
}

function chooseRadio(name: string): (walk: Walk) => Promise<void> {
  return ({ page }) => page.getByRole('radio', { name }).check();
}

async function enlarge(walk: Walk): Promise<void> {
  await chooseRadio('Trong nhà')(walk);
  await chooseRadio('Rất to')(walk);
}

async function speakEnglish(walk: Walk): Promise<void> {
  await chooseRadio('Vừa')(walk);
  await chooseRadio('English')(walk);
}

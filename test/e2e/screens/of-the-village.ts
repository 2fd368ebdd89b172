import { expect } from '@playwright/test';
import { dialog, first, follow, press, type Screen, type Walk } from './screen.ts';

/** Door to door: the collaborator's screens. */
export const VILLAGE: readonly Screen[] = [
  { name: 's03-today-village', path: '/hom-nay', shows: first('.today .card') },
  { name: 's04-register-village', path: '/so-tre', shows: first('.register-list a') },
  { name: 's05-child-village', open: follow('.register-list a'), shows: first('.child-head') },
  { name: 's22-consent', open: press('Thêm: Văn bản đồng ý'), shows: dialog('Ghi văn bản đồng ý') },
  { name: 's22-consent-gaps', open: press(/^Ghi$/u), shows: first('.dialog .field-error') },
  { name: 's06-add-same', path: '/so-tre', open: typeKnownChild, shows: first('.child-line') },
  { name: 's07-households', path: '/khao-sat', shows: first('.households .list-row') },
  { name: 's07-new', open: press('Thêm hộ'), shows: dialog('Thêm hộ') },
  { name: 's07-none', open: searchNothing, shows: first('.empty-state') },
  { name: 's08-address', path: '/khao-sat', open: openHousehold, shows: first('#survey-part') },
  { name: 's08-members', open: next('Người trong hộ'), shows: first('#member-name') },
  { name: 's08-children', open: next('Trẻ em trong hộ'), shows: first('.survey-child-head') },
  { name: 's08-add-child', open: press('Thêm trẻ'), shows: first('form.card') },
  { name: 's08-schooling', open: next('Việc học'), shows: first('#survey-part') },
  { name: 's08-health', open: toHealth, shows: first('#survey-part') },
  { name: 's08-signs', open: tickInjury, shows: first('.emergency') },
  { name: 's08-result', open: next('Kết quả'), shows: first('#survey-part') },
  { name: 's08-no-result', open: finishSurvey, shows: first('.error-summary') },
  { name: 's09-form', path: '/tin-bao/moi', shows: first('#intake-summary') },
  { name: 's09-urgent', open: fillReport, shows: first('.intake-bar .emergency') },
  { name: 's09-receipts', open: handIn, shows: (page) => page.getByText(/Xã nhận lúc/u).first() },
  { name: 's21-panel-village', open: openPanel, shows: dialog('Lưu và gửi') },
];

/** Without a network, and what happens to an edit that comes too late. Stops the Hub. */
export const VILLAGE_OFFLINE: readonly Screen[] = [
  { name: 's21-offline', path: '/hom-nay', open: loseNetwork, shows: first('.sync-chip.neutral') },
  { name: 's05-saved-offline', path: '/so-tre', open: writeOffline, shows: first('.save-state') },
  { name: 's21-panel-waiting', open: openPanel, shows: dialog('Lưu và gửi') },
  { name: 's21-quarantine', path: '/luu-va-gui/chua-nhan', open: comeBack, shows: first('.waiting-page .card') },
  { name: 's21-dismiss', open: press('Bỏ mục này'), shows: (page) => page.getByRole('dialog') },
];

async function typeKnownChild({ page }: Walk): Promise<void> {
  const name = await page.locator('.register-list .child-line b').first().innerText();
  await page.getByRole('link', { name: 'Thêm trẻ' }).click();
  await page.locator('#child-name').fill(name);
}

async function searchNothing({ page }: Walk): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('không có hộ này');
}

async function openHousehold({ page }: Walk): Promise<void> {
  await page.getByRole('searchbox').fill('');
  await page
    .locator('.household-who', { hasText: /[1-9] trẻ/u })
    .first()
    .click();
}

function next(part: string): (walk: Walk) => Promise<void> {
  return async ({ page }) => {
    await page.getByRole('button', { name: 'Tiếp' }).click();
    await page.getByRole('heading', { name: part }).waitFor();
  };
}

async function toHealth({ page }: Walk): Promise<void> {
  const part = page.locator('#survey-part');
  for (let before = await part.innerText(); !before.startsWith('Sức khỏe'); before = await part.innerText()) {
    await page.getByRole('button', { name: 'Tiếp' }).click();
    await expect(part).not.toHaveText(before);
  }
}

async function tickInjury({ page }: Walk): Promise<void> {
  await page.getByRole('checkbox').first().check();
}

async function finishSurvey({ page }: Walk): Promise<void> {
  await page.getByRole('button', { name: 'Xong', exact: true }).click();
}

async function fillReport({ page }: Walk): Promise<void> {
  await page.locator('#intake-summary').fill('Cháu gái khóc, tay có vết bầm, không dám về nhà.');
  await page.getByRole('checkbox').first().check();
}

async function handIn({ page }: Walk): Promise<void> {
  await page.getByRole('button', { name: 'Gửi tin báo' }).click();
}

async function openPanel({ page }: Walk): Promise<void> {
  await page.locator('.sync-chip').click();
}

async function loseNetwork({ commune }: Walk): Promise<void> {
  await commune.hub.stop();
}

async function writeOffline({ page }: Walk): Promise<void> {
  await page.locator('.register-list a').first().click();
  await page.getByLabel('Địa chỉ', { exact: true }).first().fill('Nhờ nhà bác ở đầu bản');
  await page.getByLabel('Địa chỉ', { exact: true }).first().blur();
}

async function comeBack({ page, commune, person }: Walk): Promise<void> {
  await commune.endRights(person);
  await page.evaluate(() => dispatchEvent(new Event('online')));
}

import type { Locator, Page } from '@playwright/test';
import { MachineLock } from '../support/machine-lock.ts';
import { typePin, unlock } from '../support/person.ts';
import { first, PIN, press, type Screen, type Walk } from './screen.ts';

/** S01, before the person is known: from the link to the first download. */
export const ENROLMENT: readonly Screen[] = [
  { name: 's01-code', shows: first('#invitation-code') },
  { name: 's01-code-short', open: shortCode, shows: first('.field-error') },
  { name: 's01-words', open: wholeCode, shows: first('.enrol-words > li') },
  { name: 's01-prove-wrong', open: proveWrongly, shows: first('.field-error') },
  { name: 's01-pin', open: prove, shows: first('.pin-keys') },
  { name: 's01-ready', open: choosePin, shows: first('.enrol-ready') },
];

/** S02: the lock, its ways and its refusals. */
export const LOCK: readonly Screen[] = [
  { name: 's02-cover', path: '/hom-nay', open: press('Che màn hình'), shows: first('.cover-time') },
  { name: 's02-pin', open: ({ page }) => page.locator('.cover-button').click(), shows: first('.pin-keys') },
  { name: 's02-pin-wrong', open: ({ page }) => typePin(page, '000000'), shows: first('.lock-failure:not(:empty)') },
  { name: 's02-passphrase', open: press('Quên mã'), shows: first('#passphrase') },
  { name: 's02-passphrase-wrong', open: unlockWrongly, shows: first('.lock-failure:not(:empty)') },
];

/** The machine's own lock as a way in: turned on in the settings, asked for after a cold start, silent. */
export const MACHINE_LOCK: readonly Screen[] = [
  { name: 's27-machine-lock', open: toSettings, shows: first('.authenticator') },
  { name: 's27-machine-lock-pin', open: press('Bật cách mở này'), shows: first('.dialog .pin-keys') },
  { name: 's27-machine-lock-on', open: ({ page }) => typePin(page, PIN), shows: offTurner },
  { name: 's02-machine-lock', open: startCold, shows: first('.lock-way') },
  { name: 's02-machine-lock-silent', open: tryInVain, shows: first('.lock-failure:not(:empty)') },
  { name: 's02-passphrase-instead', open: press('Mở bằng câu mật khẩu'), shows: first('#passphrase') },
];

let code = '';
let machineLock: MachineLock | null = null;

async function shortCode({ page }: Walk): Promise<void> {
  const input = page.locator('#invitation-code');
  code = await input.inputValue();
  await input.fill('7K2M-9QX');
  await page.getByRole('button', { name: 'Tiếp' }).click();
}

async function wholeCode({ page }: Walk): Promise<void> {
  await page.locator('#invitation-code').fill(code);
  await page.getByRole('button', { name: 'Tiếp' }).click();
}

async function proveWrongly(walk: Walk): Promise<void> {
  const { page } = walk;
  const offered = await page.locator('.enrol-words > li').allTextContents();
  walk.passphrase = offered.map((word) => word.trim()).join(' ');
  await page.getByRole('button', { name: 'Tôi đã chép xong' }).click();
  await page
    .getByLabel(/^Cụm từ thứ/u)
    .first()
    .fill('nhầm rồi');
  await page.getByRole('button', { name: 'Tiếp' }).click();
}

async function prove({ page, passphrase }: Walk): Promise<void> {
  const words = passphrase.split(' ');
  const length = words.length / 4;
  for (const place of [1, 2, 3, 4]) {
    const asked = page.getByLabel(`Cụm từ thứ ${place}`);
    if ((await asked.count()) > 0) await asked.fill(words.slice((place - 1) * length, place * length).join(' '));
  }
  await page.getByRole('button', { name: 'Tiếp' }).click();
}

async function choosePin({ page }: Walk): Promise<void> {
  machineLock = await MachineLock.inside(page);
  await typePin(page, PIN);
  await page.getByText('Nhập lại mã PIN').waitFor();
  await typePin(page, PIN);
}

async function unlockWrongly({ page }: Walk): Promise<void> {
  await page.getByLabel('Câu mật khẩu').fill('không phải câu này');
  await page.getByRole('button', { name: 'Mở khóa' }).click();
}

async function toSettings({ page, passphrase }: Walk): Promise<void> {
  await unlock(page, passphrase);
  await page.getByRole('button', { name: 'Che màn hình' }).waitFor();
  await page.getByRole('link', { name: 'Cài đặt' }).first().click();
}

function offTurner(page: Page): Locator {
  return page.getByRole('button', { name: 'Tắt cách mở này' });
}

async function startCold({ page }: Walk): Promise<void> {
  await page.reload();
}

async function tryInVain({ page }: Walk): Promise<void> {
  await machineLock?.knowsOwner(false);
  await typePin(page, PIN);
}

import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { enrol } from '../support/person.ts';
import type { Commune } from './commune.ts';
import { barriersOf, SIZES } from './look.ts';
import { PIN, type Screen, type Walk } from './screen.ts';

const SHOWN_WITHIN_MS = 20_000;
const DOWNLOAD_WITHIN_MS = 60_000;

/** One person's part of the tour. */
export interface Stop {
  readonly person: string;
  readonly screens: readonly Screen[];
  /** Screens that come before the person is enrolled, on the way there. */
  readonly door?: readonly Screen[];
}

/** What a visit needs beside: on which commune, and where pictures go, if anywhere. */
interface Visit extends Stop {
  readonly commune: Commune;
  readonly folder: string | null;
  /** Told of each barrier, as it is found. */
  readonly found: (barrier: string) => void;
}

/** Opens every screen of a person in turn and looks at it at both sizes. Throws when one never appears. */
export async function visit(browser: Browser, { commune, person, screens, door, folder, found }: Visit): Promise<void> {
  const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', viewport: SIZES.tablet });
  const page = await context.newPage();
  const walk: Walk = { page, person, commune, passphrase: '' };
  page.on('pageerror', (error) => found(`${person}: ${error.message}`));
  await page.goto(`http://localhost:${commune.hub.port()}/#i=${await commune.codeOf(person)}`);
  const show = async (screen: Screen): Promise<void> => {
    await reach(walk, screen);
    for (const size of ['tablet', 'phone'] as const) {
      await page.setViewportSize(SIZES[size]);
      await settle(page);
      if (folder !== null) await take(page, join(folder, `${screen.name}-${size}`));
      for (const barrier of await barriersOf(page, size)) found(`${screen.name} (${size}): ${barrier}`);
    }
    await page.setViewportSize(SIZES.tablet);
  };
  for (const screen of door ?? []) await show(screen);
  if (walk.passphrase === '') walk.passphrase = await enrol(page, PIN, DOWNLOAD_WITHIN_MS);
  for (const screen of screens) await show(screen);
  await context.close();
}

/** Goes there inside the app: a page loaded anew would stand at the lock. */
async function reach(walk: Walk, { name, path, open, shows }: Screen): Promise<void> {
  const { page } = walk;
  try {
    if (path !== undefined) {
      if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
      await page.evaluate((to) => {
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate', { state: null }));
      }, path);
    }
    await open?.(walk);
    await shows(page).waitFor({ timeout: SHOWN_WITHIN_MS });
  } catch (error) {
    throw new Error(`${name} never appeared for ${walk.person}`, { cause: error });
  }
}

/** Waits for fonts, and for the frame after the one in which everything has its place. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
}

/** Saves what is in sight, and where the page is longer, all of it. */
async function take(page: Page, path: string): Promise<void> {
  await page.screenshot({ path: `${path}.png` });
  const isLonger = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight);
  if (isLonger) await page.screenshot({ path: `${path}-whole.png`, fullPage: true });
}

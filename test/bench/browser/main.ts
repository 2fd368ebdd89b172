/**
 * npm run -s bench -- browser [--json] [--throttle N] [--small]: the built client in a real Chromium beside a real Hub with the invented commune's six
 * thousand children, the page's thread slowed down four times, as on a cheap tablet.
 */
import { parseArgs } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { openCommune } from '../../e2e/screens/commune.ts';
import { PIN } from '../../e2e/screens/screen.ts';
import { enrol, unlock } from '../../e2e/support/person.ts';
import { makeTablet } from '../../e2e/support/tablet.ts';
import { changeElsewhere } from './elsewhere.ts';
import { frameTimes, openTimes, saveTimes, searchTimes, spreadOf } from './gauges.ts';
import { watchThreads, type Work } from './tasks.ts';

const LEAD = 'Đàm Thị Hương';
const SIZE = { width: 1280, height: 800 };
const PATIENCE_MS = 300_000;
const SEARCHES = ['mai', 'vàng a', 'Lò Thị', 'nguyen van', 'giang', 'Pao', 'thu trang', 'bản pa ủ', 'hmai', 'xuyến'];

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    throttle: { type: 'string', default: '4' },
  },
});
const throttle = Number(values.throttle);
const children = values.small ? 150 : 6_000;
const commune = await openCommune(values.small ? 'small' : 'whole');
const tablet = makeTablet(SIZE);
try {
  await run();
} finally {
  await tablet.remove();
  await commune.hub.remove();
}

async function run(): Promise<void> {
  const origin = `http://127.0.0.1:${commune.hub.port()}`;
  const code = await commune.codeOf(LEAD);
  let page = await openSlow(`${origin}/#i=${code}`);
  let passphrase = '';
  const filled = await watched(page, async () => {
    const enrolled = page.waitForResponse((response) => response.url().endsWith('/enrol'), { timeout: PATIENCE_MS });
    const answeredMs = enrolled.then(() => performance.now());
    passphrase = await enrol(page, PIN, PATIENCE_MS);
    await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
    await allListed(page);
    return Math.round(performance.now() - (await answeredMs));
  });
  tell('enrol, and fill an empty tablet', { ms: filled.value }, filled.work);
  await measureWork(page);
  const elsewhere = await watched(page, async () => {
    const sentMs = await changeElsewhere(commune.hub.port(), await commune.codeOf(LEAD), 50);
    await page.waitForTimeout(1_500);
    return sentMs;
  });
  tell('50 changed elsewhere', {}, elsewhere.work);
  await page.waitForTimeout(6_000);
  await tablet.kill();
  await commune.hub.stop();
  page = await openSlow('about:blank');
  const painted = await watched(page, () => firstPaint(page, `${origin}/so-tre`));
  tell('cold start without a network: first paint', { ms: painted.value }, painted.work);
  const opened = await watched(page, () => unlockUntilWhole(page, passphrase));
  tell('unlock to the whole list', opened.value, opened.work);
}

async function measureWork(page: Page): Promise<void> {
  const frames = await watched(page, () => frameTimes(page, 120));
  tell('scroll the list: a frame', spreadOf(frames.value), frames.work);
  const searched = await watched(page, () => searchTimes(page, [...SEARCHES, ...SEARCHES]));
  tell('search, painted', spreadOf(searched.value), searched.work);
  await page.getByRole('searchbox').first().fill('');
  await page.waitForTimeout(1_000);
  const opened = await watched(page, () => openTimes(page, 20));
  tell('open a file', spreadOf(opened.value), opened.work);
  await page.locator('.register-list a').first().click();
  await page.locator('.child-head').waitFor();
  const saved = await watched(page, () => saveTimes(page, 'Địa chỉ', 30));
  tell('save, durable', spreadOf(saved.value), saved.work);
  await page.getByRole('button', { name: 'Quay lại' }).first().click();
  await page.locator('.register-list a').first().waitFor();
}

async function openSlow(url: string): Promise<Page> {
  const page = await tablet.open('about:blank');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  if (url !== 'about:blank') await page.goto(url);
  return page;
}

function watched<T>(page: Page, act: () => Promise<T>): Promise<{ value: T; work: Work }> {
  return watchThreads(page.context().browser() as Browser, act);
}

/** Resolves once the list says that it has everybody. */
function allListed(page: Page): Promise<unknown> {
  const words = children.toLocaleString('vi-VN');
  return page.waitForFunction(
    (count) => {
      const register = document.querySelector('.register');
      return (
        register !== null &&
        register.textContent.includes(`${count} trẻ`) &&
        document.querySelector('.register-list a') !== null
      );
    },
    words,
    { timeout: PATIENCE_MS, polling: 'raf' },
  );
}

async function firstPaint(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.getByLabel('Câu mật khẩu').waitFor();
  return page.evaluate(() => {
    const paint = performance.getEntriesByType('paint').find(({ name }) => name === 'first-contentful-paint');
    return Math.round(paint?.startTime ?? -1);
  });
}

/** Tells the stretching of the passphrase apart: the engine imports what it gave as a key. */
async function unlockUntilWhole(page: Page, passphrase: string): Promise<{ keyMs: number; listMs: number }> {
  const [engine] = page.workers();
  if (!engine) throw new Error('the engine does not run');
  await engine.evaluate(() => {
    const plain = crypto.subtle.importKey.bind(crypto.subtle);
    const seen = globalThis as { derivedMs?: number };
    crypto.subtle.importKey = ((...given: Parameters<SubtleCrypto['importKey']>) => {
      seen.derivedMs ??= performance.timeOrigin + performance.now();
      return plain(...given);
    }) as SubtleCrypto['importKey'];
  });
  const startMs = await page.evaluate(() => performance.timeOrigin + performance.now());
  await unlock(page, passphrase);
  await allListed(page);
  const endMs = await page.evaluate(() => performance.timeOrigin + performance.now());
  const derivedMs = await engine.evaluate(() => (globalThis as { derivedMs?: number }).derivedMs ?? 0);
  return { keyMs: Math.round(derivedMs - startMs), listMs: Math.round(endMs - derivedMs) };
}

function tell(what: string, times: object, { page, engine }: Work): void {
  const line = { scenario: 'browser', what, children, throttle, ...times, page, engine };
  console.log(values.json ? JSON.stringify(line) : `${what}: ${JSON.stringify({ ...times, page, engine })}`);
}

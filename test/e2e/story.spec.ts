import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, makeHub } from './support/hub-process.ts';
import { type Link, openLink } from './support/link.ts';
import { enrol } from './support/person.ts';
import { makeTablet, type Tablet } from './support/tablet.ts';

const PIN = '482915';
const SIZE = { width: 1280, height: 800 };
const CAST = {
  collaborator: 'Lò Thị Mai',
  teacher: 'Hoàng Thu Trang',
  nurse: 'Vàng Thị Mỷ',
  police: 'Lò Văn Dũng',
  lead: 'Đàm Thị Hương',
} as const;
type Role = keyof typeof CAST;
interface Person { readonly tablet: Tablet; readonly link: Link; passphrase: string }
const people = new Map<Role, Person>();
let hub: HubProcess;
const addr = (l: Link) => l.url.replace('127.0.0.1', 'localhost');
test('x', async () => {
  test.setTimeout(240_000);
  const t0 = Date.now();
  const lap = (w: string) => console.log(((Date.now() - t0) / 1000).toFixed(1), w);
  const links = await Promise.all(Object.keys(CAST).map(() => openLink(() => hub.port())));
  hub = makeHub({ CT_DEMO: '1', CT_PUBLIC_URL: links.map((l) => addr(l)).join(',') });
  await hub.start();
  lap('hub'); console.log(hub.log().slice(0, 900));
  for (const [role, name] of Object.entries(CAST) as [Role, string][]) {
    const code = new RegExp(`${name} .*#i=([0-9A-Z]{16})`, 'u').exec(hub.log())?.[1];
    const link = links[people.size]!;
    const tablet = makeTablet(SIZE);
    people.set(role, { tablet, link, passphrase: '' });
    const page = await tablet.open(`${addr(link)}/#i=${code}`);
    people.get(role)!.passphrase = await enrol(page, PIN, 30_000).catch(async (e) => { console.log(await page.locator('body').innerText()); throw e; });
    lap(role);
  }
  for (const [role, p] of people) {
    const page = p.tablet.page();
    const nav = await page.locator('nav a').allTextContents();
    console.log(role, nav.join('|'), (await page.locator('header').allInnerTexts()).join(' / ').replaceAll('\n', ' '));
    await page.waitForTimeout(2000);
    await page.getByRole('link', { name: 'Sổ trẻ' }).first().click();
    await page.waitForTimeout(1500);
    console.log((await page.locator('main').innerText()).slice(0, 500).replaceAll('\n', ' | '));
    const c = page.getByRole('link', { name: 'Hồ sơ' }).first();
    if (await c.count()) { await c.click(); await page.waitForTimeout(1000);
    console.log((await page.locator('main').innerText()).slice(0, 500).replaceAll('\n', ' | ')); }
    await page.screenshot({ path: `/tmp/story-${role}.png` });
  }
  lap('end');
});
test.afterAll(async () => {
  for (const p of people.values()) { await p.tablet.remove(); await p.link.close(); }
  await hub.remove();
});

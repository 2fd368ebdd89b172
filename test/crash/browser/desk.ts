import { expect, type Page } from '@playwright/test';
import { type HubProcess, makeHub } from '../../e2e/support/hub-process.ts';
import { Link } from '../../e2e/support/link.ts';
import { enrol, unlock } from '../../e2e/support/person.ts';
import { runScript } from '../../e2e/support/run-script.ts';
import { makeTablet, type Tablet } from '../../e2e/support/tablet.ts';
import { CutDisk } from '../disk.ts';

const SIZE = { width: 1280, height: 800 };
const VILLAGE = 'Nà Pàn';
const READY_WITHIN_MS = 60_000;

/** What keeps a browser's IndexedDB. */
export type BackEnd = 'leveldb' | 'sqlite';

/** A real browser on a disk whose power can be cut, its Hub, the wire between them, and one child's page. */
export class Desk {
  readonly hub: HubProcess;
  readonly link: Link;
  readonly disk: CutDisk;
  readonly tablet: Tablet;
  /** Where the child's page is. */
  path = '/';
  #passphrase = '';

  private constructor(hub: HubProcess, link: Link, tablet: Tablet, disk: CutDisk) {
    this.hub = hub;
    this.link = link;
    this.tablet = tablet;
    this.disk = disk;
  }

  /** Founds a commune, enrols its lead the way a person does, and makes one child. */
  static async open(backEnd: BackEnd): Promise<Desk> {
    const hubs: HubProcess[] = [];
    const link = await Link.open(() => hubs[0]?.port() ?? 0);
    // the tablet knows the Hub by its end of the wire
    const hub = makeHub({ CT_PUBLIC_URL: originOf(link) });
    hubs.push(hub);
    const told = hub.ct('init', '--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', 'Lò Thị Ánh');
    const code = [...told.matchAll(/#i=([0-9A-Z]{16})/gu)][1]?.[1] ?? '';
    runScript('add-villages.ts', hub.dataDirectory, VILLAGE);
    await hub.start();
    const disks: CutDisk[] = [];
    const tablet = makeTablet(SIZE, {
      flags: [`--${backEnd === 'sqlite' ? 'enable' : 'disable'}-features=IdbSqliteBackingStore`],
      env: (profile) => {
        // LevelDB in Chromium goes on writing behind a torn record, and at the next start throws the whole store away for it: no page
        // can help that
        const disk = new CutDisk(profile, backEnd === 'leveldb' ? 'whole' : 'torn');
        disks.push(disk);
        return disk.env;
      },
    });
    const [disk] = disks;
    if (!disk) throw new Error('a tablet without a disk');
    const desk = new Desk(hub, link, tablet, disk);
    try {
      await desk.#begin(code);
    } catch (error) {
      await desk.remove();
      throw error;
    }
    return desk;
  }

  async remove(): Promise<void> {
    await this.tablet.remove();
    this.disk.remove();
    await this.link.close();
    await this.hub.remove();
  }

  /** Starts the browser on what its disk holds, goes to the child's page, and unlocks; `prepare` runs before the passphrase is typed. */
  async enter(prepare: (page: Page) => Promise<void> = async () => undefined): Promise<Page> {
    const page = await this.tablet.open(`${originOf(this.link)}${this.path}`);
    await page.getByLabel('Câu mật khẩu').waitFor({ timeout: READY_WITHIN_MS });
    await prepare(page);
    await unlock(page, this.#passphrase);
    return page;
  }

  async #begin(code: string): Promise<void> {
    const page = await this.tablet.open(`${originOf(this.link)}/#i=${code}`);
    this.#passphrase = await enrol(page, '482915', READY_WITHIN_MS);
    await page.goto(`${originOf(this.link)}/so-tre/them`);
    await unlock(page, this.#passphrase);
    await page.locator('#child-name').fill('Sùng Thị Kanarina');
    await page.getByRole('radio', { name: VILLAGE }).check({ timeout: READY_WITHIN_MS });
    await page.getByRole('button', { name: 'Tạo hồ sơ trẻ' }).click();
    await page.waitForURL(/\/tre\/[0-9A-Z]{26}/u, { timeout: READY_WITHIN_MS });
    this.path = new URL(page.url()).pathname;
    await expectSent(page);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await this.tablet.kill();
  }
}

/** Where the tablet finds the Hub; the Hub's own log names the loopback by number. */
function originOf(link: Link): string {
  return link.url.replace('127.0.0.1', 'localhost');
}

/** Resolves once the page says that everything is sent. */
export async function expectSent(page: Page): Promise<void> {
  const chip = page.getByRole('button', { name: /^Lưu và gửi/u }).first();
  await expect(chip).toContainText(/Đã gửi/u, { timeout: READY_WITHIN_MS });
}

import { expect, type Locator, type Page } from '@playwright/test';
import { type HubProcess, makeHub } from './hub-process.ts';
import { Link } from './link.ts';
import { enrol, unlock } from './person.ts';
import { runScript } from './run-script.ts';
import { CAST, PARTS, type Part, type StagedCommune } from './story-cast.ts';
import { makeTablet, type Tablet } from './tablet.ts';

const PIN = '482915';
const SIZE = { width: 1280, height: 800 };

/** One person of the story: a tablet, the wire it hangs on, and what opens it. */
interface Player {
  readonly tablet: Tablet;
  readonly link: Link;
  passphrase: string;
}

/** A real Hub and five people, each on a tablet behind a wire of its own. */
export class Stage {
  readonly hub: HubProcess;
  readonly commune: StagedCommune;
  /** A wire for one more tablet, at an address that the Hub knows. */
  readonly spare: Link;
  readonly #players: ReadonlyMap<Part, Player>;

  private constructor(hub: HubProcess, commune: StagedCommune, players: ReadonlyMap<Part, Player>, spare: Link) {
    this.hub = hub;
    this.commune = commune;
    this.spare = spare;
    this.#players = players;
  }

  /** Makes the commune and starts its Hub; nobody is enrolled yet. */
  static async open(): Promise<Stage> {
    const players = new Map<Part, Player>();
    for (const part of PARTS) {
      players.set(part, { tablet: makeTablet(SIZE), link: await Link.open(() => hub.port()), passphrase: '' });
    }
    const spare = await Link.open(() => hub.port());
    const origins = [spare, ...[...players.values()].map(({ link }) => link)].map(originOf);
    const hub = makeHub({ CT_PUBLIC_URL: origins.join(',') });
    hub.ct('init', '--name', 'Xã Nà Pàn', '--administrator', 'Phạm Quốc Huy', '--lead', 'Bùi Thị Nga');
    const staged = runScript('stage-commune.ts', hub.dataDirectory);
    await hub.start();
    return new Stage(hub, JSON.parse(staged) as StagedCommune, players, spare);
  }

  /** The page a person looks at. */
  page(part: Part): Page {
    return this.#player(part).tablet.page();
  }

  /** Opens a person's invitation on the tablet and enrols it, until the app would open without a network. */
  async enrol(part: Part): Promise<Page> {
    const player = this.#player(part);
    const page = await player.tablet.open(`${originOf(player.link)}/#i=${this.commune.codes[CAST[part]]}`);
    player.passphrase = await enrol(page, PIN);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    return page;
  }

  /** The button of a person's screen that says how saving and sending stand, and opens the panel. */
  chip(part: Part): Locator {
    return this.page(part)
      .getByRole('button', { name: /^Lưu và gửi/u })
      .first();
  }

  /** The office gives somebody other places from now on: the flags of `ct change`. */
  appoint(part: Part, ...flags: readonly string[]): void {
    this.hub.ct('member', 'change', String(this.commune.numbers[CAST[part]]), ...flags);
  }

  /** The wire a person's tablet hangs on. */
  link(part: Part): Link {
    return this.#player(part).link;
  }

  cut(part: Part): void {
    this.#player(part).link.cut();
  }

  mend(part: Part): void {
    this.#player(part).link.mend();
  }

  /** kill -9 to the browser; then the app again, opened with the passphrase. */
  async killAndReopen(part: Part, path: string): Promise<Page> {
    const { tablet, link, passphrase } = this.#player(part);
    await tablet.kill();
    const page = await tablet.open(`${originOf(link)}${path}`);
    await unlock(page, passphrase);
    await expect(page.getByRole('button', { name: 'Che màn hình' })).toBeVisible({ timeout: 20_000 });
    return page;
  }

  async remove(): Promise<void> {
    for (const { tablet, link } of this.#players.values()) {
      await tablet.remove();
      await link.close();
    }
    await this.spare.close();
    await this.hub.remove();
  }

  #player(part: Part): Player {
    const player = this.#players.get(part);
    if (!player) throw new Error(`nobody plays ${part}`);
    return player;
  }
}

/** Returns where a tablet finds the Hub: by the name, so that the address which the Hub prints first with its number stays its own. */
export function originOf({ url }: Link): string {
  return url.replace('127.0.0.1', 'localhost');
}

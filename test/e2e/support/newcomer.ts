import type { Page } from '@playwright/test';
import { enrol } from './person.ts';
import { originOf, type Stage } from './story-stage.ts';
import { makeTablet, type Tablet } from './tablet.ts';

const PIN = '731640';
const SIZE = { width: 1280, height: 800 };

/** Someone who joins while the others work: a nurse on a new tablet, who sees what the health station wrote before. The next one takes the former's place. */
export class Newcomer {
  readonly #stage: Stage;
  #tablet: Tablet | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Invites a nurse of this name through the running Hub, and enrols her. */
  async join(name: string): Promise<void> {
    await this.leave();
    const { hub, spare } = this.#stage;
    const told = hub.ct('invite', '--name', name, '--role', 'nurse', '--village', '*');
    const [, code = ''] = /#i=([0-9A-Z]{16})/u.exec(told) ?? [];
    this.#tablet = makeTablet(SIZE);
    await enrol(await this.#tablet.open(`${originOf(spare)}/#i=${code}`), PIN);
  }

  /** The page she looks at. */
  page(): Page {
    if (!this.#tablet) throw new Error('nobody has joined');
    return this.#tablet.page();
  }

  async leave(): Promise<void> {
    await this.#tablet?.remove();
    this.#tablet = null;
  }
}

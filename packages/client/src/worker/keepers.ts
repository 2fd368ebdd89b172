/** Keeps the officers' slot of an open vault as it should be: for the officers of now. Rules VLT-12, VLT-15. */
import type { World } from '@chungtay/core/base/world';
import { makeUlid } from '@chungtay/core/model/ids';
import type { WireVerb } from '@chungtay/core/policy/office';
import type { ClientSession } from '@chungtay/core/sync/client-session';
import { keepersAnswer } from '@chungtay/core/wire/recovery';
import { keepersText, officeSlot } from '../platform/office-slot.ts';
import type { Opened } from './door.ts';

/** Where it is noted that the officers have opened the vault, until the Hub has heard it. */
export const RECOVERED = 'door/recovered';

/** What keeping needs. */
export interface KeepersParts {
  readonly opened: Opened;
  readonly session: Pick<ClientSession, 'state' | 'askOffice'>;
  readonly world: World;
}

/** See the file's head. */
export class Keepers {
  readonly #parts: KeepersParts;
  #hasAsked = false;

  constructor(parts: KeepersParts) {
    this.#parts = parts;
  }

  /** Told whenever the session's state may have changed: asks once for each connection, when everything else is here. */
  follow(): void {
    const { state } = this.#parts.session;
    const isReady = state.is === 'live' && state.isCaughtUp;
    if (isReady && !this.#hasAsked) void this.#meet();
    if (state.is !== 'live') this.#hasAsked = false;
    else this.#hasAsked ||= isReady;
  }

  /** Nobody waits for it, and what fails is done with the next connection. */
  async #meet(): Promise<void> {
    await this.#tellRecovered().catch(() => undefined);
    await this.#refresh().catch(() => undefined);
  }

  async #tellRecovered(): Promise<void> {
    const { vault } = this.#parts.opened;
    if (!(await vault.read('meta', RECOVERED))) return;
    const answer = await this.#ask('recovered');
    if (answer !== null) await vault.commit([{ area: 'meta', key: RECOVERED, bytes: null }]);
  }

  async #refresh(): Promise<void> {
    const { opened, world } = this.#parts;
    const { vault, identity } = opened;
    const read = keepersAnswer.safeParse(await this.#ask('keepers'));
    if (!read.success) return;
    const former = await vault.office();
    if ((former?.keepers ?? '') === keepersText(read.data.keepers)) return;
    const of = { member: identity.member, device: identity.device };
    await vault.keepOffice((raw) => officeSlot(vault.name, raw, of, read.data, world));
  }

  async #ask(verb: WireVerb): Promise<unknown> {
    const { session, world } = this.#parts;
    const outcome = await session.askOffice({ verb, key: makeUlid(world), body: '{}' });
    return outcome.is === 'answered' ? (JSON.parse(outcome.answer) as unknown) : null;
  }
}

import { Serial } from '@chungtay/core/sync/device-serial';
import type { ErasedWord } from '../platform/tablet-registry.ts';
import { isDismissed, isLastWord, orderFor } from './dismissal.ts';
import type { PinProof } from './door-views.ts';
import type { Opened } from './door.ts';
import { LockedError } from './engine-failure.ts';
import type { EngineParts } from './engine-parts.ts';
import type { UnlockOutcome } from './engine-views.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { showsLess } from './lease-view.ts';
import { openWorkplace } from './open-workplace.ts';
import { meOf, type Workplace } from './workplace.ts';

/** Wrong quick PINs after which the key is forgotten. */
export const PIN_TRIES = 5;
/** The lease is looked at this often, and asked for again when it is this old and the Hub is there. */
const LEASE_MS = { lookEvery: 30_000, askedEvery: 6 * 3_600_000, notBefore: 60_000 } as const;
/** How long the page may take to hand over what was typed before what it shows is taken away. */
const HAND_OVER_MS = 3_000;

/** What is open: nothing, a workplace, or one behind the idle lock, whose session goes on while the page shows nothing. */
type Openness =
  | { readonly is: 'shut' }
  | { readonly is: 'open'; readonly at: Workplace }
  | { readonly is: 'idle'; readonly at: Workplace; readonly wrongPins: number };

/** The engine of one tab: shut, open for one person, or behind the idle lock. Holds VLT-5…VLT-7. */
export class Engine {
  #now: Openness = { is: 'shut' };
  readonly #parts: EngineParts;
  readonly #turns = new Serial();
  #wrongProofs = 0;
  #following: Promise<void> | null = null;
  #swapping: Promise<void> | null = null;
  #cancelLook: () => void = () => undefined;
  #onIdle: () => void = () => undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /** Returns the workplace; throws LockedError while there is none, it is behind the lock, or no file may be shown. */
  at(): Workplace {
    const at = this.outside();
    const { standing } = at.lease;
    const isLess = showsLess(standing, at.standing);
    if (isLess) void this.#followLease();
    if (isLess || standing === 'ended') throw new LockedError();
    return at;
  }

  /** Returns the workplace for what shows nothing of any file, also when its lease has ended; throws LockedError as `at` does otherwise. */
  outside(): Workplace {
    if (this.#now.is !== 'open') throw new LockedError();
    return this.#now.at;
  }

  /**
   * Returns what `ask` answers; throws LockedError when that took until there is no such workplace, it is behind the lock, or less may be
   * shown than when it was asked.
   */
  async whileOpen<Answer>(ask: (at: Workplace) => Promise<Answer>): Promise<Answer> {
    const at = this.at();
    const answer = await ask(at);
    const now = this.at();
    if (now.lease !== at.lease || showsLess(now.standing, at.standing)) throw new LockedError();
    return answer;
  }

  /** Returns the same for writing, once nobody is taking over the disk. */
  async ready(): Promise<Workplace> {
    await this.#swapping;
    return this.outside();
  }

  /** Returns how much of a vault waits to be sent, also behind the lock; null while it is shut. */
  waitingOf(vault: string): number | null {
    if (this.#now.is === 'shut' || this.#now.at.opened.vault.name !== vault) return null;
    return this.#now.at.replica.counts().waiting;
  }

  /** Returns which vault the quick PIN opens, and whether anything is open. */
  openness(): { readonly unlocked: boolean; readonly pinOpens: string | null } {
    return {
      unlocked: this.#now.is === 'open',
      pinOpens: this.#now.is === 'idle' ? this.#now.at.opened.vault.name : null,
    };
  }

  /** Opens a workplace over an opened vault, in place of whatever is open. One after another: of two at once, one would go on unseen. */
  comeIn(opened: Opened): Promise<Workplace> {
    return this.#turns.run(async () => {
      await this.#leave(true);
      return this.#enter(opened);
    });
  }

  async #enter(opened: Opened): Promise<Workplace> {
    const lease = await this.#parts.openLease(opened);
    const at = await this.#openAt(opened, lease);
    this.#now = { is: 'open', at };
    this.#wrongProofs = 0;
    at.start();
    if (at.standing !== 'whole') void this.meetHub();
    this.#lookLater();
    return at;
  }

  /** Tries to reach the Hub at once: with a lease by the session, without one by asking for it first. */
  async meetHub(): Promise<void> {
    const { at } = this.#now.is === 'shut' ? { at: null } : this.#now;
    if (!at) throw new LockedError();
    if (at.standing === 'whole') return at.session.wake();
    const outcome = await at.lease.renew();
    // whoever has no right here any more still hands in what he has (P13)
    if (outcome === 'refused') at.session.wake();
    if (outcome === 'given') await this.#followLease();
    return undefined;
  }

  async #openAt(opened: Opened, lease: LeaseKeeper): Promise<Workplace> {
    let own: Workplace | null = null;
    own = await openWorkplace(opened, lease, {
      ...this.#parts,
      // behind the lock the session goes on, but the page learns nothing of any file
      tell: (event) => void (this.#now.is === 'open' && this.#now.at === own && this.#parts.tell(event)),
      onSession: (state) => {
        if (state.is === 'live') void this.#renew(lease, LEASE_MS.notBefore);
        if (own && isDismissed(state)) void this.#obey(own).catch(() => undefined);
      },
    });
    return own;
  }

  async #renew(lease: LeaseKeeper, notBeforeMs: number): Promise<void> {
    const { sinceGivenMs } = lease;
    if (sinceGivenMs === null || sinceGivenMs >= notBeforeMs) await lease.renew().catch(() => undefined);
  }

  /** The office has dismissed this device: what the Hub orders by its signature is erased here, and of nobody else. */
  async #obey(at: Workplace): Promise<void> {
    const word = await orderFor(at, this.#parts.orderToErase);
    if (word) await this.#turns.run(() => this.#eraseBy(word, at));
  }

  async #eraseBy(word: ErasedWord, at: Workplace): Promise<void> {
    if (!this.#isAt(at)) return;
    if (!(await isLastWord(at, word))) return this.#swap(at);
    const { door, tell } = this.#parts;
    await door.condemn(at.opened.vault.name, word);
    await this.#leave(true);
    tell({ type: 'locked', reason: 'revoked' });
    void door.eraseCondemned().catch(() => undefined);
  }

  #lookLater(): void {
    this.#cancelLook();
    this.#cancelLook = this.#parts.world.after(LEASE_MS.lookEvery, () => void this.#look());
  }

  async #look(): Promise<void> {
    if (this.#now.is === 'shut') return;
    const { lease, standing } = this.#now.at;
    if (lease.standing === standing) await lease.tick().catch(() => undefined);
    await this.#followLease();
    const { at } = this.#now;
    if (at.session.state.is === 'live') await this.#renew(at.lease, LEASE_MS.askedEvery);
    else if (isDismissed(at.session.state)) await this.#obey(at).catch(() => undefined);
    else if (at.standing !== 'whole') await this.meetHub().catch(() => undefined);
    at.tellSync();
    this.#lookLater();
  }

  /** Makes what is open follow the lease: what may no longer be shown is locked away first, and what comes back is shown. */
  #followLease(): Promise<void> {
    this.#following ??= this.#changeStanding()
      .catch(() => undefined)
      .finally(() => (this.#following = null));
    return this.#following;
  }

  async #changeStanding(): Promise<void> {
    if (this.#now.is === 'shut') return;
    const { at } = this.#now;
    if (showsLess(at.lease.standing, at.standing) && this.#now.is === 'open') {
      this.#parts.tell({ type: 'locked', reason: 'lease' });
      await this.#untilIdle();
    }
    await at.lease.tick();
    if (at.lease.standing === at.standing || !this.#isAt(at)) return;
    this.#swapping = this.#turns.run(() => this.#swap(at)).finally(() => (this.#swapping = null));
    await this.#swapping;
  }

  async #swap(at: Workplace): Promise<void> {
    if (!this.#isAt(at)) return undefined;
    await at.rest();
    const next = await this.#openAt(at.opened, at.lease);
    if (!this.#isAt(at)) return next.close();
    next.follow(at);
    this.#now = { ...this.#now, at: next } as Openness;
    next.start();
    return undefined;
  }

  #isAt(at: Workplace): boolean {
    return this.#now.is !== 'shut' && this.#now.at === at;
  }

  /** Resolves when the page has locked, or did not in time. */
  async #untilIdle(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      this.#parts.world.after(HAND_OVER_MS, resolve);
    });
    if (this.#now.is === 'open') this.#now = { is: 'idle', at: this.#now.at, wrongPins: 0 };
  }

  /** Opens again with the quick PIN. One try after another: many at once are many. */
  enterWithPin(pin: string): Promise<UnlockOutcome> {
    return this.#turns.run(() => this.#tryPin(pin));
  }

  /** Says whether whoever is at the open page knows the PIN; PIN_TRIES wrong ones in a row lock for good. */
  provePin(pin: string): Promise<PinProof> {
    return this.#turns.run(async () => {
      const { opened } = this.at();
      this.#wrongProofs = (await this.#parts.door.checkPin(opened, pin)) ? 0 : this.#wrongProofs + 1;
      if (this.#wrongProofs === 0) return { ok: true };
      const triesLeft = PIN_TRIES - this.#wrongProofs;
      if (triesLeft > 0) return { ok: false, triesLeft };
      this.#wrongProofs = 0;
      await this.#leave(true);
      this.#parts.tell({ type: 'locked', reason: 'pin' });
      return { ok: false, triesLeft: 0 };
    });
  }

  async #tryPin(pin: string): Promise<UnlockOutcome> {
    if (this.#now.is !== 'idle') return { ok: false, reason: 'forgotten', waitMs: 0 };
    const { wrongPins } = this.#now;
    const isRight = await this.#parts.door.checkPin(this.#now.at.opened, pin);
    // the lease may have put another workplace in its place meanwhile
    if (this.#now.is !== 'idle') return { ok: false, reason: 'forgotten', waitMs: 0 };
    const { at } = this.#now;
    if (isRight) {
      this.#now = { is: 'open', at };
      at.showAll();
      return { ok: true, me: meOf(at.opened, at.replica) };
    }
    const triesLeft = PIN_TRIES - wrongPins - 1;
    if (triesLeft > 0) {
      this.#now = { is: 'idle', at, wrongPins: wrongPins + 1 };
      return { ok: false, reason: 'wrong', waitMs: 0, triesLeft };
    }
    await this.#leave(true);
    return { ok: false, reason: 'forgotten', waitMs: 0, triesLeft: 0 };
  }

  #noteWaiting(at: Workplace): Promise<void> {
    // a full disk must not keep anything open
    return this.#parts.door.noteWaiting(at.opened.vault.name, at.replica.counts().waiting).catch(() => undefined);
  }

  /** Locks: behind the quick PIN, or for good. Hides what is open whatever else waits; who is coming in meanwhile is locked out as well. */
  async leave(forget: boolean): Promise<void> {
    const left = this.#turns.run(() => this.#leave(forget));
    await this.#hide();
    await left;
  }

  async #hide(): Promise<void> {
    if (this.#now.is === 'shut') return;
    const { opened } = this.#now.at;
    // what the page handed over just before is still taken
    await this.#noteWaiting(this.#now.at);
    if (this.#now.is !== 'open' || this.#now.at.opened !== opened) return;
    const { at } = this.#now;
    at.unwatchAll();
    this.#now = { is: 'idle', at, wrongPins: 0 };
    this.#onIdle();
  }

  async #leave(forget: boolean): Promise<void> {
    await this.#hide();
    if (this.#now.is === 'shut') return;
    const { at } = this.#now;
    if (!forget) {
      // what the page handed over at the lock may still be on its way to the disk
      void at.replica.settled().then(() => (this.#isAt(at) ? this.#noteWaiting(at) : undefined));
      return;
    }
    this.#now = { is: 'shut' };
    this.#cancelLook();
    at.close();
  }
}

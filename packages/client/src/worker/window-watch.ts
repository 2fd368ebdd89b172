import type { World } from '@chungtay/core/base/world';
import type { Row } from '@chungtay/core/derive/row-types';
import type { DocumentId } from '@chungtay/core/model/ids';
import type { HubClock } from '@chungtay/core/sync/hub-clock';
import type { Replica } from '@chungtay/core/sync/replica';

/** A clock may be set, and a tablet sleeps: it is looked at again at least so often. */
const LOOK_EVERY_MS = 30_000;

/** Tells what of a replica a request opened and is over now, at that very moment, Hub or no Hub. Holds REP-14. */
export class WindowWatch {
  readonly #replica: Pick<Replica<Row>, 'nextEndMs' | 'shut'>;
  readonly #world: World;
  readonly #clock: HubClock;
  readonly #onEnded: (ended: ReadonlySet<DocumentId>) => void;
  #cancel: () => void = () => undefined;
  #shut: ReadonlySet<DocumentId> = new Set();

  constructor(
    replica: Pick<Replica<Row>, 'nextEndMs' | 'shut'>,
    { world, clock }: { readonly world: World; readonly clock: HubClock },
    onEnded: (ended: ReadonlySet<DocumentId>) => void,
  ) {
    this.#replica = replica;
    this.#world = world;
    this.#clock = clock;
    this.#onEnded = onEnded;
  }

  /** Waits for the next end anew: something has changed. */
  wait(): void {
    this.stop();
    const endMs = this.#replica.nextEndMs;
    if (endMs === null) return;
    const waitMs = Math.min(Math.max(0, endMs - this.#clock.nowMs()), LOOK_EVERY_MS);
    this.#cancel = this.#world.after(waitMs, () => this.#look());
  }

  /** Waits no longer. */
  stop(): void {
    this.#cancel();
  }

  #look(): void {
    const shut = this.#replica.shut();
    const ended = new Set([...shut].filter((document) => !this.#shut.has(document)));
    this.#shut = shut;
    if (ended.size > 0) this.#onEnded(ended);
    this.wait();
  }
}

/** Processes that can end at any moment: nothing of a dead one runs on, what it made durable stays. */
import type { World } from '@chungtay/core/base/world';
import { type FeedBatch, type FeedStore, Outage, type ReplicaStore } from '@chungtay/core/sync/ports';
import { as, type Release } from './releases.ts';

/** One run of a process. */
export interface Life {
  isOver: boolean;
  readonly release: Release;
}

/** Returns `world` as this life sees it: after its end no timer fires. */
export function mortalWorld(world: World, life: Life): World {
  return {
    ...world,
    after: (delayMs, wake) =>
      world.after(delayMs, () => {
        if (!life.isOver) as(life.release, wake);
      }),
  };
}

/** Returns a tablet's store that takes nothing more while `isFull` says so. */
export function limitedStore(inner: ReplicaStore, isFull: () => boolean): ReplicaStore {
  return {
    commit: (batch) => (isFull() ? Promise.reject(new Outage('storage-full')) : inner.commit(batch)),
    readAll: (area) => inner.readAll(area),
    read: (area, key) => inner.read(area, key),
  };
}

/** Where the next commit of the Hub meets its end. */
export type HubDeath = 'before' | 'after';

/** A FeedStore as one life of the Hub sees it: after its end nothing answers. */
export class MortalFeedStore implements FeedStore {
  deathAt: HubDeath | null = null;
  /** Hears that the process died in a commit. */
  onDeath: () => void = () => undefined;
  readonly #inner: FeedStore;
  readonly #life: Life;

  constructor(inner: FeedStore, life: Life) {
    this.#inner = inner;
    this.#life = life;
  }

  load(): ReturnType<FeedStore['load']> {
    return this.#ask((store) => store.load());
  }

  async commit(batch: FeedBatch): Promise<void> {
    const death = this.deathAt;
    this.deathAt = null;
    if (death === 'before') this.#die();
    await this.#ask((store) => store.commit(batch));
    if (death === 'after') {
      this.#die();
      await never();
    }
  }

  readStates(...asked: Parameters<FeedStore['readStates']>): ReturnType<FeedStore['readStates']> {
    return this.#ask((store) => store.readStates(...asked));
  }

  readEntries(...asked: Parameters<FeedStore['readEntries']>): ReturnType<FeedStore['readEntries']> {
    return this.#ask((store) => store.readEntries(...asked));
  }

  readLines(...asked: Parameters<FeedStore['readLines']>): ReturnType<FeedStore['readLines']> {
    return this.#ask((store) => store.readLines(...asked));
  }

  readDocumentEntries(
    ...asked: Parameters<FeedStore['readDocumentEntries']>
  ): ReturnType<FeedStore['readDocumentEntries']> {
    return this.#ask((store) => store.readDocumentEntries(...asked));
  }

  readJudged(...asked: Parameters<FeedStore['readJudged']>): ReturnType<FeedStore['readJudged']> {
    return this.#ask((store) => store.readJudged(...asked));
  }

  readStored(...asked: Parameters<FeedStore['readStored']>): ReturnType<FeedStore['readStored']> {
    return this.#ask((store) => store.readStored(...asked));
  }

  readWrittenBy(...asked: Parameters<FeedStore['readWrittenBy']>): ReturnType<FeedStore['readWrittenBy']> {
    return this.#ask((store) => store.readWrittenBy(...asked));
  }

  readScopesOf(...asked: Parameters<FeedStore['readScopesOf']>): ReturnType<FeedStore['readScopesOf']> {
    return this.#ask((store) => store.readScopesOf(...asked));
  }

  readMembersOf(...asked: Parameters<FeedStore['readMembersOf']>): ReturnType<FeedStore['readMembersOf']> {
    return this.#ask((store) => store.readMembersOf(...asked));
  }

  readScopeAt(...asked: Parameters<FeedStore['readScopeAt']>): ReturnType<FeedStore['readScopeAt']> {
    return this.#ask((store) => store.readScopeAt(...asked));
  }

  readScopeChanges(...asked: Parameters<FeedStore['readScopeChanges']>): ReturnType<FeedStore['readScopeChanges']> {
    return this.#ask((store) => store.readScopeChanges(...asked));
  }

  readMemberAt(...asked: Parameters<FeedStore['readMemberAt']>): ReturnType<FeedStore['readMemberAt']> {
    return this.#ask((store) => store.readMemberAt(...asked));
  }

  readReceipts(...asked: Parameters<FeedStore['readReceipts']>): ReturnType<FeedStore['readReceipts']> {
    return this.#ask((store) => store.readReceipts(...asked));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #ask<T>(question: (store: FeedStore) => Promise<T>): Promise<T> {
    if (this.#life.isOver) return never();
    const answer = await question(this.#inner);
    return this.#life.isOver ? never() : answer;
  }

  #die(): void {
    this.#life.isOver = true;
    this.onDeath();
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

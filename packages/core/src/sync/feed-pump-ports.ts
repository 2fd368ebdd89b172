/** What a pump needs of the Hub, and of its session. */
import type { World } from '../base/world.ts';
import type { FeedItem } from '../wire/frames.ts';
import type { HistorySources } from './feed-history.ts';
import type { FeedItems } from './feed-items.ts';
import type { PackShelf } from './feed-packs.ts';
import type { StillRight } from './feed-rights.ts';
import type { Sealer } from './ports.ts';

/** A feed frame, as a session sends it. */
export interface FeedContent {
  readonly items: readonly FeedItem[];
  readonly cursor: Uint8Array;
  readonly more: boolean;
}

/** What all pumps of a Hub share. */
export interface PumpSources extends HistorySources {
  readonly world: World;
  readonly sealer: Sealer;
  readonly items: FeedItems;
  readonly packs: PackShelf;
}

/** A session's way to its device, as its pump uses it. */
export interface FeedLine {
  /** Sends a feed frame unless `isStillRight` says no at the moment of sending; says whether it went. */
  sendFeed(frame: FeedContent, isStillRight: StillRight): Promise<boolean>;
  /** The same in this very turn; false also when it cannot be: frames wait, there is no room, or it is large. */
  sendFeedAtOnce(frame: FeedContent, isStillRight: StillRight): boolean;
  /** Resolves when the socket has room for the next frame. */
  room(): Promise<void>;
  /** The session must end: the store failed, or we did. */
  failed(error: unknown): void;
}

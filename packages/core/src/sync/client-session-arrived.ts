/** What a connection has read and not applied yet. */
import type { DownFrame } from '../wire/frames.ts';
import type { ParsedFeed } from './replica-feed-parse.ts';

/** A feed frame, read to its last byte. */
export interface ArrivedFeed {
  readonly parsed: ParsedFeed;
  readonly cursor: Uint8Array;
  readonly more: boolean;
}

/** A frame that was read and waits to be applied. */
export type Arrived = Exclude<DownFrame, readonly ['feed', unknown]> | readonly ['feed', ArrivedFeed];

/** Returns the frames with feed frames that follow one another joined into one: the later cursor covers all of them. */
export function joinFeeds(frames: readonly (Arrived | null)[]): readonly (Arrived | null)[] {
  const joined: (Arrived | null)[] = [];
  for (const frame of frames) {
    const last = joined.at(-1);
    if (frame?.[0] !== 'feed' || last?.[0] !== 'feed') joined.push(frame);
    else joined[joined.length - 1] = ['feed', { ...frame[1], parsed: followedBy(last[1].parsed, frame[1].parsed) }];
  }
  return joined;
}

function followedBy(first: ParsedFeed, second: ParsedFeed): ParsedFeed {
  return { steps: [...first.steps, ...second.steps], packs: [...first.packs, ...second.packs] };
}

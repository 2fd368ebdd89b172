/** How a mistake is planted: in the code for as long as a run lasts, or in what a disk makes of it. */
import type { FeedBatch, FeedStore, ReplicaWrite } from '@chungtay/core/sync/ports';

/** One planted mistake: where it sits, and what the simulation says when it finds it. */
export interface Planted {
  readonly sign: RegExp;
  /** A seed that finds it, for the gate; the flag searches from 1. */
  readonly seed: number;
  /** Only two runs of one seed, under other clocks, show it. */
  readonly isSeenByClocks?: boolean;
  /** A disk of a tablet that takes nothing says that it did. */
  readonly isSilent?: boolean;
  /** What the disk of a tablet makes of a batch. */
  readonly onTablet?: () => (batch: readonly ReplicaWrite[]) => readonly ReplicaWrite[];
  /** What the disk of the Hub makes of a batch. */
  readonly onHub?: () => (batch: FeedBatch, inner: FeedStore) => Promise<void>;
  /** What the Hub's disk forgets of its answers. */
  readonly forgets?: readonly ('readStored' | 'readJudged')[];
  /** The Hub takes every signature for good. */
  readonly believes?: boolean;
  /** Changes the code itself; returns how to put it right again. */
  readonly patch?: () => () => void;
}

/** Returns a function that is wrong every `nth` time. */
export function everyNth<This, Args extends unknown[], Out>(
  nth: number,
  wrong: (this: This, ...args: Args) => Out,
  right: (this: This, ...args: Args) => Out,
) {
  let calls = 0;
  return function (this: This, ...args: Args): Out {
    calls += 1;
    return (calls % nth === 0 ? wrong : right).apply(this, args);
  };
}

/** Replaces a method; returns how to put it right again. */
export function patched<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  make: (right: Target[Name]) => Target[Name],
): () => void {
  const right = target[name];
  target[name] = make(right);
  return () => {
    target[name] = right;
  };
}

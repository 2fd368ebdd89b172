import { foldWords, nameKey } from '../model/names.ts';
import { likenessOf, nearBirths, PROBABLE, sameChild } from './duplicates.ts';
import type { Likeness, LikenessScore } from './duplicates.ts';

/** A child that may be the one asked for. */
export interface Match<Key> extends LikenessScore {
  readonly key: Key;
}

/** Answers "is this child here already" without looking at everyone: by number, by name in any order, by near birth. */
export interface DuplicateIndex<Key> {
  /** Adds a child under a key. */
  add(key: Key, child: Likeness): void;
  /** Returns the children probably the same, likeliest first. */
  find(child: Likeness): Match<Key>[];
  /** Returns the key of the child that is certainly the same (`sameChild`), or null. */
  findSame(child: Likeness): Key | null;
}

/** The number comes first, then the name: a sheet that repeats one row ten thousand times costs no square of it. */
const MOST_CANDIDATES = 300;

/** Returns an empty index. */
export function createDuplicateIndex<Key>(): DuplicateIndex<Key> {
  const buckets = new Map<string, Set<Key>>();
  const children = new Map<Key, Likeness>();
  const candidates = (child: Likeness): Set<Key> => {
    const found = new Set<Key>();
    for (const bucket of askedBuckets(child)) {
      for (const key of buckets.get(bucket) ?? []) if (found.size < MOST_CANDIDATES) found.add(key);
    }
    return found;
  };
  return {
    add(key, child) {
      children.set(key, child);
      for (const bucket of ownBuckets(child)) buckets.set(bucket, (buckets.get(bucket) ?? new Set()).add(key));
    },
    find(child) {
      const matches: Match<Key>[] = [];
      for (const key of candidates(child)) {
        const other = children.get(key);
        const likeness = other ? likenessOf(child, other) : null;
        if (likeness && likeness.score >= PROBABLE) matches.push({ key, ...likeness });
      }
      return matches.toSorted((a, b) => b.score - a.score);
    },
    findSame(child) {
      for (const key of candidates(child)) {
        const other = children.get(key);
        if (other && sameChild(child, other)) return key;
      }
      return null;
    },
  };
}

function ownBuckets({ personalId, name, birth, mother }: Likeness): string[] {
  const buckets = personalId === null ? [] : [`id:${personalId}`];
  buckets.push(`name:${foldWords(name).toSorted().join(' ')}`);
  // hundreds are born in one year: there a name with a slip is looked for beside the mother
  const isDay = birth?.length === 10;
  if (birth !== null) buckets.push(isDay ? `birth:${birth}` : `birth:${birth} ${nameKey(mother ?? '')}`);
  return buckets;
}

function askedBuckets(child: Likeness): string[] {
  const near = child.birth?.length === 10 ? nearBirths(child.birth).map((birth) => `birth:${birth}`) : [];
  return [...ownBuckets(child), ...near];
}

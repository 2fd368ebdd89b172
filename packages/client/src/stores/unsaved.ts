import type { Json } from '@chungtay/core/base/any';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useSession } from './session.ts';
import { useSync } from './sync.ts';

interface Unsaved {
  /** Whose it is: the next person at this tablet sees nothing of it. */
  readonly vault: string | null;
  readonly words: Json;
}

/** What was typed and is not on this tablet's disk yet: the way out when the disk stays full (P3). */
export const useUnsaved = defineStore('unsaved', () => {
  const session = useSession();
  const sync = useSync();
  const kept = shallowRef<ReadonlyMap<unknown, Unsaved>>(new Map());
  const own = computed(() => [...kept.value].filter(([, { vault }]) => vault === session.vault));
  /** The disk takes nothing, and something of this person waits for it. */
  const isStuck = computed(() => sync.summary.storage !== 'ok' && own.value.length > 0);

  /** Keeps `words` in place of what was kept about the same; returns how to forget them. */
  function keep(about: unknown, words: Json): () => void {
    const entry: Unsaved = { vault: session.vault, words };
    kept.value = new Map([...kept.value, [about, entry]]);
    return () => {
      if (kept.value.get(about) === entry) kept.value = new Map([...kept.value].filter(([, one]) => one !== entry));
    };
  }

  /** Returns what is kept about something, or null. */
  function wordsOf(about: unknown): Json | null {
    return own.value.find(([one]) => one === about)?.[1].words ?? null;
  }

  /** Returns all of it as the text of a file. */
  function asText(): string {
    return JSON.stringify(
      own.value.map(([, { words }]) => words),
      null,
      2,
    );
  }

  return { isStuck, keep, wordsOf, asText };
});

import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

const QUIET_MS = 5_000;

/** What the polite live region says (UX-31). */
export const useAnnouncements = defineStore('announcements', () => {
  const text = shallowRef('');
  let saidAtMs = Number.NEGATIVE_INFINITY;

  /** Says `words` now. */
  function say(words: string, nowMs = performance.now()): void {
    saidAtMs = nowMs;
    // The same words twice would not be read again: a no-break space makes them new.
    text.value = text.value === words ? `${words}\u00A0` : words;
  }

  /** Says `words` unless something was said within the last five seconds: for saves, which come by the dozen. */
  function sayRarely(words: string, nowMs = performance.now()): void {
    if (nowMs - saidAtMs >= QUIET_MS) say(words, nowMs);
  }

  return { text, say, sayRarely };
});

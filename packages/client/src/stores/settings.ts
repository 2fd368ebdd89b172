import { defineStore } from 'pinia';
import { shallowRef, watchEffect } from 'vue';
import { LANGUAGES, type Language } from '../i18n/translate.ts';

/** Steps of the text size. */
export const TEXT_SIZES = ['normal', 'large', 'larger'] as const;
/** Looks of the screen: indoors, or black on white in the sun. */
export const THEMES = ['normal', 'sun'] as const;
const STORED_AS = 'chungtay.settings';

/** The choices of this device: no secret, so kept in localStorage and readable before unlock. */
export const useSettings = defineStore('settings', () => {
  const stored = readStored();
  const textSize = shallowRef(oneOf(TEXT_SIZES, stored['textSize']));
  const theme = shallowRef(oneOf(THEMES, stored['theme']));
  const language = shallowRef<Language>(oneOf(LANGUAGES, stored['language']));

  watchEffect(() => {
    const root = document.documentElement;
    root.dataset['text'] = textSize.value;
    root.dataset['theme'] = theme.value;
    store({ textSize: textSize.value, theme: theme.value, language: language.value });
  });

  return { textSize, theme, language };
});

function oneOf<const Value extends string>(known: readonly [Value, ...Value[]], value: unknown): Value {
  return known.find((candidate) => candidate === value) ?? known[0];
}

function readStored(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function store(values: Record<string, string>): void {
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(values));
  } catch {
    // Storage full or forbidden: the choice holds for this visit only.
  }
}

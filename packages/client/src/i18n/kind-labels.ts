import { shallowReactive } from 'vue';
import type { Language } from './translate.ts';
import { kinds as vi } from './vi/kinds.ts';

// Apart from the dictionaries: 800 labels that the lock screen and Today can do without come with the first form.
const known: { readonly vi: Readonly<Record<string, string>>; en: Readonly<Record<string, string>> | null } =
  shallowReactive({ vi, en: null });

/** Returns the label of a kind's key (`kinds/labels` of core makes them), or null when there is none. Vietnamese until English has come. */
export function kindLabelText(key: string, language: Language): string | null {
  if (language === 'en' && known.en === null) void fetchEnglish();
  const labels = (language === 'en' ? known.en : null) ?? known.vi;
  return Object.hasOwn(labels, key) ? (labels[key] ?? null) : null;
}

let fetching: Promise<void> | null = null;

function fetchEnglish(): Promise<void> {
  fetching ??= import('./en/kinds.ts').then(
    ({ kinds }) => void (known.en = kinds),
    () => void (fetching = null),
  );
  return fetching;
}

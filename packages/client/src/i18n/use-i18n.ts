import { must } from '@chungtay/core/base/assert';
import { inject, type InjectionKey, type Plugin, shallowReactive } from 'vue';
import { type Formats, formatsOf } from './formats.ts';
import { type Dictionary, type Language, type Translate, translateWith } from './translate.ts';
import { vi } from './vi.ts';

/** What screens use: words and formats of the chosen language. Its fields change together when the language changes. */
export interface I18n {
  readonly language: Language;
  readonly t: Translate;
  readonly formats: Formats;
  /** Returns when the dictionary is here and the screen says it; the former language stays when it cannot be fetched. */
  choose(language: Language): Promise<void>;
}

const KEY: InjectionKey<I18n> = Symbol('i18n');

/** Returns the app's I18n, started in Vietnamese, which never needs fetching. */
export function createI18n(): I18n & Plugin {
  const state = shallowReactive({
    ...wordsOf(vi, 'vi'),
    async choose(language: Language) {
      Object.assign(state, wordsOf(await dictionaryOf(language), language));
      document.documentElement.lang = language;
    },
    install: (app: Parameters<Exclude<Plugin['install'], undefined>>[0]) => app.provide(KEY, state),
  });
  return state;
}

/** Returns the I18n of the app; throws a Fault outside one. Read `i18n.t` at use, so that a change of language shows. */
export function useI18n(): I18n {
  return must(inject(KEY, null), 'i18n');
}

function wordsOf(dictionary: Dictionary, language: Language): Pick<I18n, 'language' | 't' | 'formats'> {
  const t = translateWith(dictionary, language);
  return { language, t, formats: formatsOf(t, language) };
}

async function dictionaryOf(language: Language): Promise<Dictionary> {
  return language === 'vi' ? vi : (await import('./en.ts')).en;
}

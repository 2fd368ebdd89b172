import type { Message } from './messages.ts';

/** A translation of one area: exactly the keys of the Vietnamese source. */
export type DictionaryFor<Source> = { readonly [Key in keyof Source]: Message };

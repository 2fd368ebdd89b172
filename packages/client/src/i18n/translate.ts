import { fill, type Message, type Parameter, type ParametersIn } from './messages.ts';
import { formatNumber } from './numbers.ts';
import type { MessageKey, vi } from './vi.ts';

/** The languages of the product; Vietnamese is the first. */
export const LANGUAGES = ['vi', 'en'] as const;

/** One of LANGUAGES. */
export type Language = (typeof LANGUAGES)[number];

/** A whole dictionary. */
export type Dictionary = Readonly<Record<MessageKey, Message>>;

type ParametersOf<Key extends MessageKey> = ParametersIn<(typeof vi)[Key]>;

/** The parameters a key needs, or none: checked where `t` is called. */
export type ArgumentsFor<Key extends MessageKey> = [ParametersOf<Key>] extends [never]
  ? []
  : [parameters: Readonly<Record<ParametersOf<Key>, Parameter>>];

/** A key whose message takes no parameters: what a table of labels may hold. */
export type PlainKey = { [Key in MessageKey]: [ParametersOf<Key>] extends [never] ? Key : never }[MessageKey];

/** Returns the text of a key in the person's language. */
export type Translate = <Key extends MessageKey>(key: Key, ...parameters: ArgumentsFor<Key>) => string;

/** Returns the translation function of one dictionary. */
export function translateWith(dictionary: Dictionary, language: Language): Translate {
  return (key, ...[parameters]) =>
    fill(dictionary[key], language, parameters ?? {}, (value) => formatNumber(value, language));
}

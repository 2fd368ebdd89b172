import type { DictionaryFor } from '../dictionary.ts';
import type { forms as source } from '../vi/forms.ts';

/** Forms of the kinds. */
export const forms: DictionaryFor<typeof source> = {
  'form.link': 'see file',
  'form.search': 'Type to search',
  'form.search.open': 'Open the list: {label}',
  'form.search.clear': 'Clear: {label}',
  'form.search.none': 'Nothing found',
  'form.wrong.text': 'Too long, or a strange character. Write less.',
  'form.wrong.longText': 'Too long. Write less, or make two notes of it.',
  'form.wrong.name': 'The name is too long. Write less.',
  'form.wrong.phone': 'Digits only, for example 0912 345 678',
  'form.wrong.personalId': 'A personal number has 12 digits. Leave it empty when there is none.',
  'form.conflict.noted': 'Two places wrote differently about “{label}”:',
  'form.conflict.line': '{who}: {text}',
  'form.text.choose': 'Use this text',
  'form.text.join': 'Join both',
  'form.ask.title': 'Ask about “{label}”',
  'form.ask.text': 'Both values are kept until somebody chooses.',
  'form.ask.question': 'Question left in the file',
  'form.ask.leave': 'Leave the question',
  'form.ask.note': 'Question about “{label}”: {question}',
  'form.more': 'More, if you know it',
};

import type { DictionaryFor } from '../dictionary.ts';
import type { common as source } from '../vi/common.ts';

export const common: DictionaryFor<typeof source> = {
  'common.close': 'Close',
  'common.cancel': 'Cancel',
  'common.drop.ask': 'Drop what you typed?',
  'common.drop.no': 'Go on typing',
  'common.drop.yes': 'Drop it',
  'common.back': 'Back',
  'common.undo': 'Undo',
  'common.retry': 'Try again',
  'common.later': 'Later',
  'common.done': 'Done',
  'common.yes': 'Yes',
  'common.no': 'No',
  'common.unknown': 'Does not know',
  'common.declined': 'Does not answer',
  'common.choose': 'Choose',
  'common.notSet': 'Not recorded',
  'common.required': 'needed',
  'common.optional': 'optional',
  'common.and': '{first} and {second}',
  'common.more': 'More',
};

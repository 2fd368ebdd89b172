import type { DictionaryFor } from '../dictionary.ts';
import type { fields as source } from '../vi/fields.ts';

export const fields: DictionaryFor<typeof source> = {
  'field.remote': '{who} just changed it: {text}',
  'field.remote.someone': 'Somebody else',
  'field.remote.empty': '(emptied)',
  'field.remote.take': 'Use it',
  'field.remote.keep': 'Keep mine',
  'field.editing': '{who} is editing this',
  'field.error': 'Error: {text}',
  'field.select.empty': 'Not chosen',
  'field.checklist.hint': 'Choose everything you see',

  'field.number.unusual': 'An unusual number (mostly {low} to {high}). Look again if it was a slip.',
  'field.number.notNumber': 'Write a number, for example {example}',
  'field.number.tooSmall': 'Cannot be below {min}',
  'field.number.tooLarge': 'Cannot be above {max}',
  'field.number.notWhole': 'Write a whole number',
  'field.number.less': 'One less: {label}',
  'field.number.more': 'One more: {label}',

  'field.date.day': 'Day',
  'field.date.month': 'Month',
  'field.date.year': 'Year',
  'field.date.about': 'about',
  'field.date.hint': 'If the day is not known, leave day and month empty. Example: 27 3 2017',
  'field.date.yearMissing': 'Write the year, for example {year}',
  'field.date.yearShort': 'Write all 4 digits of the year, for example {year}',
  'field.date.monthMissing': 'With a day, write the month too',
  'field.date.noSuchMonth': 'Months go from 1 to 12',
  'field.date.noSuchDay': 'This month has no such day',
  'field.date.dayMissing': 'Write day, month and year',
  'field.date.dayHint': 'Day, month, year. For example: 12 10 2026',
  'field.date.tooEarly': 'Not before {year}',
  'field.date.future': 'This day has not come yet',
  'field.date.age': '{age}',

  'errors.title': { one: '{n} question to look at again', other: '{n} questions to look at again' },

  'conflict.title': 'Two places changed “{label}”',
  'conflict.titleMany': '{n} places changed “{label}”',
  'conflict.kept': 'All of them stay in the history.',
  'conflict.choose': 'Choose this',
  'conflict.keepBoth': 'Keep both',
  'conflict.ask': 'Ask',
  'conflict.source': '{who} · {agency} · {time}',
  'conflict.device': 'from {device}',
  'conflict.me': 'You',
  'conflict.decision': 'Important field',

  'steps.of': 'Part {current}/{total}',
  'steps.previous': 'Back',
  'steps.next': 'Next',
  'steps.left': { one: '{n} question left', other: '{n} questions left' },

  'list.count': { one: '{n} row', other: '{n} rows' },
  'toast.region': 'Notices',
};

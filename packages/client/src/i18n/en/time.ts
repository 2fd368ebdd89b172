import type { DictionaryFor } from '../dictionary.ts';
import type { time as source } from '../vi/time.ts';

export const time: DictionaryFor<typeof source> = {
  'time.justNow': 'just now',
  'time.minutesAgo': { one: '{n} minute ago', other: '{n} minutes ago' },
  'time.hoursAgo': { one: '{n} hour ago', other: '{n} hours ago' },
  'time.yesterday': 'yesterday {time}',
  'time.daysAgo': { one: '{n} day ago', other: '{n} days ago' },
  'time.about': 'about {date}',
  'time.long': '{day}/{month}/{year}',
  'time.longMonth': '{month}/{year}',
  'time.longYear': '{year}',

  'time.weekday.0': 'Sun',
  'time.weekday.1': 'Mon',
  'time.weekday.2': 'Tue',
  'time.weekday.3': 'Wed',
  'time.weekday.4': 'Thu',
  'time.weekday.5': 'Fri',
  'time.weekday.6': 'Sat',

  'age.days': { one: '{n} day old', other: '{n} days old' },
  'age.months': { one: '{n} month old', other: '{n} months old' },
  'age.years': { one: '{n} year old', other: '{n} years old' },
  'age.about': 'about {age}',

  'due.overdueMinutes': { one: '{n} minute late', other: '{n} minutes late' },
  'due.overdueHours': { one: '{n} hour late', other: '{n} hours late' },
  'due.overdueDays': { one: '{n} day late', other: '{n} days late' },
  'due.overdueWorkdays': { one: '{n} working day late', other: '{n} working days late' },
  'due.minutes': { one: '{n} minute left', other: '{n} minutes left' },
  'due.hours': { one: '{n} hour left', other: '{n} hours left' },
  'due.days': { one: '{n} day left', other: '{n} days left' },
  'due.workdays': { one: '{n} working day left', other: '{n} working days left' },
  'due.todayWorkday': 'due today',
  'due.done': 'done',
  'due.both': '{absolute} · {left}',
};

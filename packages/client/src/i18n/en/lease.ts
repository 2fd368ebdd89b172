import type { DictionaryFor } from '../dictionary.ts';
import type { lease as source } from '../vi/lease.ts';

/** Words of the lease: how long a tablet shows files without meeting its Hub. */
export const lease: DictionaryFor<typeof source> = {
  'lease.ended.title': 'This tablet has not met the commune’s server for 14 days',
  'lease.ended.why':
    'So that a stranger who finds it sees no child’s file, the tablet has put all files away. Nothing is lost: what you wrote is still on it.',
  'lease.ended.do':
    'Take it where there is a network (commune office, school, health station) and tap “Send now”. The files come back by themselves.',
  'lease.ended.unsent': {
    one: '{n} piece of work not sent, kept on the tablet',
    other: '{n} pieces of work not sent, kept on the tablet',
  },
  'lease.ended.nothing': 'Nothing waits to be sent',
  'lease.ended.report': 'Write a report',
  'lease.ended.report.text':
    'A new report can still be written. It is sealed at once: only the commune’s server can open it.',
  'lease.ended.send': 'Send now',
  'lease.ended.offline': 'The server cannot be reached yet. The tablet keeps trying.',
  'lease.soon.all': 'Files can be seen until {time} unless the tablet meets the commune’s server',
  'lease.soon.high': 'Sealed files can be seen until {time} unless the tablet meets the commune’s server',
  'lease.soon.text': 'Take it where there is a network and tap “Send now”.',
  'lease.open.title': 'Sealed files are put away: more than 72 hours without the commune’s server',
  'lease.open.text':
    'Other files can be used. With a network the sealed ones come back; work that was not sent is kept and will be sent.',
  'unlock.lease': 'The tablet has not met the server for long, so some files were put away. Unlock to go on.',
};

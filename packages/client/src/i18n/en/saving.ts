import type { DictionaryFor } from '../dictionary.ts';
import type { saving as source } from '../vi/saving.ts';

export const saving: DictionaryFor<typeof source> = {
  'saving.typing': 'Writing…',
  'saving.saved': 'Saved on this device',
  'saving.sent': 'Sent',
  'saving.received': 'Received at the other side',
  'saving.refused': 'Not accepted yet',
  'saving.failed': 'Could not be saved',
  'saving.at': '{state} · {time}',
  'saving.export': 'Download what is not saved',

  'sync.open': 'Save and send',
  'sync.allSent': 'Sent {time}',
  'sync.allSentNow': 'All sent',
  'sync.waiting': { one: '{n} item to send', other: '{n} items to send' },
  'sync.loading': 'Fetching, {n} %',
  'sync.offline': 'No network',
  'sync.offlineWaiting': 'No network · {n} waiting',
  'sync.quarantine': { one: '{n} item not accepted', other: '{n} items not accepted' },
  'sync.conflicts': '{n} to choose',
  'sync.trouble.storage': 'No room, not saved',
  'sync.trouble.notSaving': 'Cannot save',
  'sync.trouble.clock': 'Device clock is wrong',
  'sync.trouble.unsent': { one: '{n} item unsent for 3 days', other: '{n} items unsent for 3 days' },
  'sync.trouble.other': 'Something needs you',
};

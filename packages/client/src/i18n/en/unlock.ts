import type { DictionaryFor } from '../dictionary.ts';
import type { unlock as source } from '../vi/unlock.ts';

export const unlock: DictionaryFor<typeof source> = {
  'unlock.hello': 'Hello, {name}',
  'unlock.title': 'Unlock',
  'unlock.who': 'Who is using this device?',
  'unlock.switch': 'Somebody else',
  'unlock.pin.label': 'Enter your PIN of {n} digits',
  'unlock.pin.entered': '{n} of {total} digits entered',
  'unlock.pin.erase': 'Erase',
  'unlock.pin.forgot': 'Forgot',
  'unlock.passphrase.label': 'Passphrase',
  'unlock.passphrase.hint': 'The four words you got when this device was enrolled',
  'unlock.passphrase.show': 'Show the words',
  'unlock.passphrase.submit': 'Unlock',
  'unlock.opening': 'Opening…',
  'unlock.wrong': { one: 'Not right. {n} try left.', other: 'Not right. {n} tries left.' },
  'unlock.wrongOnly': 'Not right. Please try again.',
  'unlock.wait': { one: 'Try again in {n} second.', other: 'Try again in {n} seconds.' },
  'unlock.keyGone': 'No more tries with the PIN. Open with your passphrase.',
  'unlock.damaged': 'What is stored here for you cannot be read. Ask your administrator to enrol you again.',
  'unlock.fault': 'The browser has just closed the storage. Close the app and open it again.',
  'unlock.revoked': 'The commune no longer lets this device in. Call your administrator.',
  'unlock.another': 'Add a person to this device',
  'unlock.unsent': { one: '{n} item to send', other: '{n} items to send' },
  'unlock.allSent': 'Nothing waits to be sent',
};

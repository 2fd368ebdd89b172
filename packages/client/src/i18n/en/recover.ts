import type { DictionaryFor } from '../dictionary.ts';
import type { recover as source } from '../vi/recover.ts';

/** English for `vi/recover.ts`. */
export const recover: DictionaryFor<typeof source> = {
  'recover.link': 'Passphrase forgotten',
  'recover.title': 'Open with the help of two officers',
  'recover.text':
    'Two officers of the commune together can open this device; what was not sent stays as it is. This device and theirs need a connection for it.',
  'recover.ask': 'Ask for it',
  'recover.asking': 'Asking the commune’s server…',
  'recover.number': 'Number to compare',
  'recover.number.text':
    'Call or meet two of the people below. Read these 12 digits to them; they type them on their own device, under Today or Members. Send the number to nobody else.',
  'recover.officers': 'Who can help (two different people)',
  'recover.approved': 'Has agreed',
  'recover.waiting': 'No answer yet',
  'recover.until': 'The request waits until {at}. The number stays the same when the device is switched off and on.',
  'recover.offline': 'The commune’s server cannot be reached. The device tries again by itself.',
  'recover.withdraw': 'Take it back',
  'recover.back': 'Back to the lock screen',
  'recover.again': 'Ask again',
  'recover.ready': 'Two people have agreed',
  'recover.ready.text':
    'Now choose a new passphrase and a new PIN. The old ones, and the lock of this device, will not open it any more.',
  'recover.ready.next': 'Choose a new passphrase',
  'recover.saving': 'Setting the new passphrase…',
  'recover.no': 'This cannot be opened yet',
  'recover.no.none':
    'This device has no parts of a key from two officers: the commune has too few, or the device had no connection since. Look for the paper with your four words. Do not remove the app: what was not sent is still in the device.',
  'recover.no.too-few':
    'Of those who keep a part of this device’s key, fewer than two are at work. Call the administrator. Do not remove the app: what was not sent is still in the device.',
  'recover.no.bad-pass': 'The commune’s server does not know this device any more. Call the administrator.',
  'recover.no.too-many': 'Asked too often. Wait half an hour and try again.',
  'recover.no.offline':
    'The commune’s server cannot be reached. This way needs a connection. Try again when there is one.',
  'recover.no.refused': '{who} refused to open this device. Call them before asking again.',
  'recover.no.gone': 'The request has run out, or the server was started anew. Ask again.',
  'recover.no.damaged': 'The two parts that came do not open this device. Ask again, and somebody else if you can.',
  'recover.no.storage': 'The device could not save it. Nothing has changed.',
  'recovery.title': 'Asked to open a device whose passphrase is forgotten',
  'recovery.who': '{name} · {role}',
  'recovery.when': 'Asked at {at}',
  'recovery.device': 'device “{label}”',
  'recovery.text':
    'Agree only after you have called or met this very person and heard the number read from their device. Whoever holds a lost device can ask too.',
  'recovery.number': 'The 12 digits that they read to you',
  'recovery.number.wrong':
    'The number is not the same. Hear it again, digit by digit. If it still differs, do not agree: it may not be their device.',
  'recovery.share.broken': 'The part of the key on this device cannot be opened. Ask somebody else.',
  'recovery.approve': 'Agree to open it',
  'recovery.refuse': 'Refuse',
  'recovery.approved': 'You have agreed. One more person is needed.',
  'recovery.approvedBy': 'Agreed: {names}',
  'recovery.elsewhere':
    'This device keeps no part of that key. Use another device of yours, or let somebody else answer.',
  'recovery.state.recovered': 'Opened, with a new passphrase.',
  'recovery.state.refused': 'Refused.',
  'recovery.state.withdrawn': 'Taken back.',
};

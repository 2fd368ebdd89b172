/** The history of a file, wherever it is shown. */
export const history = {
  'history.then': 'As it was then',
  'history.then.title': '{kind} on {at}',
  'history.then.text': 'To look at only. The file of now does not change.',
  'history.then.none': 'What it said then is no longer on this device. Open the page again with a connection.',
  'history.read': 'Who has read it',
  'history.read.text': 'Each time a closed part of the file is opened, it is written down, also without a connection.',
  'history.read.open': '{who} opened: {kind}.',
  'history.read.history': '{who} looked at the history of: {kind}.',
  'history.read.export': '{who} exported to a file: {kind}.',
  'history.unread': 'A closed part cannot be opened now',
  'history.unread.text':
    'This device could not write down who reads it, so that part stays shut. Look at the free space of the device and open the file again.',
  'history.reach.here': 'Older values need a connection',
  'history.reach.here.text': 'Below is what this device holds.',
  'history.reach.part': 'Some of the past is closed to you',
  'history.reach.part.text': 'Of that part you see what stood when the file was opened to you.',
  'history.reach.busy': 'The Hub is busy',
  'history.reach.busy.text': 'Open this page again in a few minutes for the older values.',
  'history.reach.failed': 'The older values do not agree with this device',
  'history.reach.failed.text': 'They are not shown. Please tell the administrator of the commune.',
} as const;

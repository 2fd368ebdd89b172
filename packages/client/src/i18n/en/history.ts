/** The history of a file, wherever it is shown. */
export const history = {
  'history.then': 'As it was then',
  'history.then.title': '{kind} on {at}',
  'history.then.text': 'To look at only. The file of now does not change.',
  'history.then.none': 'What it said then is no longer on this device. Open the page again with a connection.',
  'history.reach.here': 'Older values need a connection',
  'history.reach.here.text': 'Below is what this device holds.',
  'history.reach.part': 'Some of the past is closed to you',
  'history.reach.part.text': 'Of that part you see what stood when the file was opened to you.',
  'history.reach.busy': 'The Hub is busy',
  'history.reach.busy.text': 'Open this page again in a few minutes for the older values.',
  'history.reach.failed': 'The older values do not agree with this device',
  'history.reach.failed.text': 'They are not shown. Please tell the administrator of the commune.',
} as const;

import type { DictionaryFor } from '../dictionary.ts';
import type { shell as source } from '../vi/shell.ts';

export const shell: DictionaryFor<typeof source> = {
  'shell.name': 'Chung Tay',
  'shell.motto': 'Together for the safety of children',
  'shell.skip': 'Skip to main content',
  'shell.navigation': 'Main sections',
  'shell.starting': 'Opening Chung Tay…',
  'shell.lock': 'Lock',
  'shell.cover': 'Cover the screen',
  'shell.settings': 'Settings',
  'shell.notFound.title': 'No such page',
  'shell.notFound.text': 'The link is old or this page is not yours. Everything on this device is still here.',
  'shell.notFound.home': 'Go to the first page',
  'shell.fault.title': 'This page failed',
  'shell.fault.text':
    'What was saved is still on this device. Open the page again; if it fails again, tell your administrator.',
  'shell.fault.reload': 'Open again',

  'shell.tab.today': 'Today',
  'shell.tab.survey': 'Survey',
  'shell.tab.register': 'Children',
  'shell.tab.intakes': 'Intakes',
  'shell.tab.referrals': 'Referrals',
  'shell.tab.cases': 'Cases',
  'shell.tab.targets': 'Targets',
  'shell.tab.reports': 'Reports',
  'shell.tab.support': 'Support',
  'shell.tab.members': 'Members',
  'shell.tab.directory': 'Directory',
  'shell.tab.access': 'Who may see',
  'shell.tab.journal': 'Journal',
  'shell.tab.more': 'More',

  'shell.more.title': 'More sections',

  'emergency.open': 'Emergency',
  'emergency.title': 'Emergency calls',
  'emergency.lead': 'A child is being harmed or about to be: call first, write later.',
  'emergency.call': 'Call {number}',
  'emergency.111': 'Child protection',
  'emergency.113': 'Police',
  'emergency.115': 'Ambulance',
  'emergency.duty': 'Officer on duty',

  'update.title': 'A new version is ready',
  'update.text': 'Your work is saved on this device. The update takes about 5 seconds.',
  'update.unsent': {
    one: '{n} item is not sent yet; it stays on this device after the update.',
    other: '{n} items are not sent yet; they stay on this device after the update.',
  },
  'update.now': 'Update now',
  'update.replaced': 'The new version is open in another window. Open this page again to go on.',
  'update.reload': 'Open this page again',
  'update.offlineReady': 'Ready to work offline',

  'banner.training': 'TRAINING · invented people',
  'banner.training.text': 'This commune and everybody in it are invented. Do not write true stories here.',
  'banner.otherTab': 'Chung Tay is open in another window',
  'banner.otherTab.use': 'Use it here',

  'cover.open': 'Tap to open again',
};

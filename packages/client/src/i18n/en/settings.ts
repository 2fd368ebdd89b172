import type { DictionaryFor } from '../dictionary.ts';
import type { settings as source } from '../vi/settings.ts';

export const settings: DictionaryFor<typeof source> = {
  'settings.title': 'Settings',
  'settings.text': 'Text size',
  'settings.text.normal': 'Medium',
  'settings.text.large': 'Large',
  'settings.text.larger': 'Very large',
  'settings.text.sample': 'Every child safe, every day.',
  'settings.theme': 'Screen',
  'settings.theme.normal': 'Indoors',
  'settings.theme.normal.hint': 'Soft light background',
  'settings.theme.sun': 'In the sun',
  'settings.theme.sun.hint': 'Black on white, thick borders',
  'settings.language': 'Language',
  'settings.language.vi': 'Tiếng Việt',
  'settings.language.en': 'English',
  'settings.storage': 'Storage on this device',
  'settings.about': 'About',
  'settings.about.version': 'Version {version}',
  'settings.about.text':
    'Chung Tay keeps the commune’s register of children and its child-protection files, also without a network.',
  'settings.about.fonts': 'Typeface: Noto Sans, SIL OFL 1.1.',
  'settings.device': 'These choices stay on this device.',
};

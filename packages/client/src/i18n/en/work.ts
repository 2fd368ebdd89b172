import type { DictionaryFor } from '../dictionary.ts';
import type { work as source } from '../vi/work.ts';

/** Words of everyday work: who, what could not be saved, undo. */
export const work: DictionaryFor<typeof source> = {
  'agency.village': 'Village collaborator',
  'agency.school': 'School',
  'agency.healthStation': 'Health station',
  'agency.police': 'Commune police',
  'agency.cultureSociety': 'Culture and Society Office',
  'agency.councilOffice': 'Office of the Council and Committee',
  'agency.union': 'Unions',
  'agency.peoplesCommittee': 'Commune People’s Committee',
  'agency.province': 'Province',
  'agency.administration': 'Administration',
  'agency.hub': 'Commune Hub',

  'member.unknown': 'A colleague',
  'member.me': 'You',

  'edit.why.no-right': 'Not saved: you may not write this. Your words are still on the screen.',
  'edit.why.invalid': 'Not saved: this cannot be stored. Correct it and try again.',
  'edit.why.storage':
    'Not saved on this tablet yet. Keep the page open and remove photos or files: it saves by itself once there is room.',
  'edit.why.changed-since': 'Not saved: somebody has just changed this.',
  'edit.why.no-lease': 'The tablet must be online once before more can be written.',
  'edit.undo': 'Written: “{label}”',
  'edit.undoFailed': 'Cannot be undone: somebody has changed it since.',

  'folder.loading': 'Opening the file…',
  'folder.failed': 'The file could not be opened',
  'folder.failed.text': 'Everything on this tablet is safe. Open this page again.',
  'folder.empty': 'This file is no longer on your tablet',
  'folder.empty.text': 'Your access may have ended, or the file moved elsewhere.',
};

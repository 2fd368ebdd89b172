import { anything, documentLink, instant } from './columns.ts';
import { defineKind } from './define.ts';
import { rows } from './fields.ts';

/** What one person keeps for himself, on all of his devices. Codes are ULIDs of folders or documents, or names of settings. */
export const desk = defineKind({
  id: 'desk',
  folder: 'person',
  compartment: 'own',
  singleton: true,
  fields: {
    pins: rows({ document: documentLink, pinnedAt: instant }, ['pinnedAt']),
    readMarks: rows({ readAt: instant }, ['readAt']),
    preferences: rows({ value: anything }, ['value']),
  },
});

import { labelsOf } from '../label-tree.ts';
import { kindsAccess } from './kinds-access.ts';
import { kindsCare } from './kinds-care.ts';
import { kindsCase } from './kinds-case.ts';
import { kindsChild } from './kinds-child.ts';
import { kindsClosed } from './kinds-closed.ts';
import { kindsHome } from './kinds-home.ts';
import { kindsIntake } from './kinds-intake.ts';

/** Every label of the kinds in English, by key. */
export const kinds = labelsOf(
  { ...kindsChild, ...kindsClosed, ...kindsHome, ...kindsCase, ...kindsIntake, ...kindsCare, ...kindsAccess },
  'kinds',
);

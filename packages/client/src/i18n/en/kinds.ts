import { labelsOf } from '../label-tree.ts';
import { kindsCase } from './kinds-case.ts';
import { kindsChild } from './kinds-child.ts';
import { kindsHome } from './kinds-home.ts';
import { kindsIntake } from './kinds-intake.ts';

/** Every label of the kinds in English, by key. */
export const kinds = labelsOf({ ...kindsChild, ...kindsHome, ...kindsCase, ...kindsIntake }, 'kinds');

import type { Json } from '../base/any.ts';

const IN_SCHOOL: readonly Json[] = ['attending', 'shortBreak', 'transferred'];
const OUT_OF_SCHOOL: readonly Json[] = ['droppedOut', 'finished', 'notYet', 'never'];

/** Returns whether a child of this schooling status goes to school; null when it is not known. */
export function inSchoolOf(status: Json): boolean | null {
  if (IN_SCHOOL.includes(status)) return true;
  return OUT_OF_SCHOOL.includes(status) ? false : null;
}

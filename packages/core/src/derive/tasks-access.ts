/** What requests to see call for: an answer, and somebody else's look at what was opened in an emergency. Rules DRV-24, DRV-25. */
import type { Principal } from '../model/principal.ts';
import { type WorkCalendar, dayOf } from '../policy/calendar.ts';
import { type Deadline, accessReviewDeadline } from '../policy/deadlines.ts';
import type { AccessRow } from './row-types.ts';

/** What one request asks of one person. */
export interface AccessTask {
  readonly what: 'answerRequest' | 'reviewEmergency';
  readonly deadline: Deadline | null;
}

/** Where a person stands. */
export interface AccessTaskContext {
  readonly principal: Principal;
  readonly calendar: WorkCalendar;
  readonly nowMs: number;
  /** Whether this person writes this log of the request. */
  readonly mayWrite: (log: 'approvals' | 'reviews') => boolean;
}

/** Returns what a request asks of this person, or null. */
export function accessTaskOf(row: AccessRow, context: AccessTaskContext): AccessTask | null {
  return row.isEmergency ? reviewOf(row, context) : answerTo(row, context);
}

function answerTo(row: AccessRow, { principal, nowMs, mayWrite }: AccessTaskContext): AccessTask | null {
  const isOver = row.until !== null && row.until < dayOf(nowMs);
  const isMine = row.member === principal.member || row.approvedBy.includes(principal.member);
  if (row.state !== 'waiting' || isOver || isMine || !mayWrite('approvals')) return null;
  return { what: 'answerRequest', deadline: null };
}

/** Nobody reviews what he opened himself; one review by somebody else is enough, and it is due whatever ended the use meanwhile. */
function reviewOf(row: AccessRow, { principal, calendar, mayWrite }: AccessTaskContext): AccessTask | null {
  const isReviewed = row.reviewedBy.some((member) => member !== row.owner);
  if (isReviewed || row.owner === principal.member || !mayWrite('reviews')) return null;
  return { what: 'reviewEmergency', deadline: accessReviewDeadline(row.firstReceipt?.atMs ?? row.atMs, calendar) };
}

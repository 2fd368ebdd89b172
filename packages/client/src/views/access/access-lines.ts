import type { AccessRow } from '@chungtay/core/derive/row-types';
import { fold } from '@chungtay/core/model/names';
import type { WorkCalendar } from '@chungtay/core/policy/calendar';
import type { Me } from '../../stores/engine.ts';
import { type AccessStanding, endOf, type KnownOfConsent, standingOf, taskFor } from './access-standing.ts';

/** One request as a list shows it. */
export interface AccessLine {
  readonly row: AccessRow;
  readonly standing: AccessStanding;
  /** When what is open closes; null when nothing is open. */
  readonly endsAtMs: number | null;
  readonly task: 'answerRequest' | 'reviewEmergency' | null;
  readonly dueAtMs: number | null;
}

/** The lists of S22, each in the order in which it is worked through. */
export interface AccessLists {
  /** What this person has to answer or review, the most pressing first. */
  readonly forMe: readonly AccessLine[];
  /** What waits for others, the newest first. */
  readonly waiting: readonly AccessLine[];
  /** What is open now, or soon, ending soonest first. */
  readonly open: readonly AccessLine[];
  /** What is over, the newest first. */
  readonly over: readonly AccessLine[];
}

/** Where somebody stands who looks at the lists. */
export interface LooksFrom extends KnownOfConsent {
  readonly me: Me;
  readonly nowMs: number;
  readonly calendar: WorkCalendar;
}

/** Returns one request as this person sees it now. */
export function lineOf(row: AccessRow, from: LooksFrom): AccessLine {
  const { me, nowMs, calendar } = from;
  const standing = standingOf(row, nowMs, from);
  const task = taskFor(row, me, nowMs, calendar);
  const endsAtMs = standing === 'open' ? endOf(row, nowMs) : null;
  return { row, standing, endsAtMs, task: task?.what ?? null, dueAtMs: task?.deadline?.dueAtMs ?? null };
}

/** Returns the lists. What is open and to be reviewed stands in both of them: it asks for something, and it is open. */
export function listsOf(lines: readonly AccessLine[]): AccessLists {
  const last = Number.MAX_SAFE_INTEGER;
  return {
    forMe: lines
      .filter(({ task }) => task !== null)
      .toSorted((a, b) => (a.dueAtMs ?? last) - (b.dueAtMs ?? last) || newest(a, b)),
    waiting: lines.filter(({ task, standing }) => task === null && WAITS.includes(standing)).toSorted(newest),
    open: lines
      .filter(({ standing }) => OPENS.includes(standing))
      .toSorted((a, b) => endsAt(a) - endsAt(b) || newest(a, b)),
    over: lines.filter(({ standing }) => IS_OVER.includes(standing)).toSorted(newest),
  };
}

/** Says whether one of the texts has the words, marks and case aside. */
export function hasWords(texts: readonly (string | null | undefined)[], words: string): boolean {
  const wanted = fold(words).trim();
  return wanted === '' || fold(texts.join(' ')).includes(wanted);
}

const WAITS: readonly AccessStanding[] = ['unsent', 'waiting'];
const OPENS: readonly AccessStanding[] = ['open', 'toCome'];
const IS_OVER: readonly AccessStanding[] = ['late', 'over', 'ended', 'refused', 'noConsent'];

function endsAt({ endsAtMs, row }: AccessLine): number {
  return endsAtMs ?? Math.max(...row.windows.map(({ untilMs }) => untilMs));
}

function newest(a: AccessLine, b: AccessLine): number {
  return b.row.atMs - a.row.atMs || (a.row.document < b.row.document ? 1 : -1);
}

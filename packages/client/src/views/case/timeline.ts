import { stageRecordsOf } from '@chungtay/core/model/case-stage';
import type { DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import { startOfDayMs } from '@chungtay/core/policy/calendar';
import { recordOf } from '../../composables/use-field.ts';
import { textOf } from '../../forms/input-entry.ts';
import type { DocumentView } from '../../stores/engine.ts';

/** One line of a case's timeline: who did what, when. What is written out in full stands in `text`. */
export interface TimelineEntry {
  readonly id: string;
  readonly atMs: number;
  readonly member: MemberNumber | null;
  readonly document: DocumentId;
  readonly what:
    | { readonly is: 'note'; readonly view: DocumentView }
    | { readonly is: 'stage'; readonly to: string; readonly reason: string | null }
    | { readonly is: 'comment' }
    | { readonly is: 'task'; readonly view: DocumentView }
    | { readonly is: 'intake'; readonly view: DocumentView };
  readonly text: string;
}

/** Returns what happened in a case, newest first, whatever document tells it. */
export function timelineOf(documents: readonly DocumentView[]): readonly TimelineEntry[] {
  return documents.flatMap(entriesOf).toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
}

/** Returns when a document was first written, by its writers' clocks; 0 for an empty one. */
export function begunAtMs(view: DocumentView): number {
  const times = Object.values(view.registers).map(({ atMs }) => atMs);
  return times.length === 0 ? 0 : Math.min(...times);
}

function entriesOf(view: DocumentView): readonly TimelineEntry[] {
  if (view.access === 'extract') return [];
  switch (view.kind.replace('sealed-', '')) {
    case 'case':
      return [...stagesOf(view), ...commentsOf(view)];
    case 'contact-note':
      return [single(view, { is: 'note', view }, noteAtMs(view), textOf(view.registers['text']?.value ?? null))];
    case 'task':
      return [single(view, { is: 'task', view }, begunAtMs(view), textOf(view.registers['title']?.value ?? null))];
    case 'intake':
      return [single(view, { is: 'intake', view }, begunAtMs(view), textOf(view.registers['summary']?.value ?? null))];
    default:
      return [];
  }
}

function single(view: DocumentView, what: TimelineEntry['what'], atMs: number, text: string): TimelineEntry {
  const first = Object.values(view.registers).toSorted((a, b) => a.atMs - b.atMs)[0];
  return { id: view.document, atMs, member: first?.member ?? null, document: view.document, what, text };
}

function stagesOf(view: DocumentView): readonly TimelineEntry[] {
  return (view.logs['stage'] ?? []).flatMap(({ op, value, member, atMs }) =>
    stageRecordsOf([value]).map(({ to, reason }) => ({
      id: `${view.document}#${op}`,
      atMs,
      member,
      document: view.document,
      what: { is: 'stage' as const, to, reason },
      text: reason ?? '',
    })),
  );
}

function commentsOf(view: DocumentView): readonly TimelineEntry[] {
  return (view.logs['notes'] ?? []).map(({ op, value, member, atMs }) => ({
    id: `${view.document}#${op}`,
    atMs,
    member,
    document: view.document,
    what: { is: 'comment' },
    text: textOf(recordOf(value)['text'] ?? null),
  }));
}

/** A note belongs to when it happened; of a day alone, to that day's writing hour where it was written on it, else to its morning. */
function noteAtMs(view: DocumentView): number {
  const happened = view.registers['happenedAt']?.value;
  if (typeof happened === 'number') return happened;
  const on = textOf(view.registers['on']?.value ?? null);
  const begun = begunAtMs(view);
  if (on === '') return begun;
  const start = startOfDayMs(on);
  return begun >= start && begun < start + 24 * 3_600_000 ? begun : start + 8 * 3_600_000;
}

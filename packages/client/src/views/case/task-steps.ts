import type { Json } from '@chungtay/core/base/any';
import type { FieldSet } from '@chungtay/core/doc/edit';

/** What a task may become from a state, the usual way first. */
const NEXT: Readonly<Record<string, readonly TaskState[]>> = {
  open: ['accepted', 'done', 'refused'],
  accepted: ['started', 'done', 'refused'],
  started: ['done', 'refused'],
  refused: ['open'],
  done: ['started'],
  cancelled: ['open'],
};

/** One state of a task. */
export type TaskState = 'open' | 'accepted' | 'started' | 'done' | 'refused' | 'cancelled';

/** Returns the states that a task may go to; giving it up altogether belongs to who gives tasks. */
export function nextStates(state: Json, givesTasks: boolean): readonly TaskState[] {
  const next = NEXT[typeof state === 'string' ? state : 'open'] ?? [];
  const isOver = state === 'done' || state === 'cancelled';
  return givesTasks && !isOver ? [...next, 'cancelled'] : next;
}

/** Returns what is written when a task changes its state: done has its day. */
export function stateSets(state: TaskState, today: string): readonly FieldSet[] {
  const set = { name: 'state', value: state };
  return state === 'done' ? [set, { name: 'doneOn', value: today }] : [set];
}

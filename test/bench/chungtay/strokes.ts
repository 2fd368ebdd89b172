/** Strokes of a crowd in documents of ours. */
import { liveOf, parseState, type DocState } from '@chungtay/core/doc/state';
import { parseUpdate } from '@chungtay/core/doc/update';
import { STROKE_FIELD, strokeOfText } from '../crowd/seats.ts';

/** Returns the stroke that an update of ours writes; -1 when it writes none. */
export function strokeOfUpdate(bytes: Uint8Array): number {
  const update = parseUpdate(bytes);
  if (!update.ok) throw new Error('an update is malformed');
  return Math.max(
    -1,
    ...update.value.items.map(({ field, value }) => (field.name === STROKE_FIELD ? strokeOfText(value) : -1)),
  );
}

/** Returns the newest stroke in the bytes of a state. */
export function strokeOfState(bytes: Uint8Array): number {
  const state = parseState(bytes);
  if (!state.ok) throw new Error('a state is malformed');
  return strokeIn(state.value);
}

/** Returns the newest stroke that a document of ours shows; -1 when none does. */
export function strokeIn(state: DocState): number {
  return Math.max(-1, ...liveOf(state, STROKE_FIELD).map(({ value }) => strokeOfText(value)));
}

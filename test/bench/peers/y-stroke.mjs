// Strokes of a crowd in a Yjs document of a peer.
import * as Y from 'yjs';
import { recordIndexOf, STROKE_FIELD, strokeOfText, textOfStroke } from '../crowd/seats.ts';
import { stateOf } from './y-record.mjs';

/** Returns the newest stroke of the document; -1 when there is none. */
export function strokeIn(doc) {
  return strokeOfText(doc.getMap('fields').get(STROKE_FIELD));
}

/** Makes a stroke in document `number`; number 0 brings the whole record. */
export function writeStroke(doc, number, stroke) {
  if (stroke === 0) Y.applyUpdate(doc, stateOf(recordIndexOf(number)));
  doc.getMap('fields').set(STROKE_FIELD, textOfStroke(stroke));
}

/** Returns the newest stroke in the bytes of a state; -1 of none. */
export function strokeInState(state) {
  if (!state) return -1;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return strokeIn(doc);
}

// A record of the corpus as plain JSON.
import { editOf, markOf, recordOf } from '../corpus.ts';

/** Returns the whole record. */
export function jsonOf(index) {
  const { kind, strokes } = recordOf(index);
  const record = { kind };
  for (const stroke of strokes) {
    Object.assign(record, structuredClone(stroke.registers), structuredClone(stroke.rows));
    for (const [name, entries] of Object.entries(stroke.logs)) record[name] = structuredClone(entries);
  }
  return record;
}

/** Returns what the line of a list shows of a record. */
export function lineOf({ kind, name, head, village, school, status, address }) {
  return { kind, title: name ?? head ?? school, place: village ?? status, address };
}

/** Makes the measured change in a record. */
export function editJson(record, index, by) {
  const { registers, logs } = editOf(index, by);
  Object.assign(record, registers);
  for (const [name, entries] of Object.entries(logs)) record[name].push(...structuredClone(entries));
}

/** Says whether the measured change has arrived in the record. */
export function hasMark(record, index, by) {
  const { field, value } = markOf(index, by);
  return record?.[field] === value;
}

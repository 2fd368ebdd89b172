// A record of the corpus as one Yjs document in the shape most programs give it: one map of fields, one array per log.
import * as Y from 'yjs';
import { editOf, markOf, recordOf } from '../corpus.ts';

const EDITORS = { there: 500_000, here: 700_000 };

/** Returns the whole document as its three authors left it. */
export function stateOf(index) {
  let doc = new Y.Doc();
  for (const [author, stroke] of recordOf(index).strokes.entries()) {
    const next = new Y.Doc();
    next.clientID = 10_000_000 + index * 3 + author;
    Y.applyUpdate(next, Y.encodeStateAsUpdate(doc));
    write(next, stroke);
    doc.destroy();
    doc = next;
  }
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}

/** Returns a document that holds record `index` and writes under the id of an editor. */
export function docOf(index, by) {
  const doc = new Y.Doc();
  doc.clientID = EDITORS[by] + index;
  Y.applyUpdate(doc, stateOf(index));
  return doc;
}

/** Makes the measured change; returns it as an update. */
export function editDoc(doc, index, by) {
  const before = Y.encodeStateVector(doc);
  write(doc, editOf(index, by));
  return Y.encodeStateAsUpdate(doc, before);
}

/** Returns the document and the change there on top of it, as one state. */
export function changedStateOf(index) {
  const doc = docOf(index, 'there');
  editDoc(doc, index, 'there');
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}

/** Says whether the measured change has arrived in the document. */
export function hasMark(doc, index, by) {
  const { field, value } = markOf(index, by);
  return doc.getMap('fields').get(field) === value;
}

/** Returns what the line of a list shows of a record. */
export function lineOf(doc) {
  const fields = doc.getMap('fields');
  const [name, head, village, school, status, address] = ['name', 'head', 'village', 'school', 'status', 'address'].map(
    (field) => fields.get(field),
  );
  return { title: name ?? head ?? school, place: village ?? status, address };
}

/** Says whether the document has arrived at all. */
export function isWhole(doc, index) {
  return doc.getMap('fields').size > 0 && recordOf(index).strokes.length <= doc.store.clients.size;
}

function write(doc, { registers, rows, logs }) {
  const fields = doc.getMap('fields');
  doc.transact(() => {
    for (const [name, value] of Object.entries(registers)) fields.set(name, value);
    for (const [name, byCode] of Object.entries(rows)) {
      for (const [code, row] of Object.entries(byCode)) doc.getMap(name).set(code, row);
    }
    for (const [name, records] of Object.entries(logs)) doc.getArray(name).push([...records]);
  });
}

/** Everything that a Hub or a tablet makes of a document when somebody opens it: whatever was admitted, none of it may fail. */
import { childRow } from '@chungtay/core/derive/child-row';
import { createDuplicateIndex } from '@chungtay/core/derive/duplicate-index';
import { extractOf } from '@chungtay/core/derive/extract';
import { historyOf } from '@chungtay/core/derive/history';
import { createNameIndex } from '@chungtay/core/derive/name-search';
import type { Row, RowMeta } from '@chungtay/core/derive/row-types';
import { rowOf, rowOfExtract } from '@chungtay/core/derive/rows';
import { tasksOf } from '@chungtay/core/derive/tasks';
import { conflictsOf, readDocument } from '@chungtay/core/doc/read';
import type { DocState } from '@chungtay/core/doc/state';
import { strictestOf } from '@chungtay/core/kinds/registry';
import { type DocumentId, folderOf, parseDocumentId } from '@chungtay/core/model/ids';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import { SHIPPED_CALENDAR, dayOf } from '@chungtay/core/policy/calendar';
import { EXTRACT_IDS, type ExtractId } from '@chungtay/core/policy/extract-ids';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';

const NOW_MS = 1_772_413_200_000;

/** Reads one document in every way, and the lists it stands in; throws what any of them throws. */
export function readWhole(document: DocumentId, state: DocState, said: Partial<RowMeta> = {}): void {
  const path = parseDocumentId(document);
  if (!path) throw new Error('no document');
  const { kind } = path;
  const meta = { ...metaOf(document), ...said };
  JSON.stringify([...readDocument(state, strictestOf(kind)).registers]);
  JSON.stringify(conflictsOf(state, strictestOf(kind)).map(({ field }) => field));
  JSON.stringify(historyOf(kind, [], state));
  for (const extract of EXTRACT_IDS) {
    const values = extractOf(extract, kind, state);
    if (values) readRow(rowOfExtract(extract, kind, values, meta));
  }
  readRow(rowOf(kind, state, meta));
}

/** Reads what a device holds, whole or as an extract; throws what that throws. */
export function readHeld(held: HeldDocument): void {
  const { document, kind, atMs, number } = held;
  if (held.access === 'whole') {
    const { owner, firstReceipt } = held;
    return readWhole(document, held.state, { atMs, number, owner, firstReceipt });
  }
  return readRow(rowOfExtract(held.extract as ExtractId, kind, held.values, { ...metaOf(document), atMs, number }));
}

/** Returns the row of what a device holds, as its worker derives it. */
export function rowOfHeld(held: HeldDocument): Row | null {
  const { document, kind, atMs, number } = held;
  const meta = { ...metaOf(document), atMs, number };
  if (held.access === 'extract') return rowOfExtract(held.extract as ExtractId, kind, held.values, meta);
  return rowOf(kind, held.state, { ...meta, owner: held.owner, firstReceipt: held.firstReceipt });
}

function metaOf(document: DocumentId): RowMeta {
  const folder = folderOf(document);
  return { document, folder, owner: null, number: null, atMs: NOW_MS, firstReceipt: null, isWaiting: false };
}

/** The lists, the search and the tasks with this row in them. */
function readRow(row: Row | null): void {
  if (!row) return;
  const principal = {
    member: 1,
    role: 'lead',
    villages: [EVERYWHERE],
    schools: [],
    namedFor: [],
    untilMs: null,
  } as const;
  tasksOf([row], { principal: principal as never, calendar: SHIPPED_CALENDAR, nowMs: NOW_MS });
  const child = childRow([row], [], dayOf(NOW_MS));
  if (child === null) return;
  const { name, fatherName: father, motherName: mother, carerName: carer, village, phone, personalId, birth } = child;
  const index = createNameIndex();
  index.set('1', { name: name ?? '', father, mother, carer, village, phone, personalId, birth });
  index.search('nguyen van a');
  createDuplicateIndex<number>().add(1, { name: name ?? '', birth: birth ?? '', mother, personalId } as never);
}

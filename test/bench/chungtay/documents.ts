/** The corpus as documents of ours: which document a record is, and its strokes as edits. */
import type { World } from '@chungtay/core/base/world';
import { liveOf } from '@chungtay/core/doc/state';
import { documentIdOf, makeFolderId, type DocumentId } from '@chungtay/core/model/ids';
import type { Replica } from '@chungtay/core/sync/replica';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { seededRandom } from '../../fixtures/world.ts';
import { editOf, markOf, recordOf, type Stroke } from '../corpus.ts';

const FIRST_FOLDER_AT_MS = 1_767_225_600_000;

/** Returns the id of document number `index`: the same in every process. */
export function documentOf(index: number): DocumentId {
  const { folder, kind } = recordOf(index);
  const random = seededRandom(folder);
  const fixed: Pick<World, 'nowMs' | 'randomBytes'> = {
    nowMs: () => FIRST_FOLDER_AT_MS + folder,
    randomBytes: (lengthBytes) => Uint8Array.from({ length: lengthBytes }, () => Math.floor(random() * 256)),
  };
  return documentIdOf(makeFolderId(fixed), kind);
}

/** Returns what author number `author` writes into the document. */
export function strokeEdit(index: number, author: number): DocumentEdit {
  const stroke = recordOf(index).strokes[author];
  if (!stroke) throw new Error(`document ${index} has no author ${author}`);
  return documentEdit(documentOf(index), stroke);
}

/** Returns the measured change. */
export function measuredEdit(index: number, by: 'here' | 'there'): DocumentEdit {
  return documentEdit(documentOf(index), editOf(index, by));
}

/** Says whether the measured change is in the document as the device holds it. */
export function hasMark(replica: Replica<unknown>, index: number, by: 'here' | 'there'): boolean {
  const held = replica.read(documentOf(index));
  const { field, value } = markOf(index, by);
  return held?.access === 'whole' && liveOf(held.state, field).some((entry) => entry.value === value);
}

/** Returns a stroke as an edit of ours. */
export function documentEdit(document: DocumentId, { registers, rows, logs }: Stroke): DocumentEdit {
  const sets = Object.entries(registers).map(([name, value]) => ({ name, value: value }));
  const elements = Object.entries(rows).flatMap(([name, byCode]) =>
    Object.entries(byCode).map(([code, value]) => ({ name, code, value: value })),
  );
  const appends = Object.entries(logs).flatMap(([name, records]) => records.map((value) => ({ name, value: value })));
  return { document, sets: [...sets, ...elements], appends };
}

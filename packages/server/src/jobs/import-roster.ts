import { err, ok } from '@chungtay/core/base/result';
import type { Result } from '@chungtay/core/base/result';
import type { World } from '@chungtay/core/base/world';
import { rowOf } from '@chungtay/core/derive/rows';
import { parseState } from '@chungtay/core/doc/state';
import type { Directory } from '@chungtay/core/model/directory';
import { makeFolderId, parseDocumentId } from '@chungtay/core/model/ids';
import type { DocumentId } from '@chungtay/core/model/ids';
import { dayOf } from '@chungtay/core/policy/calendar';
import type { RosterError } from '@chungtay/core/roster/errors';
import { planImport } from '@chungtay/core/roster/plan';
import type { ImportPlan, PlannedRow, RegisterChild, RowPlace } from '@chungtay/core/roster/plan-types';
import { editsOfChild, sourceOf } from '@chungtay/core/roster/to-edits';
import type { FeedStore } from '@chungtay/core/sync/ports';
import type { LocalDevice } from './local-device.ts';

/** A roster to import. */
export interface RosterFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** These sheets and no others. */
  readonly sheetNames?: readonly string[];
}

/** What became of the ready rows: each is in exactly one of these. */
export interface ImportOutcome {
  /** Rows whose documents the Hub has. */
  readonly written: readonly RowPlace[];
  /** Rows that were not even saved, or that the Hub did not accept. */
  readonly refused: readonly RowPlace[];
}

const STATES_AT_ONCE = 200;
const ROWS_AT_ONCE = 200;

/** Returns what importing a file would do, against the register and the villages of now. Writes nothing. */
export async function planRoster(
  file: RosterFile,
  store: FeedStore | null,
  directory: Directory['villages'],
  world: World,
): Promise<Result<ImportPlan, RosterError>> {
  const villages = Object.entries(directory).map(([id, { name, oldNames }]) => ({ id, name, oldNames }));
  const register = store ? await registerOf(store) : [];
  return planImport({ ...file, villages, register, onDate: dayOf(world.nowMs()) });
}

/** Writes the ready rows of a plan as `device`, and waits for the Hub's verdict on each. A row is one group: all of it is admitted, or nothing. */
export async function writeRoster(
  plan: ImportPlan,
  file: RosterFile,
  device: LocalDevice,
  world: World,
): Promise<ImportOutcome> {
  const documents = new Map<DocumentId, PlannedRow>();
  const refused = new Set<PlannedRow>();
  const ready = plan.rows.filter(({ verdict, child }) => verdict === 'ready' && child !== null);
  for (let at = 0; at < ready.length; at += ROWS_AT_ONCE) {
    for (const row of ready.slice(at, at + ROWS_AT_ONCE)) {
      if (!row.child) continue;
      const source = sourceOf(row, file.fileName, plan.sheets.length > 1);
      const edits = editsOfChild(row.child, { folder: makeFolderId(world), village: row.child.villageId, source });
      const saved = await device.replica.edit(edits);
      if (saved.ok) for (const { document } of edits) documents.set(document, row);
      else refused.add(row);
    }
    // the outbox is not let grow: a killed import leaves little undone, and importing again skips what is there
    await device.settled();
  }
  for (const { document } of device.replica.quarantine()) {
    const row = documents.get(document);
    if (row) refused.add(row);
  }
  const placesOf = (isRefused: boolean) =>
    ready.filter((row) => refused.has(row) === isRefused).map(({ sheet, row }) => ({ sheet, row }));
  return { written: placesOf(false), refused: placesOf(true) };
}

/** Returns the children that the register has, read from the states the Hub serves. */
async function registerOf(store: FeedStore): Promise<readonly RegisterChild[]> {
  const { documents } = await store.load();
  const identities = documents.filter(({ document }) => parseDocumentId(document)?.kind === 'identity');
  const children: RegisterChild[] = [];
  for (let at = 0; at < identities.length; at += STATES_AT_ONCE) {
    const some = identities.slice(at, at + STATES_AT_ONCE).map(({ document }) => document);
    for (const [document, bytes] of await store.readStates(some)) {
      const child = childOf(document, bytes);
      if (child.ok) children.push(child.value);
    }
  }
  return children;
}

function childOf(document: DocumentId, bytes: Uint8Array): Result<RegisterChild, 'no-child'> {
  const path = parseDocumentId(document);
  const state = parseState(bytes);
  if (!path || !state.ok) return err('no-child');
  const meta = {
    document,
    folder: path.folder,
    owner: null,
    number: null,
    atMs: 0,
    firstReceipt: null,
    isWaiting: false,
  };
  const row = rowOf('identity', state.value, meta);
  if (row?.type !== 'identity' || row.name === null) return err('no-child');
  const { name, birth, sex, personalId, village } = row;
  return ok({
    folder: path.folder,
    name,
    birth,
    sex,
    mother: row.motherName,
    father: row.fatherName,
    village,
    personalId,
  });
}

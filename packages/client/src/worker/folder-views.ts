import { groupsOf, unrecorded } from '@chungtay/core/derive/groups';
import { missingPapers } from '@chungtay/core/derive/papers';
import type { Row } from '@chungtay/core/derive/row-types';
import type { Entry } from '@chungtay/core/doc/entry';
import { type FieldView as FieldRead, readDocument } from '@chungtay/core/doc/read';
import { type DocState, emptyState } from '@chungtay/core/doc/state';
import type { FolderType } from '@chungtay/core/kinds/define';
import { KINDS, kindOf, strictestOf } from '@chungtay/core/kinds/registry';
import type { Compartment } from '@chungtay/core/model/compartment';
import { type DocumentId, documentIdOf, type FolderId, type MemberNumber } from '@chungtay/core/model/ids';
import type { Agency } from '@chungtay/core/model/role';
import { cellFor } from '@chungtay/core/policy/access';
import type { Right } from '@chungtay/core/policy/cells';
import { msOfMinutes } from '@chungtay/core/sync/envelope';
import type { Replica } from '@chungtay/core/sync/replica';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import type { DocumentView, FieldView, FolderView, ValueView } from './engine-views.ts';

/** Compartments whose existence the law does not hide, by folder: a screen names them even to whom they are closed (R13). */
const NAMED: Readonly<Partial<Record<FolderType, readonly Compartment[]>>> = {
  child: ['education', 'health', 'support'],
  case: ['health', 'legal'],
};

/** Rights that put nothing on the device: none, none without a grant, counts alone. */
const TELLS_NOTHING: readonly Right[] = ['none', 'need', 'aggregate'];

/**
 * Returns a folder as its person may see it: every document held, and blank ones of the single kinds that he may begin; without those of
 * `unread`, whose reading could not be written down. `place.beside` = rows of other folders that say something of a child; what of them is
 * closed stays out, since nothing notes that it is read here.
 */
export function folderViewOf(
  replica: Replica<Row>,
  folder: FolderId,
  unread: ReadonlySet<DocumentId>,
  place: { readonly beside: readonly Row[]; readonly today: string },
): FolderView {
  const documentsHere = replica.documentsOf(folder).filter((document) => !unread.has(document));
  const held = documentsHere.flatMap((document) => replica.read(document) ?? []);
  const rows = documentsHere.flatMap((document) => replica.row(document) ?? []);
  const type = held.map(({ kind }) => kindOf(kind)?.folder).find((found) => found !== undefined) ?? null;
  const documents = held.map((document) => viewOf(replica, document));
  const views = type ? [...documents, ...blanksOf(replica, folder, type, held)] : documents;
  return {
    folder,
    unread: unread.size,
    documents: views,
    groups: groupsOf([...rows, ...unrecorded(place.beside)], place.today),
    papers: missingPapers(rows, place.today),
    elsewhere: type ? elsewhereOf(replica, type, held) : [],
    members: membersIn(replica, views),
  };
}

function viewOf(replica: Replica<Row>, held: HeldDocument): DocumentView {
  const { document, kind, number, where, receipts } = held;
  const common = {
    document,
    kind,
    number,
    saved: where,
    receipts: receipts.map(([agency, atMs]) => ({ agency: agency as Agency, atMs })),
  };
  if (held.access === 'extract') {
    return { ...common, access: 'extract', registers: {}, maps: {}, logs: {}, extract: held.values, writable: [] };
  }
  return {
    ...common,
    ...contentOf(kind, held.state),
    access: 'whole',
    extract: null,
    writable: replica.writableFields(document),
  };
}

/** Returns what a document of the kind says in this state. */
export function contentOf(kind: string, state: DocState): Pick<DocumentView, 'registers' | 'maps' | 'logs'> {
  const read = readDocument(state, strictestOf(kind));
  return {
    registers: mapped(read.registers, fieldOf),
    maps: mapped(read.maps, (rows) => mapped(rows, fieldOf)),
    logs: mapped(read.logs, (entries) => entries.map(valueOf)),
  };
}

function blanksOf(
  replica: Replica<Row>,
  folder: FolderId,
  type: FolderType,
  held: readonly HeldDocument[],
): DocumentView[] {
  const present = new Set(held.map(({ kind }) => kind));
  return KINDS.filter(
    (kind) => kind.folder === type && kind.singleton && !kind.hubOnly && !present.has(kind.id),
  ).flatMap((kind) => {
    const document = documentIdOf(folder, kind.id);
    const writable = replica.mayCreate(document) ? replica.writableFields(document) : [];
    return writable.length > 0 ? [blankView(document, kind.id, writable)] : [];
  });
}

function blankView(document: DocumentId, kind: string, writable: readonly string[]): DocumentView {
  const read = readDocument(emptyState());
  return {
    document,
    kind,
    access: 'whole',
    number: null,
    registers: mapped(read.registers, fieldOf),
    maps: {},
    logs: {},
    extract: null,
    writable,
    saved: 'hub',
    receipts: [],
  };
}

function elsewhereOf(replica: Replica<Row>, type: FolderType, held: readonly HeldDocument[]): readonly string[] {
  const me = replica.principal;
  if (!me) return [];
  const open = new Set(held.flatMap(({ kind }) => (kindOf(kind)?.closedToGrants ? [] : kindOf(kind)?.compartment)));
  return (NAMED[type] ?? []).filter((compartment) => {
    // a request has opened it
    if (open.has(compartment)) return false;
    // who may ask to see writes his request there, and sees no more by that
    const kinds = KINDS.filter(
      (kind) => kind.folder === type && kind.compartment === compartment && !kind.hubOnly && !kind.closedToGrants,
    );
    // an extract of one kind is no closed compartment
    return ['', ...kinds.map(({ id }) => id)].every((kind) =>
      TELLS_NOTHING.includes(cellFor(me, { kind, compartment }).right),
    );
  });
}

function membersIn(replica: Replica<Row>, views: readonly DocumentView[]): FolderView['members'] {
  const members: Record<number, { name: string; agency: Agency }> = {};
  const wanted = new Set<MemberNumber>(views.flatMap(membersOfView));
  for (const row of replica.rows()) {
    if (row.type !== 'member' || row.member === null || !wanted.has(row.member)) continue;
    members[row.member] = { name: row.name ?? '', agency: row.agency ?? 'hub' };
  }
  return members;
}

function membersOfView(view: DocumentView): readonly MemberNumber[] {
  const fields = [...Object.values(view.registers), ...Object.values(view.maps).flatMap((rows) => Object.values(rows))];
  const concurrent = fields.flatMap((field) => field.conflict ?? []);
  return [...fields, ...concurrent, ...Object.values(view.logs).flat()].map(({ member }) => member);
}

function fieldOf(field: FieldRead): FieldView {
  const { value, member, at, live, conflict } = field;
  return {
    op: live[0]?.op ?? '',
    value,
    member: member as MemberNumber,
    atMs: msOfMinutes(at),
    live: live.map(({ op }) => op),
    conflict: conflict?.map(valueOf) ?? null,
  };
}

function valueOf({ op, value, member, minutes }: Entry): ValueView {
  return { op, value, member: member as MemberNumber, atMs: msOfMinutes(minutes) };
}

function mapped<T, V>(map: ReadonlyMap<string, T>, viewed: (value: T) => V): Readonly<Record<string, V>> {
  return Object.fromEntries([...map].map(([name, value]) => [name, viewed(value)]));
}

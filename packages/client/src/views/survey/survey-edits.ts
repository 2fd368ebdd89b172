import type { Json } from '@chungtay/core/base/any';
import type { ChildRow } from '@chungtay/core/derive/child-row';
import { parseIsoDay } from '@chungtay/core/model/dates';
import { type DocumentId, documentIdOf, type FolderId, parseFolderId } from '@chungtay/core/model/ids';
import { addWorkingDays, type WorkCalendar } from '@chungtay/core/policy/calendar';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { recordOf } from '../../composables/use-field.ts';
import { textOf } from '../../forms/input-entry.ts';
import type { DocumentView, FolderView } from '../../stores/engine.ts';
import { type NewChild, newChildEdits } from '../child-add/new-child.ts';

/** The six parts of the household survey, in order. */
export const PARTS = ['address', 'members', 'children', 'schooling', 'health', 'result'] as const;

/** Returns the edit that begins a household: its place and its head together, because the place decides who may write there. */
export function newHouseholdEdits(folder: FolderId, village: string, head: string): readonly DocumentEdit[] {
  const sets = [
    { name: 'village', value: village },
    { name: 'head', value: head },
  ];
  return [{ document: documentIdOf(folder, 'household'), sets }];
}

/** Returns the group that puts a child of the register into the household: one child, one line, however often it is tapped. */
export function linkChildEdits(household: FolderId, row: ChildRow): readonly DocumentEdit[] {
  const { name, birth, sex } = row;
  return [
    { document: documentIdOf(row.folder, 'identity'), sets: [{ name: 'household', value: household }] },
    memberEdit(household, row.folder, { name, birth, sex }),
  ];
}

/** Returns the group that makes a new child in the household's village, and its line in the household. */
export function newChildInHouseholdEdits(
  household: FolderId,
  village: string,
  fresh: FolderId,
  child: NewChild,
): readonly DocumentEdit[] {
  return [
    ...newChildEdits(fresh, { ...child, village, household }),
    memberEdit(household, fresh, { name: child['name'], birth: child['birth'], sex: child['sex'] }),
  ];
}

/** Returns the edit that adds somebody of the household who is no child of the register. */
export function newMemberEdits(
  household: FolderId,
  code: string,
  name: string,
  relation: string | null,
): readonly DocumentEdit[] {
  const value: Readonly<Record<string, Json>> = relation === null ? { name } : { name, relation };
  return [{ document: documentIdOf(household, 'household'), sets: [{ name: 'members', code, value }] }];
}

/** Returns the children of a household: those its lines name, then those of the register who name it. */
export function childrenOf(
  view: DocumentView | null,
  rows: readonly ChildRow[],
  household: FolderId,
): readonly FolderId[] {
  const named = Object.values(view?.maps['members'] ?? {}).flatMap((row) => {
    const child = parseFolderId(textOf(recordOf(row.value)['child'] ?? null));
    return child === null ? [] : [child];
  });
  const naming = rows.filter((row) => row.household === household).map((row) => row.folder);
  return [...new Set([...named, ...naming.toSorted()])];
}

/** Returns the visit that this survey writes: one of today that nobody has ended, if it is there. */
export function unfinishedVisit(view: FolderView, today: string): DocumentId | null {
  const found = view.documents.find(
    ({ kind, registers, writable }) =>
      kind === 'visit' &&
      registers['on']?.value === today &&
      (registers['outcome']?.value ?? null) === null &&
      writable.includes('outcome'),
  );
  return found?.document ?? null;
}

/**
 * Says whether the visit that a survey began is over, though nobody said how it ended: a call on a house is of one day, and what is
 * answered later than the next working day is answered at another call. Rule UX-14.
 */
export function isVisitOver(visit: DocumentView | null, today: string, calendar: WorkCalendar): boolean {
  const on = textOf(visit?.registers['on']?.value ?? null);
  return on !== null && parseIsoDay(on) !== null && today > addWorkingDays(on, 1, calendar);
}

/** Returns how many of these fields say nothing yet. */
export function openCount(view: DocumentView | null, names: readonly string[]): number {
  return names.filter((name) => view?.registers[name] === undefined).length;
}

function memberEdit(household: FolderId, child: FolderId, told: Readonly<Record<string, unknown>>): DocumentEdit {
  const known = Object.fromEntries(
    Object.entries(told).filter(([, value]) => typeof value === 'string' && value !== ''),
  );
  const value = { name: '?', ...known, relation: 'child', child } as const;
  return { document: documentIdOf(household, 'household'), sets: [{ name: 'members', code: child, value }] };
}

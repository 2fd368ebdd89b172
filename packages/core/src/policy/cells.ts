/** What the access matrix is made of: its cells, what they may say, and the words in which its rows are written. */
import type { Role } from '../model/role.ts';
import type { ExtractId } from './extract-ids.ts';

/** What a cell gives. `need` = nothing until a logged grant; `aggregate` = counts, never a document. */
export type Right = 'none' | 'need' | 'aggregate' | 'extract' | 'file' | 'read' | 'write' | 'decide';

/**
 * Where a right holds. `assigned` = own village, own school or a seat in the case team; `assignee` = the task is addressed to this person;
 * `mine` = assigned, and made by this person; `owner` = made by this person; `asker` = made by this person, or open to him by it now.
 */
export type CellScope = 'all' | 'assigned' | 'assignee' | 'mine' | 'owner' | 'asker';

/** Why a right is held: keys `policy.basis.<basis>` of the dictionaries. */
export const BASES = [
  'none',
  'area',
  'school',
  'health',
  'verification',
  'childProtection',
  'civilStatus',
  'decision',
  'task',
  'dutyToReport',
  'treatment',
  'criminalCase',
  'closedList',
  'ownGift',
  'proposal',
  'watch',
  'supervision',
  'counts',
  'onRequest',
  'colleagues',
  'ownDesk',
] as const;

/** One of BASES. */
export type Basis = (typeof BASES)[number];

/** One cell: the right of a role in a compartment, or for one kind of it. */
export interface Cell {
  readonly right: Right;
  readonly scope: CellScope;
  readonly basis: Basis;
  /** True: only someone whom the commune has named for this compartment. */
  readonly named?: boolean;
  /** What the others of the role get instead of nothing, where `named` is set. */
  readonly unnamed?: Cell;
  /** `named`: may write only fields whose `writers` name the role, and append to logs without named writers; may create nothing. */
  readonly fields?: 'named';
  /** What the Hub derives for this role instead of the document. */
  readonly extract?: ExtractId;
  /** A grant with legal basis and end date opens the compartment of a folder for a while: shown as "ask". */
  readonly onRequest?: boolean;
  /** Kinds of the compartment for which the cell says something else. */
  readonly kinds?: Readonly<Record<string, Cell>>;
}

/** One row: a cell for every role. */
export type Row = Readonly<Record<Role, Cell>>;

/** Nothing. */
export const none: Cell = { right: 'none', scope: 'all', basis: 'none' };
/** Nothing, and may be asked for. */
export const need: Cell = { right: 'need', scope: 'all', basis: 'onRequest', onRequest: true };
/** Counts alone. */
export const counts: Cell = { right: 'aggregate', scope: 'all', basis: 'counts' };
/** Counts, and the documents may be asked for. */
export const countsOrNeed: Cell = { ...counts, onRequest: true };
/** The task that is addressed to him. */
export const ownTask: Cell = { right: 'write', scope: 'assignee', basis: 'task', fields: 'named' };
/** Anyone who finds or hears of abuse reports it at once, wherever it is (Decree 56/2017 Art. 25(1)): no `*` holds anyone back. */
export const report: Cell = { right: 'file', scope: 'all', basis: 'dutyToReport' };
/** Everybody enrolled knows of everybody. */
export const colleague: Cell = { right: 'read', scope: 'all', basis: 'colleagues' };
/** What one made oneself. */
export const owner: Cell = { right: 'write', scope: 'owner', basis: 'ownDesk' };

/** Reads, and writes nothing. */
export function reads(basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'read', scope, basis };
}

/** Reads what the Hub derives from it. */
export function sees(extract: ExtractId, basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'extract', scope, basis, extract };
}

/** Reads and writes. */
export function writes(basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'write', scope, basis };
}

/** Reads all, and contributes where a field names the role. */
export function contributes(basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'write', scope, basis, fields: 'named' };
}

/** Reads, writes and decides. */
export function decides(basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'decide', scope, basis };
}

/** Reads all, and takes the decisions that are his alone: the fields that name the role. */
export function approves(basis: Basis): Cell {
  return { right: 'decide', scope: 'all', basis, fields: 'named' };
}

/** What those get whom the commune has named, and what the others get. */
export function namedOnly(cell: Cell, unnamed: Cell = none): Cell {
  return { ...cell, named: true, unnamed };
}

/** A cell that speaks of these kinds, and another for the rest. */
export function onlyFor(kinds: Readonly<Record<string, Cell>>, cell: Cell = none): Cell {
  return { ...cell, kinds };
}

/** The same cell for every role. */
export function everyone(cell: Cell): Row {
  return {
    collaborator: cell,
    teacher: cell,
    nurse: cell,
    police: cell,
    lead: cell,
    councilOffice: cell,
    union: cell,
    chair: cell,
    province: cell,
    administrator: cell,
  };
}

/** A row that gives nobody anything. */
export const nobody = everyone(none);

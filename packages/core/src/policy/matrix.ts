/**
 * The access matrix of domain § 7.2, row by row, read as design § 3 says: N → none · R → read · C → write · write-only → file · D → decide ·
 * agg → aggregate · need → need · a parenthesis after R → an extract · `*` → scope `assigned`. Rules POL-1 … POL-9.
 */
import type { Compartment } from '../model/compartment.ts';
import { type AccessRule, accessKindOf, accessRuleOf } from '../model/grant.ts';
import { ROLES, type Role } from '../model/role.ts';
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

const none: Cell = { right: 'none', scope: 'all', basis: 'none' };
const need: Cell = { right: 'need', scope: 'all', basis: 'onRequest', onRequest: true };
const counts: Cell = { right: 'aggregate', scope: 'all', basis: 'counts' };
const countsOrNeed: Cell = { ...counts, onRequest: true };
const ownTask: Cell = { right: 'write', scope: 'assignee', basis: 'task', fields: 'named' };
/** Anyone who finds or hears of abuse reports it at once, wherever it is (Decree 56/2017 Art. 25(1)): no `*` holds anyone back. */
const report: Cell = { right: 'file', scope: 'all', basis: 'dutyToReport' };
const colleague: Cell = { right: 'read', scope: 'all', basis: 'colleagues' };
const owner: Cell = { right: 'write', scope: 'owner', basis: 'ownDesk' };

function reads(basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'read', scope, basis };
}

function sees(extract: ExtractId, basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'extract', scope, basis, extract };
}

function writes(basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'write', scope, basis };
}

/** Reads all, and contributes where a field names the role. */
function contributes(basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'write', scope, basis, fields: 'named' };
}

function decides(basis: Basis, scope: CellScope = 'all'): Cell {
  return { right: 'decide', scope, basis };
}

/** Reads all, and takes the decisions that are his alone: the fields that name the role. */
function approves(basis: Basis): Cell {
  return { right: 'decide', scope: 'all', basis, fields: 'named' };
}

function namedOnly(cell: Cell, unnamed: Cell = none): Cell {
  return { ...cell, named: true, unnamed };
}

function onlyFor(kinds: Readonly<Record<string, Cell>>, cell: Cell = none): Cell {
  return { ...cell, kinds };
}

function everyone(cell: Cell): Row {
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

const nobody = everyone(none);

/** Adds to a row who may ask in its compartment, who answers, and that nobody else hears of it. */
function withRequests(compartment: Compartment, row: Row): Row {
  const rule = accessRuleOf(compartment);
  if (!rule) return row;
  const cells = ROLES.map((role) => {
    const cell = row[role];
    const kinds = { ...cell.kinds, [accessKindOf(compartment)]: requestCell(rule, role, cell) };
    return [role, { ...cell, kinds }] as const;
  });
  return Object.fromEntries(cells) as unknown as Row;
}

function requestCell({ askers, deciders, reviewers }: AccessRule, role: Role, { scope, basis, named }: Cell): Cell {
  if (askers.includes(role)) return { right: 'write', scope: 'asker', basis: 'onRequest' };
  if (deciders.includes(role)) return named ? namedOnly(decides(basis)) : decides(basis, scope);
  return reviewers.includes(role) ? contributes('supervision') : none;
}

/** The rows whose documents are held by devices. The administrator, who runs the Hub, holds `staff` and his own desk, no file. */
export const MATRIX: Readonly<Record<Compartment, Row>> = {
  identity: withRequests('identity', {
    ...nobody,
    collaborator: writes('area', 'assigned'),
    teacher: onlyFor({ identity: sees('identity-school', 'school', 'assigned') }),
    nurse: { ...reads('health', 'assigned'), kinds: { consent: writes('health', 'assigned') } },
    police: contributes('verification'),
    lead: decides('childProtection'),
    councilOffice: contributes('civilStatus'),
    union: need,
    chair: reads('decision'),
    province: countsOrNeed,
  }),
  education: withRequests('education', {
    ...nobody,
    collaborator: onlyFor({ education: sees('education-village', 'area', 'assigned') }),
    teacher: decides('school', 'assigned'),
    nurse: onlyFor({ education: sees('education-health', 'health', 'assigned') }),
    police: need,
    lead: writes('childProtection'),
    chair: onlyFor({ education: sees('education-summary', 'decision') }),
    province: counts,
  }),
  health: withRequests('health', {
    ...nobody,
    collaborator: onlyFor({ health: sees('health-village', 'area', 'assigned') }),
    teacher: onlyFor({ health: sees('health-school', 'school', 'assigned') }),
    nurse: decides('health'),
    police: need,
    lead: onlyFor({ health: sees('health-lead', 'childProtection') }),
    chair: onlyFor({ health: sees('health-summary', 'decision') }),
    province: counts,
  }),
  hiv: withRequests('hiv', {
    ...nobody,
    nurse: namedOnly(decides('closedList')),
    lead: need,
    chair: need,
    province: counts,
  }),
  protection: withRequests('protection', {
    ...nobody,
    collaborator: onlyFor({ intake: report, task: ownTask }),
    teacher: onlyFor({ intake: report, task: ownTask, case: sees('case-open', 'school', 'assigned') }),
    nurse: onlyFor({
      intake: report,
      task: ownTask,
      case: sees('case-health', 'treatment', 'assigned'),
      'contact-note': writes('treatment', 'mine'),
    }),
    police: {
      ...contributes('verification'),
      kinds: { intake: writes('verification'), 'contact-note': writes('verification') },
    },
    lead: decides('childProtection'),
    union: onlyFor({ task: ownTask }),
    chair: approves('decision'),
    province: countsOrNeed,
  }),
  sealed: withRequests('sealed', {
    ...nobody,
    collaborator: onlyFor({ 'sealed-intake': report, informant: report }),
    teacher: onlyFor({ 'sealed-intake': report, informant: report }),
    nurse: {
      ...contributes('treatment', 'assigned'),
      kinds: {
        'sealed-intake': report,
        'sealed-contact-note': writes('treatment', 'assigned'),
        'held-sealed': none,
        informant: report,
      },
    },
    police: {
      ...approves('criminalCase'),
      kinds: {
        'sealed-intake': decides('criminalCase'),
        'sealed-contact-note': decides('criminalCase'),
        informant: decides('criminalCase'),
      },
    },
    lead: {
      ...namedOnly(decides('childProtection')),
      kinds: {
        'sealed-intake': namedOnly(decides('childProtection'), report),
        informant: namedOnly(decides('childProtection'), report),
      },
    },
    chair: namedOnly(approves('decision')),
    province: need,
  }),
  legal: {
    ...nobody,
    police: decides('criminalCase'),
    lead: onlyFor({ offence: sees('legal-status', 'childProtection') }),
    chair: reads('decision'),
    province: counts,
  },
  support: withRequests('support', {
    ...nobody,
    collaborator: onlyFor({
      support: sees('support-village', 'area', 'assigned'),
      proposal: writes('proposal', 'mine'),
    }),
    teacher: onlyFor({ support: sees('support-school', 'school', 'assigned') }),
    nurse: onlyFor({ support: sees('support-health', 'health', 'assigned') }),
    lead: decides('childProtection'),
    councilOffice: onlyFor({ support: sees('support-decisions', 'supervision') }),
    union: onlyFor({ gift: writes('ownGift', 'owner') }),
    chair: approves('decision'),
    province: countsOrNeed,
  }),
  care: withRequests('care', {
    ...nobody,
    collaborator: onlyFor({ carer: sees('care-village', 'area', 'assigned') }),
    nurse: onlyFor({ carer: sees('care-health', 'health') }),
    police: contributes('verification'),
    lead: decides('childProtection'),
    councilOffice: reads('supervision'),
    chair: approves('decision'),
    province: need,
  }),
  watch: {
    ...nobody,
    collaborator: writes('watch', 'assigned'),
    nurse: writes('watch'),
    lead: writes('watch'),
    union: onlyFor({ 'watch-task': ownTask }),
    chair: counts,
  },
  // No row of the law's matrix: closed but for those who answer for the office's work, until its kinds exist.
  office: { ...nobody, lead: decides('childProtection'), chair: approves('decision') },
  staff: everyone(colleague),
  own: everyone(owner),
};

/** Row L, the audit log: what each role may be shown of it. The lead sees what he did himself. It is no document of a device. */
export const AUDIT_ROW: Row = {
  ...nobody,
  lead: reads('ownDesk', 'owner'),
  chair: reads('supervision'),
  province: reads('supervision'),
};

/** What a picture or scan shows. */
export type AttachmentContent = 'paper' | 'face' | 'injury';

/** Row 8: an attachment lives in the compartment of what it belongs to; faces and injuries are always sealed, except inside `hiv`. Rule POL-9. */
export function attachmentCompartment(parent: Compartment, shows: AttachmentContent): Compartment {
  return shows === 'paper' || parent === 'hiv' ? parent : 'sealed';
}

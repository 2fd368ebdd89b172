import type { Compartment } from './compartment.ts';
import type { Grant } from './grant.ts';
import type { DocumentId, FolderId, MemberNumber } from './ids.ts';
import type { Role } from './role.ts';

/** Who asks: one enrolled person as the Hub knows him now. Never believed from a client. */
export interface Principal {
  readonly member: MemberNumber;
  readonly role: Role;
  /** Village ids of the directory that this person works in; `EVERYWHERE` for someone who serves the whole commune (the health station). */
  readonly villages: readonly string[];
  /** School ids of the directory that this person works in; `EVERYWHERE` as above. */
  readonly schools: readonly string[];
  /** Closed compartments that name this person (HIV staff of Art. 30, the sealed officer): POL-3. */
  readonly namedFor: readonly Compartment[];
  /** When the appointment ends, in ms; null while open. */
  readonly untilMs: number | null;
  /** The Hub's time since which he has had this role without a break, in ms; left out where it has always been so. Rule POL-24. */
  readonly sinceMs?: number;
}

/** One line of a case team. */
export interface TeamSeat {
  readonly member: MemberNumber;
  /** When the seat ends, in ms; null while open. */
  readonly untilMs: number | null;
}

/** One task and the person it is addressed to. */
export interface TaskSeat {
  readonly task: DocumentId;
  readonly member: MemberNumber;
}

/**
 * Where a folder belongs, read by the Hub from the fields marked `scope`. An open conflict in a scope field means the
 * union of its values, so nobody loses sight of a child because two people disagree.
 */
export interface FolderScope {
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly team: readonly TeamSeat[];
  /** Who each task of the folder is addressed to: he sees that task, neither the case nor its other tasks. */
  readonly assignees: readonly TaskSeat[];
  /** What was opened in it beyond everybody's own work, ever: each holds within its window alone. */
  readonly grants: readonly Grant[];
}

/** What the policy knows of a document without reading it. */
export interface DocumentLabel {
  readonly document: DocumentId;
  readonly kind: string;
  readonly compartment: Compartment;
  readonly folder: FolderId;
  readonly scope: FolderScope;
  /** Who made the document. */
  readonly owner: MemberNumber;
}

/** In `villages` or `schools` of a person: all of them, and children who have none yet. */
export const EVERYWHERE = '*';

/** A scope that belongs nowhere yet. */
export const EMPTY_SCOPE: FolderScope = { villages: [], schools: [], team: [], assignees: [], grants: [] };

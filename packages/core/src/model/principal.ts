import type { Compartment } from './compartment.ts';
import type { DocumentId, FolderId, MemberNumber } from './ids.ts';
import type { Role } from './role.ts';

/** Who asks: one enrolled person as the Hub knows him now. Never believed from a client. */
export interface Principal {
  readonly member: MemberNumber;
  readonly role: Role;
  /** Village ids of the directory that this person works in. */
  readonly villages: readonly string[];
  /** School ids of the directory that this person works in. */
  readonly schools: readonly string[];
  /** Closed compartments that name this person (HIV staff of Art. 30, the sealed officer): domain § 7.2. */
  readonly namedFor: readonly Compartment[];
  /** When the appointment ends, in ms; null while open. */
  readonly untilMs: number | null;
}

/** One line of a case team. */
export interface TeamSeat {
  readonly member: MemberNumber;
  /** When the seat ends, in ms; null while open. */
  readonly untilMs: number | null;
}

/**
 * Where a folder belongs, read by the Hub from the fields marked `scope`. An open conflict in a scope field means the
 * union of its values, so nobody loses sight of a child because two people disagree.
 */
export interface FolderScope {
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly team: readonly TeamSeat[];
  /** Members a task is addressed to; they see that task, not the case. */
  readonly assignees: readonly MemberNumber[];
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

/** A scope that belongs nowhere yet. */
export const EMPTY_SCOPE: FolderScope = { villages: [], schools: [], team: [], assignees: [] };

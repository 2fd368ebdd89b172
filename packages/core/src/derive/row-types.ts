/** The rows that lists, search and Today are made of: one small object per document. */
import type { CaseStage } from '../model/case-stage.ts';
import type { Compartment } from '../model/compartment.ts';
import type { FirstReceipt } from '../model/first-receipt.ts';
import type { AccessAnswer } from '../model/grant.ts';
import type { DocumentId, FolderId, MemberNumber } from '../model/ids.ts';
import type { Agency, Role } from '../model/role.ts';
import type { AssertedGroup, FamilyFacts, HealthFacts, LegalFacts } from './group-facts.ts';
import type { CardFacts, IdentityPapers } from './papers.ts';

/** What the engine or the Hub knows of a document beside its content. */
export interface RowMeta {
  readonly document: DocumentId;
  readonly folder: FolderId;
  /** Who made it; null where that is not known here. */
  readonly owner: MemberNumber | null;
  /** The human number that the Hub gave, or null. */
  readonly number: string | null;
  /** The newest change, in ms: the Hub's time, or this device's for work that waits. */
  readonly atMs: number;
  /** When the Hub first received it; null where it has not, or that is not told. */
  readonly firstReceipt: FirstReceipt | null;
  /** Own work on it waits for the Hub, whose newest time does not cover it. */
  readonly isWaiting: boolean;
}

interface RowCommon extends RowMeta {
  readonly kind: string;
  /** `extract`: only what the matrix tells this role; everything else is null or empty. */
  readonly access: 'whole' | 'extract';
  /** Names of the fields with more than one live value. */
  readonly conflicts: readonly string[];
  /** Those of them that reach the work list. */
  readonly decisionConflicts: readonly string[];
}

/** A child in the register. */
export interface IdentityRow extends RowCommon, IdentityPapers {
  readonly type: 'identity';
  readonly name: string | null;
  readonly nicknames: string | null;
  readonly birth: string | null;
  readonly isBirthEstimated: boolean;
  readonly sex: 'male' | 'female' | null;
  readonly ethnicity: string | null;
  readonly village: string | null;
  readonly household: FolderId | null;
  readonly personalId: string | null;
  readonly motherName: string | null;
  readonly fatherName: string | null;
  readonly carerName: string | null;
  readonly phone: string | null;
  readonly carerRelation: string | null;
  /** Groups that somebody wrote down, ended ones too. */
  readonly groups: readonly AssertedGroup[];
  readonly family: FamilyFacts | null;
  /** It was found abandoned, and has neither returned to its family nor been adopted since. */
  readonly abandoned: { readonly on: string | null } | null;
  readonly vital: string | null;
  /** The last movement that took the child out of the register, or null. */
  readonly left: string | null;
  /** When that was, where it is known. */
  readonly leftOn: string | null;
}

/** A child's schooling. */
export interface EducationRow extends RowCommon {
  readonly type: 'education';
  readonly school: string | null;
  readonly level: string | null;
  readonly grade: string | null;
  readonly class: string | null;
  readonly status: string | null;
  readonly droppedOutOn: string | null;
  readonly dropOutReason: string | null;
  readonly inSchool: boolean | null;
  readonly needsFeeSupport: boolean | null;
}

/** A child's health, as a list needs it. */
export interface HealthRow extends RowCommon, HealthFacts, CardFacts {
  readonly type: 'health';
  /** Doses neither given nor ruled out, whatever the age; null where this role is not told. */
  readonly vaccinesMissing: readonly string[] | null;
  readonly disabilityDegree: string | null;
  readonly hasDisabilityNeed: boolean | null;
  readonly lastWeightKg: number | null;
  readonly lastMeasuredOn: string | null;
  readonly nextCheckupOn: string | null;
}

/** What the closed part of health asks of its named staff; nothing of it reaches a list. */
export interface HivRow extends RowCommon {
  readonly type: 'hiv';
  /** When the oldest result came that nobody was told of; null when all were told. */
  readonly untoldSinceMs: number | null;
}

/** What police says of a child in conflict with the law. */
export interface OffenceRow extends RowCommon, LegalFacts {
  readonly type: 'offence';
  /** Whether a measure runs; null where that is not told. */
  readonly hasMeasure: boolean | null;
}

/** Someone who may care for a child in the place of its parents. */
export interface CarerRow extends RowCommon {
  readonly type: 'carer';
  readonly name: string | null;
  readonly village: string | null;
  readonly careType: string | null;
  readonly state: string | null;
  readonly healthCertificateUntil: string | null;
}

/** What a child receives. */
export interface SupportRow extends RowCommon, CardFacts {
  readonly type: 'support';
  readonly received: boolean | null;
  /** Policies in their state, `policy:state`. */
  readonly entitlements: readonly string[];
}

/** A household of the survey book. */
export interface HouseholdRow extends RowCommon {
  readonly type: 'household';
  readonly village: string | null;
  readonly code: string | null;
  readonly head: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly locationNote: string | null;
  readonly economicStatus: string | null;
  readonly economicYear: number | null;
  readonly riskGroups: readonly string[];
  readonly members: number;
  readonly children: readonly FolderId[];
}

/** One call at a household. */
export interface VisitRow extends RowCommon {
  readonly type: 'visit';
  readonly on: string | null;
  readonly outcome: string | null;
  readonly nextOn: string | null;
}

/** A case. */
export interface CaseRow extends RowCommon {
  readonly type: 'case';
  readonly stage: CaseStage | null;
  readonly isOpen: boolean;
  readonly isSealed: boolean;
  readonly child: FolderId | null;
  readonly childName: string | null;
  /** Groups of the law that its findings put the child in. */
  readonly groups: readonly AssertedGroup[];
  readonly riskLevel: string | null;
  readonly isEmergency: boolean;
  /** When risk and safety were judged last; null before the initial assessment. */
  readonly assessedAtMs: number | null;
  readonly isChildSafeNow: boolean | null;
  readonly lead: MemberNumber | null;
  readonly contactPerson: string | null;
  readonly contactPhone: string | null;
  readonly village: string | null;
  readonly intakes: readonly string[];
  readonly team: readonly MemberNumber[];
  readonly nextReviewOn: string | null;
  /** When it was opened, by the clock of the device that did. */
  readonly openedAtMs: number;
  /** When it was last reopened: its clocks run from then; null when it never was, or that is not told. */
  readonly reopenedAtMs: number | null;
  /** The emergency that was found and that no emergency measure has followed. `foundAtMs` null: the initial assessment found it. */
  readonly emergency: { readonly foundAtMs: number | null } | null;
}

/** A report of Form 01. */
export interface IntakeRow extends RowCommon {
  readonly type: 'intake';
  readonly isSealed: boolean;
  /** Where its 12 hours start. */
  readonly receivedAtMs: number;
  readonly childName: string | null;
  readonly village: string | null;
  readonly abuseTypes: readonly string[];
  readonly severity: string | null;
  readonly dangerSigns: readonly string[];
  readonly isChildSafeNow: boolean | null;
  readonly summary: string | null;
  readonly filerAgency: Agency | null;
  readonly filerContact: string | null;
  readonly screening: string | null;
  readonly case: FolderId | null;
  readonly child: FolderId | null;
  readonly corrects: string | null;
}

/** One entry of a case's timeline. */
export interface ContactNoteRow extends RowCommon {
  readonly type: 'contact-note';
  readonly on: string | null;
  readonly contact: string | null;
  readonly isChildSafe: boolean | null;
  readonly nextOn: string | null;
}

/** Something one person is asked to do. */
export interface TaskRow extends RowCommon {
  readonly type: 'task';
  readonly title: string | null;
  readonly assignee: MemberNumber | null;
  readonly agency: Agency | null;
  readonly dueOn: string | null;
  readonly dueAtMs: number | null;
  readonly state: string | null;
  readonly isDone: boolean;
}

/** Someone who works here. */
export interface MemberRow extends RowCommon {
  readonly type: 'member';
  readonly member: MemberNumber | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly role: Role | null;
  readonly agency: Agency | null;
  readonly villages: readonly string[];
  readonly schools: readonly string[];
  readonly workPhone: string | null;
  readonly isActive: boolean;
}

/** An edit that the Hub held. */
export interface HeldRow extends RowCommon {
  readonly type: 'held';
  readonly target: string | null;
  readonly member: MemberNumber | null;
  readonly code: string | null;
  readonly outcome: string | null;
}

/** A request to see a compartment of a folder, and what became of it. */
export interface AccessRow extends RowCommon {
  readonly type: 'access';
  readonly compartment: Compartment;
  /** For whom. */
  readonly member: MemberNumber | null;
  readonly basis: string | null;
  readonly reason: string | null;
  readonly paperNumber: string | null;
  readonly paperOn: string | null;
  readonly consents: readonly string[];
  readonly from: string | null;
  readonly until: string | null;
  /** The glass was broken: open at once for a day, and to be reviewed. */
  readonly isEmergency: boolean;
  /** Who approved it as it stands now. */
  readonly approvedBy: readonly MemberNumber[];
  readonly approvalsNeeded: number;
  readonly state: 'waiting' | 'approved' | 'refused' | 'ended';
  readonly reviewedBy: readonly MemberNumber[];
  /** What was said about it, oldest first; an approval of other words than it has now stays here, and counts for nothing. */
  readonly answers: readonly AccessAnswer[];
  /** When it is open, as far as it says itself: consent that does not stand closes it all the same. */
  readonly windows: readonly { readonly fromMs: number; readonly untilMs: number }[];
}

/** What a child or its representative agreed to. */
export interface ConsentRow extends RowCommon {
  readonly type: 'consent';
  readonly by: string | null;
  readonly giverName: string | null;
  readonly agreed: boolean | null;
  readonly purpose: string | null;
  readonly scope: readonly string[];
  readonly disclosedTo: readonly string[];
  readonly on: string | null;
  readonly isWithdrawn: boolean;
}

/** Any row. */
export type Row =
  | IdentityRow
  | EducationRow
  | HealthRow
  | HivRow
  | OffenceRow
  | CarerRow
  | SupportRow
  | HouseholdRow
  | VisitRow
  | CaseRow
  | IntakeRow
  | ContactNoteRow
  | TaskRow
  | MemberRow
  | HeldRow
  | AccessRow
  | ConsentRow;

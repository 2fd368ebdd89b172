/** Seeing what one's own work does not open: who may ask in which compartment, who answers, and how many must agree (POL-18, POL-19). */
import type { Compartment } from './compartment.ts';
import type { DocumentId, MemberNumber } from './ids.ts';
import type { Agency, Role } from './role.ts';

/** A compartment of one folder opened to one person for a time, as the folder's documents make it: consent and the length allowed are in the window. */
export interface Grant {
  /** The request that it comes from. */
  readonly document: DocumentId;
  readonly member: MemberNumber;
  readonly compartment: Compartment;
  /** The agency that consent was given for: it opens nothing to him in another's work. Null where it leans on no consent. Rule DRV-26. */
  readonly agency: Agency | null;
  /** When the Hub first heard that it was asked for, in ms: it is given to the role that the person had then, and ends with it. Rule POL-24. */
  readonly askedAtMs: number;
  readonly fromMs: number;
  /** The first instant at which it is over. */
  readonly untilMs: number;
  /** Opened in an emergency, and nobody else has looked at that yet; it stays in the folder's list when it is over. Rule POL-25. */
  readonly needsReview?: true;
}

/** One thing that somebody said about a request. */
export interface AccessAnswer {
  readonly what: 'approval' | 'refusal' | 'end' | 'review';
  readonly member: MemberNumber;
  /** By the clock of the device that wrote it. */
  readonly atMs: number;
  readonly text: string | null;
  /** Of a review: whether it was an emergency indeed; null elsewhere. */
  readonly isJustified: boolean | null;
}

/** How requests go in one compartment. */
export interface AccessRule {
  readonly compartment: Compartment;
  readonly folder: 'child' | 'case' | 'care';
  /** Roles whose cell of the matrix says `need`: to nobody else anything is opened. */
  readonly askers: readonly Role[];
  /** Roles that approve and refuse. Where their cell asks for a naming, only those who are named. */
  readonly deciders: readonly Role[];
  /** Roles that look over their shoulders: they read requests and review what was opened in an emergency. */
  readonly reviewers: readonly Role[];
  /** How many different people must approve: two where it harms most. */
  readonly approvals: 1 | 2;
  /** Whether a life in danger opens it at once. Never `hiv`, which the law closes; nor `sealed`, whose helpers need no request. */
  readonly hasEmergency: boolean;
  /** Nothing opens it without written consent, whatever the basis. */
  readonly needsConsent: boolean;
}

/** One for each compartment with a `need` in the matrix. Nobody has one in `legal`: a request there could open nothing. */
export const ACCESS_RULES: readonly AccessRule[] = [
  ruleOf('identity', 'child', ['union', 'province'], ['lead'], { hasEmergency: true }),
  ruleOf('education', 'child', ['police'], ['teacher', 'lead'], { hasEmergency: true }),
  // the lead reads no diagnosis, and hears all the same of who breaks the glass
  ruleOf('health', 'child', ['police'], ['nurse'], { hasEmergency: true, reviewers: ['nurse', 'lead'] }),
  ruleOf('hiv', 'child', ['lead', 'chair'], ['nurse'], { approvals: 2, needsConsent: true }),
  ruleOf('protection', 'case', ['province'], ['lead', 'chair'], { hasEmergency: true }),
  ruleOf('sealed', 'case', ['province'], ['lead', 'police', 'chair'], { approvals: 2 }),
  ruleOf('support', 'child', ['province'], ['lead', 'chair']),
  ruleOf('care', 'care', ['province'], ['lead', 'chair']),
];

/** The numbers of the law and of our own, in one place. */
export const GRANT_LIMITS = {
  /** The longest that a grant lasts. */
  days: 90,
  /** How long an emergency opens, from the Hub's first receipt. */
  emergencyMs: 24 * 3_600_000,
  /** Working days in which somebody else must have looked at it. */
  reviewDays: 3,
  /** From this birthday on a child is asked too (Law on Children Art. 6(11), Decree 356/2025). */
  childAskedYears: 7,
} as const;

/** The basis that lives on consent; the other codes of the list `accessBasis` are words. */
export const CONSENT_BASIS = 'consent';

/** Returns the id of the kind of document in which a compartment is asked for. */
export function accessKindOf(compartment: Compartment): string {
  return `access-${compartment}`;
}

/** Returns the rule of a compartment, or null where nothing can be asked for. */
export function accessRuleOf(compartment: Compartment): AccessRule | null {
  return ACCESS_RULES.find((rule) => rule.compartment === compartment) ?? null;
}

/** Returns the rule that a kind of document follows, or null for kinds that are no request. */
export function accessRuleOfKind(kind: string): AccessRule | null {
  return BY_KIND.get(kind) ?? null;
}

const BY_KIND: ReadonlyMap<string, AccessRule> = new Map(
  ACCESS_RULES.map((rule) => [accessKindOf(rule.compartment), rule]),
);

function ruleOf(
  compartment: Compartment,
  folder: AccessRule['folder'],
  askers: readonly Role[],
  deciders: readonly Role[],
  more: Partial<Pick<AccessRule, 'approvals' | 'hasEmergency' | 'needsConsent' | 'reviewers'>> = {},
): AccessRule {
  const usual = { approvals: 1, hasEmergency: false, needsConsent: false, reviewers: deciders } as const;
  return { compartment, folder, askers, deciders, ...usual, ...more };
}

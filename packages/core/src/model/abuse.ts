/** What a report may be about, without sexual abuse and trafficking: those exist only in sealed documents (KIND-5). */
export const OPEN_ABUSE_TYPES = [
  'physical',
  'emotional',
  'neglect',
  'abandonment',
  'labour',
  'earlyMarriage',
  'online',
  'witness',
  'selfHarm',
  'other',
] as const;

/** What a sealed report may be about. `exploitation` = used for prostitution or pornography. */
export const SEALED_ABUSE_TYPES = ['sexual', 'exploitation', 'trafficking', ...OPEN_ABUSE_TYPES] as const;

/** One of SEALED_ABUSE_TYPES. */
export type AbuseType = (typeof SEALED_ABUSE_TYPES)[number];

/** Says whether a report of this must be made in a sealed document. */
export function isSealedAbuse(type: AbuseType): boolean {
  return !(OPEN_ABUSE_TYPES as readonly string[]).includes(type);
}

/** Signs seen with one's own eyes that make a report urgent. */
export const DANGER_SIGNS = [
  'lifeInDanger',
  'injury',
  'offenderHasAccess',
  'offenderThreatens',
  'abandonedInfant',
  'suicideTalk',
  'alone',
  'needsMedicine',
] as const;

/** Levels of risk and of severity, the strictest first. */
export const RISK_LEVELS = ['critical', 'high', 'medium', 'low'] as const;

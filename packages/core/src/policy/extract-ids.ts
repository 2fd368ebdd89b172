/** The extracts of the access matrix: small read-only views that the Hub derives, so that the source never leaves it. */
export const EXTRACT_IDS = [
  'identity-school',
  'education-village',
  'education-health',
  'education-summary',
  'health-village',
  'health-school',
  'health-lead',
  'health-summary',
  'case-open',
  'case-health',
  'legal-status',
  'support-village',
  'support-school',
  'support-health',
  'support-decisions',
  'care-village',
  'care-health',
] as const;

/** One of EXTRACT_IDS. */
export type ExtractId = (typeof EXTRACT_IDS)[number];

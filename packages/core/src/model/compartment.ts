/** The audiences (POL-1): a document belongs to exactly one for its whole life. */
export const COMPARTMENTS = [
  'identity',
  'education',
  'health',
  'hiv',
  'protection',
  'sealed',
  'legal',
  'support',
  'care',
  'watch',
  'office',
  'staff',
  'own',
] as const;

/** One of COMPARTMENTS. `staff` is held by every enrolled device, `own` by its owner alone. */
export type Compartment = (typeof COMPARTMENTS)[number];

/** Lists of codes that the law or the commune may change: shipped with defaults, edited in the directory, never part of a schema. */
export const CATALOGUES = [
  'ethnicity',
  'vaccine',
  'policy',
  'callerType',
  'offenderRelation',
  'abuseEnvironment',
  'disabilityType',
  'accessBasis',
  'group',
  'groupClause',
  'groupLaw',
] as const;

/** One of CATALOGUES. */
export type CatalogueId = (typeof CATALOGUES)[number];

/** One line of a catalogue. */
export interface CatalogueItem {
  /** What documents hold: `[A-Za-z0-9-]`, never reused for something else. */
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

/** A catalogue with where its lines come from. */
export interface Catalogue {
  readonly id: CatalogueId;
  /** The source, in words; `[verify]` where no official text was at hand. */
  readonly source: string;
  readonly items: readonly CatalogueItem[];
}

/** Returns the line of a code, or null for one that the list (no longer) has: show the code itself then. */
export function catalogueItem(catalogue: Catalogue, code: string): CatalogueItem | null {
  return catalogue.items.find((item) => item.code === code) ?? null;
}

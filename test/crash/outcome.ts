/** What came of a group: counts, some of which must be 0. */
export interface Outcome {
  readonly lost: number;
  readonly twice: number;
  readonly damages: number;
  /** Refused or left over once everybody had come back. */
  readonly undelivered: number;
}

/** Says whether nothing was lost, doubled, left over or damaged. */
export function noneOf({ lost, twice, damages, undelivered }: Outcome): boolean {
  return lost + twice + damages + undelivered === 0;
}

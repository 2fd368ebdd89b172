/** One thing to choose. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** Above this many options a native select is easier than open rows (UX-15). */
export const OPEN_ROWS_MAX = 7;

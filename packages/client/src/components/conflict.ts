/** One of the values of an open conflict, with where it came from. */
export interface ConflictValue {
  /** The id of the edit, handed back when it is chosen. */
  readonly id: string;
  /** The value in words; empty when it was cleared. */
  readonly text: string;
  readonly who: string;
  readonly agency: string;
  readonly atMs: number;
  readonly device?: string;
  readonly isMine?: boolean;
}

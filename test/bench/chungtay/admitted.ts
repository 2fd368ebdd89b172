/** What the Hub gives for the seats of a crowd: places counted from the first one ever admitted. */
export interface Admitted {
  readonly villages: readonly string[];
  readonly codes: Readonly<Record<number, string>>;
}

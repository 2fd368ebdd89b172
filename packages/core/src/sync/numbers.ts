/** Official numbers: one series a year and prefix, given by the Hub in the commit that admits the document, so without gaps (ADM-13). */
import { dayOf } from '../policy/calendar.ts';

/** A number just given. */
export interface OfficialNumber {
  /** Key of the counter: prefix and year. */
  readonly series: string;
  readonly last: number;
  /** As printed: `HS 2026/0147`. */
  readonly text: string;
}

/** Returns the next number of the prefix's series in the year that `atMs` falls in locally; `lastOf` says the last one given in a series, 0 for none. */
export function nextNumber(prefix: string, atMs: number, lastOf: (series: string) => number): OfficialNumber {
  const series = `${prefix} ${dayOf(atMs).slice(0, 4)}`;
  const last = lastOf(series) + 1;
  return { series, last, text: `${series}/${String(last).padStart(4, '0')}` };
}

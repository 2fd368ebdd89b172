import type { Standing } from '@chungtay/core/policy/lease';

/** What may be shown without meeting the Hub, and until when by the tablet's clock. */
export interface LeaseView {
  readonly standing: Standing;
  readonly highAtMs: number;
  readonly allAtMs: number;
  /** This person's office holds something of the short lease at all. */
  readonly concernsHigh: boolean;
}

const SHOWN: Readonly<Record<Standing, number>> = { ended: 0, open: 1, whole: 2 };

/** Says whether less may be shown under one standing than under another. */
export function showsLess(one: Standing, other: Standing): boolean {
  return SHOWN[one] < SHOWN[other];
}

import { LEASE } from '@chungtay/core/policy/lease';
import type { LeaseView } from '../../worker/lease-view.ts';

/** What is said of the lease beside the work, and about which instant; null while there is nothing to say. */
export interface LeaseNotice {
  readonly title: 'lease.soon.all' | 'lease.soon.high' | 'lease.open.title';
  readonly text: 'lease.soon.text' | 'lease.open.text';
  readonly atMs: number;
}

/** Returns the notice of now: a day before each end, and while the short lease has ended (P14). */
export function leaseNoticeOf(lease: LeaseView, nowMs: number): LeaseNotice | null {
  const { standing, highAtMs, allAtMs, concernsHigh } = lease;
  const isSoon = (atMs: number): boolean => atMs - nowMs < LEASE.warnMs;
  if (standing !== 'ended' && isSoon(allAtMs))
    return { title: 'lease.soon.all', text: 'lease.soon.text', atMs: allAtMs };
  if (standing === 'open' && concernsHigh)
    return { title: 'lease.open.title', text: 'lease.open.text', atMs: highAtMs };
  if (standing === 'whole' && concernsHigh && isSoon(highAtMs))
    return { title: 'lease.soon.high', text: 'lease.soon.text', atMs: highAtMs };
  return null;
}

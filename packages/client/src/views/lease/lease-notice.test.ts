import { LEASE } from '@chungtay/core/policy/lease';
import { describe, expect, it } from 'vitest';
import type { LeaseView } from '../../worker/lease-view.ts';
import { leaseNoticeOf } from './lease-notice.ts';

const NOW_MS = 1_772_413_200_000;
const HOUR_MS = 3_600_000;
const lease: LeaseView = {
  standing: 'whole',
  highAtMs: NOW_MS + LEASE.highMs,
  allAtMs: NOW_MS + LEASE.allMs,
  concernsHigh: true,
};

describe('what is said of the lease', () => {
  it.each([
    ['nothing while it is long', {}, null],
    ['the short one a day before', { highAtMs: NOW_MS + 23 * HOUR_MS }, 'lease.soon.high'],
    ['not to whom it does not concern', { highAtMs: NOW_MS + 23 * HOUR_MS, concernsHigh: false }, null],
    ['that it is over', { standing: 'open', highAtMs: NOW_MS - HOUR_MS }, 'lease.open.title'],
    ['the long one a day before', { standing: 'open', allAtMs: NOW_MS + 23 * HOUR_MS }, 'lease.soon.all'],
    [
      'nothing beside the screen that says it all',
      { standing: 'ended', allAtMs: NOW_MS - 1, concernsHigh: false },
      null,
    ],
  ] as const)('[LSE-10] %s', (_what, over, title) => {
    expect(leaseNoticeOf({ ...lease, ...over }, NOW_MS)?.title ?? null).toBe(title);
  });
});

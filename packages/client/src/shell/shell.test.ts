import { ROLES } from '@chungtay/core/model/role';
import { describe, expect, it } from 'vitest';
import { chipLookOf, IDLE } from '../stores/sync-summary.ts';
import { tabsOf } from './tabs.ts';

const NOON = Date.parse('2026-10-05T05:00:00Z');

const HOUR = 3_600_000;

describe('chipLookOf', () => {
  it.each([
    ['nothing to send', {}, 'ok', 'sync.allSentNow'],
    ['sent', { lastSentAtMs: NOON }, 'ok', 'sync.allSent'],
    ['waiting', { waiting: 12 }, 'info', 'sync.waiting'],
    ['first download', { progress: { done: 1, total: 3 } }, 'info', 'sync.loading'],
    ['[UX-4] offline is calm', { online: false }, 'neutral', 'sync.offline'],
    ['[UX-4] offline with work is calm', { online: false, waiting: 3 }, 'neutral', 'sync.offlineWaiting'],
    ['[UX-3] a refusal is worse than waiting', { quarantined: 1, waiting: 5 }, 'warn', 'sync.quarantine'],
    ['[UX-4] full storage is red', { storage: 'full', quarantined: 1 }, 'danger', 'sync.trouble.storage'],
    ['[UX-4] failing storage is red', { storage: 'trouble', online: false }, 'danger', 'sync.trouble.notSaving'],
    ['a clock five minutes off is borne', { skewMs: -5 * 60_000 }, 'ok', 'sync.allSentNow'],
    ['[UX-4] a clock further off is red', { skewMs: -5 * 60_000 - 1 }, 'danger', 'sync.trouble.clock'],
    ['72 hours unsent is borne', { waiting: 1, oldestWaitingAtMs: NOON - 72 * HOUR }, 'info', 'sync.waiting'],
    [
      '[UX-4] longer unsent is red',
      { waiting: 1, oldestWaitingAtMs: NOON - 73 * HOUR },
      'danger',
      'sync.trouble.unsent',
    ],
  ] as const)('%s', (_, change, tone, key) => {
    const look = chipLookOf({ ...IDLE, ...change }, NOON);
    expect(look.tone).toBe(tone);
    expect(look.words.key).toBe(key);
  });

  it('counts what was refused, not what waits', () => {
    expect(chipLookOf({ ...IDLE, quarantined: 2, waiting: 5 }, NOON).words.n).toBe(2);
  });
});

describe('tabsOf', () => {
  it.each(ROLES)('%s has somewhere to go, and never the same place twice', (role) => {
    const routes = tabsOf(role, () => true).map((tab) => tab.route);
    expect(routes.length).toBeGreaterThan(1);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('shows no tab that leads nowhere', () => {
    expect(tabsOf('lead', (name) => name === 'register').map((tab) => tab.route)).toEqual(['register']);
    expect(tabsOf('administrator', (name) => name === 'today').map((tab) => tab.route)).toEqual(['today']);
  });
});

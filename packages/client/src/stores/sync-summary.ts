import type { MessageKey } from '../i18n/vi.ts';
import type { SyncSummary } from '../worker/engine-views.ts';

/** How far a device's clock may be off before it is said, in ms. */
export const CLOCK_OFF_MS = 5 * 60_000;
const UNSENT_TOO_LONG_MS = 72 * 3_600_000;

/** The engine's summary; since when the oldest unsent edit waits, where the engine says so. */
export type SyncState = SyncSummary & { readonly oldestWaitingAtMs?: number | null };

/** Nothing to send, nothing known. */
export const IDLE: SyncState = {
  state: 'sent',
  waiting: 0,
  quarantined: 0,
  decided: 0,
  online: true,
  lastSentAtMs: null,
  lastReceivedAtMs: null,
  hasCaughtUp: false,
  skewMs: null,
  progress: null,
  storage: 'ok',
  lease: {
    standing: 'whole',
    highAtMs: Number.MAX_SAFE_INTEGER,
    allAtMs: Number.MAX_SAFE_INTEGER,
    concernsHigh: false,
  },
};

/** What the chip shows: the worst state, with its count (UX-3). */
export interface SyncChipLook {
  readonly tone: 'ok' | 'info' | 'neutral' | 'warn' | 'danger';
  readonly icon: 'sent' | 'sending' | 'loading' | 'offline' | 'attention';
  readonly words: { readonly key: MessageKey; readonly n?: number; readonly atMs?: number };
}

/** Returns how the chip looks. Red only when something will be lost; offline is grey and calm (UX-4). */
export function chipLookOf(summary: SyncState, nowMs: number): SyncChipLook {
  const n = summary.waiting;
  const trouble = troubleOf(summary, nowMs);
  if (trouble) return { tone: 'danger', icon: 'attention', words: { key: trouble, n } };
  if (summary.quarantined > 0)
    return { tone: 'warn', icon: 'attention', words: { key: 'sync.quarantine', n: summary.quarantined } };
  if (!summary.online)
    return {
      tone: 'neutral',
      icon: 'offline',
      words: n > 0 ? { key: 'sync.offlineWaiting', n } : { key: 'sync.offline' },
    };
  if (n > 0) return { tone: 'info', icon: 'sending', words: { key: 'sync.waiting', n } };
  if (summary.progress)
    return { tone: 'info', icon: 'loading', words: { key: 'sync.loading', n: percentOf(summary.progress) } };
  const atMs = summary.lastSentAtMs;
  return {
    tone: 'ok',
    icon: 'sent',
    words: atMs === null ? { key: 'sync.allSentNow' } : { key: 'sync.allSent', atMs },
  };
}

function troubleOf(summary: SyncState, nowMs: number): MessageKey | null {
  if (summary.storage === 'trouble') return 'sync.trouble.notSaving';
  if (summary.storage === 'full') return 'sync.trouble.storage';
  if (Math.abs(summary.skewMs ?? 0) > CLOCK_OFF_MS) return 'sync.trouble.clock';
  if (nowMs - (summary.oldestWaitingAtMs ?? nowMs) > UNSENT_TOO_LONG_MS) return 'sync.trouble.unsent';
  return summary.state === 'trouble' ? 'sync.trouble.other' : null;
}

function percentOf({ done, total }: { readonly done: number; readonly total: number }): number {
  return total === 0 ? 100 : Math.floor((done / total) * 100);
}

import type { I18n } from '../../i18n/use-i18n.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Returns until when something is open: in hours and minutes when it ends within two days, else its last day. */
export function timeLeft(endsAtMs: number, nowMs: number, i18n: Pick<I18n, 't' | 'formats'>): string {
  const leftMs = Math.max(0, endsAtMs - nowMs);
  // a window that is open by days ends with the last of them
  if (leftMs > 2 * DAY_MS)
    return i18n.t('access.until.day', { date: i18n.formats.dateTime(endsAtMs - 1).slice(0, 10) });
  const hours = Math.floor(leftMs / HOUR_MS);
  const minutes = Math.ceil((leftMs - hours * HOUR_MS) / MINUTE_MS);
  if (hours === 0) return i18n.t('access.left.minutes', { n: minutes });
  return i18n.t('access.left.hours', { hours, minutes: Math.min(59, minutes) });
}

import { formatBytes, formatMoney, formatNumber, formatShare } from './numbers.ts';
import { type Age, ageOn, type PartialDate, partsOfDate } from './partial-date.ts';
import type { Language, Translate } from './translate.ts';
import { dayOf, two, zonedParts } from './zone.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Everything that turns a value into words of one language. Instants are ms since 1970, dates are ISO text. */
export interface Formats {
  /** `1.234.567,89`. */
  number(value: number): string;
  /** `86,1%` for 0.861. */
  share(value: number): string;
  /** `1.500.000 ₫`. */
  money(dong: number): string;
  /** `2,1 MB`. */
  bytes(value: number): string;
  /** `05/10/2026`, `10/2026` or `2026`; the text itself when it is no date. */
  date(on: string): string;
  /** As `date`, with `khoảng` before it when it is a guess. */
  partialDate(date: PartialDate): string;
  /** `ngày 05 tháng 10 năm 2026`, as legal forms want it. */
  longDate(on: string): string;
  /** `14:05`. */
  time(atMs: number): string;
  /** `05/10/2026 14:05`. */
  dateTime(atMs: number): string;
  /** `T2 05/10`. */
  weekday(atMs: number): string;
  /** `vừa xong`, `10 phút trước`, `hôm qua 14:05`, then the date. */
  relative(atMs: number, nowMs: number): string;
  /** `9 tuổi`, `khoảng 18 tháng tuổi`; empty when the birth date says nothing. */
  age(birth: PartialDate, todayOn: string): string;
}

/** Returns the formats of one language. */
export function formatsOf(t: Translate, language: Language): Formats {
  const date = (on: string) => dateText(on);
  return {
    number: (value) => formatNumber(value, language),
    share: (value) => formatShare(value, language),
    money: (dong) => formatMoney(dong, language),
    bytes: (value) => formatBytes(value, language),
    date,
    partialDate: ({ date: on, estimated }) => (estimated ? t('time.about', { date: date(on) }) : date(on)),
    longDate: (on) => longDateText(on, t),
    time: timeText,
    dateTime: (atMs) => `${date(dayOf(atMs))} ${timeText(atMs)}`,
    weekday: (atMs) => weekdayText(atMs, t),
    relative: (atMs, nowMs) => relativeText(atMs, nowMs, t),
    age: (birth, todayOn) => ageText(ageOn(birth, todayOn), t),
  };
}

function dateText(on: string): string {
  const parts = partsOfDate(on);
  if (!parts) return on;
  return (
    [parts.day, parts.month]
      .filter((part) => part !== null)
      .map((part) => `${two(part)}/`)
      .join('') + parts.year
  );
}

function longDateText(on: string, t: Translate): string {
  const parts = partsOfDate(on);
  if (!parts) return on;
  const year = String(parts.year);
  if (parts.month === null) return t('time.longYear', { year });
  // Legal forms write a leading zero for days below 10 and for January and February only; two digits are always accepted.
  const month = two(parts.month);
  return parts.day === null
    ? t('time.longMonth', { month, year })
    : t('time.long', { day: two(parts.day), month, year });
}

function timeText(atMs: number): string {
  const { hour, minute } = zonedParts(atMs);
  return `${two(hour)}:${two(minute)}`;
}

function weekdayText(atMs: number, t: Translate): string {
  const { weekday, day, month } = zonedParts(atMs);
  const name = t(`time.weekday.${weekday as 0 | 1 | 2 | 3 | 4 | 5 | 6}`);
  return `${name} ${two(day)}/${two(month)}`;
}

function relativeText(atMs: number, nowMs: number, t: Translate): string {
  const pastMs = nowMs - atMs;
  // A clock that is a little ahead must not say "in 2 minutes" about something already done.
  if (pastMs < MINUTE_MS)
    return pastMs > -5 * MINUTE_MS ? t('time.justNow') : `${dateText(dayOf(atMs))} ${timeText(atMs)}`;
  if (pastMs < HOUR_MS) return t('time.minutesAgo', { n: Math.floor(pastMs / MINUTE_MS) });
  const days = daysApart(atMs, nowMs);
  if (days === 0) return t('time.hoursAgo', { n: Math.floor(pastMs / HOUR_MS) });
  if (days === 1) return t('time.yesterday', { time: timeText(atMs) });
  return days <= 6 ? t('time.daysAgo', { n: days }) : dateText(dayOf(atMs));
}

function daysApart(atMs: number, nowMs: number): number {
  return Math.round((Date.parse(dayOf(nowMs)) - Date.parse(dayOf(atMs))) / DAY_MS);
}

function ageText(age: Age | null, t: Translate): string {
  if (!age) return '';
  const text = t(`age.${age.unit}`, { n: age.n });
  return age.isAbout ? t('age.about', { age: text }) : text;
}

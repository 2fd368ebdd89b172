/** Which doses of the programme are open, and which of them are due. Rule DRV-9. */
import type { Json } from '../base/any.ts';
import { VACCINE_LIST_UNTIL_MONTHS, VACCINE_SCHEDULE } from '../model/vaccine-schedule.ts';

/** Returns the doses that are neither given nor ruled out, whatever the age. */
export function vaccinesMissing(rows: readonly ({ readonly [key: string]: Json } | null)[]): readonly string[] {
  const settled = new Set(
    rows
      .filter((row) => typeof row?.['on'] === 'string' || row?.['contraindicated'] === true)
      .map((row) => row?.['vaccine']),
  );
  return VACCINE_SCHEDULE.map((dose) => dose.code).filter((code) => !settled.has(code));
}

/**
 * Returns which of the missing doses are due on `today` (`YYYY-MM-DD`) for a child born on `birth`; none without a month of birth, and none
 * past the age of the programme. Of a month alone, the latest day counts: a dose is never called due too early.
 */
export function vaccinesDue(birth: string | null, missing: readonly string[], today: string): readonly string[] {
  const months = birth === null ? null : completedMonths(birth, today);
  if (months === null || months >= VACCINE_LIST_UNTIL_MONTHS) return [];
  return VACCINE_SCHEDULE.filter((dose) => dose.fromMonths <= months && missing.includes(dose.code)).map(
    (dose) => dose.code,
  );
}

function completedMonths(birth: string, today: string): number | null {
  const [year, month, day] = birth.split('-').map(Number);
  const [nowYear, nowMonth, nowDay] = today.split('-').map(Number);
  if (!year || !month || !nowYear || !nowMonth || !nowDay) return null;
  const months = (nowYear - year) * 12 + nowMonth - month;
  return nowDay < (day ?? 31) ? months - 1 : months;
}

import type { Json } from '@chungtay/core/base/any';
import { vaccinesDue } from '@chungtay/core/derive/vaccines';
import { VACCINE_SCHEDULE } from '@chungtay/core/model/vaccine-schedule';
import { recordOf } from '../../composables/use-field.ts';

/** One dose of the programme for one child. */
export interface VaccineLine {
  readonly code: string;
  readonly fromMonths: number;
  readonly state: 'given' | 'ruledOut' | 'due' | 'later' | 'missing';
  /** Day it was given, where written. */
  readonly on: string | null;
}

/** Returns every dose of the schedule with where the child stands on `todayOn`. `rows` = the vaccine rows, by code. */
export function vaccineLines(
  rows: Readonly<Record<string, { readonly value: Json }>>,
  birth: string | null,
  todayOn: string,
): readonly VaccineLine[] {
  const written = new Map(Object.values(rows).map(({ value }) => [recordOf(value)['vaccine'], recordOf(value)]));
  const due = vaccinesDue(
    birth,
    VACCINE_SCHEDULE.map(({ code }) => code),
    todayOn,
  );
  return VACCINE_SCHEDULE.map(({ code, fromMonths }) => {
    const row = written.get(code);
    const on = typeof row?.['on'] === 'string' ? row['on'] : null;
    return { code, fromMonths, on, state: stateOf(row, on, due.includes(code), birth, fromMonths, todayOn) };
  });
}

function stateOf(
  row: Readonly<Record<string, Json>> | undefined,
  on: string | null,
  isDue: boolean,
  birth: string | null,
  fromMonths: number,
  todayOn: string,
): VaccineLine['state'] {
  if (row?.['contraindicated'] === true) return 'ruledOut';
  if (on !== null) return 'given';
  if (isDue) return 'due';
  return birth !== null && monthsBetween(birth, todayOn) < fromMonths ? 'later' : 'missing';
}

function monthsBetween(birth: string, todayOn: string): number {
  const [year = 0, month = 1] = birth.split('-').map(Number);
  const [nowYear = 0, nowMonth = 1] = todayOn.split('-').map(Number);
  return (nowYear - year) * 12 + nowMonth - month;
}

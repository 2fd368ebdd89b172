import type { ChildLevel, ChildRow } from '@chungtay/core/derive/child-row';
import type { I18n } from '../../i18n/use-i18n.ts';

/** How a level looks: a tone beside its word. */
export const LEVEL_TONES: Readonly<Record<ChildLevel, 'neutral' | 'warn' | 'danger' | 'info'>> = {
  none: 'neutral',
  watch: 'warn',
  special: 'danger',
  intervention: 'danger',
  closed: 'neutral',
};

/** Returns `Nam · 9 tuổi`: what is known of sex and age, in words. */
export function sexAndAge(
  row: Pick<ChildRow, 'sex' | 'birth' | 'isBirthEstimated'>,
  { t, formats }: Pick<I18n, 't' | 'formats'>,
  todayOn: string,
): string {
  const sex = row.sex === null ? '' : t(`sex.${row.sex}`);
  const age = row.birth === null ? '' : formats.age({ date: row.birth, estimated: row.isBirthEstimated }, todayOn);
  return [sex, age].filter((part) => part !== '').join(' · ');
}

/** Returns the birth date as known, `khoảng` before a guess; empty when nothing is. */
export function birthWords(
  row: Pick<ChildRow, 'birth' | 'isBirthEstimated'>,
  { formats }: Pick<I18n, 'formats'>,
): string {
  return row.birth === null ? '' : formats.partialDate({ date: row.birth, estimated: row.isBirthEstimated });
}

import { type HoldCode, HOLDS } from '@chungtay/core/wire/refusal';
import type { Translate } from '../../i18n/translate.ts';
import type { QuarantineItem } from '../../worker/engine-views.ts';

/** Returns why the Hub did not take an edit, and what to do. Every code has its sentence: the types see to it. */
export function reasonOf(code: QuarantineItem['code'], t: Translate): string {
  return isHold(code) ? t(`hold.${code}`) : t(`refusal.${code}`);
}

function isHold(code: QuarantineItem['code']): code is HoldCode {
  return HOLDS.some((each) => each === code);
}

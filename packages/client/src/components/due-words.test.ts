import { describe, expect, it } from 'vitest';
import { formatsOf } from '../i18n/formats.ts';
import { translateWith } from '../i18n/translate.ts';
import { vi } from '../i18n/vi.ts';
import { dueLookOf } from './due-words.ts';

const t = translateWith(vi, 'vi');
const formats = formatsOf(t, 'vi');
/** Monday 5 October 2026, 14:05 in Hà Nội. */
const NOW = Date.parse('2026-10-05T07:05:00Z');
const at = (iso: string) => Date.parse(`${iso}:00+07:00`);

describe('[UX-24] dueLookOf', () => {
  it.each([
    ['2026-10-08T17:00', 3, '17:00 T5 08/10 · còn 3 ngày làm việc', 'neutral'],
    ['2026-10-06T17:00', 1, '17:00 T3 06/10 · còn 1 ngày làm việc', 'warn'],
    ['2026-10-05T17:00', 0, '17:00 T2 05/10 · hạn trong hôm nay', 'warn'],
    ['2026-10-05T12:00', 0, '12:00 T2 05/10 · quá hạn 2 giờ', 'danger'],
    ['2026-10-02T17:00', -1, '17:00 T6 02/10 · quá hạn 1 ngày làm việc', 'danger'],
    ['2026-10-05T17:05', null, '17:05 T2 05/10 · còn 3 giờ', 'warn'],
    ['2026-10-06T02:05', null, '02:05 T3 06/10 · còn 12 giờ', 'neutral'],
    ['2026-10-05T14:35', null, '14:35 T2 05/10 · còn 30 phút', 'warn'],
    ['2026-10-05T12:05', null, '12:05 T2 05/10 · quá hạn 2 giờ', 'danger'],
    ['2026-10-05T14:04', null, '14:04 T2 05/10 · quá hạn 1 phút', 'danger'],
    ['2026-10-02T14:05', null, '14:05 T6 02/10 · quá hạn 3 ngày', 'danger'],
    ['2026-10-11T14:05', null, '14:05 CN 11/10 · còn 6 ngày', 'neutral'],
  ] as const)('due %s, %s working days left: %s', (dueAt, workdaysLeft, words, tone) => {
    expect(dueLookOf({ dueAtMs: at(dueAt), workdaysLeft }, NOW, t, formats)).toEqual({ words, tone });
  });
});

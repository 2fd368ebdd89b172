/**
 * Doses of the national immunisation programme and when each falls due. Source: the schedule of the expanded programme (Circular 10/2024/TT-BYT)
 * as remembered [verify]; the directory's catalogue `vaccine` may add or rename doses, the ages stay with the code.
 */
export const VACCINE_SCHEDULE: readonly {
  readonly code: string;
  readonly fromMonths: number;
  readonly vi: string;
  readonly en: string;
}[] = [
  { code: 'HepB-0', fromMonths: 0, vi: 'Viêm gan B sơ sinh', en: 'Hepatitis B at birth' },
  { code: 'BCG', fromMonths: 0, vi: 'Lao (BCG)', en: 'Tuberculosis (BCG)' },
  { code: 'DPT-1', fromMonths: 2, vi: '5 trong 1, mũi 1', en: 'Pentavalent, dose 1' },
  { code: 'OPV-1', fromMonths: 2, vi: 'Bại liệt uống, lần 1', en: 'Oral polio, dose 1' },
  { code: 'Rota-1', fromMonths: 2, vi: 'Rota, lần 1', en: 'Rotavirus, dose 1' },
  { code: 'DPT-2', fromMonths: 3, vi: '5 trong 1, mũi 2', en: 'Pentavalent, dose 2' },
  { code: 'OPV-2', fromMonths: 3, vi: 'Bại liệt uống, lần 2', en: 'Oral polio, dose 2' },
  { code: 'Rota-2', fromMonths: 3, vi: 'Rota, lần 2', en: 'Rotavirus, dose 2' },
  { code: 'DPT-3', fromMonths: 4, vi: '5 trong 1, mũi 3', en: 'Pentavalent, dose 3' },
  { code: 'OPV-3', fromMonths: 4, vi: 'Bại liệt uống, lần 3', en: 'Oral polio, dose 3' },
  { code: 'IPV-1', fromMonths: 5, vi: 'Bại liệt tiêm, mũi 1', en: 'Injected polio, dose 1' },
  { code: 'IPV-2', fromMonths: 9, vi: 'Bại liệt tiêm, mũi 2', en: 'Injected polio, dose 2' },
  { code: 'Measles-1', fromMonths: 9, vi: 'Sởi', en: 'Measles' },
  { code: 'JE-1', fromMonths: 12, vi: 'Viêm não Nhật Bản, mũi 1', en: 'Japanese encephalitis, dose 1' },
  { code: 'JE-2', fromMonths: 13, vi: 'Viêm não Nhật Bản, mũi 2', en: 'Japanese encephalitis, dose 2' },
  {
    code: 'DPT-4',
    fromMonths: 18,
    vi: 'Bạch hầu, ho gà, uốn ván, mũi 4',
    en: 'Diphtheria, pertussis, tetanus, dose 4',
  },
  { code: 'MR', fromMonths: 18, vi: 'Sởi và rubella', en: 'Measles and rubella' },
  { code: 'JE-3', fromMonths: 24, vi: 'Viêm não Nhật Bản, mũi 3', en: 'Japanese encephalitis, dose 3' },
];

/** Up to which age the programme counts: older children are no longer listed as due. */
export const VACCINE_LIST_UNTIL_MONTHS = 60;

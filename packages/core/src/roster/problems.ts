/** info: repaired or read with care. warning: somebody should look. error: the row stays listed and does not go in. */
export type Severity = 'info' | 'warning' | 'error';

/** Every kind of trouble a row can have and how grave it is unless said otherwise [IMP-5]. */
export const PROBLEM_SEVERITY = {
  noName: 'error',
  noBirth: 'error',
  badDate: 'error',
  impossibleDate: 'error',
  future: 'error',
  over16: 'error',
  idShort: 'error',
  idLong: 'error',
  idBadChars: 'error',
  idScientific: 'error',
  turned16: 'warning',
  yearOnly: 'warning',
  monthOnly: 'warning',
  monthFirst: 'warning',
  dayMonthDoubt: 'warning',
  ageDoubt: 'warning',
  twoDigitYear: 'warning',
  birthTwice: 'warning',
  idLetterO: 'warning',
  idWrongSex: 'warning',
  idYearMismatch: 'warning',
  idUnknownProvince: 'warning',
  noId: 'warning',
  noSex: 'warning',
  unknownSex: 'warning',
  sexBothMarked: 'warning',
  nameOdd: 'warning',
  nameAside: 'warning',
  legacyFont: 'warning',
  noVillage: 'warning',
  unknownVillage: 'warning',
  formula: 'warning',
  html: 'warning',
  long: 'warning',
  cellError: 'warning',
  textDate: 'info',
  serialDate: 'info',
  idAsNumber: 'info',
  sexWord: 'info',
  sexFromId: 'info',
  nfd: 'info',
  spaces: 'info',
  upper: 'info',
  lower: 'info',
  oneWord: 'info',
  nameTitle: 'info',
  villageTypo: 'info',
  villageOldName: 'info',
  villageCarried: 'info',
} as const satisfies Readonly<Record<string, Severity>>;

/** The code of one kind of trouble. */
export type ProblemCode = keyof typeof PROBLEM_SEVERITY;

/** One trouble of one row; `params` fill the sentence of `messages.ts`. */
export interface RowProblem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly params: Readonly<Record<string, string>>;
}

/** Returns a problem with the severity of its kind, or the one given. */
export function problem(
  code: ProblemCode,
  params: Readonly<Record<string, string>> = {},
  severity: Severity = PROBLEM_SEVERITY[code],
): RowProblem {
  return { code, severity, params };
}

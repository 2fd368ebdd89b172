import { fold } from '../model/names.ts';
import type { Sex } from '../model/person.ts';
import { checkPersonalId, parsePersonalId, personalIdFacts } from '../model/personal-id.ts';
import type { PersonalId, PersonalIdDoubt } from '../model/personal-id.ts';
import { problem } from './problems.ts';
import type { ProblemCode, RowProblem } from './problems.ts';
import type { Cell } from './sheet.ts';

/** A personal number as read: null when there is none that can be kept. */
export interface IdReading {
  readonly personalId: PersonalId | null;
  readonly problems: readonly RowProblem[];
}

/** What the row says elsewhere, against which the digits are held. */
export interface Papers {
  readonly sex: Sex | null;
  readonly birthYear: number | null;
}

const NONE = /^(?:chua|khong|ko|k|x|0|null|na|moi sinh|dang lam)\b|^[-–.?/\s]*$/u;
const DOUBTS: Readonly<Record<PersonalIdDoubt, ProblemCode>> = {
  unknownProvince: 'idUnknownProvince',
  wrongSex: 'idWrongSex',
  yearMismatch: 'idYearMismatch',
};

/**
 * Returns the twelve digits as text. Leading zeros that a number cell lost come back where the result fits the row, letters
 * typed for digits are read as digits; every repair is said, and a wrong length is an error: no number is made up [IMP-8].
 */
export function readPersonalId(cell: Cell | undefined, papers: Papers): IdReading {
  const text = (cell?.text ?? '').replace(/\.0$/u, '').trim();
  const isNone = NONE.test(fold(text)) && !/^0\d/u.test(text);
  // words without a digit, and one digit twelve times over, say that there is none
  if (isNone || !/\d/u.test(text.normalize('NFKC')) || /^(\d)\1{8,}$/u.test(text))
    return { personalId: null, problems: [problem('noId')] };
  const problems: RowProblem[] = [];
  const isNumber = cell?.kind === 'number';
  let parsed = parsePersonalId(text);
  if (!parsed.ok && parsed.error === 'badChars') {
    parsed = parsePersonalId(text.replace(/[oO]/gu, '0').replace(/[lI|]/gu, '1'));
    if (parsed.ok) problems.push(problem('idLetterO'));
  } else if (!parsed.ok && parsed.error === 'short') {
    const restored = restoreZeros(text, isNumber, papers);
    if (restored) parsed = { ok: true, value: restored };
  }
  if (!parsed.ok) return { personalId: null, problems: [problem(faultCode(parsed.error, text))] };
  if (isNumber || (parsed.value !== text && parsed.value.endsWith(text))) problems.push(problem('idAsNumber'));
  const doubts = checkPersonalId(parsed.value, papers).map((doubt) =>
    problem(DOUBTS[doubt], doubtParams(parsed.value, doubt)),
  );
  return { personalId: parsed.value, problems: [...problems, ...doubts] };
}

function faultCode(fault: 'empty' | 'badChars' | 'short' | 'long', text: string): ProblemCode {
  if (fault === 'empty') return 'noId';
  if (/^\d[.,]?\d*e\+?\d{1,2}$/iu.test(text)) return 'idScientific';
  if (fault === 'badChars')
    return text.replace(/\D/gu, '').length < 12 && /^[\doO\s.-]+$/u.test(text) ? 'idShort' : 'idBadChars';
  return fault === 'short' ? 'idShort' : 'idLong';
}

/** One lost zero needs a known province; two, or one missing in a text, need the year and the sex to agree as well. */
function restoreZeros(text: string, isNumber: boolean, papers: Papers): PersonalId | null {
  const digits = text.replace(/\D/gu, '');
  if (digits.startsWith('0') || digits.length < 10) return null;
  const restored = parsePersonalId(digits.padStart(12, '0'));
  if (!restored.ok) return null;
  const facts = personalIdFacts(restored.value);
  const doubts = checkPersonalId(restored.value, papers);
  const fits = facts.provinceName !== null && facts.sex !== null;
  const fitsFully = fits && doubts.length === 0 && papers.birthYear !== null;
  const needsAll = !isNumber || digits.length < 11;
  return (needsAll ? fitsFully : fits && !doubts.includes('yearMismatch')) ? restored.value : null;
}

/** Says what the digits claim, never the digits themselves. */
function doubtParams(id: PersonalId, doubt: PersonalIdDoubt): Record<string, string> {
  if (doubt === 'unknownProvince') return { code: id.slice(0, 3) };
  const { birthYear } = personalIdFacts(id);
  return doubt === 'yearMismatch' ? { year: birthYear === null ? '?' : String(birthYear) } : {};
}

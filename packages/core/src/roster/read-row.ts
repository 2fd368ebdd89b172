import type { Birth } from '../model/dates.ts';
import { tidyText } from '../model/names.ts';
import type { Sex } from '../model/person.ts';
import { personalIdFacts } from '../model/personal-id.ts';
import { judgeBirth, judgeStyle } from './judge-birth.ts';
import { problem } from './problems.ts';
import type { RowProblem } from './problems.ts';
import { readBirthCell, readBirthParts } from './read-birth.ts';
import type { BirthReading, BirthStyle } from './read-birth.ts';
import { readPersonalId } from './read-id.ts';
import type { IdReading } from './read-id.ts';
import { MAX_NAME_CHARS, readName, readOtherName, readParents } from './read-name.ts';
import { isMark, readSexMarks, readSexWord } from './read-sex.ts';
import type { SexReading } from './read-sex.ts';
import type { RowCells } from './row-cells.ts';
import type { RosterChild } from './row.ts';
import type { VillageReading } from './villages.ts';

/** What the whole column says about one cell of it. */
export interface ColumnFacts {
  readonly prevailing: BirthStyle | null;
  readonly isSwapped: boolean;
  readonly onDate: string;
}

/** A row as read: `child` is null when the name or the birth is missing. */
export interface RowReading {
  readonly child: RosterChild | null;
  readonly problems: readonly RowProblem[];
}

/** Returns the birth of a row, from one cell, three cells, or the column of its sex; else the year its age implies. */
export function readRowBirth(cells: RowCells, onDate: string): BirthReading {
  if (cells.hasColumn('birthYear') || cells.hasColumn('birthDay')) {
    const parts = readBirthParts(
      cells.raw('birthDay'),
      cells.raw('birthMonth'),
      cells.raw('birthYear') || cells.raw('birth'),
      onDate,
    );
    return parts;
  }
  if (cells.hasColumn('birth')) return withAge(readBirthCell(cells.cell('birth'), onDate), cells, onDate);
  const bySex = (['male', 'female'] as const)
    .map((field) => cells.cell(field))
    .filter((cell) => /\d{2}/u.test(cell?.text ?? ''));
  const reading = withAge(readBirthCell(bySex[0], onDate), cells, onDate);
  return bySex.length > 1 ? { ...reading, problems: [...reading.problems, problem('birthTwice')] } : reading;
}

function withAge(reading: BirthReading, cells: RowCells, onDate: string): BirthReading {
  const age = /^\d{1,2}(?= |$)/u.exec(cells.text('age') ?? '')?.[0];
  if (reading.birth || reading.problems[0]?.code !== 'noBirth' || age === undefined) return reading;
  const year = String(Number(onDate.slice(0, 4)) - Number(age));
  return { birth: { date: year, estimated: true }, style: 'other', problems: [problem('yearOnly', { year })] };
}

/** Returns one row read and judged. The village comes from outside, since it may stand in a row above. */
export function readRow(cells: RowCells, birth: BirthReading, village: VillageReading, facts: ColumnFacts): RowReading {
  const name = readName([cells.raw('familyName'), cells.raw('name'), cells.raw('givenName')].filter(Boolean).join(' '));
  const said = readSex(cells);
  const id = readId(cells, said.sex, birth.birth);
  const sex = settleSex(said, id, cells);
  const parents = readAllParents(cells);
  const problems = [
    ...name.problems,
    ...birthProblems(birth, id, facts),
    ...sex.problems,
    ...id.problems,
    ...village.problems,
    ...cells.problems(),
  ];
  if (name.name === null || !birth.birth) return { child: null, problems };
  const child: RosterChild = {
    name: name.name,
    birth: birth.birth,
    sex: sex.sex,
    ethnicity: cells.text('ethnicity'),
    ...parents.named,
    householdHead: cells.text('head'),
    villageId: village.villageId,
    proposedVillage: village.proposed,
    address: cells.text('address'),
    personalId: id.personalId,
    schooling: joined([cells.text('school'), cells.text('class')], ', '),
    circumstances: readCircumstances(cells),
    phone: readPhone(cells),
    notes: joined(
      [cells.raw('notes').trim(), name.aside ?? null, wordsOfId(cells), ...parents.surplus, ...cells.surplus()],
      '\n',
    ),
  };
  return { child, problems };
}

/** A mark in a column of one circumstance means that circumstance. */
function readCircumstances(cells: RowCells): string | null {
  if (!isMark(cells.raw('circumstances'))) return cells.text('circumstances');
  return tidyText(cells.header('circumstances').split(' / ').at(-1) ?? '') || null;
}

/** Words in place of a number say something that is kept: `đang làm lại`. */
function wordsOfId(cells: RowCells): string | null {
  const text = cells.text('personalId');
  return text !== null && /\p{L}{2}/u.test(text) && !/\d/u.test(text) ? `Số định danh: ${text}` : null;
}

function joined(parts: readonly (string | null)[], separator: string): string | null {
  return parts.filter(Boolean).join(separator) || null;
}

function readSex(cells: RowCells): SexReading {
  if (cells.hasColumn('sex')) return readSexWord(cells.raw('sex'));
  if (!cells.hasColumn('female') && !cells.hasColumn('male')) return { sex: null, problems: [] };
  if (!cells.hasColumn('female')) {
    const isMarked = cells.raw('male').trim() !== '';
    return { sex: isMarked ? 'male' : 'female', problems: [] };
  }
  return readSexMarks(cells.raw('male'), cells.raw('female'), cells.hasColumn('male'));
}

function readId(cells: RowCells, sex: Sex | null, birth: Birth | null): IdReading {
  if (!cells.hasColumn('personalId')) return { personalId: null, problems: [] };
  return readPersonalId(cells.cell('personalId'), { sex, birthYear: birth ? Number(birth.date.slice(0, 4)) : null });
}

/** A sex that the row does not say comes from the personal number, where there is one, and that is said. */
function settleSex(said: SexReading, id: IdReading, cells: RowCells): SexReading {
  if (said.sex !== null) return said;
  const fromId = id.personalId === null ? null : personalIdFacts(id.personalId).sex;
  if (fromId !== null) return { sex: fromId, problems: [...said.problems, problem('sexFromId')] };
  const hasColumn = cells.hasColumn('sex') || cells.hasColumn('female');
  return said.problems.length > 0 || !hasColumn ? said : { sex: null, problems: [problem('noSex')] };
}

function birthProblems(birth: BirthReading, id: IdReading, facts: ColumnFacts): RowProblem[] {
  if (!birth.birth) return [...birth.problems];
  const idYear = id.personalId === null ? null : personalIdFacts(id.personalId).birthYear;
  const isConfirmed = idYear === Number(birth.birth.date.slice(0, 4));
  const own = birth.problems.map((one) =>
    one.code === 'twoDigitYear' && isConfirmed ? { ...one, severity: 'info' as const } : one,
  );
  const isDoubted =
    facts.isSwapped && birth.style === 'date' && birth.birth.date.slice(5, 7) !== birth.birth.date.slice(8);
  const doubt = isDoubted
    ? [problem('dayMonthDoubt', { date: birth.birth.date.split('-').toReversed().join('/') })]
    : [];
  return [...own, ...judgeBirth(birth.birth.date, facts.onDate), ...judgeStyle(birth, facts.prevailing), ...doubt];
}

type ParentNames = Pick<RosterChild, 'fatherName' | 'motherName' | 'guardianName'>;

/** A name too long to be one goes into the notes whole. */
function readAllParents(cells: RowCells): { named: ParentNames; surplus: string[] } {
  const both = readParents(cells.raw('parents'));
  const surplus: string[] = [];
  const named = (text: string | null) => {
    if (text === null || text.length <= MAX_NAME_CHARS) return text;
    surplus.push(text);
    return null;
  };
  return {
    named: {
      fatherName: named(readOtherName(cells.raw('father')) ?? both.father),
      motherName: named(readOtherName(cells.raw('mother')) ?? both.mother),
      guardianName: named(readOtherName(cells.raw('guardian')) ?? both.unsaid),
    },
    surplus,
  };
}

/** A number cell loses the zero that every phone number here begins with. */
function readPhone(cells: RowCells): string | null {
  const text = cells.text('phone');
  return text !== null && cells.cell('phone')?.kind === 'number' && /^[1-9]\d{8}$/u.test(text) ? `0${text}` : text;
}

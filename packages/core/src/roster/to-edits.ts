import type { FieldSet, LogAppend } from '../doc/edit.ts';
import { MAX_LINE, MAX_NOTE } from '../kinds/columns.ts';
import { ETHNICITIES } from '../model/catalogue-ethnicity.ts';
import { type DocumentId, documentIdOf, type FolderId } from '../model/ids.ts';
import { fold } from '../model/names.ts';
import type { RowPlace } from './plan-types.ts';
import type { RosterChild } from './row.ts';

/** What a ready row writes in one document. */
export interface RosterEdit {
  readonly document: DocumentId;
  readonly sets: readonly FieldSet[];
  readonly appends: readonly LogAppend[];
}

/** Returns where a child came from, as its import notes say it: the file, the sheet where there are several, the row. */
export function sourceOf({ sheet, row }: RowPlace, fileName: string, hasSheets: boolean): string {
  return [fileName, ...(hasSheets ? [sheet] : []), `dòng ${row}`].join(', ');
}

/**
 * Returns what a row writes: the child's identity, and its schooling where the row has one. `village` is the id a person agreed to.
 * Text too long for a field goes to the import notes in pieces: nothing is lost. Rule IMP-30.
 */
export function editsOfChild(
  child: RosterChild,
  place: { readonly folder: FolderId; readonly village: string | null; readonly source: string },
): readonly RosterEdit[] {
  const surplus: string[] = [];
  const line = (text: string | null): string | null => {
    if (text === null || text.length <= MAX_LINE) return text;
    surplus.push(text);
    return text.slice(0, MAX_LINE);
  };
  const sets = identitySets(child, place.village, line);
  const schooling = line(child.schooling);
  const people = ethnicityCodeOf(child.ethnicity);
  if (child.ethnicity !== null && people === null) surplus.push(`Dân tộc: ${child.ethnicity}`);
  const notes = [child.notes, child.circumstances, householdNote(child), ...surplus].filter((text) => text !== null);
  const appends = notes
    .flatMap(pieces)
    .map((text) => ({ name: 'importNotes', value: { text, source: place.source.slice(0, MAX_LINE) } }));
  const identity = { document: documentIdOf(place.folder, 'identity'), sets, appends };
  if (schooling === null) return [identity];
  const education = {
    document: documentIdOf(place.folder, 'education'),
    sets: [{ name: 'class', value: schooling }],
    appends: [],
  };
  return [identity, education];
}

function identitySets(
  child: RosterChild,
  village: string | null,
  line: (text: string | null) => string | null,
): readonly FieldSet[] {
  const values: readonly (readonly [string, FieldSet['value']])[] = [
    ['village', village],
    ['name', child.name],
    ['birth', child.birth.date],
    ['birthEstimated', child.birth.estimated ? true : null],
    ['sex', child.sex],
    ['ethnicity', ethnicityCodeOf(child.ethnicity)],
    ['personalId', child.personalId],
    ['personalIdSeen', child.personalId === null ? null : 'told'],
    ['fatherName', child.fatherName],
    ['motherName', child.motherName],
    ['carerName', child.guardianName],
    ['carerPhone', child.phone],
    ['address', line(child.address ?? child.proposedVillage)],
  ];
  return values.filter(([, value]) => value !== null).map(([name, value]) => ({ name, value }));
}

/** Returns the code of a people as rosters write it ("Mông", "H'Mông", "Ê đê"), or null when it is none of the list. */
export function ethnicityCodeOf(text: string | null): string | null {
  return text === null ? null : (CODE_OF_PEOPLE.get(peopleKey(text)) ?? null);
}

const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  hmong: 'Mông',
  meo: 'Mông',
  khmer: 'Khơ-me',
  kho: 'Cơ-ho',
  ede: 'Ê-đê',
  jarai: 'Gia-rai',
  bahnar: 'Ba-na',
};

const CODE_OF_PEOPLE: ReadonlyMap<string, string> = peopleCodes();

function peopleCodes(): ReadonlyMap<string, string> {
  const codes = new Map(ETHNICITIES.items.map(({ code, vi }) => [peopleKey(vi), code]));
  for (const [spelling, name] of Object.entries(OTHER_SPELLINGS)) {
    const code = codes.get(peopleKey(name));
    if (code !== undefined && !codes.has(spelling)) codes.set(spelling, code);
  }
  return codes;
}

function peopleKey(text: string): string {
  return fold(text)
    .replace(/^dan toc /u, '')
    .replaceAll(/[^a-z]/gu, '');
}

function householdNote({ householdHead }: RosterChild): string | null {
  return householdHead === null ? null : `Chủ hộ: ${householdHead}`;
}

function pieces(text: string): readonly string[] {
  const cut: string[] = [];
  for (let at = 0; at < text.length; at += MAX_NOTE) cut.push(text.slice(at, at + MAX_NOTE));
  return cut;
}

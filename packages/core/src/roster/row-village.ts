import { foldWords, tidyText } from '../model/names.ts';
import type { ChildRow, SkippedRow } from './body.ts';
import { VILLAGE_WORDS } from './fields.ts';
import type { RosterColumn } from './headers.ts';
import { RowCells } from './row-cells.ts';
import { looksLikeVillage, villageOfSubtitle, villagePhrase } from './row-texts.ts';
import { villageKey } from './village-key.ts';
import type { KnownVillage } from './villages.ts';

/** Returns the village that the titles or the sheet's name speak of, for rosters that say it nowhere else; null when none. */
export function villageOfTitles(
  titles: readonly SkippedRow[],
  sheetName: string,
  known: readonly KnownVillage[],
): string | null {
  const texts = [...titles.filter(({ reason }) => reason === 'title').map(({ text }) => text), sheetName];
  for (const text of texts) {
    const key = ` ${foldWords(text).join(' ')} `;
    const named = known.find(({ name }) => key.includes(` ${villageKey(name)} `));
    if (named) return named.name;
  }
  const phrase = texts.map(villagePhrase).find((found) => found !== null);
  if (phrase !== undefined) return phrase;
  return looksLikeVillage(sheetName) ? villageOfSubtitle(sheetName) : null;
}

/** What parts a village from its commune. */
const PARTS = /[,;]|\s[-–]\s/u;

/** Returns the text that names a row's village: its own cell, else the part of its address that does, else the row above it, else the title. */
export function villageTextOf(
  row: ChildRow,
  columns: readonly RosterColumn[],
  isVillage: (text: string) => boolean,
  ofTitles: string | null,
): string {
  const cells = new RowCells(row, columns);
  const own = cells.text('village');
  if (own !== null) {
    const named = own.split(PARTS).find((part) => isVillage(part.trim()));
    return isVillage(own) || named === undefined ? withKind(own, columns) : named.trim();
  }
  const parts = (cells.text('address') ?? '').split(PARTS).map((part) => part.trim());
  const named = parts.find((part) => part !== '' && isVillage(part)) ?? parts.find(startsAsVillage);
  return named ?? row.villageAbove ?? ofTitles ?? '';
}

const VILLAGE_WORD = new RegExp(`^(?:${VILLAGE_WORDS.join('|')}) \\S`, 'u');

/** In an address nobody is named: `ban Pa Ủ` is a village, mark or no mark. */
function startsAsVillage(part: string): boolean {
  return VILLAGE_WORD.test(foldWords(part).join(' '));
}

/** A bare number under `Thôn` is `Thôn 6`. */
function withKind(text: string, columns: readonly RosterColumn[]): string {
  if (!/^\d{1,2}$/u.test(text)) return text;
  const header = columns.find(({ field }) => field === 'village')?.header ?? '';
  const kind = tidyText(header.split(/[/,(]/u)[0] ?? '');
  return kind === '' || kind.split(' ').length > 3
    ? text
    : `${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase()} ${text}`;
}

/** The villages of all rows in order; `carried` are the places of those taken from the row above. */
export interface VillageTexts {
  readonly texts: readonly string[];
  readonly carried: ReadonlySet<number>;
}

/** From this share of empty cells on, a village column is one that names each village once and leaves the rows below it empty. */
const CARRIED_SHARE = 0.4;

/** Returns the villages with empty ones taken from above where the column is kept so; a few empty ones stay empty. */
export function carryDown(texts: readonly string[]): VillageTexts {
  const carried = new Set<number>();
  const empty = texts.filter((text) => text === '').length;
  if (texts[0] === '' || empty < texts.length * CARRIED_SHARE) return { texts, carried };
  let last = '';
  const filled = texts.map((text, at) => {
    if (text === '') carried.add(at);
    else last = text;
    return last;
  });
  return { texts: filled, carried };
}

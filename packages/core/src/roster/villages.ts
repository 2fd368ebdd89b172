import { isLowerCase, isUpperCase, tidyText } from '../model/names.ts';
import { withinOneEdit } from '../model/spelling.ts';
import type { RowPlace } from './plan-types.ts';
import { problem } from './problems.ts';
import type { RowProblem } from './problems.ts';
import { bareVillageKey, isWrittenAlike, villageKey, villageNumbers } from './village-key.ts';

/** A village of the commune as its table has it. */
export interface KnownVillage {
  readonly id: string;
  readonly name: string;
  readonly oldNames: readonly string[];
}

/** Where a child lives, as far as the row says: a village of the table, one to be proposed, or neither. */
export interface VillageReading {
  readonly villageId: string | null;
  readonly proposed: string | null;
  readonly problems: readonly RowProblem[];
}

/** A village that the commune's table lacks. A person decides whether it is one. */
export interface ProposedVillage {
  readonly name: string;
  readonly rows: readonly RowPlace[];
}

interface Spelling {
  readonly text: string;
  readonly village: KnownVillage;
  readonly isOld: boolean;
}

/** Shorter names are too close to each other for a letter to be a slip. */
const SHORTEST_FOR_SLIP = 6;
/** In a commune without villages yet, a name on fewer rows than this, or than this share of a middling village, is doubted. */
const FEWEST_ROWS = 3;
const FEWEST_SHARE = 0.1;
/** A name this many times rarer than a neighbour one letter away is its slip. */
const SLIP_RATIO = 5;

/** Finds villages by any of their spellings; made once per import. */
export class VillageTable {
  readonly #known: readonly KnownVillage[];
  readonly #byKey = new Map<string, Spelling[]>();
  readonly #byBareKey = new Map<string, Spelling[]>();
  readonly #groups = new Map<string, string>();
  readonly #rowsOfGroup = new Map<string, number>();
  readonly #fewestRows: number;

  constructor(known: readonly KnownVillage[], texts: readonly string[]) {
    this.#known = known;
    for (const village of known) {
      const spellings = [village.name, ...village.oldNames].map((text, at) => ({ text, village, isOld: at > 0 }));
      for (const spelling of spellings) {
        listAt(this.#byKey, villageKey(spelling.text)).push(spelling);
        listAt(this.#byBareKey, bareVillageKey(spelling.text)).push(spelling);
      }
    }
    this.#group(texts.filter((text) => this.find(text) === null && villageKey(text) !== ''));
    const sizes = [...this.#rowsOfGroup.values()].toSorted((a, b) => a - b);
    this.#fewestRows = Math.max(FEWEST_ROWS, Math.ceil((sizes[sizes.length >> 1] ?? 0) * FEWEST_SHARE));
  }

  /** Returns the village of the table that a text names, exactly or nearly, or null; never a guess between two. */
  find(text: string): { village: KnownVillage; isOld: boolean; how: 'same' | 'spelling' | 'slip' } | null {
    const exact =
      onlyVillage(
        (this.#byKey.get(villageKey(text)) ?? []).filter((spelling) => isWrittenAlike(text, spelling.text)),
      ) ??
      onlyVillage(this.#byKey.get(villageKey(text)) ?? []) ??
      onlyVillage(this.#byBareKey.get(bareVillageKey(text)) ?? []);
    if (exact)
      return { village: exact.village, isOld: exact.isOld, how: isSpeltAs(text, exact.text) ? 'same' : 'spelling' };
    const key = villageKey(text);
    const near = [...this.#byKey].filter(([other]) => isSlip(key, other)).flatMap(([, spellings]) => spellings);
    const slip = onlyVillage(near);
    return slip ? { village: slip.village, isOld: slip.isOld, how: 'slip' } : null;
  }

  /** Returns the village of a row, with a remark where the text is not the table's own. */
  read(text: string): VillageReading {
    const typed = tidyText(text);
    if (villageKey(typed) === '') return { villageId: null, proposed: null, problems: [problem('noVillage')] };
    const found = this.find(typed);
    if (!found) return this.#propose(typed);
    const params = { text: typed.slice(0, 60), name: found.village.name };
    const problems: RowProblem[] = [];
    if (found.how !== 'same') problems.push(problem('villageTypo', params, found.how === 'slip' ? 'warning' : 'info'));
    else if (found.isOld) problems.push(problem('villageOldName', params));
    return { villageId: found.village.id, proposed: null, problems };
  }

  /** Returns the key under which two rows or children live in the same place. `village` is an id or a name. */
  placeKey(village: string | null): string {
    if (village === null || village === '') return '';
    if (this.#known.some(({ id }) => id === village)) return `id:${village}`;
    const found = this.find(village);
    return found ? `id:${found.village.id}` : `name:${villageKey(this.#groups.get(villageKey(village)) ?? village)}`;
  }

  #propose(typed: string): VillageReading {
    const name = this.#groups.get(villageKey(typed)) ?? typed;
    const rows = this.#rowsOfGroup.get(name) ?? 1;
    const problems: RowProblem[] = [];
    if (this.#known.length > 0 || rows < this.#fewestRows)
      problems.push(problem('unknownVillage', { text: name.slice(0, 60) }));
    if (!isWrittenAlike(typed, name)) problems.push(problem('villageTypo', { text: typed.slice(0, 60), name }));
    return { villageId: null, proposed: name, problems };
  }

  /** Unknown names gather by key, then rare ones join a far more frequent neighbour one letter away. */
  #group(texts: readonly string[]): void {
    const spellings = new Map<string, Map<string, number>>();
    for (const text of texts.map(tidyText)) {
      const key = villageKey(text);
      const counts = spellings.get(key) ?? new Map<string, number>();
      spellings.set(key, counts.set(text, (counts.get(text) ?? 0) + 1));
    }
    const totals = new Map(
      [...spellings].map(([key, counts]) => [key, [...counts.values()].reduce((a, b) => a + b, 0)]),
    );
    for (const [key, counts] of spellings) {
      const rows = totals.get(key) ?? 0;
      const larger = [...totals].filter(
        ([other, count]) => count >= rows * SLIP_RATIO && (isSlip(key, other) || isBareOf(key, other)),
      );
      const target = larger.length === 1 ? (larger[0]?.[0] ?? key) : key;
      const name = bestSpelling(spellings.get(target) ?? counts);
      this.#groups.set(key, name);
      this.#rowsOfGroup.set(name, (this.#rowsOfGroup.get(name) ?? 0) + rows);
    }
  }
}

function listAt(lists: Map<string, Spelling[]>, key: string): Spelling[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function onlyVillage(spellings: readonly Spelling[]): Spelling | null {
  const ids = new Set(spellings.map(({ village }) => village.id));
  return ids.size === 1 ? (spellings.find(({ isOld }) => !isOld) ?? spellings[0] ?? null) : null;
}

/** The kind of village before the name may be left out, as under a heading that says it. */
function isSpeltAs(text: string, name: string): boolean {
  if (isWrittenAlike(text, name)) return true;
  return (
    bareVillageKey(text) === villageKey(text) &&
    isWrittenAlike(text, tidyText(name).split(' ').slice(-text.split(' ').length).join(' '))
  );
}

function isSlip(key: string, other: string): boolean {
  return (
    key !== other &&
    key.length >= SHORTEST_FOR_SLIP &&
    villageNumbers(key) === villageNumbers(other) &&
    withinOneEdit(key, other)
  );
}

function isBareOf(key: string, other: string): boolean {
  return key !== other && key === bareVillageKey(other) && key.length >= 3;
}

/** The most frequent spelling; one that is neither shouted nor all small wins first. */
function bestSpelling(counts: ReadonlyMap<string, number>): string {
  const rank = ([text, count]: [string, number]) => count + (isUpperCase(text) || isLowerCase(text) ? 0 : 1e6);
  return [...counts].toSorted((a, b) => rank(b) - rank(a))[0]?.[0] ?? '';
}

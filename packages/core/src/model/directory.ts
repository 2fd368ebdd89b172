/** What the public directory of a commune holds: places, days and lists of law; never a person. One plain document, a map for each root. */
import { SHIPPED_CATALOGUES } from './catalogue-defaults.ts';
import type { CatalogueItem } from './catalogue.ts';
import { SHIPPED_HOLIDAYS } from './holidays.ts';

/** The maps of the directory document. */
export const DIRECTORY_ROOTS = [
  'commune',
  'villages',
  'schools',
  'agencies',
  'holidays',
  'rates',
  'catalogues',
] as const;

/** A village: `oldNames` are those it bore before a merger, which papers still carry. */
export interface DirectoryVillage {
  readonly name: string;
  readonly kind: 'thon' | 'ban' | 'lang' | 'buon' | 'ap' | 'toDanPho' | 'khac';
  readonly oldNames: readonly string[];
  readonly order: number;
  /** The day from which on nobody new is entered there; its files keep it. */
  readonly endedOn?: string;
}

/** A school. */
export interface DirectorySchool {
  readonly name: string;
  readonly level: 'kindergarten' | 'primary' | 'lowerSecondary' | 'upperSecondary' | 'mixed' | 'other';
  /** As of a village. */
  readonly endedOn?: string;
}

/** A holiday or a weekend day that is worked; its key is the day, `YYYY-MM-DD`. */
export interface DirectoryHoliday {
  readonly type: 'off' | 'worked';
  readonly name: string;
}

/** A list of codes with its source; its key is the catalogue's id. */
export interface DirectoryCatalogue {
  readonly source: string;
  readonly items: readonly CatalogueItem[];
}

/** The directory as plain values, by root and key. */
export interface Directory {
  readonly commune: { readonly name: string; readonly province?: string };
  readonly villages: Readonly<Record<string, DirectoryVillage>>;
  readonly schools: Readonly<Record<string, DirectorySchool>>;
  readonly agencies: Readonly<Record<string, { readonly vi: string; readonly en: string; readonly phone?: string }>>;
  readonly holidays: Readonly<Record<string, DirectoryHoliday>>;
  /** Amounts that decrees set, in đồng, by name: `{amount, from, source}`. */
  readonly rates: Readonly<Record<string, { readonly amount: number; readonly from: string; readonly source: string }>>;
  readonly catalogues: Readonly<Record<string, DirectoryCatalogue>>;
}

/** Returns the directory of a new commune: its name, and the lists that ship with the product. */
export function newDirectory(commune: Directory['commune']): Directory {
  const holidays = SHIPPED_HOLIDAYS.map(({ on, type, name }) => [on, { type, name }] as const);
  const catalogues = SHIPPED_CATALOGUES.map(({ id, source, items }) => [id, { source, items }] as const);
  return {
    commune,
    villages: {},
    schools: {},
    agencies: {},
    holidays: Object.fromEntries(holidays),
    rates: {},
    catalogues: Object.fromEntries(catalogues),
  };
}

import type { CatalogueId, CatalogueItem } from '@chungtay/core/model/catalogue';
import { shippedCatalogue } from '@chungtay/core/model/catalogue-defaults';
import {
  type Directory,
  type DirectorySchool,
  type DirectoryVillage,
  newDirectory,
} from '@chungtay/core/model/directory';
import { communeCalendar } from '@chungtay/core/policy/calendar';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { injectedEngine } from './engine.ts';

/** A village with its id. */
export interface Village extends DirectoryVillage {
  readonly id: string;
}

/** A school with its id. */
export interface School extends DirectorySchool {
  readonly id: string;
}

/**
 * The commune's public directory as plain values. `platform/directory` keeps it in step and calls `replace`; until then it is what ships
 * with the product: catalogues and holidays, no village. The engine is told the places whenever they change.
 */
export const useDirectory = defineStore('directory', () => {
  const content = shallowRef<Directory>(newDirectory({ name: '' }));
  const engine = injectedEngine();

  const villages = computed<readonly Village[]>(() =>
    Object.entries(content.value.villages)
      .map(([id, village]) => ({ id, ...village }))
      .toSorted((a, b) => a.order - b.order || a.name.localeCompare(b.name, 'vi')),
  );
  const schools = computed<readonly School[]>(() =>
    Object.entries(content.value.schools)
      .map(([id, school]) => ({ id, ...school }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
  );
  const holidays = computed(() => Object.entries(content.value.holidays).map(([on, { type }]) => ({ on, type })));
  const calendar = computed(() => communeCalendar(holidays.value));

  /** Takes a new directory as a whole. */
  function replace(directory: Directory): void {
    content.value = directory;
    tellPlaces();
  }

  /** Tells the engine the places and days off; does nothing while it is locked: call it again after unlock. */
  function tellPlaces(): void {
    const places = {
      villages: villages.value.map(({ id, name, oldNames }) => ({ id, name, oldNames })),
      schools: schools.value.map(({ id, name }) => ({ id, name })),
      holidays: holidays.value,
    };
    engine.api.setPlaces(places).catch(() => undefined);
  }

  /** Returns the lines of a catalogue; the shipped ones where the directory is older than the list. */
  function catalogue(id: CatalogueId): readonly CatalogueItem[] {
    return (content.value.catalogues[id] ?? shippedCatalogue(id)).items;
  }

  return { content, villages, schools, calendar, catalogue, replace, tellPlaces };
});

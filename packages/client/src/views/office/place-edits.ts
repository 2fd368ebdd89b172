import type { Directory, DirectorySchool, DirectoryVillage } from '@chungtay/core/model/directory';
import { tidyText } from '@chungtay/core/model/names';
import { freePlaceId, placeNamed, schoolLevelOf, villageKindOf } from '@chungtay/core/model/places';
import type { DirectoryEdit } from '../../stores/directory-writer.ts';

/** Where a place stands in the directory. */
export type PlaceRoot = 'villages' | 'schools';

const MAX_NAME = 120;

/** Returns why a place cannot be called so, or null. `self` is the place itself when it is renamed. */
export function placeGap(
  places: Pick<Directory, PlaceRoot>,
  typed: string,
  self?: string,
): 'empty' | 'long' | 'taken' | null {
  const name = tidyText(typed);
  if (name === '') return 'empty';
  if (name.length > MAX_NAME) return 'long';
  return placeNamed(places, name, self) === null ? null : 'taken';
}

/** Returns what adds a place of this name. */
export function newPlace(places: Pick<Directory, PlaceRoot>, root: PlaceRoot, typed: string): DirectoryEdit {
  const name = tidyText(typed);
  const key = freePlaceId(places[root], name);
  const order = Object.keys(places.villages).length;
  const village: DirectoryVillage = { name, kind: villageKindOf(name), oldNames: [], order };
  const school: DirectorySchool = { name, level: schoolLevelOf(name) };
  return { root, key, value: root === 'villages' ? village : school };
}

/** Returns a place under another name; a village remembers the one it had, which papers still carry. */
export function renamed<Place extends DirectoryVillage | DirectorySchool>(place: Place, typed: string): Place {
  const name = tidyText(typed);
  if (!('oldNames' in place)) return { ...place, name };
  return { ...place, name, oldNames: [...new Set([...place.oldNames, place.name])].filter((old) => old !== name) };
}

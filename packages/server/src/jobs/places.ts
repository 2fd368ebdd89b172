/** The places of the directory, as the command line lists and edits them; the ids of a place never change. */
import { fold } from '@chungtay/core/model/names';
import { freePlaceId, isSamePlaceName, placeNamed, schoolLevelOf, villageKindOf } from '@chungtay/core/model/places';
import type { Places } from '@chungtay/core/model/places';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { OfficeProblem } from '@chungtay/core/wire/office';
import type { DirectoryRoom } from '../ws/directory-room.ts';
import { readName } from './name.ts';
import { no } from './office.ts';
import type { OfficeAnswer, PlaceAddAsk, PlaceRenameAsk } from './office.ts';

/** Returns the villages and schools, in the order of the screens. */
export function listPlaces(directory: DirectoryRoom): OfficeAnswer {
  const { villages, schools } = directory.content();
  return {
    villages: Object.entries(villages)
      .toSorted(([, a], [, b]) => a.order - b.order)
      .map(([id, village]) => ({ id, ...village })),
    schools: Object.entries(schools).map(([id, school]) => ({ id, ...school })),
  };
}

/** Adds villages and schools by name; all of them, or none and a no in words. Resolves when they are on disk. */
export async function addPlaces(directory: DirectoryRoom, ask: PlaceAddAsk): Promise<OfficeAnswer> {
  const before = directory.content();
  const villages = { ...before.villages };
  const schools = { ...before.schools };
  const added: string[] = [];
  for (const typed of ask.villages) {
    const name = newNameIn({ villages, schools }, typed);
    if (!name.ok) return no(name.problem);
    const id = freePlaceId(villages, name.text);
    villages[id] = {
      name: name.text,
      kind: villageKindOf(name.text),
      oldNames: [],
      order: Object.keys(villages).length,
    };
    added.push(id);
  }
  for (const typed of ask.schools) {
    const name = newNameIn({ villages, schools }, typed);
    if (!name.ok) return no(name.problem);
    const id = freePlaceId(schools, name.text);
    schools[id] = { name: name.text, level: schoolLevelOf(name.text) };
    added.push(id);
  }
  if (added.length === 0) return no({ code: 'no-place' });
  await directory.write({ villages, schools });
  return { ...listPlaces(directory), added };
}

/** Gives a place another name; a village remembers the one it had, which papers still carry. */
export async function renamePlace(directory: DirectoryRoom, ask: PlaceRenameAsk): Promise<OfficeAnswer> {
  const { villages, schools } = directory.content();
  const [village] = findPlaces([ask.place], villages).ids;
  const [school] = findPlaces([ask.place], schools).ids;
  const former = village === undefined ? undefined : villages[village];
  const formerSchool = school === undefined ? undefined : schools[school];
  if (!former && !formerSchool) return no({ code: 'place-unknown', name: ask.place });
  const name = newNameIn({ villages, schools }, ask.name, village ?? school);
  if (!name.ok) return no(name.problem);
  if (former && village !== undefined) {
    const oldNames = [...new Set([...former.oldNames, former.name])].filter((old) => old !== name.text);
    await directory.write({ villages: { [village]: { ...former, name: name.text, oldNames } } });
  } else if (formerSchool && school !== undefined) {
    await directory.write({ schools: { [school]: { ...formerSchool, name: name.text } } });
  }
  return listPlaces(directory);
}

/** Finds places by id or name, marks and capitals aside where that leaves no doubt; a star is everywhere. What could be two places is unknown. */
export function findPlaces(
  asked: readonly string[],
  known: Readonly<Record<string, { readonly name: string }>>,
): { readonly ids: readonly string[]; readonly unknown: readonly string[] } {
  const places = Object.entries(known);
  const idOf = (text: string): string | undefined => {
    if (text === EVERYWHERE || Object.hasOwn(known, text)) return text;
    const same = places.find(([, { name }]) => isSamePlaceName(name, text));
    const alike = places.filter(([, { name }]) => fold(name) === fold(text));
    return (same ?? (alike.length === 1 ? alike[0] : undefined))?.[0];
  };
  const found = asked.map((text) => ({ text, id: idOf(text) }));
  return {
    ids: found.flatMap(({ id }) => id ?? []),
    unknown: found.filter(({ id }) => id === undefined).map(({ text }) => text),
  };
}

type NewName = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: OfficeProblem };

/** A name that no other place has or had: two that look alike in a list would be mixed up for ever. */
function newNameIn({ villages, schools }: Places, typed: string, self?: string): NewName {
  const text = readName(typed);
  if (text === null) return { ok: false, problem: { code: 'place-name', name: typed } };
  const same = placeNamed({ villages, schools }, text, self);
  return same ? { ok: false, problem: { code: 'place-taken', name: text, texts: [same] } } : { ok: true, text };
}

import { type DocState, emptyState } from '../doc/state.ts';
/** Documents of one child, for tests of its groups. */
import { type Writes, documentOf } from '../kinds/document.support.ts';
import { groupsOf } from './groups.ts';
import type { Row } from './row-types.ts';
import { folderAt, metaOf } from './row.support.ts';
import { rowOf } from './rows.ts';

/** The day of these tests. */
export const TODAY = '2026-11-23';

/** A child's documents by kind, written through the product's own edit. */
export type Documents = Readonly<Record<string, Writes>>;

/** Returns the rows of the documents, and of an identity in any case. */
export function rowsOf(documents: Documents): readonly Row[] {
  return Object.entries({ identity: {}, ...documents }).flatMap(
    ([kind, writes]) => rowOf(kind, stateOf(writes), metaOf(kind)) ?? [],
  );
}

function stateOf(writes: Writes): DocState {
  const isEmpty = Object.values(writes).every((fields) => Object.keys(fields).length === 0);
  return isEmpty ? emptyState() : documentOf(writes);
}

/** What stands, in short: `G03-4`, or the group where no case is known; an asserted one with a mark behind. */
export function standing(documents: Documents, today = TODAY): readonly string[] {
  return groupsOf(rowsOf(documents), today)
    .filter(({ stands }) => stands === 'now')
    .map(({ group, clause, by }) => `${clause ?? group}${by === 'asserted' ? '!' : ''}`);
}

/** An identity. */
export const identity = (set: Writes['set'], log: Writes['log'] = {}): Documents => ({
  identity: { set: set ?? {}, log },
});
/** What became of father and mother: fields without their first word. */
export const parents = (father: Writes['set'], mother: Writes['set']): Documents =>
  identity({
    ...Object.fromEntries(Object.entries(father ?? {}).map(([name, value]) => [`father${name}`, value])),
    ...Object.fromEntries(Object.entries(mother ?? {}).map(([name, value]) => [`mother${name}`, value])),
  });
/** A dead parent. */
export const DEAD = { Vital: 'dead' };
/** A parent declared missing. */
export const MISSING = { Vital: 'missing' };
/** A parent in a facility. */
export const FACILITY = { Whereabouts: 'facility' };
/** A parent unable to care. */
export const UNABLE = { Unable: true };
/** A measure against a parent. */
export const measure = (parent: string, what: string, more = {}) => ({ parent, measure: what, ...more });
/** Those that police have written down. */
export const measures = (...rows: readonly ReturnType<typeof measure>[]): Documents => ({
  offence: { rows: { parentMeasures: Object.fromEntries(rows.map((row, n) => [`m${n}`, row])) } },
});
/** A group that somebody wrote into the child’s file. */
export const asserted = (group: string, more = {}): Documents => ({
  identity: { rows: { groups: { a: { group, ...more } } } },
});
/** One that was found in a case. */
export const inCase = (kind: 'case' | 'sealed-case', group: string): Documents => ({
  [kind]: { set: { child: folderAt(1) }, rows: { groups: { a: { group, evidence: 'BB 12' } } } },
});
/** A child’s schooling. */
export const schooling = (set: Writes['set']): Documents => ({ education: { set: set ?? {} } });
/** Its household. */
export const household = (set: Writes['set']): Documents => ({ household: { set: set ?? {} } });
/** A long illness. */
export const ill = { health: { set: { chronicDisease: 'Tim bẩm sinh' } } };
/** An injury on a day. */
export const injury = (on: string): Documents => ({ health: { log: { injuries: [{ on }] } } });

import type { Compartment } from '../model/compartment.ts';
import { choice, documentLink } from './columns.ts';
import { type FolderType, type KindDefinition, defineKind } from './define.ts';
import { log } from './fields.ts';

/** How somebody looked: the document itself, what became of it, or in a file taken out of the program. */
export const READ_ACTS = ['open', 'history', 'export'] as const;

/** One of READ_ACTS. */
export type ReadAct = (typeof READ_ACTS)[number];

/**
 * Who looked at what of a closed compartment. Each reader keeps a record of his own in the folder, signed and numbered as all he writes; it
 * lies in the compartment that it tells of, since a record of reads of an HIV document is itself about HIV. Rule POL-20.
 */
function readLogKind(id: string, compartment: Compartment, folder: FolderType): KindDefinition {
  return defineKind({
    id,
    folder,
    compartment,
    singleton: false,
    authored: true,
    isReadLog: true,
    ...(id === 'reads-sealed' ? {} : { labels: 'reads-sealed' }),
    fields: { reads: log({ document: documentLink, act: choice(READ_ACTS) }, ['document', 'act']) },
  });
}

/** The records of reading, one kind for each compartment whose reading is recorded. */
export const READ_LOGS: readonly KindDefinition[] = [
  readLogKind('reads-sealed', 'sealed', 'case'),
  readLogKind('reads-hiv', 'hiv', 'child'),
  readLogKind('reads-legal', 'legal', 'child'),
];

const BY_COMPARTMENT = new Map<Compartment, string>(READ_LOGS.map(({ id, compartment }) => [compartment, id]));

/** Returns the kind that keeps who read of a compartment, or null where reading is not recorded. */
export function readLogKindFor(compartment: Compartment): string | null {
  return BY_COMPARTMENT.get(compartment) ?? null;
}

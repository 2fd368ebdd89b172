import { fieldOf } from '@chungtay/core/kinds/registry';
import type { DocumentId } from '@chungtay/core/model/ids';
import type { DocumentView } from '../../stores/engine.ts';

/** One field, or one row of a map, that waits for somebody to choose. */
export interface FileConflict {
  readonly document: DocumentId;
  readonly kind: string;
  readonly name: string;
  /** The row of a map, null for a register. */
  readonly code: string | null;
  readonly isDecision: boolean;
}

/** Returns every open conflict of a file, those with consequences first. */
export function conflictsIn(documents: readonly DocumentView[]): readonly FileConflict[] {
  const found = documents.flatMap(({ document, kind, registers, maps }) => {
    const at = (name: string, code: string | null): FileConflict => {
      return { document, kind, name, code, isDecision: fieldOf(kind, name)?.isDecision ?? false };
    };
    return [
      ...Object.entries(registers).flatMap(([name, field]) => (field.conflict ? [at(name, null)] : [])),
      ...Object.entries(maps).flatMap(([name, rows]) =>
        Object.entries(rows).flatMap(([code, row]) => (row.conflict ? [at(name, code)] : [])),
      ),
    ];
  });
  return found.toSorted((a, b) => Number(b.isDecision) - Number(a.isDecision));
}

import { READ_LOGS, type ReadAct } from '@chungtay/core/kinds/read-log';
import { type DocumentId, type MemberNumber, parseDocumentId } from '@chungtay/core/model/ids';
import type { DocumentView } from '../../stores/engine.ts';

/** One line of who looked: the kind of document, how, who, when by his tablet's clock. */
export interface ReadLine {
  readonly key: string;
  readonly kind: string;
  readonly act: ReadAct;
  readonly member: MemberNumber;
  readonly atMs: number;
}

const KINDS = READ_LOGS.map(({ id }) => id);

/** Returns who looked at what of an open file, newest first, at most `most` lines. */
export function readLines(documents: readonly DocumentView[], most: number): readonly ReadLine[] {
  const logs = documents.filter(({ kind }) => KINDS.includes(kind));
  const lines = logs.flatMap(({ document: log, logs: { reads = [] } }) =>
    reads.map(({ op, value, member, atMs }) => {
      const { document, act } = value as { readonly document: DocumentId; readonly act: ReadAct };
      return { key: `${log} ${op}`, kind: parseDocumentId(document)?.kind ?? '', act, member, atMs };
    }),
  );
  return lines.toSorted((a, b) => b.atMs - a.atMs).slice(0, most);
}

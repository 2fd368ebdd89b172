/** The clocks of the law, derived on both sides from what each holds (SY-6). */
import { type RowMeta, rowOf } from '@chungtay/core/derive/rows';
import { caseDeadlines, intakeDeadline } from '@chungtay/core/derive/tasks';
import type { DocState } from '@chungtay/core/doc/state';
import { type DocumentId, folderOf, parseDocumentId } from '@chungtay/core/model/ids';
import { SHIPPED_CALENDAR } from '@chungtay/core/policy/calendar';
import type { DocumentHead } from '@chungtay/core/sync/ports';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import type { Check } from './check.ts';
import type { SimDevice } from './device.ts';
import type { Scene } from './scene.ts';

/** See the file's head. */
export const CLOCK_CHECKS: readonly Check[] = [{ id: 'SY-6', find: deadlinesDiffer }];

/** At equal state the deadlines are equal. */
function deadlinesDiffer(scene: Scene): readonly string[] {
  const { commune, states, heads } = scene;
  const atHub = new Map<DocumentId, string>();
  for (const [document, state] of states)
    atHub.set(document, deadlinesOf(document, state, metaOfHead(heads.get(document))));
  return commune.tablets.flatMap((device) => {
    if (!device.isLive) return [];
    return [...device.replica.walk()].flatMap((held) => {
      if (held.access !== 'whole') return [];
      const here = deadlinesOf(held.document, held.state, metaOfHeld(held));
      if (here !== NONE) commune.counters.add('deadlines');
      const there = atHub.get(held.document);
      return there === undefined || here === there ? [] : [lineOf(device, held.document, here, there)];
    });
  });
}

const NONE = '[]';

function lineOf(device: SimDevice, document: DocumentId, here: string, there: string): string {
  return `${device.name} has ${here} for ${document}, the Hub ${there}`;
}

function deadlinesOf(document: DocumentId, state: DocState, meta: Omit<RowMeta, 'document' | 'folder'>): string {
  const kind = parseDocumentId(document)?.kind ?? '';
  const row = rowOf(kind, state, { document, folder: folderOf(document), ...meta });
  const tables = { calendar: SHIPPED_CALENDAR };
  if (row?.type === 'case') return JSON.stringify(caseDeadlines(row, new Map(), tables));
  return row?.type === 'intake' ? JSON.stringify([intakeDeadline(row, tables)].filter((one) => one !== null)) : NONE;
}

function metaOfHead(head: DocumentHead | undefined): Omit<RowMeta, 'document' | 'folder'> {
  const firstReceipt = head ? { atMs: head.firstAtMs, skewMs: head.firstSkewMs } : null;
  return {
    owner: head?.owner ?? null,
    number: head?.number ?? null,
    atMs: head?.lastAtMs ?? 0,
    firstReceipt,
    isWaiting: false,
  };
}

function metaOfHeld({ owner, number, atMs, firstReceipt, where }: Extract<HeldDocument, { access: 'whole' }>) {
  return { owner, number, atMs, firstReceipt, isWaiting: where === 'tablet' };
}

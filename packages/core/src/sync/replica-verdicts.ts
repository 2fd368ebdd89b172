/** What the Hub's judgements change. Pure: reads memory, returns the change. Rules OUT-3 … OUT-5, QUA-1, QUA-2. */
import { nextClock } from '../doc/state.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Verdict } from '../wire/frames.ts';
import type { HoldCode, RefusalCode } from '../wire/refusal.ts';
import { fallOf, type OutboxRow } from './outbox.ts';
import { type Judgement, type QuarantineRecord, quarantineRecordOf } from './quarantine.ts';
import type { Change } from './replica-change.ts';
import { planRefetch } from './replica-feed.ts';
import { isUncounted, planKept } from './replica-kept.ts';
import type { ReplicaMemory } from './replica-memory.ts';
import { ConfirmedOverlay } from './replica-overlay.ts';
import { planSealedAgain } from './replica-sealed-again.ts';
import type { SealedRow } from './sealed-row.ts';

/** What became of the rows of one verdicts frame. */
interface Judged {
  readonly overlay: ConfirmedOverlay;
  /** Judged rows: they leave the outbox. */
  readonly gone: OutboxRow[];
  readonly stored: OutboxRow[];
  /** Rows that the Hub counts: what came out of turn has no number there, and cannot be handed in again as it is. */
  readonly numbered: OutboxRow[];
  readonly refused: Map<OutboxRow, Judgement>;
  readonly quarantined: Map<string, QuarantineRecord>;
  readonly unquarantined: string[];
  isGap: boolean;
}

/**
 * Returns the change that verdicts make; verdicts on envelopes that are not here change nothing. `isFileOnly` says which documents this
 * person hands in and may not read back: of those only a receipt stays. `isGap` when stored work does not fit what is confirmed here, or
 * what is confirmed here is refused: the Hub never sends a device its own work, so the change also makes the device fetch everything again.
 */
export function planVerdicts(
  verdicts: readonly Verdict[],
  memory: ReplicaMemory,
  isFileOnly: (document: DocumentId) => boolean,
  sealed: readonly SealedRow[] = [],
): { readonly change: Change; readonly isGap: boolean } {
  const judged: Judged = {
    overlay: new ConfirmedOverlay(memory),
    gone: [],
    stored: [],
    numbered: [],
    refused: new Map(),
    quarantined: new Map(),
    unquarantined: [],
    isGap: false,
  };
  for (const verdict of verdicts) {
    const row = memory.outbox.find(verdict.n);
    if (row && !judged.gone.includes(row)) judge(row, verdict, judged, memory);
  }
  closeAnswered(judged, memory, isFileOnly);
  quarantineFallen(judged, memory);
  const again = planSealedAgain(verdicts, judged.overlay, memory, isFileOnly);
  if (again.isMissing) judged.isGap = true;
  const answered = { numbered: judged.numbered, sealed: [...sealed, ...again.answered], lost: again.lost };
  const change: Change = {
    ...planKept(judged.overlay, answered, memory.kept),
    sealedAgain: again.left,
    sealedGone: again.gone,
    ...(judged.isGap ? planRefetch(memory) : {}),
    images: judged.overlay.changes(),
    outboxGone: judged.gone,
    quarantined: [...judged.quarantined.values()],
    unquarantined: [...judged.unquarantined, ...again.unquarantined],
  };
  const fresh = judged.refused.size > 0 ? memory.withFreshClient(change.position ?? memory.position) : {};
  return { change: { ...change, ...fresh }, isGap: judged.isGap };
}

function judge(row: OutboxRow, verdict: Verdict, judged: Judged, memory: ReplicaMemory): void {
  judged.gone.push(row);
  if (!isUncounted(verdict)) judged.numbered.push(row);
  if (verdict.verdict === 'stored' || verdict.verdict === 'duplicate') {
    const { member } = row.signed.envelope;
    const { atMs, number, skewMs } = verdict;
    judged.stored.push(row);
    const firstReceipt = { atMs, skewMs: skewMs ?? 0 };
    const confirmation = { owner: member, atMs, number: number ?? null, firstReceipt };
    if (!judged.overlay.confirm(row.document, row.update, confirmation)) judged.isGap = true;
    // what fell with another was stored after all: nothing is left to decide
    if (memory.quarantine.has(row.id)) judged.unquarantined.push(row.id);
    return;
  }
  if (isConfirmed(row, memory)) judged.isGap = true;
  const judgement: Judgement = { verdict: verdict.verdict, code: verdict.code ?? 'malformed', atMs: verdict.atMs };
  const known = memory.quarantine.get(row.id);
  if (!known) judged.refused.set(row, judgement);
  else if (known.status === 'open') judged.quarantined.set(row.id, { ...known, ...judgement });
}

/** A no to what was stored once: the Hub was put back behind it, which no cursor gave away, and may have forgotten more. */
function isConfirmed({ document, update }: OutboxRow, { position, holdings }: ReplicaMemory): boolean {
  return !position.isFetching && nextClock(holdings.confirmedState(document), update.client) > update.clock;
}

/** Documents that this person may no longer hold go with the last answer about them; a receipt stays of what was handed in. */
function closeAnswered(judged: Judged, memory: ReplicaMemory, isFileOnly: (document: DocumentId) => boolean): void {
  const gone = new Set(judged.gone);
  for (const document of new Set(judged.gone.map((row) => row.document))) {
    const image = judged.overlay.image(document);
    if (!image || (!image.isClosing && !isFileOnly(document))) continue;
    const isWaitedFor = memory.outbox.rows.some((row) => row.document === document && !gone.has(row));
    if (isWaitedFor) judged.overlay.amend(document, { isClosing: true });
    else {
      const last = judged.stored.findLast((row) => row.document === document);
      judged.overlay.remove(document);
      if (last) judged.overlay.put(filedOf(last, image.number, image.atMs));
    }
  }
}

function filedOf(row: OutboxRow, number: string | null, receivedAtMs: number) {
  const { document, signed } = row;
  return { is: 'filed', document, number, writtenAtMs: signed.envelope.atMs, receivedAtMs } as const;
}

/** A refusal takes the later work on its document and the rest of its group with it: they fall here at once, and are judged by the Hub in their turn. */
function quarantineFallen(judged: Judged, memory: ReplicaMemory): void {
  if (judged.refused.size === 0) return;
  const judgements = [...judged.refused.values()];
  const groups = new Set([...judged.refused.keys()].map((row) => row.group));
  for (const row of fallOf([...judged.refused.keys()], memory.outbox)) {
    const isStored = judged.stored.includes(row);
    if (isStored) continue;
    const isOfGroup = row.group !== null && groups.has(row.group);
    const code: RefusalCode | HoldCode = isOfGroup ? 'group-incomplete' : 'after-refused';
    const atMs = judgements[0]?.atMs ?? 0;
    const judgement = judged.refused.get(row) ?? { verdict: 'refused', code, atMs };
    judged.quarantined.set(row.id, quarantineRecordOf(row, judgement));
  }
}

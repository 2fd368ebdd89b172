import type { DocumentId } from '../model/ids.ts';
/** What the answers of a Hub that was put back change of what was handed in and may not be read back. Pure. Rule KEP-7. */
import type { Verdict } from '../wire/frames.ts';
import type { FiledImage } from './device-images.ts';
import { envelopeId } from './outbox.ts';
import { isUncounted } from './replica-kept.ts';
import type { ReplicaMemory } from './replica-memory.ts';
import type { ConfirmedOverlay } from './replica-overlay.ts';
import { type SealedRow, UNANSWERED } from './sealed-row.ts';

/** What is still to be handed in, and the numbers of what the Hub can never be given: it could make nothing of them, or has gone on without them. */
interface AgainPlan {
  readonly left: readonly SealedRow[];
  readonly lost: readonly number[];
  /** Ids of those that were not accepted once, and are stored now: nothing is left to decide. */
  readonly unquarantined: readonly string[];
  /** Those that waited sealed and are answered: they are kept from now on, and wait no more. */
  readonly answered: readonly SealedRow[];
  readonly gone: readonly number[];
  /** Something was stored that this person may hold, and has nothing of: the Hub never sends a device its own work. */
  readonly isMissing: boolean;
}

/**
 * Puts the receipts of what was taken again, or was not, into the overlay; returns what that leaves. A Hub that opens nothing is given
 * none of it, and answers what was written later: its numbers are behind it then.
 */
export function planSealedAgain(
  verdicts: readonly Verdict[],
  overlay: ConfirmedOverlay,
  { sealedAgain, holdings, quarantine }: ReplicaMemory,
  isFileOnly: (document: DocumentId) => boolean,
): AgainPlan {
  if (sealedAgain.length === 0)
    return { left: sealedAgain, lost: [], unquarantined: [], answered: [], gone: [], isMissing: false };
  const answers = new Map(verdicts.map((verdict) => [verdict.n, verdict]));
  const judgedN = verdicts.reduce((max, verdict) => (isUncounted(verdict) ? max : Math.max(max, verdict.n)), 0);
  const former = new Map(holdings.filed().map((image) => [image.document, image]));
  const left: SealedRow[] = [];
  const lost: number[] = [];
  const unquarantined: string[] = [];
  const answered: SealedRow[] = [];
  const gone: number[] = [];
  let isMissing = false;
  for (const row of sealedAgain) {
    const verdict = answers.get(row.n) ?? null;
    if (!verdict && row.n > judgedN) {
      left.push(row);
      continue;
    }
    if (row.receivedAtMs === UNANSWERED) gone.push(row.n);
    if (!verdict || isUncounted(verdict)) lost.push(row.n);
    else if (row.receivedAtMs === UNANSWERED && verdict.verdict !== 'refused')
      answered.push({ ...row, receivedAtMs: verdict.atMs });
    const isStored = verdict?.verdict === 'stored' || verdict?.verdict === 'duplicate';
    if (isStored && quarantine.has(envelopeId(row))) unquarantined.push(envelopeId(row));
    if (isStored && !isFileOnly(row.document)) {
      isMissing = true;
      continue;
    }
    const image = receiptOf(row, verdict, former.get(row.document) ?? null);
    former.set(row.document, image);
    overlay.put(image);
  }
  return { left, lost, unquarantined, answered, gone, isMissing };
}

/** The numbers that a Hub gave before it was put back count no more. */
function receiptOf(row: SealedRow, verdict: Verdict | null, former: FiledImage | null): FiledImage {
  const { document, writtenAtMs } = row;
  const isTaken = verdict !== null && verdict.verdict !== 'refused';
  const number = verdict?.number ?? former?.number ?? null;
  const receivedAtMs = isTaken ? verdict.atMs : null;
  return {
    is: 'filed',
    document,
    number,
    writtenAtMs: former?.writtenAtMs ?? writtenAtMs,
    receivedAtMs,
  };
}

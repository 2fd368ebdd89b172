/** What the answers of a Hub that was put back change of what was handed in and may not be read back. Pure. Rule KEP-7. */
import type { Verdict } from '../wire/frames.ts';
import type { FiledImage } from './device-images.ts';
import { isUncounted } from './replica-kept.ts';
import type { ReplicaMemory } from './replica-memory.ts';
import type { ConfirmedOverlay } from './replica-overlay.ts';
import type { SealedRow } from './sealed-row.ts';

/** What is still to be handed in, and the numbers of what the Hub could make nothing of. */
interface AgainPlan {
  readonly left: readonly SealedRow[];
  readonly unopened: readonly number[];
}

/** Puts the receipts of what was taken again, or was not, into the overlay; returns what that leaves. */
export function planSealedAgain(
  verdicts: readonly Verdict[],
  overlay: ConfirmedOverlay,
  { sealedAgain, holdings }: ReplicaMemory,
): AgainPlan {
  const answers = new Map(verdicts.map((verdict) => [verdict.n, verdict]));
  if (sealedAgain.length === 0) return { left: sealedAgain, unopened: [] };
  const former = new Map(holdings.filed().map((image) => [image.document, image]));
  for (const row of sealedAgain) {
    const verdict = answers.get(row.n);
    if (!verdict) continue;
    const image = receiptOf(row, verdict, former.get(row.document) ?? null);
    former.set(row.document, image);
    overlay.put(image);
  }
  const unopened = sealedAgain.flatMap(({ n }) => {
    const verdict = answers.get(n);
    return verdict && isUncounted(verdict) ? [n] : [];
  });
  return { left: sealedAgain.filter(({ n }) => !answers.has(n)), unopened };
}

/** The numbers that a Hub gave before it was put back count no more. */
function receiptOf(row: SealedRow, verdict: Verdict, former: FiledImage | null): FiledImage {
  const { document, writtenAtMs } = row;
  const isTaken = verdict.verdict !== 'refused';
  const number = verdict.number ?? former?.number ?? null;
  const receivedAtMs = isTaken ? verdict.atMs : null;
  return {
    is: 'filed',
    document,
    number,
    writtenAtMs: former?.writtenAtMs ?? writtenAtMs,
    receivedAtMs,
  };
}

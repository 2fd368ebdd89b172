/** When the Hub first received a document: where the clocks of the law begin, whatever the writer's tablet says. Rules DL-4, DL-9. */
export interface FirstReceipt {
  /** The Hub's time, in ms. */
  readonly atMs: number;
  /** What has to be added to the time of the tablet that wrote it, in ms; 0 when that was right to the minute. */
  readonly skewMs: number;
}

/** What the Hub knows of the clock behind a document's first envelope. */
export interface ClockReading {
  /** When the tablet says that it wrote. */
  readonly writtenAtMs: number;
  /** Hub clock minus tablet clock when the session that brought it began. */
  readonly skewMs: number;
  /** The Hub's time of the newest thing the tablet had seen when it wrote; 0 when it had seen nothing. */
  readonly seenAtMs: number;
}

/** Times of documents are whole minutes: less than one says nothing about a clock, more about the way to the Hub. */
const TOLERANCE_MS = 60_000;

/**
 * Returns the receipt of a document whose first envelope came at `atMs`. It was written after the last thing its tablet had seen and before
 * it came, so a clock that was set between writing and sending is caught between the two.
 */
export function firstReceiptOf(atMs: number, { writtenAtMs, skewMs, seenAtMs }: ClockReading): FirstReceipt {
  const writtenMs = Math.min(Math.max(writtenAtMs + skewMs, seenAtMs), atMs);
  const offMs = writtenMs - writtenAtMs;
  return { atMs, skewMs: Math.abs(offMs) < TOLERANCE_MS ? 0 : offMs };
}

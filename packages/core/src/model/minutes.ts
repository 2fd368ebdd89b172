const EPOCH_2025_MS = 1_735_689_600_000;

/** Returns the whole minutes since 2025-01-01T00:00Z that a document value carries for an envelope of `atMs` (DOC-2). */
export function minutesOf(atMs: number): number {
  return Math.max(0, Math.floor((atMs - EPOCH_2025_MS) / 60_000));
}

/** Returns the instant, in ms, of a document value's `minutes`. */
export function msOfMinutes(minutes: number): number {
  return EPOCH_2025_MS + minutes * 60_000;
}

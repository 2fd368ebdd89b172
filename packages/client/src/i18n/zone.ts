/** Vietnam keeps one clock, UTC+7, and has had no summer time since 1975: the arithmetic below needs no zone table. */
const OFFSET_MS = 7 * 3_600_000;

/** The parts of a moment on the wall clock of Hà Nội. */
export interface ZonedParts {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
  /** 0 = Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

/** Returns the wall-clock parts of an instant (ms since 1970) in Asia/Ho_Chi_Minh, whatever the device's own zone. */
export function zonedParts(atMs: number): ZonedParts {
  const shifted = new Date(atMs + OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/** Returns the Vietnamese calendar day of an instant as `YYYY-MM-DD`. */
export function dayOf(atMs: number): string {
  const { year, month, day } = zonedParts(atMs);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Returns a number with at least two digits. */
export function two(value: number): string {
  return String(value).padStart(2, '0');
}

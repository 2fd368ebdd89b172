import { Fault } from '@chungtay/core/base/assert';
import { Outage } from '@chungtay/core/sync/ports';

/** What a line of the log may hold: numbers and words of closed lists. No name, no text, no address of a case. Rule HUB-9. */
export type LogFields = Readonly<Record<string, number | boolean | LogWord>>;

/** A word chosen in the source, never one that came in. */
export type LogWord = Lowercase<string>;

/** Says what happens to whoever runs the Hub. */
export interface Log {
  note(event: LogWord, fields?: LogFields): void;
  /** A Fault: our own words and the stack, never a value. */
  fault(error: unknown): void;
}

/** Returns a log that writes one JSON object a line. */
export function createLog(write: (line: string) => void, nowMs: () => number): Log {
  const line = (fields: Readonly<Record<string, unknown>>): void =>
    write(`${JSON.stringify({ at: new Date(nowMs()).toISOString(), ...fields })}\n`);
  return {
    note: (event, fields) => line({ event, ...fields }),
    fault: (error) =>
      line({
        event: 'fault',
        name: error instanceof Error ? error.name : 'unknown',
        // words of these two come from our own source; those of any other error may hold anything
        ...(error instanceof Fault || error instanceof Outage ? { message: error.message } : {}),
        stack:
          error instanceof Error
            ? (error.stack ?? '')
                .split('\n')
                .filter((part) => /^\s+at /u.test(part))
                .slice(0, 8)
            : [],
      }),
  };
}

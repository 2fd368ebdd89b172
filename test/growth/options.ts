/** What was asked for on the command line. */
import { parseArgs } from 'node:util';

/** The size of the commune, how long it works, and from which seed its chances come. */
export interface Options {
  readonly children: number;
  readonly cases: number;
  readonly devices: number;
  readonly days: number;
  readonly seed: number;
  /** One object a line and nothing else. */
  readonly isJson: boolean;
  /** The Hub's data directory stays, for a closer look. */
  readonly isKept: boolean;
}

const FEWEST = { children: 40, cases: 2, devices: 10, days: 60, seed: 1 } as const;

/** Returns the options; throws in words when one of them is none. */
export function parseOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      children: { type: 'string', default: '6000' },
      cases: { type: 'string', default: '500' },
      devices: { type: 'string', default: '60' },
      days: { type: 'string', default: '365' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const whole = (name: keyof typeof FEWEST): number => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= FEWEST[name]) return number;
    throw new Error(`--${name} takes whole numbers from ${FEWEST[name]}`);
  };
  return {
    children: whole('children'),
    cases: whole('cases'),
    devices: whole('devices'),
    days: whole('days'),
    seed: whole('seed'),
    isJson: values.json,
    isKept: values.keep,
  };
}

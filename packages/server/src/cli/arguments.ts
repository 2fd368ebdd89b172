import { err, ok } from '@chungtay/core/base/result';
import type { Result } from '@chungtay/core/base/result';

/** One flag of a verb: `--name VALUE`, or a bare `--name`. */
export interface Flag {
  readonly name: string;
  /** What the value is called in the usage; null for a bare flag. */
  readonly value: string | null;
  readonly isRequired: boolean;
  readonly about: string;
}

/** What a verb takes. */
export interface VerbShape {
  readonly flags: readonly Flag[];
  /** What the words after the flags are called, all of them required. */
  readonly words: readonly string[];
}

/** What was typed after a verb. */
export interface Arguments {
  readonly flags: ReadonlyMap<string, string>;
  readonly words: readonly string[];
}

/** Returns what was typed, or every problem with it, in words. A repeated, unknown or misspelt flag is a problem. Rule CLI-1. */
export function parseArguments(typed: readonly string[], shape: VerbShape): Result<Arguments, readonly string[]> {
  const flags = new Map<string, string>();
  const words: string[] = [];
  const problems: string[] = [];
  for (let at = 0; at < typed.length; at += 1) {
    const text = typed[at] ?? '';
    if (!text.startsWith('--')) {
      words.push(text);
      continue;
    }
    const [name = '', attached] = text.slice(2).split(/=(.*)/su);
    const flag = shape.flags.find((one) => one.name === name);
    const takesNext = flag !== undefined && flag.value !== null && attached === undefined;
    if (takesNext) at += 1;
    const value = attached ?? (takesNext ? typed[at] : undefined);
    const problem = flagProblem(name, flag, flags, attached, value);
    if (problem === null) flags.set(name, value ?? '');
    else problems.push(problem);
  }
  problems.push(...missing(shape, flags, problems), ...wordProblems(shape, words));
  return problems.length > 0 ? err(problems) : ok({ flags, words });
}

function flagProblem(
  name: string,
  flag: Flag | undefined,
  known: ReadonlyMap<string, string>,
  attached: string | undefined,
  value: string | undefined,
): string | null {
  if (!flag) return `--${name} is not a flag of this verb.`;
  if (known.has(name)) return `--${name} is given twice.`;
  if (flag.value === null) return attached === undefined ? null : `--${name} takes no value.`;
  if (value === undefined || (attached === undefined && value.startsWith('--')))
    return `--${name} needs ${flag.value}.`;
  return null;
}

function missing(shape: VerbShape, flags: ReadonlyMap<string, string>, problems: readonly string[]): readonly string[] {
  return shape.flags
    .filter(({ name, isRequired }) => isRequired && !flags.has(name))
    .filter(({ name }) => !problems.some((problem) => problem.startsWith(`--${name} `)))
    .map(({ name, value }) => `--${name} ${value ?? ''} is missing.`);
}

function wordProblems(shape: VerbShape, words: readonly string[]): readonly string[] {
  if (words.length < shape.words.length) return [`${shape.words.slice(words.length).join(' ')} is missing.`];
  if (words.length > shape.words.length) return [`“${words.slice(shape.words.length).join(' ')}” is too much.`];
  return [];
}

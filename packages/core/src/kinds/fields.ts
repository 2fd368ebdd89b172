/** How fields are declared in the kinds: `register(name)`, `rows({…})`, `log({…}, ['on'])`. */
import * as z from 'zod/mini';
import type { Column, FieldDefinition } from './define.ts';

/** What a field may say beyond its value: who writes it, what it does to the labels, which conflict shows first. */
export type FieldRules = Pick<FieldDefinition, 'writers' | 'scope' | 'strictest' | 'isDecision' | 'keptIn'>;

type Columns = Readonly<Record<string, Column>>;
type RecordOf<C extends Columns, Required extends keyof C> = {
  readonly [Name in Required]: z.infer<C[Name]['schema']>;
} & { readonly [Name in Exclude<keyof C, Required>]?: z.infer<C[Name]['schema']> | null };

/** Returns a register: one value, concurrent ones kept until a person chooses. */
export function register<C extends Column>(column: C, rules: FieldRules = {}) {
  return { type: 'register', schema: column.schema as C['schema'], input: column.input, ...rules } as const;
}

/** Returns a map: editable rows by code. Columns not named in `required` may be missing or null. */
export function rows<const C extends Columns, const Required extends keyof C & string = never>(
  columns: C,
  required: readonly Required[] = [],
  rules: FieldRules = {},
) {
  return { type: 'map', schema: recordSchema(columns, required), input: HIDDEN, columns, ...rules } as const;
}

/** Returns a log: records that are only ever added. Columns not named in `required` may be missing or null. */
export function log<const C extends Columns, const Required extends keyof C & string = never>(
  columns: C,
  required: readonly Required[] = [],
  rules: FieldRules = {},
) {
  return { type: 'log', schema: recordSchema(columns, required), input: HIDDEN, columns, ...rules } as const;
}

const HIDDEN = { as: 'hidden' } as const;

function recordSchema<C extends Columns, Required extends keyof C & string>(
  columns: C,
  required: readonly Required[],
): z.ZodMiniType<RecordOf<C, Required>> {
  const shape: Record<string, z.ZodMiniType> = {};
  for (const [key, column] of Object.entries(columns)) {
    shape[key] = (required as readonly string[]).includes(key) ? column.schema : z.optional(z.nullable(column.schema));
  }
  return z.object(shape) as unknown as z.ZodMiniType<RecordOf<C, Required>>;
}

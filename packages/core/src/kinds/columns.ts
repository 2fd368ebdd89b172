/** The typed values that fields are made of. Bounds are those of a form on paper, wide enough for any honest entry. */
import * as z from 'zod/mini';
import { type AnyLimits, type Json, isWire } from '../base/any.ts';
import type { CatalogueId } from '../model/catalogue.ts';
import { isRealDay, parseIsoDay } from '../model/dates.ts';
import { parseDocumentId, parseFolderId } from '../model/ids.ts';
import { parsePersonalId } from '../model/personal-id.ts';
import type { Column } from './define.ts';

/** Most characters of a name. */
const MAX_NAME = 120;
/** Most characters of one line. */
export const MAX_LINE = 200;
/** Most characters of a note of some sentences. */
export const MAX_NOTE = 2_000;
/** Most characters of a narrative. */
const MAX_NARRATIVE = 8_000;
/** Most codes in one list. */
export const MAX_LIST = 64;
/** The last instant that a field may name: 2100-01-01T00:00Z. */
const MAX_INSTANT_MS = 4_102_444_800_000;

const ANYTHING: AnyLimits = { maxDepth: 8, maxNodes: 10_000, maxBytes: 65_536, bytes: false };

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/u;
const PHONE = /^[0-9+().\-/\s]{3,40}$/u;
const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/u;

function textOf(maxLength: number): z.ZodMiniType<string> {
  return z.string().check(z.minLength(1), z.maxLength(maxLength));
}

function isPartialDate(text: string): boolean {
  const parts = PARTIAL_DATE.exec(text);
  if (!parts) return false;
  const year = Number(parts[1]);
  const isOfOurTime = year >= 1900 && year <= 2100;
  return isOfOurTime && isRealDay({ year, month: Number(parts[2] ?? 1), day: Number(parts[3] ?? 1) });
}

const codeSchema = z.string().check(z.regex(CODE));

/** A code of a list that may change: villages, schools, catalogues. */
export const code = { schema: codeSchema, input: { as: 'text' } } as const satisfies Column;
/** A person's name as people write it: any letters, one word or many, with marks, hyphens and apostrophes. */
export const name = { schema: textOf(MAX_NAME), input: { as: 'name' } } as const satisfies Column;
/** One line. */
export const line = { schema: textOf(MAX_LINE), input: { as: 'text' } } as const satisfies Column;
/** Some sentences. */
export const note = { schema: textOf(MAX_NOTE), input: { as: 'longText' } } as const satisfies Column;
/** A narrative. */
export const narrative = { schema: textOf(MAX_NARRATIVE), input: { as: 'longText' } } as const satisfies Column;
/** Digits with whatever people put between them; two numbers with a slash are one entry. */
export const phone = { schema: z.string().check(z.regex(PHONE)), input: { as: 'phone' } } as const satisfies Column;
/** Twelve digits, never a made-up number (KIND-7). */
export const personalId = {
  schema: z.string().check(z.refine((text) => text.length === 12 && parsePersonalId(text).ok)),
  input: { as: 'personalId' },
} as const satisfies Column;
/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, from 1900 to 2100. */
export const partialDate = {
  schema: z.string().check(z.refine(isPartialDate)),
  input: { as: 'partialDate' },
} as const satisfies Column;
/** `YYYY-MM-DD`. */
export const day = {
  schema: z.string().check(z.refine((text) => parseIsoDay(text) !== null && isPartialDate(text))),
  input: { as: 'date' },
} as const satisfies Column;
/** An instant in ms. */
export const instant = {
  schema: z.int().check(z.minimum(0), z.maximum(MAX_INSTANT_MS)),
  input: { as: 'dateTime' },
} as const satisfies Column;
/** Yes or no; not known is null. */
export const yesNo = { schema: z.boolean(), input: { as: 'yesNo' } } as const satisfies Column;
/** A village of the directory, by id. */
export const village = { schema: codeSchema, input: { as: 'village' } } as const satisfies Column;
/** A school of the directory, by id. */
export const school = { schema: codeSchema, input: { as: 'school' } } as const satisfies Column;
/** A person of the commune, by number. */
export const member = {
  schema: z.int().check(z.minimum(0), z.maximum(0x7fff_ffff)),
  input: { as: 'member' },
} as const satisfies Column;
/** Another folder. */
export const folderLink = {
  schema: z.string().check(z.refine((text) => parseFolderId(text) !== null)),
  input: { as: 'link' },
} as const satisfies Column;
/** Another document. */
export const documentLink = {
  schema: z.string().check(z.refine((text) => parseDocumentId(text) !== null)),
  input: { as: 'link' },
} as const satisfies Column;
/** Some other documents. */
export const documentLinks = {
  schema: z.array(documentLink.schema).check(z.maxLength(MAX_LIST)),
  input: { as: 'link' },
} as const satisfies Column;
/** Village or school ids. */
export const places = {
  schema: z.array(z.union([codeSchema, z.literal('*')])).check(z.maxLength(400)),
  input: { as: 'hidden' },
} as const satisfies Column;
/** Anything a document may hold; bounded by the envelope. */
export const anything = {
  // not z.json(): it takes 18 ms for what fits one envelope
  schema: z.custom<Json>((value) => isWire(value, ANYTHING)),
  input: { as: 'hidden' },
} as const satisfies Column;

/** A calendar year. */
export const year = {
  schema: z.int().check(z.minimum(1900), z.maximum(2100)),
  input: { as: 'number', min: 1900, max: 2100, step: 1 },
} as const satisfies Column;

/** Returns a column of one of the options; for lists fixed by an official form or by our own code. */
export function choice<const Options extends readonly [string, ...string[]]>(options: Options) {
  return { schema: z.enum(options), input: { as: 'choice', options } } as const satisfies Column;
}

/** Returns a column of some of the options. */
export function choices<const Options extends readonly [string, ...string[]]>(options: Options) {
  return {
    schema: z.array(z.enum(options)).check(z.maxLength(MAX_LIST)),
    input: { as: 'choices', options },
  } as const satisfies Column;
}

/** Returns a column of one code of a catalogue. */
export function oneOf(catalogue: CatalogueId) {
  return { schema: codeSchema, input: { as: 'catalogue', catalogue } } as const satisfies Column;
}

/** Returns a column of some codes of a catalogue. */
export function someOf(catalogue: CatalogueId) {
  return {
    schema: z.array(codeSchema).check(z.maxLength(MAX_LIST)),
    input: { as: 'catalogues', catalogue },
  } as const satisfies Column;
}

/** Returns a column of numbers from `min` to `max`. */
export function number(bounds: {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly unit?: string;
}) {
  return {
    schema: z.number().check(z.minimum(bounds.min), z.maximum(bounds.max)),
    input: { as: 'number', ...bounds },
  } as const satisfies Column;
}

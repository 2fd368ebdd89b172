/** What is asked of the book of deeds and answered from it, over a session. Rules AUD-16 … AUD-18. */
import * as z from 'zod/mini';

/** Sorts of deeds: read, written, held back, people, devices, vaults that officers open, the Hub itself. Keys `audit.act.<act>`. */
export const AUDIT_ACTS = ['read', 'write', 'held', 'person', 'device', 'recovery', 'hub'] as const;

/** What of a deed the sentence says: how something was read, or what became of a person or a device. */
export const AUDIT_DETAILS = [
  'open',
  'history',
  'export',
  'appointed',
  'suspended',
  'enrolled',
  'revoked',
  'restored',
  'asked',
  'approved',
  'refused',
  'withdrawn',
  'recovered',
] as const;

const instant = z.int();

/** Asks for deeds, newest first: before `next` of an answer; of one person, of one sort, between two instants. */
export const auditAsk = z.object({
  next: z.optional(z.string().check(z.maxLength(400))),
  member: z.optional(z.int()),
  act: z.optional(z.enum(AUDIT_ACTS)),
  fromMs: z.optional(instant),
  untilMs: z.optional(instant),
});
/** See `auditAsk`. */
export type AuditAsk = z.infer<typeof auditAsk>;

/** One deed. What the reader may not hold is not named: no document, no kind. */
export const auditLine = z.object({
  /** The Hub's time. */
  atMs: instant,
  act: z.enum(AUDIT_ACTS),
  detail: z.nullable(z.enum(AUDIT_DETAILS)),
  /** Null: whoever works at the Hub's own machine, or the Hub. */
  member: z.nullable(z.int()),
  kind: z.nullable(z.string()),
  document: z.nullable(z.string()),
  /** Whom it is about, where that is somebody. */
  about: z.nullable(z.int()),
});
/** See `auditLine`. */
export type AuditLine = z.infer<typeof auditLine>;

/**
 * Some deeds; `next` = where to ask on, null at the beginning of the log. `head` is for those who may read all: `line` names the last entry
 * under the Hub's seal, `code` is that line in short. Nothing of it counts entries: they are of every compartment.
 */
export const auditAnswer = z.object({
  lines: z.array(auditLine),
  next: z.nullable(z.string()),
  isAll: z.boolean(),
  head: z.nullable(z.object({ code: z.string(), atMs: instant, line: z.string() })),
});
/** See `auditAnswer`. */
export type AuditAnswer = z.infer<typeof auditAnswer>;

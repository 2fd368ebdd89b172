import * as z from 'zod/mini';
import { ROLES } from '../model/role.ts';
import { HOLDS, REFUSALS } from './refusal.ts';

/** Bounds of the Feed's frames. A frame is deflated above `DEFLATE_ABOVE_BYTES`. */
export const FRAME_LIMITS = {
  maxFrameBytes: 256 * 1024,
  maxInflatedBytes: 1024 * 1024,
  maxHelloBytes: 4 * 1024,
  helloWaitMs: 5_000,
  deflateAboveBytes: 1_024,
} as const;

/** Bounds of one question to the office, and of its answer. */
export const OFFICE_LIMITS = { maxBodyChars: 16 * 1024, maxAnswerChars: 800 * 1024 } as const;

// not z.instanceof: it would promise an ArrayBuffer of its own
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const hash = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 32);
const count = z.int().check(z.nonnegative());
const text = z.string();
// what a device takes over from its Hub must leave it able to write: 32 bits of client id, and numbers to come
const clientEnd = z.int().check(z.nonnegative(), z.maximum(2 ** 32));
// of a later one than the year 9999 a tablet could make no instant that can be stored
const instant = z.int().check(z.nonnegative(), z.maximum(253_402_300_799_999));
const envelopeNumber = z.int().check(z.nonnegative(), z.maximum(2 ** 48));

/** The Hub speaks first: who it is, and the nonce to sign. `range` = the protocol versions it speaks. */
export const challengeFrame = z.tuple([
  z.literal('challenge'),
  z.object({ hub: bytes, epoch: count, nonce: bytes, range: z.tuple([count, count]), nowMs: instant }),
]);

/**
 * The device proves itself and says where it stands. `proof` = Ed25519 over 'chungtay/hello/1\n' + hub key + nonce + any([protocol, device,
 * cursor, lastN]). `passport`: what enrolment gave it, for a Hub that has said it does not know it.
 */
export const helloFrame = z.tuple([
  z.literal('hello'),
  z.object({
    protocol: count,
    device: text,
    cursor: bytes,
    lastN: count,
    nowMs: count,
    proof: bytes,
    passport: z.optional(bytes),
  }),
]);

/** The person as the Hub knows him now, for the screens to explain; the Hub decides by its own copy. */
export const principalShape = z.object({
  member: count,
  role: z.enum(ROLES),
  villages: z.array(text),
  schools: z.array(text),
  namedFor: z.array(text),
  untilMs: z.nullable(count),
  // left out where nobody noted when the role began
  sinceMs: z.optional(count),
});

/**
 * The session is open. `lastN`, `lastHash` = the highest envelope of this device that was judged, and its hash (a fork shows here).
 * `leases` = ranges [from, to) of Yjs client ids for this device to use from now on. `total` = documents to expect when `cursor` was empty.
 */
export const welcomeFrame = z.tuple([
  z.literal('welcome'),
  z.object({
    principal: principalShape,
    lastN: envelopeNumber,
    lastHash: hash,
    leases: z.array(z.tuple([clientEnd, clientEnd])),
    total: count,
    nowMs: instant,
  }),
]);

/** Signed envelopes, in the order of their `n`. */
export const pushFrame = z.tuple([z.literal('push'), z.array(bytes)]);

/** The device holds, durably, everything up to this cursor. */
export const ackFrame = z.tuple([z.literal('ack'), z.object({ cursor: bytes })]);

/** One judgement. `number` = the human number the Hub gave the document. `atMs` = the Hub's receipt. */
export const verdictShape = z.object({
  n: count,
  verdict: z.enum(['stored', 'duplicate', 'held', 'refused']),
  code: z.optional(z.enum([...REFUSALS, ...HOLDS])),
  field: z.optional(text),
  number: z.optional(text),
  atMs: count,
  /** With a document's first envelope: what to add to the clock that wrote it, in ms; left out when that was right. */
  skewMs: z.optional(z.int()),
});

/** Judgements, per item. Sent only after the commit. */
export const verdictsFrame = z.tuple([z.literal('verdicts'), z.array(verdictShape)]);

/** ['u', document, member, atMs (Hub), update, number|null]: one admitted update. */
const updateItem = z.tuple([z.literal('u'), text, count, count, bytes, z.nullable(text)]);
/**
 * ['s', document, owner, atMs, compacted state, number|null, firstAtMs, firstSkewMs]: the whole document as of now; replaces what is held,
 * entries before it are skipped. The last two are its FirstReceipt.
 */
export const stateItem = z.tuple([z.literal('s'), text, count, count, bytes, z.nullable(text), count, z.int()]);
/** ['x', document, extract, atMs, JSON values, Hub signature]: a derived read-only view; replaces the former one. */
export const extractItem = z.tuple([z.literal('x'), text, text, count, text, bytes]);
/** ['c', document]: closed to this device; purge it once nothing of it waits in the outbox. */
const closedItem = z.tuple([z.literal('c'), text]);
/** ['p', deflated any-encoded array of 's' and 'x' items, Hub signature]: a cached pack. */
const packItem = z.tuple([z.literal('p'), bytes, bytes]);
/** Anything a feed frame may carry. */
export const feedItem = z.union([updateItem, stateItem, extractItem, closedItem, packItem]);

/** What changed and may be seen, in order. `cursor` covers all of it; `more` = another frame follows at once. */
export const feedFrame = z.tuple([
  z.literal('feed'),
  z.object({ items: z.array(feedItem), cursor: bytes, more: z.boolean() }),
]);

/** Which agencies hold a document, and since when (Hub time): [document, agency, atMs]. Sent live and in answer to `askReceipts`. */
export const receiptsFrame = z.tuple([z.literal('receipts'), z.array(z.tuple([text, text, count]))]);
/** Asks for the receipts of documents this person may read. */
export const askReceiptsFrame = z.tuple([z.literal('ask-receipts'), z.array(text)]);

/** What became of a held envelope: its hash, what was decided of it, by whom, and when by the Hub's clock. */
export const heldDecision = z.tuple([bytes, z.enum(['accepted', 'declined', 'partly']), count, count]);
/** In answer to `ask-held`: what was decided; what still waits is left out. */
export const heldFrame = z.tuple([z.literal('held'), z.array(heldDecision)]);
/** What is asked of a held envelope: its `n`, document and hash. */
export const heldAsk = z.tuple([count, text, bytes]);
/** Asks what became of own held envelopes. */
export const askHeldFrame = z.tuple([z.literal('ask-held'), z.array(heldAsk)]);

/**
 * Asks what became of a document, from the beginning (`next` empty) or from where the answer before ended. `ask` names the question: an
 * answer does not name the document, since it may be one that the device is not to know of.
 */
export const askHistoryFrame = z.tuple([
  z.literal('ask-history'),
  z.object({ ask: count, document: text, next: bytes }),
]);

/**
 * A part of a document's past, oldest first. `base` = its state before the first entry, with the first part alone, when there was anything
 * before that is not told; `entries` = [member, Hub time, update]; `next` = empty at the end.
 */
export const historyPart = z.object({
  base: z.nullable(bytes),
  entries: z.array(z.tuple([count, count, bytes])),
  next: bytes,
});

/** The answer: a part signed by the Hub; or none, since there is nothing this person may see, or since he asks too fast. */
export const historyFrame = z.tuple([
  z.literal('history'),
  z.object({ ask: count, part: z.nullable(historyPart), isTooFast: z.boolean(), signature: bytes }),
]);

/** How a device is: the app's version, how many edits wait here, and the state of its storage. No content, no name. */
export const reportFrame = z.tuple([
  z.literal('report'),
  z.object({
    app: z.string().check(z.maxLength(40)),
    unsent: count,
    usedBytes: z.nullable(count),
    quotaBytes: z.nullable(count),
    isPersisted: z.boolean(),
    storage: z.enum(['ok', 'full', 'blocked', 'lost']),
  }),
]);

/**
 * Asks for a verb of the office. `ask` names the question on this connection; `key` the deed, wherever it is asked again: the same key gets
 * the same answer, and nothing is done twice. `body` is JSON.
 */
export const askOfficeFrame = z.tuple([
  z.literal('ask-office'),
  z.object({
    ask: count,
    key: z.string().check(z.maxLength(26)),
    verb: z.string().check(z.maxLength(32)),
    body: z.string().check(z.maxLength(OFFICE_LIMITS.maxBodyChars)),
  }),
]);
/** The answer, as JSON: what was asked, or `{problem}`. */
export const officeFrame = z.tuple([z.literal('office'), z.object({ ask: count, answer: text })]);

/** The person's appointment changed while he is online; same shape as in `welcome`. */
export const principalFrame = z.tuple([z.literal('principal'), principalShape]);
/** The public directory changed: join its room once. */
export const hintFrame = z.tuple([z.literal('hint'), z.literal('directory')]);

/** What a device may say. */
export const upFrame = z.union([
  helloFrame,
  pushFrame,
  ackFrame,
  askReceiptsFrame,
  askHistoryFrame,
  askHeldFrame,
  reportFrame,
  askOfficeFrame,
]);
/** What the Hub may say. */
export const downFrame = z.union([
  challengeFrame,
  welcomeFrame,
  verdictsFrame,
  feedFrame,
  receiptsFrame,
  historyFrame,
  heldFrame,
  officeFrame,
  principalFrame,
  hintFrame,
]);

/** A frame from a device. */
export type UpFrame = z.infer<typeof upFrame>;
/** A frame from the Hub. */
export type DownFrame = z.infer<typeof downFrame>;
/** One thing a feed frame carries. */
export type FeedItem = z.infer<typeof feedItem>;
/** What a device asks of a document's past. */
export type HistoryAsk = z.infer<typeof askHistoryFrame>[1];
/** A part of a document's past. */
export type HistoryPart = z.infer<typeof historyPart>;
/** The Hub's answer to a HistoryAsk. */
export type HistoryAnswer = z.infer<typeof historyFrame>[1];
/** What a device says of itself. */
export type ReportedState = z.infer<typeof reportFrame>[1];
/** What a device asks of the office. */
export type OfficeAsk = z.infer<typeof askOfficeFrame>[1];
/** The office's answer. */
export type OfficeAnswer = z.infer<typeof officeFrame>[1];
/** A question about one held envelope. */
export type HeldAsk = z.infer<typeof heldAsk>;
/** What became of one held envelope. */
export type HeldDecision = z.infer<typeof heldDecision>;
/** One judgement of the Hub. */
export type Verdict = z.infer<typeof verdictShape>;

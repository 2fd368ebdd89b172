/** Keeps a device in touch with its Hub: one socket, tried again for ever until the Hub says a final no. Rules CSE-1 … CSE-9. */
import type { World } from '../base/world.ts';
import type { DocumentId } from '../model/ids.ts';
import type { HistoryAnswer, OfficeAsk } from '../wire/frames.ts';
import { Connection } from './client-session-connection.ts';
import { type ConnectionEnd, skewAcross } from './client-session-end.ts';
import type { ConnectionParts } from './client-session-parts.ts';
import { backoffMs } from './device-backoff.ts';
import type { SessionState, WaitReason } from './session-state.ts';

/** What a session tells whoever shows it. */
export interface SessionEvents {
  /** The state changed. */
  onState?(state: SessionState): void;
  /** The public directory changed: join its room once. */
  onHint?(): void;
}

/** Facts about the contact with the Hub; null while unknown. */
export interface SessionFacts {
  /** Hub clock minus tablet clock, in ms: recorded and shown, never used for order or rights (P9). */
  readonly skewMs: number | null;
  /** When something arrived last, by the tablet's clock. */
  readonly lastReceivedAtMs: number | null;
  /** When the Hub last answered for something of ours, by the tablet's clock: only this may be shown as "sent". */
  readonly lastAnsweredAtMs: number | null;
  /** Whether everything that the Hub had at a welcome of this session has come, over however many connections. */
  readonly hasCaughtUp: boolean;
}

/** What became of a question to the office. `answer` is JSON. */
export type OfficeOutcome =
  | { readonly is: 'answered'; readonly answer: string }
  | { readonly is: 'offline' }
  | { readonly is: 'unknown' };

/** Ends that say nothing against the Hub or what it sends. */
const LOSSES: readonly WaitReason[] = ['offline', 'timeout', 'restarting'];

/** See the file's head. Starts idle. */
export class ClientSession {
  #state: SessionState = { is: 'idle' };
  #facts: SessionFacts = { skewMs: null, lastReceivedAtMs: null, lastAnsweredAtMs: null, hasCaughtUp: false };
  #connection: Connection | null = null;
  #cancelRetry: () => void = () => undefined;
  #attempt = 0;
  /** Whether this connection brought something that is durable now. */
  #hasGained = false;
  /** How many documents the first download brings; kept over its interruptions. */
  #expected = 0;
  readonly #world: World;
  #parts: ConnectionParts;
  readonly #events: SessionEvents;

  constructor(parts: ConnectionParts, events: SessionEvents = {}) {
    this.#world = parts.world;
    this.#parts = parts;
    this.#events = events;
  }

  /** Returns where the session stands. */
  get state(): SessionState {
    return this.#state;
  }

  /** Returns what is known of the contact. */
  get facts(): SessionFacts {
    return this.#facts;
  }

  /** Starts, or tries again at once: after start, "online", "visible", or a tap on "try now". A live session asks for a sign of life instead. */
  wake(): void {
    if (this.#state.is === 'stopped') return;
    if (this.#connection) return this.#connection.probe();
    this.#attempt = 0;
    this.#dial();
  }

  /** Asks which agencies hold these documents; nothing happens without a connection. */
  askReceipts(documents: readonly DocumentId[]): void {
    this.#connection?.askReceipts(documents);
  }

  /** Asks what became of own held envelopes; nothing happens without a connection. */
  askHeld(): void {
    this.#connection?.askHeld();
  }

  /** Asks for a part of a document's past; null when there is no connection, or it ends before the answer comes. */
  askHistory(document: DocumentId, next: Uint8Array): Promise<HistoryAnswer | null> {
    return this.#connection?.askHistory(document, next) ?? Promise.resolve(null);
  }

  /** Asks for a verb of the office: `offline` when it could not even be asked, `unknown` when no answer came: it may have been done. */
  async askOffice(question: Omit<OfficeAsk, 'ask'>): Promise<OfficeOutcome> {
    const asked = this.#connection?.askOffice(question) ?? null;
    if (asked === null) return { is: 'offline' };
    const answer = await asked;
    return answer ? { is: 'answered', answer: answer.answer } : { is: 'unknown' };
  }

  /** Ends the session; `wake` starts it again. */
  stop(): void {
    this.#cancelRetry();
    this.#connection?.close();
    this.#connection = null;
    if (this.#state.is !== 'stopped') this.#enter({ is: 'idle' });
  }

  #dial(): void {
    this.#cancelRetry();
    this.#hasGained = false;
    this.#enter({ is: 'connecting' });
    const connection = new Connection(this.#parts, {
      onProving: () => this.#enter({ is: 'proving' }),
      onLive: (expected) => this.#live(expected),
      onFeed: (isLast) => this.#fed(isLast),
      onVerdicts: () => this.#answered(),
      onHint: () => this.#events.onHint?.(),
      onClock: (hubMs, sinceMs) => this.#note(skewAcross(sinceMs, this.#world.nowMs(), hubMs)),
      onEnd: (end) => this.#ended(end),
    });
    // a dial that failed at once has already ended
    if (this.#state.is === 'connecting') this.#connection = connection;
  }

  #live(expected: number): void {
    // a download that was interrupted goes on from its cursor, and the Hub counts no more
    if (expected > 0) this.#expected = expected;
    this.#enter({ is: 'live', isCaughtUp: false, expected: this.#expected });
  }

  #answered(): void {
    this.#hasGained = true;
    this.#note({ lastReceivedAtMs: this.#world.nowMs(), lastAnsweredAtMs: this.#world.nowMs() });
  }

  #fed(isLast: boolean): void {
    this.#hasGained = true;
    this.#note({ lastReceivedAtMs: this.#world.nowMs() });
    if (!isLast) return;
    this.#attempt = 0;
    this.#expected = 0;
    this.#note({ hasCaughtUp: true });
    if (this.#state.is === 'live' && !this.#state.isCaughtUp) this.#enter({ ...this.#state, isCaughtUp: true });
  }

  #ended(end: ConnectionEnd): void {
    this.#connection = null;
    if (end.is === 'stopped') return this.#isForgotten(end) ? this.#dialWithPassport() : this.#enter(end);
    // a network that breaks again and again, but carries something each time, is worth trying at once
    if (this.#hasGained && LOSSES.includes(end.reason)) this.#attempt = 0;
    const delayMs = backoffMs(end.reason, this.#attempt, this.#world);
    this.#attempt += 1;
    this.#cancelRetry = this.#world.after(delayMs, () => this.#dial());
    this.#enter({ is: 'waiting', retryAtMs: this.#world.nowMs() + delayMs, reason: end.reason });
  }

  /** A Hub that does not know the device may have been put back to a time before it was enrolled. */
  #isForgotten({ refusal }: Extract<ConnectionEnd, { readonly is: 'stopped' }>): boolean {
    const { identity } = this.#parts.sync.parts;
    return refusal === 'not-enrolled' && this.#parts.papers === undefined && identity.passport.length > 0;
  }

  #dialWithPassport(): void {
    const { passport } = this.#parts.sync.parts.identity;
    this.#parts = { ...this.#parts, papers: { passport } };
    this.#dial();
  }

  #note(facts: Partial<SessionFacts>): void {
    this.#facts = { ...this.#facts, ...facts };
  }

  #enter(state: SessionState): void {
    this.#state = state;
    this.#events.onState?.(state);
  }
}

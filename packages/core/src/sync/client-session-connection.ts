/** One connection to the Hub, from the first frame to the close. Rules CSE-1 … CSE-8. */
import { equalBytes } from '../base/bytes.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import { decodeDown, encodeFrame, encodePlainFrame } from '../wire/codec.ts';
import type { DownFrame, HistoryAnswer, OfficeAnswer, OfficeAsk, UpFrame } from '../wire/frames.ts';
import { signHello } from '../wire/hello.ts';
import type { RefusalCode } from '../wire/refusal.ts';
import {
  PROTOCOL_EARLY_PUSH,
  PROTOCOL_HELD,
  PROTOCOL_HISTORY,
  PROTOCOL_OFFICE,
  PROTOCOL_SEALED,
  protocolWith,
} from '../wire/version.ts';
import { Acks } from './client-session-acks.ts';
import { type Arrived, type ArrivedFeed, joinFeeds } from './client-session-arrived.ts';
import { Asks } from './client-session-asks.ts';
import { answerWithinMs, type ConnectionEnd, endOfClose, probeWithinMs, SILENCE } from './client-session-end.ts';
import { Inbound } from './client-session-inbound.ts';
import type { ConnectionEvents, ConnectionParts } from './client-session-parts.ts';
import { PushWindow } from './client-session-push.ts';
import { Reporter } from './client-session-report.ts';
import { principalOf } from './device-meta.ts';
import { Outage, type Socket } from './ports.ts';
import type { WaitReason } from './session-state.ts';

/** See the file's head. */
export class Connection {
  #phase: 'connecting' | 'proving' | 'live' | 'over' = 'connecting';
  #epoch = 0;
  #helloAtMs = 0;
  #protocol = 0;
  #cancelSilence: () => void = () => undefined;
  #unsubscribe: () => void = () => undefined;
  #isPumping = false;
  #isProbing = false;
  #isComing = true;
  readonly #window = new PushWindow();
  readonly #histories: Asks<HistoryAnswer>;
  readonly #offices: Asks<OfficeAnswer>;
  readonly #acks: Acks;
  readonly #reporter: Reporter;
  readonly #inbound = new Inbound<Arrived | null>((frames) => this.#receiveAll(frames));
  readonly #socket: Socket;
  readonly #parts: ConnectionParts;
  readonly #events: ConnectionEvents;

  constructor(parts: ConnectionParts, events: ConnectionEvents) {
    this.#parts = parts;
    this.#events = events;
    this.#histories = new Asks(parts.world);
    this.#offices = new Asks(parts.world);
    this.#reporter = new Reporter(parts, (frame) => this.#send(frame));
    this.#acks = new Acks(parts.world, (cursor) => this.#socket.send(encodePlainFrame(['ack', { cursor }])));
    this.#socket = parts.dial({
      onFrame: (frame) => void this.#guard(() => this.#inbound.take(() => this.#read(frame))),
      onClose: (code) => this.#end(endOfClose(code, this.#parts.sync.outboxAfter(0).length > 0)),
    });
    this.#expect(SILENCE.welcomeMs);
  }

  /** Asks the Hub for a sign of life now: a connection that survived a sleep may be half-open. */
  probe(): void {
    // asked already: asking again and again must not put off the answer's time
    if (this.#phase !== 'live' || this.#isProbing) return;
    this.#isProbing = true;
    this.#expect(probeWithinMs(this.#window.owedBytes, this.#isComing));
    void this.#guard(() => this.#send(['ask-receipts', []]));
  }

  /** Asks which agencies hold these documents; the answer comes into the replica. */
  askReceipts(documents: readonly DocumentId[]): void {
    if (this.#phase === 'live') void this.#guard(() => this.#send(['ask-receipts', [...documents]]));
  }

  /** Asks what became of own held envelopes; the answer comes into the replica. */
  askHeld(): void {
    const asks = this.#phase === 'live' && this.#protocol >= PROTOCOL_HELD ? this.#parts.sync.heldAsks() : [];
    if (asks.length > 0) void this.#guard(() => this.#send(['ask-held', asks]));
  }

  /** Asks for a part of a document's past; resolves with the answer, or null when none comes over this connection. */
  askHistory(document: DocumentId, next: Uint8Array): Promise<HistoryAnswer | null> {
    const isHeard = this.#phase === 'live' && this.#protocol >= PROTOCOL_HISTORY;
    if (!isHeard) return Promise.resolve(null);
    return this.#histories.ask((ask) => this.#guard(() => this.#send(['ask-history', { ask, document, next }])));
  }

  /** Asks for a verb of the office; null when it was not asked. */
  askOffice(question: Omit<OfficeAsk, 'ask'>): Promise<OfficeAnswer | null> | null {
    if (this.#phase !== 'live' || this.#protocol < PROTOCOL_OFFICE) return null;
    return this.#offices.ask((ask) => this.#guard(() => this.#send(['ask-office', { ask, ...question }])));
  }

  /** Ends the connection without trying again. */
  close(): void {
    this.#acks.end();
    this.#over();
    this.#socket.close(1000, '');
  }

  /** Everything about a frame that does not depend on what is held; null = not a frame, or one nobody waits for any more. */
  async #read(bytes: Uint8Array): Promise<Arrived | null> {
    if (this.#phase === 'over') return null;
    const frame = await decodeDown(bytes, this.#parts.world.deflate);
    if (!frame.ok) return null;
    if (frame.value[0] !== 'feed') return frame.value;
    const { items, cursor, more } = frame.value[1];
    const parsed = await this.#parts.sync.readFeed(items);
    return parsed.ok ? ['feed', { parsed: parsed.value, cursor, more }] : null;
  }

  async #receiveAll(frames: readonly (Arrived | null)[]): Promise<void> {
    for (const frame of joinFeeds(frames)) await this.#guard(() => this.#receive(frame));
  }

  async #receive(frame: Arrived | null): Promise<void> {
    if (this.#phase === 'over') return;
    if (!frame) return this.#give('bad-frame');
    await this.#apply(frame);
    this.#isProbing = false;
    if (this.#phase === 'live') this.#expectNext();
  }

  #apply(frame: Arrived): Promise<void> | void {
    if (frame[0] === 'challenge') return this.#phase === 'connecting' ? this.#prove(frame[1]) : this.#give('bad-frame');
    if (frame[0] === 'welcome') return this.#phase === 'proving' ? this.#welcome(frame[1]) : this.#give('bad-frame');
    if (this.#phase !== 'live') return this.#give('bad-frame');
    switch (frame[0]) {
      case 'feed':
        return this.#feed(frame[1]);
      case 'verdicts':
        return this.#verdicts(frame[1]);
      case 'receipts':
        return frame[1].length === 0 ? undefined : this.#parts.sync.receipts(frame[1]);
      case 'principal':
        return this.#principal(principalOf(frame[1]));
      case 'held':
        return this.#parts.sync.decisions(frame[1]);
      case 'history':
        return this.#histories.take(frame[1]) ? undefined : this.#give('bad-frame');
      case 'office':
        return this.#offices.take(frame[1]) ? undefined : this.#give('bad-frame');
      case 'hint':
        return this.#events.onHint();
    }
  }

  async #prove(challenge: Extract<DownFrame, readonly ['challenge', unknown]>[1]): Promise<void> {
    const { sync, world, papers } = this.#parts;
    const { identity, signer } = sync.parts;
    if (!equalBytes(challenge.hub, identity.hubKey)) return this.#give('other-hub');
    const protocol = protocolWith(challenge.range);
    if (!protocol.ok) return this.#refuse(protocol.error);
    this.#epoch = challenge.epoch;
    this.#events.onClock(challenge.nowMs, world.nowMs());
    const { cursor, lastN } = sync.position;
    const claim = { protocol: protocol.value, device: identity.device, cursor, lastN };
    this.#protocol = claim.protocol;
    const proof = await signHello(challenge, claim, signer);
    this.#helloAtMs = world.nowMs();
    await this.#send(['hello', { ...claim, nowMs: this.#helloAtMs, proof, ...papers }]);
    if (this.#phase !== 'connecting') return;
    this.#phase = 'proving';
    this.#events.onProving();
    // a Hub of another epoch was restored from a backup: what still follows its mark is only known with the welcome
    if (claim.protocol >= PROTOCOL_EARLY_PUSH && challenge.epoch === identity.epoch) await this.#pushEarly();
  }

  /** One push behind the hello saves a round trip; the rest follows the welcome. */
  async #pushEarly(): Promise<void> {
    const push = this.#window.next(this.#parts.sync.toSend(0, this.#protocol >= PROTOCOL_SEALED));
    if (push.length === 0) return;
    this.#window.sent(push);
    await this.#send(['push', push.map(({ bytes }) => bytes)]);
  }

  async #welcome(welcome: Extract<DownFrame, readonly ['welcome', unknown]>[1]): Promise<void> {
    const { sync } = this.#parts;
    this.#events.onClock(welcome.nowMs, this.#helloAtMs);
    const { lastN, lastHash, leases } = welcome;
    const principal = principalOf(welcome.principal);
    if (!this.#isOurs(principal)) return this.#give('bad-frame');
    const isFirst = sync.position.cursor.length === 0;
    const stored = await sync.welcome({ principal, leases, lastN, lastHash, epoch: this.#epoch });
    if (!stored.ok) return this.#refuse(stored.error);
    if (this.#phase !== 'proving') return;
    this.#phase = 'live';
    this.#window.welcomed(lastN);
    this.#events.onLive(isFirst ? welcome.total : 0);
    this.#unsubscribe = sync.subscribe(() => void this.#guard(() => this.#pump()));
    void this.#guard(() => this.#reporter.say(this.#protocol));
    await this.#pump();
    this.askHeld();
  }

  /** A tablet is one person's: what it writes under another number nobody can read. */
  #isOurs({ member }: Principal): boolean {
    return member === this.#parts.sync.parts.identity.member;
  }

  #principal(principal: Principal): Promise<void> | void {
    return this.#isOurs(principal) ? this.#parts.sync.principal(principal) : this.#give('bad-frame');
  }

  async #feed({ parsed, cursor, more }: ArrivedFeed): Promise<void> {
    const applied = await this.#parts.sync.feed(parsed, { cursor, isLast: !more });
    if (!applied.ok) return this.#give('refetching');
    this.#isComing = more;
    if (this.#phase === 'live') this.#acks.durable(cursor);
    this.#events.onFeed(!more);
  }

  async #verdicts(verdicts: Extract<DownFrame, readonly ['verdicts', unknown]>[1]): Promise<void> {
    const applied = await this.#parts.sync.verdicts(verdicts);
    if (!applied.ok) return this.#give('refetching');
    this.#window.answered(verdicts.map(({ n }) => n));
    this.#events.onVerdicts();
    void this.#guard(() => this.#reporter.answered());
    await this.#pump();
  }

  /** Sends what the window lets through. One at a time: packing a frame takes a turn, and order must hold. */
  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (;;) {
        const push = this.#window.next(this.#parts.sync.toSend(this.#window.sentN, this.#protocol >= PROTOCOL_SEALED));
        if (push.length === 0 || this.#phase !== 'live') return;
        const wasOwed = this.#window.isOwed;
        this.#window.sent(push);
        await this.#send(['push', push.map(({ bytes }) => bytes)]);
        if (!wasOwed && !this.#isProbing) this.#expectNext();
      }
    } finally {
      this.#isPumping = false;
    }
  }

  async #send(frame: UpFrame): Promise<void> {
    const bytes = await encodeFrame(frame, this.#parts.world.deflate);
    if (this.#phase !== 'over') this.#socket.send(bytes);
  }

  /** Runs what may meet an Outage of the device's own store. Faults go up; nothing that came later is applied over one (CSE-8). */
  async #guard(task: () => Promise<void>): Promise<void> {
    if (this.#phase === 'over') return;
    try {
      await task();
    } catch (error) {
      this.#give(error instanceof Outage ? 'storage' : 'bad-frame');
      if (!(error instanceof Outage)) throw error;
    }
  }

  #expectNext(): void {
    if (this.#window.isOwed || this.#isComing) this.#expect(answerWithinMs(this.#window.owedBytes, this.#isComing));
    else this.#expect(SILENCE.idleMs, () => this.probe());
  }

  /** Waits for the next frame; when none comes, `otherwise` — by default the connection counts as lost. */
  #expect(withinMs: number, otherwise: () => void = () => this.#give('timeout')): void {
    this.#cancelSilence();
    if (this.#phase !== 'over') this.#cancelSilence = this.#parts.world.after(withinMs, otherwise);
  }

  #give(reason: WaitReason): void {
    this.#socket.close(1000, '');
    this.#end({ is: 'waiting', reason });
  }

  #refuse(refusal: RefusalCode): void {
    this.#socket.close(1000, '');
    this.#end({ is: 'stopped', refusal });
  }

  #end(end: ConnectionEnd): void {
    if (this.#phase === 'over') return;
    this.#over();
    this.#events.onEnd(end);
  }

  #over(): void {
    this.#phase = 'over';
    this.#histories.end();
    this.#offices.end();
    this.#acks.drop();
    this.#cancelSilence();
    this.#unsubscribe();
  }
}

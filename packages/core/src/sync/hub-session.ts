/** One connection at the Hub: proof first, then pushes, acknowledgements and questions in order. Holds SES-1 … SES-6. */
import { must } from '../base/assert.ts';
import { decodeHello, decodeUp } from '../wire/codec.ts';
import type { HelloFrame } from '../wire/codec.ts';
import { FRAME_LIMITS } from '../wire/frames.ts';
import type { DownFrame, UpFrame, Verdict } from '../wire/frames.ts';
import { CLOSE, closeCodeOf } from '../wire/refusal.ts';
import type { RefusalCode } from '../wire/refusal.ts';
import { PROTOCOL, PROTOCOL_EARLY_PUSH, PROTOCOL_FLOOR } from '../wire/version.ts';
import { openCursor } from './cursor.ts';
import { Serial } from './device-serial.ts';
import type { Reader } from './feed-plan.ts';
import type { FeedContent, FeedLine } from './feed-pump-ports.ts';
import { FeedPump } from './feed-pump.ts';
import type { StillRight } from './feed-rights.ts';
import type { HubCore } from './hub-core.ts';
import { beginEpoch } from './hub-epoch.ts';
import { Farewell } from './hub-farewell.ts';
import { heldDecisions } from './hub-held.ts';
import { principalOf } from './hub-index.ts';
import { MeteredDeflate } from './hub-metered.ts';
import { Outgoing } from './hub-outgoing.ts';
import { PushIntake } from './hub-push.ts';
import type { PushEars } from './hub-push.ts';
import { Questions } from './hub-questions.ts';
import { ReceiptLines } from './hub-receipt-lines.ts';
import type { ReceiptLine } from './hub-receipts.ts';
import { countVisible, principalFields, readerOf, welcomeDevice } from './hub-welcome.ts';
import { Outage } from './ports.ts';
import type { HubSocket, SocketEvents } from './ports.ts';

const NONCE_BYTES = 16;
const MAX_ASKED = 1_000;
/** The same device connected anew: whoever still has this end may try again. */
const REPLACED = 4001;

/** See SocketEvents. */
export class HubSession implements SocketEvents, FeedLine, PushEars {
  /** Who it is, once proved. */
  reader: Reader | null = null;
  readonly #core: HubCore;
  readonly #socket: HubSocket;
  /** Until the hello: what it has to sign, and what ends the waiting for it. */
  #hello: { readonly nonce: Uint8Array; readonly cancelWait: () => void } | null;
  /** `leaving`: a revoked device, which may hand in what it has and hears nothing but the answers. */
  #state: 'challenged' | 'proving' | 'open' | 'leaving' | 'closed' = 'challenged';
  #farewell: Farewell | null = null;
  #pump: FeedPump | null = null;
  #push: PushIntake | null = null;
  /** What came behind the hello, unread until the proof holds. */
  #early: Uint8Array | null = null;
  #questions: Questions | null = null;
  #lines: ReceiptLines | null = null;
  readonly #incoming = new Serial();
  readonly #outgoing: Outgoing;
  readonly #deflate: MeteredDeflate;

  constructor(core: HubCore, socket: HubSocket) {
    const { world, signer } = core.options;
    this.#core = core;
    this.#socket = socket;
    this.#deflate = new MeteredDeflate(world.deflate, socket);
    this.#outgoing = new Outgoing(socket, world, this);
    const { epoch } = core.index();
    const range: [number, number] = [PROTOCOL_FLOOR, PROTOCOL];
    const nonce = world.randomBytes(NONCE_BYTES);
    void this.#send(['challenge', { hub: signer.publicKey, epoch, nonce, range, nowMs: world.nowMs() }]);
    const cancelWait = world.after(FRAME_LIMITS.helloWaitMs, () => this.refuse('too-slow'));
    this.#hello = { nonce, cancelWait };
  }

  onFrame(frame: Uint8Array): void {
    if (this.#state === 'challenged') void this.#prove(frame);
    else if (this.#state === 'proving') this.#keepEarly(frame);
    else if (this.#state === 'open' || this.#state === 'leaving') this.#enqueue(frame);
  }

  onClose(_code: number): void {
    this.#end();
  }

  /** Ends the session after what was sent before; the device may come back. */
  close(code: number, reason: string): void {
    if (this.#isClosed()) return;
    // whatever a stranger says after he was refused is left in the network
    if (this.#state !== 'open') this.#socket.pause?.();
    this.#end();
    this.#outgoing.close(code, reason);
  }

  /** Ends the session for a reason that coming back does not change. */
  refuse(code: RefusalCode): void {
    this.close(closeCodeOf(code), code);
  }

  /** The device was revoked: it hears nothing more, and may come back to hand in what it has. */
  dismiss(): void {
    if (this.#state === 'leaving') this.#farewell?.heard();
    else this.close(CLOSE.restart, 'revoked');
  }

  /** Something was committed, or a right may have ended; `isBusy`: more of it will follow at once. */
  wake(isBusy: boolean): void {
    this.#pump?.wake(isBusy);
  }

  /** See FeedLine. */
  sendFeed(frame: FeedContent, isStillRight: StillRight): Promise<boolean> {
    return this.#send(frameOf(frame), () => !this.#isClosed() && isStillRight());
  }

  /** See FeedLine. */
  sendFeedAtOnce(frame: FeedContent, isStillRight: StillRight): boolean {
    return this.#outgoing.hasRoom && this.#outgoing.sendAtOnce(frameOf(frame), isStillRight);
  }

  /** See FeedLine. */
  room(): Promise<void> {
    return this.#outgoing.room(() => this.#isClosed());
  }

  /** Answers a push in the turn of its commit: before the same commit is told to all others. */
  sendVerdicts(verdicts: readonly Verdict[]): void {
    const frame: DownFrame = ['verdicts', [...verdicts]];
    if (!this.#outgoing.sendAtOnce(frame)) void this.#send(frame);
  }

  /** Ends the session for an Outage, or for a Fault, which is reported: the device comes back. */
  failed(error: unknown): void {
    if (this.#isClosed()) return;
    const isRestarting = error instanceof Outage && error.kind === 'restarting';
    if (!isRestarting) this.#core.report(error);
    this.close(isRestarting ? CLOSE.restart : CLOSE.later, 'outage');
  }

  /** Tells the person who he is now. */
  sendPrincipal(): void {
    const row = this.reader && this.#core.index().member(this.reader.member);
    if (row && this.#state === 'open') void this.#send(['principal', principalFields(principalOf(row))]);
  }

  /** Tells which agencies hold documents, as far as this person may read them. */
  sendReceipts(lines: readonly ReceiptLine[]): void {
    if (this.#lines && lines.some((line) => this.#lines?.mayTell(line))) this.#lines.tell(lines);
  }

  /** Tells that the public directory changed. */
  sendHint(): void {
    if (this.#state === 'open') void this.#send(['hint', 'directory']);
  }

  /** One frame, bounded by the socket: what a stranger may leave here until his proof fails. */
  #keepEarly(frame: Uint8Array): void {
    if (this.#early !== null) this.refuse('malformed');
    else if (frame.length > FRAME_LIMITS.maxFrameBytes) this.refuse('too-large');
    else this.#early = frame;
  }

  async #prove(frame: Uint8Array): Promise<void> {
    this.#state = 'proving';
    const { signer } = this.#core.options;
    try {
      const hello = decodeHello(frame);
      if (!hello.ok) return this.refuse(hello.error);
      const { nonce, cancelWait } = must(this.#hello, 'the challenge of a session that proves itself');
      const challenge = { hub: signer.publicKey, nonce };
      const proved = await readerOf(hello.value, challenge, this.#core);
      cancelWait();
      this.#hello = null;
      if ('refusal' in proved) return this.refuse(proved.refusal);
      if (this.#early !== null && hello.value[1].protocol < PROTOCOL_EARLY_PUSH) return this.refuse('malformed');
      await this.#open(proved.reader, hello.value[1]);
    } catch (error) {
      this.failed(error);
    }
    return undefined;
  }

  async #open(reader: Reader, { cursor, nowMs, lastN, protocol }: HelloFrame[1]): Promise<void> {
    const { world, sealer } = this.#core.options;
    const skewMs = world.nowMs() - nowMs;
    if (this.#isClosed()) return;
    for (const other of this.#core.sessions) {
      if (other !== this && other.reader?.device === reader.device) other.close(REPLACED, 'replaced');
    }
    this.reader = reader;
    const standing = openCursor(cursor, reader.device, sealer);
    if (standing && !(await this.#core.restored.isRemembered(standing, this.#core.index()))) {
      this.#core.restored.note(reader.device, standing, this.#core.index(), world.nowMs());
      await beginEpoch(this.#core, standing.epoch);
    }
    if (this.#isClosed()) return;
    const welcome = await welcomeDevice(this.#core, reader, protocol);
    if (this.#isClosed()) return;
    this.#push = new PushIntake(this.#core, { reader, skewMs }, this.#socket, this);
    if (this.#core.index().device(reader.device)?.revoked) return this.#takeLeave(welcome, reader, lastN);
    this.#pump = new FeedPump(reader, standing, this.#core.feed, this);
    this.#lines = new ReceiptLines(this.#core, reader, this.#outgoing);
    this.#state = 'open';
    const total = this.#pump.isBootstrap ? countVisible(reader, this.#core) : 0;
    this.#greet({ ...welcome, total });
    this.#pump.start();
    if (standing && !this.#pump.isBootstrap) this.#core.receipts.reconcile(reader, standing.base.seq);
  }

  #greet(welcome: Omit<Extract<DownFrame, readonly ['welcome', unknown]>[1], 'nowMs'>): void {
    void this.#send(['welcome', { ...welcome, nowMs: this.#core.options.world.nowMs() }]);
    if (this.#early !== null) this.#enqueue(this.#early, welcome.lastN);
    this.#early = null;
  }

  /** No feed, no receipts, no past: pushes are answered until the device falls silent (ENR-8). */
  #takeLeave(welcome: Awaited<ReturnType<typeof welcomeDevice>>, { device }: Reader, writtenN: number): void {
    this.#state = 'leaving';
    const isIdle = (): boolean => this.#push?.isIdle ?? true;
    const owes = (): boolean => (this.#core.index().device(device)?.lastN ?? 0) < writtenN;
    this.#farewell = new Farewell(this.#core.options.world, { isIdle, owes, end: () => this.refuse('device-revoked') });
    this.#greet({ ...welcome, total: 0 });
  }

  #questionsOf(reader: Reader): Questions {
    return new Questions(reader, this.#core, {
      send: (frame, mayGo = () => true) => this.#send(frame, () => !this.#isClosed() && mayGo()),
      failed: (error) => this.failed(error),
    });
  }

  #enqueue(bytes: Uint8Array, afterN: number | null = null): void {
    const push = must(this.#push, 'the intake of an open session');
    if (!this.#core.isOpen || !push.admit(bytes.length)) return;
    void this.#incoming.run(async () => {
      try {
        if (!this.#isClosed()) await this.#take(bytes, push, afterN);
      } catch (error) {
        this.failed(error);
      }
    });
  }

  async #take(bytes: Uint8Array, push: PushIntake, afterN: number | null): Promise<void> {
    const frame = await decodeUp(bytes, this.#deflate);
    if (!frame.ok) return this.refuse(frame.error);
    if (frame.value[0] === 'push') {
      this.#farewell?.heard();
      return push.take(frame.value[1], bytes.length, afterN);
    }
    push.release(bytes.length);
    return this.#state === 'leaving' ? undefined : this.#answer(frame.value);
  }

  async #answer(frame: Exclude<UpFrame, readonly ['push', ...unknown[]]>): Promise<void> {
    const reader = must(this.reader, 'the reader of an open session');
    const { receipts } = this.#core;
    if (frame[0] === 'ack') receipts.record(reader, this.#pump?.acknowledged(frame[1].cursor) ?? []);
    else if (frame[0] === 'hello') this.refuse('malformed');
    else if (frame[0] === 'ask-history' || frame[0] === 'ask-office' || frame[0] === 'report')
      (this.#questions ??= this.#questionsOf(reader)).take(frame);
    else if (frame[1].length > MAX_ASKED) this.refuse('too-large');
    else if (frame[0] === 'ask-held')
      void this.#send(['held', [...(await heldDecisions(reader, frame[1], this.#core))]]);
    else this.#lines?.tell(await receipts.answer(reader, frame[1]));
  }

  #send(frame: DownFrame, mayGo?: StillRight): Promise<boolean> {
    return this.#outgoing.send(frame, mayGo);
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #end(): void {
    if (this.#isClosed()) return;
    this.#state = 'closed';
    this.#hello?.cancelWait();
    this.#hello = null;
    this.#farewell?.cancel();
    this.#early = null;
    this.#pump?.stop();
    this.#core.sessions.delete(this);
  }
}

function frameOf({ items, cursor, more }: FeedContent): DownFrame {
  return ['feed', { items: [...items], cursor, more }];
}

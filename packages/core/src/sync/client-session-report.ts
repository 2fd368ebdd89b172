/** Says how this device is, once a connection, and again when what waited is handed in: the office sees which tablet lies unsent somewhere. Holds SES-7. */
import type { UpFrame } from '../wire/frames.ts';
import { PROTOCOL_OFFICE } from '../wire/version.ts';
import type { ConnectionParts } from './client-session-parts.ts';

/** One connection's reports. */
export class Reporter {
  readonly #parts: Pick<ConnectionParts, 'report' | 'sync'>;
  readonly #send: (frame: UpFrame) => Promise<void>;
  #isOwed = false;

  constructor(parts: Pick<ConnectionParts, 'report' | 'sync'>, send: (frame: UpFrame) => Promise<void>) {
    this.#parts = parts;
    this.#send = send;
  }

  /** Says it, to a Hub that understands it. */
  async say(protocol: number): Promise<void> {
    if (protocol >= PROTOCOL_OFFICE) await this.#say();
  }

  /** Envelopes were judged: says it again if some had waited and none does any more. */
  async answered(): Promise<void> {
    if (this.#isOwed && this.#unsent() === 0) await this.#say();
  }

  async #say(): Promise<void> {
    const { report } = this.#parts;
    if (!report) return;
    const unsent = this.#unsent();
    this.#isOwed = unsent > 0;
    const state = await report().catch(() => null);
    if (state) await this.#send(['report', { ...state, unsent }]);
  }

  #unsent(): number {
    return this.#parts.sync.outboxAfter(0).length;
  }
}

import { randomBytes } from 'node:crypto';
import { concatBytes } from '@chungtay/core/base/bytes';
import type { Clock, CryptoPort } from '@chungtay/core/base/world';
import type { DeviceId, MemberNumber } from '@chungtay/core/model/ids';
import { parseDeviceId } from '@chungtay/core/model/ids';
import type { Sealer } from '@chungtay/core/sync/ports';
import * as z from 'zod/mini';

/** Who showed a ticket. Whether he still may is asked of the Hub each time. */
export interface TicketHolder {
  readonly member: MemberNumber;
  readonly device: DeviceId;
}

/** How long a ticket opens rooms, and how long a challenge waits for its proof. */
export const TICKET_LIVES_MS = 5 * 60_000;
const CHALLENGE_LIVES_MS = 60_000;

/** How a ticket is named among the subprotocols of a WebSocket: it must not stand in a URL, which proxies log. */
export const TICKET_PREFIX = 'chungtay.ticket.';

const DOMAIN = Buffer.from('chungtay/ticket/1\n');
const sealedTicket = z.object({ use: z.literal('ticket'), member: z.int(), device: z.string(), untilMs: z.int() });
const sealedChallenge = z.object({ use: z.literal('challenge'), untilMs: z.int() });

/** Gives and reads tickets. It remembers nothing: a ticket is sealed, short-lived, and names its holder. Rule ROOM-2. */
export class Tickets {
  readonly #sealer: Sealer;
  readonly #clock: Clock;

  constructor(sealer: Sealer, clock: Clock) {
    this.#sealer = sealer;
    this.#clock = clock;
  }

  /** Returns a challenge for a device to sign, base64url. */
  challenge(): string {
    const untilMs = this.#clock.nowMs() + CHALLENGE_LIVES_MS;
    return this.#seal({ use: 'challenge', untilMs, salt: randomBytes(8).toString('base64url') });
  }

  /** Says whether a challenge is one of ours and still open. */
  isOpenChallenge(text: string): boolean {
    const challenge = this.#open(text, sealedChallenge);
    return challenge !== null && challenge.untilMs > this.#clock.nowMs();
  }

  /** Returns a ticket for `holder`, base64url. */
  issue(holder: TicketHolder): string {
    return this.#seal({ use: 'ticket', ...holder, untilMs: this.#clock.nowMs() + TICKET_LIVES_MS });
  }

  /** Returns who a ticket was given to, or null when it is none of ours or has ended. */
  read(text: string): TicketHolder | null {
    const ticket = this.#open(text, sealedTicket);
    const device = ticket ? parseDeviceId(ticket.device) : null;
    if (!ticket || !device || ticket.untilMs <= this.#clock.nowMs()) return null;
    return { member: ticket.member as MemberNumber, device };
  }

  #seal(value: Readonly<Record<string, unknown>>): string {
    return Buffer.from(this.#sealer.seal(Buffer.from(JSON.stringify(value)))).toString('base64url');
  }

  #open<T>(text: string, shape: z.ZodMiniType<T>): T | null {
    const opened = this.#sealer.open(Buffer.from(text, 'base64url'));
    if (!opened) return null;
    const parsed = shape.safeParse(JSON.parse(Buffer.from(opened).toString('utf8')));
    return parsed.success ? parsed.data : null;
  }
}

function ticketProofBytes(hubKey: Uint8Array, challenge: string): Uint8Array {
  return concatBytes([DOMAIN, hubKey, Buffer.from(challenge, 'base64url')]);
}

/** Says whether `proof` is the device key's signature for `challenge`: over the domain, the Hub's key and the challenge. */
export function isTicketProof(
  crypto: CryptoPort,
  deviceKey: Uint8Array,
  hubKey: Uint8Array,
  challenge: string,
  proof: Uint8Array,
): Promise<boolean> {
  return crypto.verify(deviceKey, ticketProofBytes(hubKey, challenge), proof);
}

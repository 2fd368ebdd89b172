/**
 * One session's questions to the office: answered in their order, at a pace that leaves the others their Hub, to whoever has a verb by the
 * Hub's own row at that moment. A deed asked for again under its key is answered, never done again. Holds ENR-10, SES-8.
 */
import { hexOf } from '../base/bytes.ts';
import { utf8LengthBytes, writeUtf8 } from '../base/utf8.ts';
import type { World } from '../base/world.ts';
import type { Role } from '../model/role.ts';
import { hasEnded } from '../policy/access.ts';
import { READING_VERBS, verbFor } from '../policy/office.ts';
import type { WireVerb } from '../policy/office.ts';
import { OFFICE_LIMITS } from '../wire/frames.ts';
import type { OfficeAnswer, OfficeAsk } from '../wire/frames.ts';
import { Serial } from './device-serial.ts';
import type { Reader } from './feed-plan.ts';
import type { StillRight } from './feed-rights.ts';
import type { HubIndex } from './hub-index.ts';
import { principalOf } from './hub-index.ts';
import type { MemberRow } from './ports.ts';

/** Who asks: the person of the session, as the Hub has him, and his device. */
export interface OfficeAsker extends Reader {
  readonly row: MemberRow;
}

/** Carries out a verb for somebody who has it, and returns what is answered, as JSON. Rejects with an Outage. */
export type OfficeDesk = (asker: OfficeAsker, verb: WireVerb, body: string) => Promise<string>;

/** Bounds of one session's questions. */
export const OFFICE_PACE = { burst: 40, betweenMs: 250, waiting: 16 } as const;

/** Why the office itself says no. */
export type DeskRefusal = 'not-allowed' | 'too-fast' | 'other-deed' | 'too-large';

/** A deed and its answer are known for this long. */
const REMEMBERED_MS = 15 * 60_000;
const MAX_REMEMBERED = 256;

interface Deed {
  readonly digest: string;
  readonly untilMs: number;
  readonly answer: Promise<string>;
}

/** The deeds of all sessions, by who asked and key: a session that broke comes back for its answer. In memory alone. */
export class OfficeDeeds {
  readonly #known = new Map<string, Deed>();
  readonly #world: Pick<World, 'nowMs' | 'crypto'>;

  constructor(world: Pick<World, 'nowMs' | 'crypto'>) {
    this.#world = world;
  }

  /** Returns the answer of a deed that is known or on its way, has it done when it is not; null for another deed under a known key. */
  async once(
    { member }: Reader,
    { key, verb, body }: OfficeAsk,
    perform: () => Promise<string>,
  ): Promise<string | null> {
    const nowMs = this.#world.nowMs();
    for (const [known, { untilMs }] of this.#known) if (untilMs <= nowMs) this.#known.delete(known);
    const name = `${member} ${key}`;
    const digest = this.#digestOf(`${verb}\n${body}`);
    const known = this.#known.get(name);
    if (known) return known.digest === digest ? known.answer : null;
    const answer = perform();
    this.#known.set(name, { digest, untilMs: nowMs + REMEMBERED_MS, answer });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    // what failed was not done, or nobody knows: the next asking decides anew on what is there
    answer.catch(() => this.#known.delete(name));
    return answer;
  }

  #digestOf(text: string): string {
    const bytes = new Uint8Array(utf8LengthBytes(text));
    writeUtf8(bytes, 0, text);
    return hexOf(this.#world.crypto.sha256(bytes));
  }
}

/** What answering needs. */
export interface OfficePorts {
  readonly world: Pick<World, 'nowMs' | 'after'>;
  readonly index: () => HubIndex;
  readonly deeds: OfficeDeeds;
  readonly desk: OfficeDesk | undefined;
  readonly send: (answer: OfficeAnswer, mayGo?: StillRight) => Promise<boolean>;
}

/** See the file's head. */
export class OfficeLine {
  readonly #reader: Reader;
  readonly #ports: OfficePorts;
  readonly #serial = new Serial();
  #waiting = 0;
  #freeAtMs = 0;

  constructor(reader: Reader, ports: OfficePorts) {
    this.#reader = reader;
    this.#ports = ports;
  }

  /** Answers in its turn. Resolves when that is sent; rejects with an Outage. */
  async ask(question: OfficeAsk): Promise<void> {
    if (this.#waiting >= OFFICE_PACE.waiting) return this.#refuse(question.ask, 'too-fast');
    this.#waiting += 1;
    try {
      await this.#serial.run(() => this.#answer(question));
    } finally {
      this.#waiting -= 1;
    }
    return undefined;
  }

  async #answer(question: OfficeAsk): Promise<void> {
    await this.#pace();
    const roleNow = (): Role | null => this.#asking(question.verb)?.asker.row.principal.role ?? null;
    const role = roleNow();
    const answer = await this.#answerTo(question);
    if (answer === null) return this.#refuse(question.ask, 'other-deed');
    if (answer.length > OFFICE_LIMITS.maxAnswerChars) return this.#refuse(question.ask, 'too-large');
    // whoever lost his role while it was made hears a no: another role may have the verb too, and be told less
    const mayGo = (): boolean => role !== null && roleNow() === role;
    const isSent = await this.#ports.send({ ask: question.ask, answer }, mayGo);
    return isSent ? undefined : this.#refuse(question.ask, 'not-allowed');
  }

  #answerTo(question: OfficeAsk): Promise<string | null> {
    const asking = this.#asking(question.verb);
    const { desk, deeds } = this.#ports;
    if (!asking || !desk) return Promise.resolve(problem('not-allowed'));
    const perform = (): Promise<string> => desk(asking.asker, asking.verb, question.body);
    return READING_VERBS.includes(asking.verb) ? perform() : deeds.once(this.#reader, question, perform);
  }

  /** By the row of now: what a tablet says of itself is nothing here. */
  #asking(text: string): { readonly asker: OfficeAsker; readonly verb: WireVerb } | null {
    const index = this.#ports.index();
    const row = index.member(this.#reader.member);
    const device = index.device(this.#reader.device);
    if (!row || !device || device.revoked) return null;
    const principal = principalOf(row);
    const verb = hasEnded(principal, this.#ports.world.nowMs()) ? null : verbFor(principal.role, text);
    return verb && { asker: { ...this.#reader, row }, verb };
  }

  async #refuse(ask: number, code: DeskRefusal): Promise<void> {
    await this.#ports.send({ ask, answer: problem(code) });
  }

  async #pace(): Promise<void> {
    const { world } = this.#ports;
    const nowMs = world.nowMs();
    const { burst, betweenMs } = OFFICE_PACE;
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + betweenMs;
    const waitMs = this.#freeAtMs - nowMs - burst * betweenMs;
    if (waitMs > 0) await new Promise<void>((resolve) => void world.after(waitMs, resolve));
  }
}

function problem(code: DeskRefusal): string {
  return JSON.stringify({ problem: { code } });
}

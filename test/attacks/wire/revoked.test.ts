import { CLOSE, closeCodeOf } from '@chungtay/core/wire/refusal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../fixtures/world.ts';
import { type Account, openSession, plainFrame, readFrame, Writer } from './account.ts';
import { Commune, newUlid } from './commune.ts';
import { askErase, isOrdered, type Last } from './erase-words.ts';

/** A few in the gate; `REVOKE_RUNS=20` runs as many as the promise names. */
const RUNS = Number(process.env['REVOKE_RUNS'] ?? 3);
const SILENT_WITHIN_MS = 5_000;
const ENVELOPES = 40;
const LATEST_MS = 400;
const LAST_WORD = closeCodeOf('device-revoked');

interface Judged {
  readonly n: number;
  readonly verdict: string;
  readonly code?: string;
}

let commune: Commune;
beforeAll(async () => {
  commune = await Commune.found({ CT_ENROLMENTS_PER_MINUTE: '80' });
}, 60_000);
afterAll(() => commune.end());

/** Hands in envelopes one after another, over as many connections as it takes, until everything is answered or the Hub says its last word. */
class Uploader {
  readonly verdicts = new Map<number, Judged>();
  /** When each connection ended, and how; and what was told beside answers once the first was over. */
  readonly ends: { readonly atMs: number; readonly code: number }[] = [];
  readonly toldAfter: string[] = [];
  readonly #account: Account;
  readonly #writer: Writer;
  readonly #envelopes: readonly Buffer[];

  constructor(account: Account) {
    this.#account = account;
    const writer = new Writer(account);
    this.#writer = writer;
    this.#envelopes = Array.from({ length: ENVELOPES }, (_, i) =>
      writer.next(`${newUlid()}/identity`, { village: 'thon-1', name: `Vừ A Páo ${i}` }),
    );
  }

  /** The last that the device has written. */
  get last(): Last {
    return this.#writer.last;
  }

  /** One connection, from the first envelope on of which no answer has come, as a tablet does. */
  async connect(): Promise<number> {
    // revoked between the hello and the welcome, it is sent away there
    const opened = await openSession(this.#account, commune.target(), { lastN: ENVELOPES }).catch(() => null);
    if (!opened) return this.#end(CLOSE.restart);
    const { line } = opened;
    const answered = this.#envelopes.findIndex((_, i) => !this.verdicts.has(i + 1));
    const pushing = this.#push(answered, (envelope) => line.send({ payload: plainFrame('push', [envelope]) }));
    const ended = line.ended();
    const done = line
      .until(() => this.#note(line.messages))
      .then(
        () => ({ code: 0 }),
        () => ended,
      );
    const { code } = await Promise.race([ended, done]);
    await pushing.catch(() => undefined);
    this.#note(line.messages);
    line.drop();
    return this.#end(code);
  }

  #end(code: number): number {
    this.ends.push({ atMs: Date.now(), code });
    return code;
  }

  async #push(from: number, send: (envelope: Buffer) => Promise<unknown>): Promise<void> {
    for (const envelope of this.#envelopes.slice(from)) {
      await send(envelope);
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
  }

  /** Says whether everything is answered. */
  #note(messages: readonly Buffer[]): boolean {
    for (const [type, told] of messages.map(readFrame)) {
      if (type === 'verdicts') for (const one of told as unknown as Judged[]) this.verdicts.set(one.n, one);
      else if (this.ends.length > 0 && type !== 'challenge' && type !== 'welcome') this.toldAfter.push(type);
    }
    return this.verdicts.size === ENVELOPES;
  }
}

describe('a device that is revoked while it hands in', () => {
  const random = seededRandom(Number(process.env['REVOKE_SEED'] ?? 13));
  it.each(Array.from({ length: RUNS }, (_, i) => [i + 1, Math.floor(random() * LATEST_MS)]))(
    '[P12] [P13] run %i, after %i ms: hears nothing more within five seconds, and all that it had written is stored or held, nothing merged',
    async (_run, afterMs) => {
      const account = await commune.account();
      const uploader = new Uploader(account);
      expect((await askErase(account, uploader.last)).code).toBe('not-ordered');
      const first = uploader.connect();
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      const revokedAtMs = Date.now();
      await commune.office('revoke', { device: account.self.device });
      await commune.work();
      const ending = await first;
      // told for good where it had only just come, and not at all where it was through already
      const isThrough = uploader.verdicts.size === ENVELOPES;
      expect(isThrough ? 0 : ending).toBeOneOf(isThrough ? [0] : [CLOSE.restart, LAST_WORD]);
      expect((uploader.ends[0]?.atMs ?? Infinity) - revokedAtMs).toBeLessThan(SILENT_WITHIN_MS);
      while (uploader.verdicts.size < ENVELOPES) {
        // asked between the connections, with what it has written and the Hub has not answered
        expect((await askErase(account, uploader.last)).code).toBe('owing');
        const code = await uploader.connect();
        if (code === LAST_WORD) break;
      }
      const judged = [...uploader.verdicts.values()].toSorted((a, b) => a.n - b.n);
      expect(judged.map(({ n }) => n)).toEqual(Array.from({ length: ENVELOPES }, (_, i) => i + 1));
      const firstHeld = judged.findIndex(({ verdict }) => verdict === 'held');
      const [before, after] = firstHeld < 0 ? [judged, []] : [judged.slice(0, firstHeld), judged.slice(firstHeld)];
      const isStored = ({ verdict }: Judged): boolean => verdict === 'stored' || verdict === 'duplicate';
      expect(before.filter((one) => !isStored(one))).toEqual([]);
      expect(new Set(after.map(({ code }) => code))).toEqual(new Set(after.length > 0 ? ['right-ended'] : []));
      expect(uploader.toldAfter).toEqual([]);
      // and only now it is to erase
      const { order } = await askErase(account, uploader.last);
      expect(order && isOrdered(account, order)).toBe(true);
    },
    60_000,
  );
});

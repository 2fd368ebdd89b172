/** The Hub's door with somebody watching: what is pushed, what is answered, and what the Hub then keeps, compared with Yjs. */
import { equalBytes, hexOf } from '@chungtay/core/base/bytes';
import { encodeState } from '@chungtay/core/doc/state';
import { parseUpdate } from '@chungtay/core/doc/update';
import type { SignedEnvelope } from '@chungtay/core/sync/envelope';
import type { FeedStore } from '@chungtay/core/sync/ports';
import { verifyStore } from '@chungtay/core/sync/verify';
import type { Verdict } from '@chungtay/core/wire/frames';
import { applyUpdate as applyToYjs } from 'yjs';
import type { TestDevice } from '../fixtures/device.ts';
import { settle } from '../fixtures/world.ts';
import type { Commune, Held, Person } from './commune.ts';
import type { KindAttempt } from './corpus.ts';
import { differenceIn, harmOf } from './oracle.ts';
import { readWhole } from './reading.ts';

/** One envelope on its way, and what its sender claims. */
export interface Sent {
  readonly name: string;
  readonly held: Held;
  readonly attempt: KindAttempt;
  readonly signed: SignedEnvelope;
}

/** An envelope and its answer. */
export interface Answered {
  readonly sent: Sent;
  readonly verdict: Verdict | undefined;
}

const KEPT_VIOLATIONS = 20;

/** See the file's head. */
export class Door<Store extends FeedStore = FeedStore> {
  readonly violations: string[] = [];
  readonly happened: Record<string, number> = {};
  readonly commune: Commune<Store>;
  /** The newest stored envelope of each device. */
  readonly stored = new Map<TestDevice, Uint8Array>();
  /** Attackers, and documents in which they were stored once. */
  writers: readonly (readonly [Person, Held])[] = [];

  constructor(commune: Commune<Store>) {
    this.commune = commune;
  }

  /** Returns a signed envelope, the next of the person's device. */
  async seal({ device }: Person, held: Held, attempt: KindAttempt, update: Uint8Array, name: string): Promise<Sent> {
    return { name, held, attempt, signed: await device.seal({ document: held.document, update }) };
  }

  /** Pushes a batch; what was stored is followed and compared. */
  async push(person: Person, batch: readonly Sent[]): Promise<readonly Answered[]> {
    const { device } = person;
    device.clear();
    await device.push(...batch.map(({ signed }) => signed));
    await answered(device, batch.length);
    return this.settleAnswers(person, batch);
  }

  /** Follows the answers that came. */
  async settleAnswers(person: Person, batch: readonly Sent[]): Promise<readonly Answered[]> {
    const { device } = person;
    const verdicts = new Map(device.verdicts().map((one) => [one.n, one]));
    if (device.closed)
      await this.reopen(
        person,
        `a push was answered by ${device.closed.join(' ')}: ${batch.map(({ name }) => name).join(', ')}`,
      );
    const judged = batch.map((sent) => ({ sent, verdict: verdicts.get(sent.signed.envelope.n) }));
    for (const { sent, verdict } of judged) this.#follow(person, sent, verdict);
    return judged;
  }

  #follow(person: Person, { name, held, attempt, signed }: Sent, verdict: Verdict | undefined): void {
    const { device } = person;
    this.count(verdict?.code ?? verdict?.verdict ?? 'nothing');
    if (!verdict) return this.wrong(name, signed, 'no verdict');
    if (verdict.verdict !== 'stored') return undefined;
    this.stored.set(device, signed.bytes);
    if (name !== 'honest') this.writers = [...this.writers.slice(-99), [person, held]];
    const { update: bytes } = signed.envelope;
    const update = parseUpdate(bytes);
    if (!update.ok) return this.wrong(name, signed, 'stored what is no update');
    const harm = harmOf(update.value, attempt);
    if (harm !== null) this.wrong(name, signed, harm);
    this.commune.stored(held, device.member, update.value);
    applyToYjs(held.doc, bytes);
    const difference = differenceIn(held.doc, held.state);
    if (difference !== null) this.wrong(name, signed, difference);
  }

  /** What the Hub keeps is what we and Yjs make of what it stored. */
  async compareStates(batch: readonly Sent[]): Promise<void> {
    const { store } = this.commune.test;
    const kept = await store.readStates(batch.map(({ held }) => held.document));
    for (const { name, held, signed } of batch) {
      const state = kept.get(held.document);
      if (!state || !equalBytes(state, encodeState(held.state)))
        this.wrong(name, signed, 'the Hub keeps another state');
    }
  }

  /** Re-reads the store: chain, signatures, states; and hears what the Hub reported of itself. */
  async prove(): Promise<void> {
    const { store, world, reports } = this.commune.test;
    const { damages } = await verifyStore(store, world.crypto);
    for (const { document, state } of this.commune.held.values()) readWhole(document, state);
    for (const damage of damages) this.violations.push(`the store: ${JSON.stringify(damage)}`);
    for (const report of reports) this.violations.push(`the Hub reported ${String(report)}`);
    reports.length = 0;
  }

  /** Lets a device in again. */
  async reopen({ device }: Person, wrong: string | null): Promise<void> {
    if (wrong !== null) this.violations.push(wrong);
    this.count('sessions ended');
    await device.connect();
    if (device.closed) throw new Error(`nobody gets back in: ${device.closed.join(' ')}`);
  }

  /** Notes what must not be. */
  wrong(name: string, { bytes }: SignedEnvelope, what: string): void {
    if (this.violations.length < KEPT_VIOLATIONS)
      this.violations.push(`${name}: ${what} (${hexOf(bytes.slice(0, 400))})`);
  }

  /** Notes what happened. */
  count(what: string): void {
    this.happened[what] = (this.happened[what] ?? 0) + 1;
  }
}

/** Waits for the verdicts of a store that answers in its own time. */
export async function answered(device: TestDevice, count: number): Promise<void> {
  const untilMs = performance.now() + 5_000;
  while (device.verdicts().length < count && device.closed === null && performance.now() < untilMs) await settle();
}

/** The Hub's side of a replica: what a session needs to know, and what it applies. Rules REP-1 … REP-9, CSE-3. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import { isHighDocument } from '../policy/lease.ts';
import type { FeedItem, HeldAsk, HeldDecision, Verdict } from '../wire/frames.ts';
import type { PushRow } from './client-session-push.ts';
import type { Position } from './device-meta.ts';
import { outboxKey, type OutboxRow, parseOutboxRow } from './outbox.ts';
import type { ReplicaCore } from './replica-core.ts';
import { type ParsedFeed, parseFeed } from './replica-feed-parse.ts';
import { planFeed, planRefetch } from './replica-feed.ts';
import { heldAsks, planDecisions } from './replica-held.ts';
import { highAreaOf } from './replica-high.ts';
import { isUncounted } from './replica-kept.ts';
import { isFileOnly } from './replica-label.ts';
import { planReceipts, type Receipt } from './replica-receipts.ts';
import { forgottenAfter, type HubMark, planEpoch, planReconcile } from './replica-reconcile.ts';
import { planVerdicts } from './replica-verdicts.ts';
import { decodeSealedRow, sealRow, type SealedRow, UNANSWERED } from './sealed-row.ts';

/** What `welcome` says of this device and person. */
export interface Welcome extends HubMark {
  /** The Hub's epoch, of its challenge. */
  readonly epoch: number;
  readonly principal: Principal;
  readonly leases: readonly (readonly [from: number, to: number])[];
}

/** See the file's head. Every method resolves when its change is durable and rejects with an Outage, after which nothing has changed. */
export class ReplicaSync {
  readonly #core: ReplicaCore;

  constructor(core: ReplicaCore) {
    this.#core = core;
  }

  /** Returns who this device is and how it signs. */
  get parts(): Pick<ReplicaCore['parts'], 'identity' | 'signer'> {
    return this.#core.parts;
  }

  /** Returns where the device stands. */
  get position(): Position {
    return this.#core.memory.position;
  }

  /** Returns the envelopes that wait for a verdict after envelope `n`, in order; those taken out of their documents are among them, since the chain needs them. */
  outboxAfter(n: number): readonly OutboxRow[] {
    return this.#core.memory.outbox.rows.filter((row) => row.n > n);
  }

  /** Returns what is to be sent after envelope `n`, in order: what waits, and, to a Hub that can open it, what was sealed for it. */
  toSend(n: number, canOpen = false): readonly PushRow[] {
    const waiting = this.outboxAfter(n).map((row) => ({ n: row.n, group: row.group, bytes: row.signed.bytes }));
    const sealed = canOpen ? this.#core.memory.sealedAgain.filter((row) => row.n > n) : [];
    return sealed.length === 0 ? waiting : [...waiting, ...sealed].toSorted((a, b) => a.n - b.n);
  }

  /** Tells `listener` of every change from now on; returns a function that ends it. */
  subscribe(listener: () => void): () => void {
    return this.#core.subscribe(listener);
  }

  /** Stores what the welcome says before any of it is used; refuses when a copy of this device is at work. */
  welcome({ principal, leases, epoch, ...mark }: Welcome): Promise<Result<void, 'device-forked'>> {
    const { memory, parts } = this.#core;
    const { world } = parts;
    return this.#core.run(async () => {
      await this.#core.knowKept();
      const kept = await this.#readKept(forgottenAfter(mark, memory), (bytes) => parseOutboxRow(bytes, world.crypto));
      const waiting = memory.sealedAgain.filter(({ receivedAtMs }) => receivedAtMs === UNANSWERED);
      const forgotten = await this.#readKept(memory.kept.sealedAfter(mark.lastN), decodeSealedRow);
      const sealedAgain = [...forgotten, ...waiting].toSorted((a, b) => a.n - b.n);
      const reconciled = planReconcile(mark, memory, kept, sealedAgain);
      if (!reconciled.ok) return reconciled;
      const change = planEpoch(epoch, reconciled.value ?? {}, this.#core);
      await this.#core.commit({ change: { ...change, sealedAgain, entitlement: { principal, leases } } });
      return ok(undefined);
    });
  }

  async #readKept<Row>(ns: readonly number[], parse: (bytes: Uint8Array) => Row | null): Promise<readonly Row[]> {
    const { store } = this.#core.parts;
    const rows: Row[] = [];
    for (const n of ns) {
      // of a document of the short lease both may be there: as it is, and sealed
      for (const area of ['kept', highAreaOf('kept')] as const) {
        const bytes = await store.read(area, outboxKey(n));
        const row = bytes && parse(bytes);
        if (row) rows.push(row);
      }
    }
    return rows;
  }

  /** Stores who the person is now. */
  async principal(principal: Principal): Promise<void> {
    await this.#core.change(() => ok({ entitlement: { ...this.#core.memory.entitlement, principal } }));
  }

  /** Reads a feed frame, which depends on nothing that is held: while an earlier one is still on its way to the disk. `malformed`: the Hub sent what it may not. */
  readFeed(items: readonly FeedItem[]): Promise<Result<ParsedFeed, 'malformed'>> {
    const { identity, world } = this.#core.parts;
    return parseFeed(items, identity.hubKey, world);
  }

  /**
   * Applies a feed frame, all or nothing, cursor included; frames are given in the order they came. `gap`: the device misses something the
   * Hub believes it has; the cursor was reset, so the next session fetches everything again.
   */
  async feed(
    parsed: ParsedFeed,
    mark: { readonly cursor: Uint8Array; readonly isLast: boolean },
  ): Promise<Result<void, 'gap'>> {
    const { identity } = this.#core.parts;
    await this.#core.knowKept();
    const applied = await this.#core.plan(() => planFeed(parsed, mark, this.#core.memory, identity.member));
    if (!applied.ok) await this.refetch();
    return applied;
  }

  /** Applies judgements, in one commit. `gap`: as for `feed`; the judgements are applied all the same. */
  async verdicts(verdicts: readonly Verdict[]): Promise<Result<void, 'gap'>> {
    const { memory } = this.#core;
    const isFiled = (document: DocumentId): boolean => isFileOnly(document, memory.entitlement.principal);
    // the Hub counts otherwise than this device: the next welcome says from where on
    let isGap = verdicts.some(isUncounted);
    await this.#core.run(async () => {
      await this.#core.knowKept();
      const sealed = await this.#sealAnswered(verdicts, isFiled);
      const planned = planVerdicts(verdicts, memory, isFiled, sealed);
      isGap ||= planned.isGap;
      await this.#core.commit({ change: planned.change });
    });
    return isGap ? err('gap') : ok(undefined);
  }

  /** What the Hub has of this person and he may not read back, or not for long, as it can be kept here: so that only the Hub can open it. */
  async #sealAnswered(
    verdicts: readonly Verdict[],
    isFiled: (document: DocumentId) => boolean,
  ): Promise<readonly SealedRow[]> {
    const { memory, parts } = this.#core;
    const sealed: SealedRow[] = [];
    for (const { n, verdict, atMs } of parts.seal ? verdicts : []) {
      const row = memory.outbox.find(n);
      if (parts.seal && row && verdict !== 'refused' && (isFiled(row.document) || isHighDocument(row.document)))
        sealed.push(await sealRow(row, atMs, parts.seal));
    }
    return sealed;
  }

  /** Returns what to ask about held envelopes of which this person waits to hear. */
  heldAsks(): HeldAsk[] {
    return heldAsks(this.#core.memory, this.#core.parts.world.crypto);
  }

  /** Notes what was decided about held envelopes. */
  async decisions(lines: readonly HeldDecision[]): Promise<void> {
    await this.#core.change(() => ok(planDecisions(lines, this.#core.memory)));
  }

  /** Notes which agencies hold which documents. */
  async receipts(receipts: readonly Receipt[]): Promise<void> {
    await this.#core.change(() => ok(planReceipts(receipts, this.#core.memory)));
  }

  /** Resets the cursor: the next session fetches everything again; what is held stays readable meanwhile. */
  async refetch(): Promise<void> {
    await this.#core.change(() => ok(planRefetch(this.#core.memory)));
  }
}

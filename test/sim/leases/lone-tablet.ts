import { must } from '@chungtay/core/base/assert';
import { type DocumentId, documentIdOf, makeUlid } from '@chungtay/core/model/ids';
import { isHighDocument } from '@chungtay/core/policy/lease';
import { ClientSession } from '@chungtay/core/sync/client-session';
import { HIGH_AREAS, type ReplicaArea } from '@chungtay/core/sync/ports';
import { openReplica } from '@chungtay/core/sync/replica';
import { signLeaseClaim } from '@chungtay/core/wire/lease';
/** One tablet through weeks without its Hub: the product's lease, replica and Hub; only disks, clocks and the line are made up. */
import { IDBFactory } from 'fake-indexeddb';
import type { Vault } from '../../../packages/client/src/platform/idb-vault.ts';
import { withoutHigh } from '../../../packages/client/src/worker/ending-store.ts';
import { identityFor } from '../../../packages/client/src/worker/identity.support.ts';
import { LeaseKeeper } from '../../../packages/client/src/worker/lease-keeper.ts';
import { TestHub } from '../../fixtures/hub.ts';
import { enrolTablet, type Tablet } from '../../fixtures/tablet.ts';

const HIGH: ReadonlySet<ReplicaArea> = new Set(HIGH_AREAS);

/** See the file's head. */
export class LoneTablet {
  readonly test: TestHub;
  readonly tablet: Tablet;
  readonly written: { readonly document: DocumentId; readonly words: string }[] = [];
  keeper!: LeaseKeeper;
  /** What somebody has set the clock of the tablet to be off by. */
  clockOffMs = 0;
  /** Since the Hub's last word: how long the program has run, how much time has passed, and whether the clock was touched. */
  ranMs = 0;
  passedMs = 0;
  wasSet = false;
  #startedAtMs = 0;
  #high: CryptoKey | null = null;
  #words = 0;

  private constructor(test: TestHub, tablet: Tablet) {
    this.test = test;
    this.tablet = tablet;
  }

  /** Returns a lead's tablet that is named for what is sealed, and has met its Hub. */
  static async found(): Promise<LoneTablet> {
    globalThis.indexedDB = new IDBFactory();
    const test = await new TestHub().start();
    const lone = new LoneTablet(test, await enrolTablet(test, { namedFor: ['sealed'] }));
    await lone.restart();
    return lone;
  }

  /** Ends the process and starts the next on what is on the disk, with whatever clock it has now. */
  async restart(): Promise<void> {
    this.tablet.stop();
    this.tablet.store = this.tablet.store.reopen();
    this.#high = null;
    this.#startedAtMs = this.test.timeline.nowMs;
    this.keeper = await LeaseKeeper.open({
      vault: this.#vault(),
      identity: { ...identityFor('lead'), device: this.tablet.identity.device },
      world: { ...this.tablet.world, nowMs: () => this.test.timeline.nowMs + this.clockOffMs },
      monotonicMs: () => this.test.timeline.nowMs - this.#startedAtMs,
      ask: (box) => this.#ask(box),
    });
    await this.#open();
  }

  /** Lets time pass; the tablet is at work, or switched off. */
  async pass(byMs: number, isOn: boolean): Promise<void> {
    this.passedMs += byMs;
    if (isOn) this.ranMs += byMs;
    this.test.timeline.nowMs += byMs;
    if (isOn) await this.tick();
    else await this.restart();
  }

  /** Does what the engine does each half minute: puts away what is over. */
  async tick(): Promise<void> {
    const former = this.keeper.standing;
    await this.keeper.tick();
    if (this.keeper.standing !== former || this.#shown !== this.keeper.standing) await this.#open();
  }

  /** Files a report, as far as the lease allows; says under which kind. */
  async file(kind: 'intake' | 'sealed-intake'): Promise<void> {
    this.#words += 1;
    const words = `CANARY ${kind === 'intake' ? 'ngỏ' : 'kín'} ${this.#words}`;
    const document = documentIdOf(this.test.folder(), kind, makeUlid(this.test.world));
    const outcome = await this.tablet.replica.edit([{ document, sets: [{ name: 'summary', value: words }] }]);
    if (outcome.ok) this.written.push({ document, words });
  }

  /** Meets the Hub, if it gives leave; everything that waits is handed in. */
  async meet(): Promise<void> {
    if ((await this.keeper.renew()) === 'given') {
      this.ranMs = 0;
      this.passedMs = 0;
      this.wasSet = false;
    }
    await this.#open();
    this.tablet.session.wake();
    await this.test.pass(60_000);
    this.ranMs += 60_000;
    this.passedMs += 60_000;
    this.tablet.session.stop();
  }

  /** The areas of the disk that hold `words` for whoever has the vault's key alone. */
  async findOpen(words: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const area of ['log', 'outbox', 'kept', 'packs', 'quarantine', 'meta', 'drafts'] as const) {
      const { records } = await this.tablet.store.readAll(area);
      if (records.some(({ bytes }) => Buffer.from(bytes).includes(words))) found.push(area);
    }
    return found;
  }

  #shown = '';

  async #open(): Promise<void> {
    const { tablet, test, keeper } = this;
    tablet.session?.stop();
    const { standing } = keeper;
    this.#shown = standing;
    const { world, signer, identity } = tablet;
    const seal = (bytes: Uint8Array) => Promise.resolve(test.lock.seal(bytes));
    const isWhole = standing === 'whole';
    const store = isWhole ? tablet.store : withoutHigh(tablet.store, () => keeper.notePatchy(true));
    const shut = isWhole ? {} : { sealsOnly: (of: DocumentId) => standing === 'ended' || isHighDocument(of) };
    tablet.replica = await openReplica({ world, store, signer, identity, seal, ...shut });
    if (isWhole && keeper.isPatchy) {
      await tablet.replica.sync.refetch();
      await keeper.notePatchy(false);
    }
    const dial = tablet.network.dialTo(() => (socket) => test.hub.accept(socket));
    tablet.session = new ClientSession({ world, dial, sync: tablet.replica.sync });
  }

  async #ask(box: Uint8Array | null) {
    const { tablet, test } = this;
    const claim = {
      device: tablet.identity.device,
      challenge: test.world.randomBytes(20),
      nonce: test.world.randomBytes(16),
      box: box ?? new Uint8Array(0),
    };
    const proof = await signLeaseClaim(test.signer.publicKey, claim, tablet.signer);
    const answer = await test.hub.lease({ ...claim, proof });
    if (!answer.ok) return { is: 'refused' } as const;
    return { is: 'given', hubMs: answer.value.atMs, key: answer.value.key } as const;
  }

  /** The vault as far as the lease goes; its disk is the tablet's, and what it seals to the Hub this Hub cannot open. */
  #vault(): Vault {
    const { store } = this.tablet;
    return {
      name: must(this.tablet.identity.device, 'device'),
      commit: (batch) => store.commit(batch),
      readAll: (area) =>
        HIGH.has(area) && !this.#high ? Promise.resolve({ records: [], damaged: 0 }) : store.readAll(area),
      read: (area, key) => (HIGH.has(area) && !this.#high ? Promise.resolve(null) : store.read(area, key)),
      keysOf: (area) => Promise.resolve(store.keys(area)),
      setHigh: (key) => void (this.#high = key),
      seal: (_label, bytes) => Promise.resolve(bytes),
      unseal: (_label, bytes) => Promise.resolve(bytes),
      addAuthenticator: async () => undefined,
      dropAuthenticator: async () => undefined,
      office: async () => null,
      keepOffice: async () => undefined,
      close: () => undefined,
    };
  }
}

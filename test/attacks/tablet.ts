/** A tablet with work on it and a Hub that says what it likes, over the real session. */
import { createHash } from 'node:crypto';
import { hexOf } from '@chungtay/core/base/bytes';
import type { Dice } from '@chungtay/core/base/random.support';
import type { World } from '@chungtay/core/base/world';
import type { Row } from '@chungtay/core/derive/row-types';
import { anyBytes } from '@chungtay/core/doc/loose-update.support';
import { encodeState } from '@chungtay/core/doc/state';
import type { DeviceId, DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { ClientSession } from '@chungtay/core/sync/client-session';
import { NO_PREVIOUS } from '@chungtay/core/sync/envelope';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { MemoryNetwork } from '@chungtay/core/sync/memory-socket';
import type { HubSocket } from '@chungtay/core/sync/ports';
import { type Replica, openReplica } from '@chungtay/core/sync/replica';
import { encodeFrame } from '@chungtay/core/wire/codec';
import type { DownFrame, FeedItem } from '@chungtay/core/wire/frames';
import { signExtract } from '@chungtay/core/wire/hub-signature';
import { Timeline, nodeDeflate, settle, testSigner, testWorld } from '../fixtures/world.ts';
import { Corpus, type KindAttempt } from './corpus.ts';
import { rowOfHeld } from './reading.ts';

const MEMBER = 7 as MemberNumber;
const FIRST_CLIENT = 700_000;
const HELD = 8;
const PRINCIPAL = {
  member: MEMBER,
  role: 'lead',
  villages: ['*'],
  schools: ['*'],
  namedFor: [],
  untilMs: null,
} as const;

/** The Hub's own key: it may be hostile, and still signs. */
export const HUB_SIGNER = testSigner(0);

/** One frame, and what it is. */
export interface HostileFrame {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A document that the tablet holds from its Hub, and an edit somebody might make of it next. */
export interface OnTablet {
  readonly document: DocumentId;
  readonly attempt: KindAttempt;
}

/** See the file's head. */
export class Tablet {
  readonly timeline = new Timeline();
  readonly world: World;
  readonly documents: OnTablet[] = [];
  store = new MemoryReplicaStore();
  replica!: Replica<Row>;
  session!: ClientSession;
  readonly #dice: Dice;
  readonly #network = new MemoryNetwork();
  #socket: HubSocket | null = null;
  #device!: DeviceId;

  /** `isCredulous`: believes every signature, which the attacks must find out. */
  constructor(dice: Dice, isCredulous = false) {
    this.#dice = dice;
    const world = testWorld(this.timeline, 1 + dice.below(1_000_000));
    const crypto = { ...world.crypto, verify: () => Promise.resolve(true) };
    this.world = isCredulous ? { ...world, crypto } : world;
  }

  /** Fills the tablet with honest documents of many kinds, an extract and three edits that wait. */
  async start(): Promise<this> {
    this.#device = makeUlid(this.world) as string as DeviceId;
    await this.#open();
    await this.meet();
    const corpus = new Corpus(this.#dice);
    const items: FeedItem[] = [];
    while (this.documents.length < HELD) {
      const attempt = corpus.next();
      if (!this.#dice.chance(15) || attempt.state.live.size === 0) continue;
      const { kind } = attempt;
      const folder = makeFolderId(this.world);
      const document = documentIdOf(folder, kind.id, kind.singleton ? null : makeUlid(this.world));
      this.documents.push({ document, attempt });
      items.push(['s', document, MEMBER, this.world.nowMs(), attempt.snapshot, null, this.world.nowMs(), 0]);
    }
    items.push(await this.#extract());
    await this.say(['feed', { items, cursor: new Uint8Array(24).fill(1), more: false }]);
    for (let i = 0; i < 3; i += 1) await this.write(i);
    return this;
  }

  /** A tablet that has met no Hub yet. */
  async blank(): Promise<this> {
    this.#device = makeUlid(this.world) as string as DeviceId;
    await this.#open();
    this.session = new ClientSession({ world: this.world, dial: this.#dial(), sync: this.replica.sync });
    return this;
  }

  /** Opens the tablet again from what is on its disk. */
  async restart(): Promise<void> {
    this.session.stop();
    this.store = this.store.reopen();
    await this.#open();
  }

  /** Restarts and connects: the Hub is honest again. */
  async meetAgain(): Promise<void> {
    await this.restart();
    await this.meet();
  }

  /** Connects and lets the Hub begin as an honest one does. */
  async meet(): Promise<void> {
    this.session = new ClientSession({ world: this.world, dial: this.#dial(), sync: this.replica.sync });
    this.session.wake();
    await settle();
    const nowMs = this.world.nowMs();
    await this.say(this.#challenge());
    const { lastN, lastHash } = { lastN: 0, lastHash: NO_PREVIOUS };
    const principal = { ...PRINCIPAL, villages: ['*'], schools: ['*'], namedFor: [] };
    const leases: [number, number][] = [[FIRST_CLIENT, FIRST_CLIENT + 5_000]];
    await this.say(['welcome', { principal, lastN, lastHash, leases, total: 0, nowMs }]);
  }

  /** Restarts and connects; the Hub's challenge is honest and its welcome is this one. */
  async meetWith(welcome: unknown): Promise<HostileFrame> {
    await this.restart();
    this.session = new ClientSession({ world: this.world, dial: this.#dial(), sync: this.replica.sync });
    this.session.wake();
    await settle();
    await this.say(this.#challenge());
    const bytes = new Uint8Array(Buffer.concat([Uint8Array.of(0), anyBytes(['welcome', welcome])]));
    await this.babble(bytes);
    return { name: 'a first welcome', bytes };
  }

  #challenge(): DownFrame {
    const nowMs = this.world.nowMs();
    return ['challenge', { hub: HUB_SIGNER.publicKey, epoch: 1, nonce: new Uint8Array(16), range: [1, 2], nowMs }];
  }

  /** Says a frame. */
  async say(frame: DownFrame): Promise<void> {
    await this.babble(await encodeFrame(frame, nodeDeflate));
  }

  /** Says bytes that are perhaps no frame. */
  async babble(bytes: Uint8Array): Promise<void> {
    // the tests' network carries no empty frame
    this.#socket?.send(bytes.length === 0 ? Uint8Array.of(0) : bytes);
    for (let i = 0; i < 3; i += 1) await settle();
  }

  /** Writes an edit as the person; says whether it was saved. */
  async write(number: number): Promise<boolean> {
    const document = documentIdOf(makeFolderId(this.world), 'identity');
    const sets = [
      { name: 'name', value: `Vàng Thị Mỷ ${number}` },
      { name: 'village', value: 'thon-dong' },
    ];
    return (await this.replica.edit([{ document, sets }])).ok;
  }

  /** Returns everything that the tablet holds and owes, as one text to compare. */
  picture(): string {
    const whole = [...this.replica.walk()].map((held) =>
      held.access === 'whole' ? `${held.document} ${digestOf(encodeState(held.state))}` : JSON.stringify(held),
    );
    const waiting = this.replica.sync.outboxAfter(0).map(({ signed }) => hexOf(signed.bytes.slice(-64)));
    const quarantined = this.replica.quarantine().map(({ id, code, status }) => `${id} ${code} ${status}`);
    return JSON.stringify([whole.toSorted(), waiting, quarantined]);
  }

  async #open(): Promise<void> {
    const identity = {
      member: MEMBER,
      device: this.#device,
      hubKey: HUB_SIGNER.publicKey,
      epoch: 1,
      passport: new Uint8Array(0),
    };
    const { world, store } = this;
    this.replica = await openReplica<Row>({ world, store, signer: testSigner(77), identity, rowOf: rowOfHeld });
  }

  async #extract(): Promise<FeedItem> {
    const document = documentIdOf(makeFolderId(this.world), 'identity');
    const claim = { document, extract: 'identity-school', atMs: this.world.nowMs(), json: '{"name":"Hờ A Sử"}' };
    return ['x', document, claim.extract, claim.atMs, claim.json, await signExtract(claim, HUB_SIGNER)];
  }

  #dial() {
    return this.#network.dialTo(() => (socket) => {
      this.#socket = socket;
      return {
        onFrame: () => undefined,
        onClose: () => {
          if (this.#socket === socket) this.#socket = null;
        },
      };
    });
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

/** A tablet over a socket in memory: core's replica and session, and the product's own register on top. */
import type { Signer, World } from '@chungtay/core/base/world';
import { type Row, rowOf, rowOfExtract } from '@chungtay/core/derive/rows';
import type { DocumentId, FolderId } from '@chungtay/core/model/ids';
import type { ExtractId } from '@chungtay/core/policy/extract-ids';
import { ClientSession } from '@chungtay/core/sync/client-session';
import type { Enrolled } from '@chungtay/core/sync/enrolment';
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { type Accept, MemoryNetwork } from '@chungtay/core/sync/memory-socket';
import type { Sealer } from '@chungtay/core/sync/ports';
import { type Replica, openReplica } from '@chungtay/core/sync/replica';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';

/** What a tablet is made of. */
export interface TabletParts {
  readonly enrolled: Enrolled;
  readonly signer: Signer;
  readonly world: World;
  readonly accept: () => Accept;
  /** Opens and closes what is sealed to the Hub. */
  readonly lock: Sealer;
}

/** See the file's head. */
export class WatchedTablet {
  readonly name: string;
  readonly replica: Replica<Row>;
  /** What the Hub answered when asked for pasts, in order. */
  readonly pasts: string[] = [];
  readonly #session: ClientSession;

  private constructor(name: string, replica: Replica<Row>, session: ClientSession) {
    this.name = name;
    this.replica = replica;
    this.#session = session;
  }

  /** Opens a tablet on a fresh disk. */
  static async open(name: string, { enrolled, signer, world, accept, lock }: TabletParts): Promise<WatchedTablet> {
    const { hub, ...known } = enrolled;
    const replica = await openReplica<Row>({
      world,
      store: new MemoryReplicaStore(),
      signer,
      identity: { ...known, hubKey: hub.signKey },
      seal: (bytes) => Promise.resolve(lock.seal(bytes)),
      rowOf: rowOfHeld,
    });
    const dial = new MemoryNetwork().dialTo(accept);
    return new WatchedTablet(name, replica, new ClientSession({ world, sync: replica.sync, dial }));
  }

  /** Says where its session stands. */
  get isLive(): boolean {
    const { state } = this.#session;
    return state.is === 'live' && state.isCaughtUp && this.replica.sync.outboxAfter(0).length === 0;
  }

  /** Comes into the network. */
  join(): void {
    this.#session.wake();
  }

  /** Leaves it. */
  leave(): void {
    this.#session.stop();
  }

  /** Writes one group; says what the tablet itself answers: saved, or why not. */
  async write(edits: readonly DocumentEdit[]): Promise<string> {
    const saved = await this.replica.edit(edits);
    return saved.ok ? 'saved' : JSON.stringify(saved.error);
  }

  /** Asks which agencies hold these documents. */
  askReceipts(documents: readonly DocumentId[]): void {
    this.#session.askReceipts(documents);
  }

  /** Asks for the past of a document, and keeps the answer. */
  askPast(document: DocumentId): void {
    void this.#session
      .askHistory(document, new Uint8Array(0))
      .then((answer) => this.pasts.push(`${document} ${JSON.stringify(answer)}`));
  }
}

function rowOfHeld(held: HeldDocument): Row | null {
  const { document, kind, number, atMs } = held;
  const [folder = ''] = document.split('/');
  const meta = { document, folder: folder as FolderId, number, atMs, isWaiting: held.where === 'tablet' };
  return held.access === 'extract'
    ? rowOfExtract(held.extract as ExtractId, kind, held.values, { ...meta, owner: null, firstReceipt: null })
    : rowOf(kind, held.state, { ...meta, owner: held.owner, firstReceipt: held.firstReceipt });
}

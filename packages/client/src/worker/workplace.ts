import type { World } from '@chungtay/core/base/world';
import type { Row } from '@chungtay/core/derive/row-types';
import { type TaskView, tasksOf } from '@chungtay/core/derive/tasks';
import { type DocumentId, type FolderId, folderOf } from '@chungtay/core/model/ids';
import { agencyOf } from '@chungtay/core/model/role';
import { communeCalendar, dayOf } from '@chungtay/core/policy/calendar';
import type { Standing } from '@chungtay/core/policy/lease';
import { ClientSession } from '@chungtay/core/sync/client-session';
import type { ConnectionParts } from '@chungtay/core/sync/client-session-parts';
import type { HubClock } from '@chungtay/core/sync/hub-clock';
import type { Dial, Outage } from '@chungtay/core/sync/ports';
import type { Replica } from '@chungtay/core/sync/replica';
import type { SessionState } from '@chungtay/core/sync/session-state';
import type { Opened } from './door.ts';
import { Edits } from './edits.ts';
import type { EndingStore } from './ending-store.ts';
import type { EngineEvent, FolderView, Me, Places, QuarantineItem, StorageState, SyncSummary } from './engine-views.ts';
import { folderViewOf } from './folder-views.ts';
import { Imports } from './imports.ts';
import { Keepers } from './keepers.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { Pasts } from './pasts.ts';
import { Readings } from './readings.ts';
import { Register } from './register.ts';
import { storageStateOf } from './storage-state.ts';
import { quarantineViewOf, syncSummaryOf } from './sync-views.ts';
import { WindowWatch } from './window-watch.ts';

const BATCH = 500;
const FOLD_AFTER_MS = 4_000;
const FOLD_BUDGET_MS = 30;
const NO_PLACES: Places = { villages: [], schools: [], holidays: [] };

/** What a workplace reaches the world by; `onSession` hears where its session stands. */
export interface WorkplaceWays {
  readonly world: World;
  readonly dial: Dial;
  readonly tell: (event: EngineEvent) => void;
  readonly onSession: (state: SessionState) => void;
}

/** What a workplace is made of. */
export interface WorkplaceParts extends WorkplaceWays {
  readonly opened: Opened;
  readonly lease: LeaseKeeper;
  readonly standing: Standing;
  readonly replica: Replica<Row>;
  readonly store: EndingStore;
  readonly clock: HubClock;
}

/** Everything that is open while one person works: replica, session, register, and what the page watches. */
export class Workplace {
  readonly opened: Opened;
  readonly replica: Replica<Row>;
  readonly register: Register;
  readonly session: ClientSession;
  readonly edits: Edits;
  readonly imports: Imports;
  readonly pasts: Pasts;
  readonly readings: Readings;
  readonly #keepers: Keepers;
  readonly lease: LeaseKeeper;
  /** What this workplace was opened for; another standing needs another one. */
  readonly standing: Standing;
  storage: StorageState['state'] = 'ok';
  readonly #store: EndingStore;
  readonly #world: World;
  readonly #tell: (event: EngineEvent) => void;
  readonly #watched = new Set<FolderId>();
  #stopListening: () => void = () => undefined;
  #cancelFold: () => void = () => undefined;
  readonly #clock: HubClock;
  readonly #windows: WindowWatch;
  #lastSummary = '';
  #places: Places = NO_PLACES;

  constructor({ opened, lease, standing, replica, store, clock, world, dial, tell, onSession }: WorkplaceParts) {
    this.opened = opened;
    this.lease = lease;
    this.standing = standing;
    this.#clock = clock;
    this.#windows = new WindowWatch(replica, { world, clock }, (ended) => this.#follow(ended));
    this.replica = replica;
    this.#store = store;
    this.#world = world;
    this.#tell = tell;
    this.register = new Register(replica, () => dayOf(world.nowMs()));
    this.edits = new Edits(replica, world);
    this.imports = new Imports(replica, this.register, world);
    this.readings = new Readings(replica, world, () => this.storage !== 'full');
    this.session = new ClientSession(
      { world, dial, sync: replica.sync, report: () => this.#report() },
      {
        onState: (state) => {
          this.#noteState();
          onSession(state);
        },
        onHint: () => tell({ type: 'directory' }),
      },
    );
    this.#keepers = new Keepers({ opened, session: this.session, world });
    this.pasts = new Pasts(replica, {
      ask: (document, next) => this.session.askHistory(document, next),
      hub: opened.identity.hubSignKey,
      world,
    });
  }

  /** Shows what is held, and goes on listening. Whoever has a lease meets the Hub; who has none asks for one first. */
  start(): void {
    this.showAll();
    this.#stopListening = this.replica.subscribe((changed) => this.#follow(changed));
    if (this.standing === 'whole') this.session.wake();
    this.#foldLater();
    this.#windows.wait();
  }

  /** Ends the session and lets go of the disk; resolves when nothing is written any more. The vault stays open. */
  async rest(): Promise<void> {
    this.#cancelFold();
    this.#windows.stop();
    this.#stopListening();
    this.session.stop();
    await this.replica.settled();
    await this.#store.end();
  }

  /** Ends the session and forgets the vault's key. */
  close(): void {
    this.#cancelFold();
    this.#windows.stop();
    this.#stopListening();
    this.session.stop();
    this.opened.vault.close();
  }

  /** Goes on where another workplace of the same person rests: the page watches the same folders. */
  follow(former: Workplace): void {
    for (const folder of former.#watched) this.#watched.add(folder);
    this.setPlaces(former.places);
  }

  /** Sends the page every child and the sync state: after unlock. */
  showAll(): void {
    for (const { isWaiting, atMs } of this.replica.rows()) if (!isWaiting) this.#clock.see(atMs);
    const rows = this.standing === 'ended' ? [] : this.register.load();
    for (let at = 0; at < rows.length; at += BATCH) {
      this.#tell({ type: 'children', rows: rows.slice(at, at + BATCH), gone: [], complete: at + BATCH >= rows.length });
    }
    if (rows.length === 0) this.#tell({ type: 'children', rows: [], gone: [], complete: true });
    for (const folder of this.standing === 'ended' ? [] : this.#watched) this.#tellFolder(folder);
    this.tellSync(true);
  }

  /** Returns the places and days off that the page told last. */
  get places(): Places {
    return this.#places;
  }

  /** Takes the directory's places and days off; what was answered by the former ones is stale. */
  setPlaces(places: Places): void {
    this.#places = places;
    this.register.setPlaces(places);
    this.#tell({ type: 'changed', kinds: [] });
  }

  /** Returns what this person has to do as of now, by the commune's calendar. */
  tasks(): readonly TaskView[] {
    const { principal } = this.replica;
    if (!principal) return [];
    const calendar = communeCalendar(this.#places.holidays);
    return tasksOf(this.replica.rows(), { principal, calendar, nowMs: this.#world.nowMs() });
  }

  /** Starts `folder` events for a folder, and resolves to its view, once it is written down who reads it. */
  async watch(folder: FolderId): Promise<FolderView> {
    this.#watched.add(folder);
    return this.#viewOf(folder, await this.readings.note(folder, 'open'));
  }

  /** Ends them. */
  unwatch(folder: FolderId): void {
    this.#watched.delete(folder);
  }

  /** Ends all of them: the page that asked is locked. */
  unwatchAll(): void {
    this.#watched.clear();
    this.pasts.forget();
  }

  /** Returns what the Hub did not accept, beside what stands there now, once it is written down who reads that. */
  async quarantine(): Promise<readonly QuarantineItem[]> {
    const documents = this.replica.quarantine().flatMap(({ status, document }) => (status === 'open' ? document : []));
    const unread = new Set<DocumentId>();
    for (const folder of new Set(documents.map(folderOf)))
      for (const document of await this.readings.note(folder, 'open', new Set(documents))) unread.add(document);
    return quarantineViewOf(this.replica, this.register, unread);
  }

  /** Returns the chip's state now. */
  summary(): SyncSummary {
    return syncSummaryOf(this);
  }

  /** Tells the page where sending stands, if that changed. */
  tellSync(always = false): void {
    const summary = this.summary();
    const text = JSON.stringify(summary);
    if (text === this.#lastSummary && !always) return;
    this.#lastSummary = text;
    this.#tell({ type: 'sync', summary });
  }

  /** Notes what keeps the disk from being written, or null: it takes what it is given. Shown at once (P3). */
  noteStorage(trouble: Outage | null): void {
    this.storage = trouble === null ? 'ok' : stateOf(trouble);
    this.tellSync();
  }

  /** How this tablet is, for the office: no content. */
  async #report(): Promise<Awaited<ReturnType<NonNullable<ConnectionParts['report']>>>> {
    const { persisted, usedBytes, quotaBytes, state } = await storageStateOf(this.storage);
    return { app: __APP_VERSION__, usedBytes, quotaBytes, isPersisted: persisted, storage: state };
  }

  #follow(changed: ReadonlySet<DocumentId>): void {
    if (changed.size > 0 && this.standing !== 'ended') {
      const { rows, gone, kinds } = this.register.follow(changed);
      for (let at = 0; at < rows.length; at += BATCH)
        this.#tellChildren(rows.slice(at, at + BATCH), at === 0 ? gone : []);
      if (rows.length === 0 && gone.length > 0) this.#tellChildren([], gone);
      this.#tell({ type: 'changed', kinds });
      // what its household or a case says of a child may put it into a group
      const folders = new Set([...changed].map(folderOf).concat(rows.map((row) => row.folder)));
      for (const folder of folders) {
        if (this.#watched.has(folder)) this.#tellFolder(folder);
      }
    }
    this.tellSync();
    this.#foldLater();
    this.#windows.wait();
  }

  #noteState(): void {
    this.#clock.meet(this.session.facts.skewMs);
    this.tellSync();
    this.#keepers.follow();
  }

  /** What came while the file is open is written down as read before it is shown. */
  #tellFolder(folder: FolderId): void {
    if (this.readings.isDue(folder, 'open')) void this.#tellOnceRead(folder);
    else this.#tell({ type: 'folder', view: this.#viewOf(folder, new Set()) });
  }

  #viewOf(folder: FolderId, unread: ReadonlySet<DocumentId>): FolderView {
    const place = { beside: this.register.beside(folder), today: dayOf(this.#world.nowMs()) };
    return folderViewOf(this.replica, folder, unread, place);
  }

  async #tellOnceRead(folder: FolderId): Promise<void> {
    const unread = await this.readings.note(folder, 'open');
    if (this.#watched.has(folder)) this.#tell({ type: 'folder', view: this.#viewOf(folder, unread) });
  }

  #tellChildren(rows: Extract<EngineEvent, { type: 'children' }>['rows'], gone: readonly FolderId[]): void {
    this.#tell({ type: 'children', rows, gone, complete: true });
  }

  // folding rewrites packs: only when there is enough of it and nobody is typing
  #foldLater(): void {
    this.#cancelFold();
    if (this.replica.isFoldDue) this.#cancelFold = this.#world.after(FOLD_AFTER_MS, () => void this.#fold());
  }

  async #fold(): Promise<void> {
    // what the disk refused is told by the store; a vault that was closed meanwhile has nothing to fold
    const folded = await this.replica.fold(FOLD_BUDGET_MS).catch(() => 0);
    if (folded > 0) this.#foldLater();
  }
}

/** Returns who works at an opened vault. */
export function meOf(opened: Opened, replica: Replica<Row>): Me {
  const { identity } = opened;
  const principal = replica.principal ?? identity.principal;
  const { member, role, villages, schools } = principal;
  const { name, commune, isDemo } = identity;
  return { member, name, role, agency: agencyOf(role), villages, schools, commune, isDemo };
}

function stateOf({ kind }: Outage): StorageState['state'] {
  if (kind === 'storage-full') return 'full';
  return kind === 'storage-lost' ? 'lost' : 'blocked';
}

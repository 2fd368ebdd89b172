import type { World } from '@chungtay/core/base/world';
import { kindOf } from '@chungtay/core/kinds/registry';
import { documentIdOf, folderOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { dayOf } from '@chungtay/core/policy/calendar';
import { Serial } from '@chungtay/core/sync/device-serial';
import { type Dial, Outage } from '@chungtay/core/sync/ports';
import { signerOf } from '../platform/device-keys.ts';
import type { TabLock } from '../platform/tab-lock.ts';
import { doorVerbs, recoveryVerbs, slotVerbs } from './door-verbs.ts';
import type { PinProof } from './door-views.ts';
import type { Door, Opened } from './door.ts';
import type { EngineApi } from './engine-api.ts';
import type { EngineEvent, UnlockOutcome } from './engine-views.ts';
import type { Recovery } from './recovery.ts';
import { askForTicket } from './room-ticket.ts';
import { storageStateOf } from './storage-state.ts';
import { filedReceiptsOf, syncPanelOf } from './sync-views.ts';
import { meOf, openWorkplace, type Workplace } from './workplace.ts';

/** What the engine stands on. */
export interface EngineParts {
  readonly world: World;
  readonly door: Door;
  readonly tab: TabLock;
  readonly dial: Dial;
  readonly recovery: Recovery;
  readonly tell: (event: EngineEvent) => void;
}

/** A verb that needs an open vault was called while it is locked. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/** Wrong quick PINs after which the key is forgotten. */
export const PIN_TRIES = 5;

/** What is open: nothing, a workplace, or one behind the idle lock, whose session goes on while the page shows nothing. */
type Openness =
  | { readonly is: 'shut' }
  | { readonly is: 'open'; readonly at: Workplace }
  | { readonly is: 'idle'; readonly at: Workplace; readonly wrongPins: number };

/** The engine of one tab: shut, open for one person, or behind the idle lock. Holds VLT-5…VLT-7. */
export class Engine {
  #now: Openness = { is: 'shut' };
  readonly #parts: EngineParts;
  readonly #turns = new Serial();
  #wrongProofs = 0;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /** Returns the workplace; throws LockedError while there is none or it is behind the lock. */
  at(): Workplace {
    if (this.#now.is !== 'open') throw new LockedError();
    return this.#now.at;
  }

  /** Returns what `ask` answers; throws LockedError when that took until there is no such workplace, or it is behind the lock. */
  async whileOpen<Answer>(ask: (at: Workplace) => Promise<Answer>): Promise<Answer> {
    const at = this.at();
    const answer = await ask(at);
    if (this.#now.is !== 'open' || this.#now.at !== at) throw new LockedError();
    return answer;
  }

  /** Returns which vault the quick PIN opens, and whether anything is open. */
  openness(): { readonly unlocked: boolean; readonly pinOpens: string | null } {
    return {
      unlocked: this.#now.is === 'open',
      pinOpens: this.#now.is === 'idle' ? this.#now.at.opened.vault.name : null,
    };
  }

  async #enter(opened: Opened): Promise<Workplace> {
    const { world, dial, tell } = this.#parts;
    const tellIfOpen = (event: EngineEvent): void => {
      // behind the lock the session goes on, but the page learns nothing of any file
      if (this.#now.is === 'open' && this.#now.at === at) tell(event);
    };
    const at: Workplace = await openWorkplace(opened, world, dial, tellIfOpen);
    this.#now = { is: 'open', at };
    at.start();
    return at;
  }

  /** Opens a workplace over an opened vault, in place of whatever is open. One after another: of two at once, one would go on unseen. */
  comeIn(opened: Opened): Promise<Workplace> {
    return this.#turns.run(async () => {
      await this.leave(true);
      return this.#enter(opened);
    });
  }

  /** Opens again with the quick PIN. One try after another: many at once are many. */
  enterWithPin(pin: string): Promise<UnlockOutcome> {
    return this.#turns.run(() => this.#tryPin(pin));
  }

  /** Says whether whoever is at the open page knows the PIN; PIN_TRIES wrong ones in a row lock for good. */
  provePin(pin: string): Promise<PinProof> {
    return this.#turns.run(async () => {
      const { opened } = this.at();
      this.#wrongProofs = (await this.#parts.door.checkPin(opened, pin)) ? 0 : this.#wrongProofs + 1;
      if (this.#wrongProofs === 0) return { ok: true };
      const triesLeft = PIN_TRIES - this.#wrongProofs;
      if (triesLeft > 0) return { ok: false, triesLeft };
      this.#wrongProofs = 0;
      await this.leave(true);
      this.#parts.tell({ type: 'locked', reason: 'pin' });
      return { ok: false, triesLeft: 0 };
    });
  }

  async #tryPin(pin: string): Promise<UnlockOutcome> {
    if (this.#now.is !== 'idle') return { ok: false, reason: 'forgotten', waitMs: 0 };
    const { at, wrongPins } = this.#now;
    if (await this.#parts.door.checkPin(at.opened, pin)) {
      this.#now = { is: 'open', at };
      at.showAll();
      return { ok: true, me: meOf(at.opened, at.replica) };
    }
    const triesLeft = PIN_TRIES - wrongPins - 1;
    if (triesLeft > 0) {
      this.#now = { is: 'idle', at, wrongPins: wrongPins + 1 };
      return { ok: false, reason: 'wrong', waitMs: 0, triesLeft };
    }
    await this.leave(true);
    return { ok: false, reason: 'forgotten', waitMs: 0, triesLeft: 0 };
  }

  /** Locks: behind the quick PIN, or for good. */
  async leave(forget: boolean): Promise<void> {
    if (this.#now.is === 'shut') return;
    const { at } = this.#now;
    // a full disk must not keep anything open
    await this.#parts.door.noteWaiting(at.opened.vault.name, at.replica.counts().waiting).catch(() => undefined);
    at.unwatchAll();
    if (!forget) {
      this.#now = this.#now.is === 'open' ? { is: 'idle', at, wrongPins: 0 } : this.#now;
      return;
    }
    this.#now = { is: 'shut' };
    at.close();
  }
}

/** Returns the engine's verbs as the page may call them. */
export function engineApi(engine: Engine, parts: EngineParts): EngineApi {
  return {
    ...doorVerbs(engine, parts),
    ...slotVerbs(engine, parts),
    ...recoveryVerbs(engine, parts),
    ...fileVerbs(engine, parts.world),
    ...sendingVerbs(engine),
    ...formVerbs(engine, parts.world),
  };
}

/** Returns the word for what a verb threw: never its text. */
export function failureOf(cause: unknown): string {
  if (cause instanceof LockedError) return 'locked';
  if (cause instanceof Outage) return cause.kind;
  return 'fault';
}

type FileVerbs = Pick<
  EngineApi,
  | 'me'
  | 'setPlaces'
  | 'queryChildren'
  | 'openFolder'
  | 'closeFolder'
  | 'rowsOf'
  | 'tasks'
  | 'edit'
  | 'undo'
  | 'newFolder'
  | 'newDocument'
  | 'history'
  | 'fetchHistory'
  | 'documentAt'
>;

function fileVerbs(engine: Engine, world: World): FileVerbs {
  return {
    me: async () => meOf(engine.at().opened, engine.at().replica),
    async setPlaces(places) {
      engine.at().setPlaces(places);
    },
    queryChildren: async (query) => engine.at().register.query(query),
    openFolder: (folder) => engine.whileOpen((at) => at.watch(folder)),
    closeFolder: async (folder) => engine.at().unwatch(folder),
    async rowsOf(kind) {
      const rows = engine.at().replica.rows();
      return rows.filter((row) => row.kind === kind || row.type === kind);
    },
    tasks: async () => engine.at().tasks(),
    edit: async (edits) => engine.at().edits.save(edits),
    undo: async (token) => engine.at().edits.undo(token),
    newFolder: async () => makeFolderId(world),
    newDocument: async (folder, kind) => documentIdOf(folder, kind, kindOf(kind)?.singleton ? null : makeUlid(world)),
    history: (folder) =>
      engine.whileOpen(async ({ pasts, readings }) => pasts.here(folder, await readings.note(folder, 'history'))),
    fetchHistory: (folder) =>
      engine.whileOpen(async ({ pasts, readings }) => pasts.fetch(folder, await readings.note(folder, 'history'))),
    documentAt: (document, op) =>
      engine.whileOpen(async ({ pasts, readings }) => {
        const unread = await readings.note(folderOf(document), 'history');
        return unread.has(document) ? null : pasts.documentAt(document, op);
      }),
  };
}

type SendingVerbs = Pick<
  EngineApi,
  | 'syncPanel'
  | 'sendNow'
  | 'quarantine'
  | 'reapply'
  | 'dismiss'
  | 'exportQuarantine'
  | 'filed'
  | 'askOffice'
  | 'roomTicket'
  | 'storageState'
>;

function sendingVerbs(engine: Engine): SendingVerbs {
  return {
    syncPanel: async () => syncPanelOf(engine.at()),
    sendNow: async () => engine.at().session.wake(),
    quarantine: () =>
      engine.whileOpen((at) => {
        // what was decided meanwhile comes as a change
        at.session.askHeld();
        return at.quarantine();
      }),
    reapply: async (id, fields) => engine.at().edits.reapply(id, fields),
    dismiss: async (id) => void (await engine.at().replica.dismiss(id)),
    async exportQuarantine() {
      const { replica, readings } = engine.at();
      const folders = new Set(replica.quarantine().map(({ document }) => folderOf(document)));
      // a rescue of own work: what cannot be written down holds up nobody
      for (const folder of folders) await readings.note(folder, 'export');
      return replica.exportQuarantine();
    },
    filed: async () => filedReceiptsOf(engine.at().replica),
    askOffice: async (verb, key, body) => engine.at().session.askOffice({ verb, key, body }),
    async roomTicket() {
      const { identity, keys } = engine.at().opened;
      return askForTicket(identity.device, identity.hubSignKey, await signerOf(keys));
    },
    storageState: async () => storageStateOf(engine.at().storage),
  };
}

type FormVerbs = Pick<EngineApi, 'saveDraft' | 'readDraft' | 'drafts' | 'planImport' | 'commitImport'>;

function formVerbs(engine: Engine, world: World): FormVerbs {
  return {
    saveDraft: async (key, value) => engine.at().replica.saveDraft(key, value),
    readDraft: async (key) => engine.at().replica.readDraft(key),
    drafts: async () => engine.at().replica.allDrafts(),
    planImport: async (fileName, bytes, sheetNames) => {
      const { imports, places } = engine.at();
      const file = { fileName, bytes, ...(sheetNames ? { sheetNames } : {}) };
      return imports.plan(file, places, dayOf(world.nowMs()));
    },
    commitImport: async (choices) => engine.at().imports.commit(choices),
  };
}

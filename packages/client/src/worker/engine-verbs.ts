import type { World } from '@chungtay/core/base/world';
import { kindOf } from '@chungtay/core/kinds/registry';
import { documentIdOf, folderOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { dayOf } from '@chungtay/core/policy/calendar';
import { signerOf } from '../platform/device-keys.ts';
import { doorVerbs, recoveryVerbs, slotVerbs } from './door-verbs.ts';
import type { EngineApi } from './engine-api.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Engine } from './engine.ts';
import { askForTicket } from './room-ticket.ts';
import { storageStateOf } from './storage-state.ts';
import { filedReceiptsOf, syncPanelOf } from './sync-views.ts';
import { meOf } from './workplace.ts';

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
    me: async () => meOf(engine.outside().opened, engine.outside().replica),
    async setPlaces(places) {
      engine.outside().setPlaces(places);
    },
    queryChildren: async (query) => engine.at().register.query(query),
    openFolder: (folder) => engine.whileOpen((at) => at.watch(folder)),
    closeFolder: async (folder) => engine.at().unwatch(folder),
    async rowsOf(kind) {
      const rows = engine.at().replica.rows();
      return rows.filter((row) => row.kind === kind || row.type === kind);
    },
    tasks: async () => engine.at().tasks(),
    edit: async (edits) => (await engine.ready()).edits.save(edits),
    undo: async (token) => (await engine.ready()).edits.undo(token),
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
    sendNow: async () => engine.meetHub(),
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
    filed: async () => filedReceiptsOf(engine.outside().replica),
    askOffice: async (verb, key, body) => engine.at().session.askOffice({ verb, key, body }),
    async roomTicket() {
      const { identity, keys } = engine.at().opened;
      return askForTicket(identity.device, identity.hubSignKey, await signerOf(keys));
    },
    storageState: async () => storageStateOf(engine.outside().storage),
  };
}

type FormVerbs = Pick<EngineApi, 'saveDraft' | 'readDraft' | 'drafts' | 'planImport' | 'commitImport'>;

function formVerbs(engine: Engine, world: World): FormVerbs {
  return {
    saveDraft: async (key, value) => (await engine.ready()).replica.saveDraft(key, value),
    // by its key alone: a list of them would be one of files
    readDraft: async (key) => engine.outside().replica.readDraft(key),
    drafts: async () => engine.at().replica.allDrafts(),
    planImport: async (fileName, bytes, sheetNames) => {
      const { imports, places } = engine.at();
      const file = { fileName, bytes, ...(sheetNames ? { sheetNames } : {}) };
      return imports.plan(file, places, dayOf(world.nowMs()));
    },
    commitImport: async (choices) => engine.at().imports.commit(choices),
  };
}

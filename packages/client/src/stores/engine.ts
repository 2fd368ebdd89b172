import { inject, type InjectionKey } from 'vue';
import { trustedScriptUrl } from '../platform/trusted-urls.ts';
import type { EngineApi } from '../worker/engine-api.ts';
import type { EngineEvent } from '../worker/engine-views.ts';
// oxlint-disable-next-line import/default -- the build makes it: the worker's address
import workerUrl from '../worker/main.ts?worker&url';
import { connectEngine } from '../worker/rpc.ts';

export type { EngineApi } from '../worker/engine-api.ts';
export type {
  DocumentMoment,
  DocumentView,
  EditOutcome,
  EngineEvent,
  FieldView,
  FiledReceipt,
  FolderHistory,
  FolderView,
  HistoryItem,
  HistoryReach,
  Me,
  ValueView,
} from '../worker/engine-views.ts';

/** The events of one type. */
export type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { readonly type: Type }>;

/** The engine as the page holds it: verbs, and events for whoever listens. */
export interface EngineLink {
  readonly api: EngineApi;
  /** Calls `listener` for each event of a type; returns how to stop. */
  on<const Type extends EngineEvent['type']>(type: Type, listener: (event: EventOf<Type>) => void): () => void;
}

/** Where the app, or a test, puts its engine. Without one the worker's is started. */
export const ENGINE: InjectionKey<EngineLink> = Symbol('engine');

/** Returns a link over whatever `connect` gives; `connect` gets where to send events. */
export function createEngineLink(connect: (onEvent: (event: EngineEvent) => void) => EngineApi): EngineLink {
  const listeners = new Map<string, Set<(event: EngineEvent) => void>>();
  const api = connect((event) => {
    for (const listener of listeners.get(event.type) ?? []) listener(event);
  });
  return {
    api,
    on(type, listener) {
      const ofType = listeners.get(type) ?? new Set();
      listeners.set(type, ofType);
      ofType.add(listener as (event: EngineEvent) => void);
      return () => void ofType.delete(listener as (event: EngineEvent) => void);
    },
  };
}

/** Returns the engine of this page: from the app when it gave one, else the worker's. Called in setup, of a component or a store. */
export function injectedEngine(): EngineLink {
  return inject(ENGINE, workerEngine, true);
}

let started: EngineLink | null = null;

/** Starts the worker on first use; the page has one for as long as it lives. */
function workerEngine(): EngineLink {
  started ??= createEngineLink((onEvent) =>
    connectEngine(new Worker(trustedScriptUrl(workerUrl), { type: 'module' }), onEvent),
  );
  return started;
}

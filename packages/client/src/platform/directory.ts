import { type Directory, DIRECTORY_ROOTS } from '@chungtay/core/model/directory';
import { IndexeddbPersistence } from 'y-indexeddb';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** The commune's public directory on this device: readable before unlock and without a network. */
export interface DirectoryReplica {
  /** Returns what is known now. */
  read(): Directory;
  /** Resolves when what this device has stored is in. */
  readonly loaded: Promise<void>;
  /** Joins the room once, takes what is missing, and leaves it again. */
  refresh(): void;
  /** Calls `listener` after each change; returns a function that ends it. */
  onChange(listener: () => void): () => void;
}

const STORE = 'ct-directory';
const ROOM = 'directory';
const PATIENCE_MS = 15_000;

/** Opens the directory over the plain Yjs stack: nothing in it is secret, and nobody but the administrator may write. */
export function openDirectory(origin: string): DirectoryReplica {
  const doc = new Y.Doc();
  const stored = new IndexeddbPersistence(STORE, doc);
  const provider = new WebsocketProvider(`${origin.replace(/^http/u, 'ws')}/rooms`, ROOM, doc, {
    connect: false,
    disableBc: true,
  });
  // presence here would be noise: a reader of the directory is nobody in particular
  provider.awareness.setLocalState(null);
  let leave: ReturnType<typeof setTimeout> | undefined;
  const disconnect = (): void => {
    clearTimeout(leave);
    provider.disconnect();
  };
  provider.on('sync', (isSynced: boolean) => {
    if (isSynced) disconnect();
  });
  return {
    read: () =>
      Object.fromEntries(DIRECTORY_ROOTS.map((root) => [root, doc.getMap(root).toJSON()])) as unknown as Directory,
    loaded: stored.whenSynced.then(() => undefined),
    refresh() {
      clearTimeout(leave);
      // without a network the provider would try for ever: the next chance asks again
      leave = setTimeout(disconnect, PATIENCE_MS);
      provider.connect();
    },
    onChange(listener) {
      doc.on('update', listener);
      return () => doc.off('update', listener);
    },
  };
}

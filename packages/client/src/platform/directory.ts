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
  /**
   * Writes values as the administrator, over a connection of its own: this device's copy takes only what the Hub has. Resolves to whether the
   * copy shows them: false when the Hub was not to be had, or refused.
   */
  write(ticket: string, edits: readonly DirectoryEdit[]): Promise<boolean>;
  /** Calls `listener` after each change; returns a function that ends it. */
  onChange(listener: () => void): () => void;
}

/** One value of the directory; null takes it away. */
export interface DirectoryEdit {
  readonly root: (typeof DIRECTORY_ROOTS)[number];
  readonly key: string;
  readonly value: unknown;
}

const STORE = 'ct-directory';
const ROOM = 'directory';
const PATIENCE_MS = 15_000;
const LOOK_MS = 200;

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
    async write(ticket, edits) {
      await sendEdits(`${origin.replace(/^http/u, 'ws')}/rooms`, ticket, edits);
      const untilMs = Date.now() + PATIENCE_MS;
      while (Date.now() < untilMs && !hasAll(doc, edits)) {
        provider.connect();
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      return hasAll(doc, edits);
    },
    onChange(listener) {
      doc.on('update', listener);
      return () => doc.off('update', listener);
    },
  };
}

/** Takes the room's state, sets the values on it, and leaves when they are sent. A refusal shows in what the Hub has afterwards. */
async function sendEdits(url: string, ticket: string, edits: readonly DirectoryEdit[]): Promise<void> {
  const doc = new Y.Doc();
  const writer = new WebsocketProvider(url, ROOM, doc, {
    disableBc: true,
    protocols: ['chungtay', `chungtay.ticket.${ticket}`],
  });
  writer.awareness.setLocalState(null);
  const isSynced = await new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), PATIENCE_MS);
    writer.once('sync', () => resolve(true));
  });
  if (isSynced)
    doc.transact(() => {
      for (const { root, key, value } of edits) {
        if (value === null) doc.getMap(root).delete(key);
        else doc.getMap(root).set(key, value);
      }
    });
  // a socket sends what it was given before it closes
  writer.destroy();
}

function hasAll(doc: Y.Doc, edits: readonly DirectoryEdit[]): boolean {
  return edits.every(({ root, key, value }) => {
    const there = doc.getMap(root).get(key);
    return value === null ? there === undefined : JSON.stringify(there) === JSON.stringify(value);
  });
}

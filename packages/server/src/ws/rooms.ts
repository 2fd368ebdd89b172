/** The one place of the Hub that knows Yjs: the public directory as a resident document. */
import { assert } from '@chungtay/core/base/assert';
import { ByteReader } from '@chungtay/core/base/reader';
import { DIRECTORY_ROOTS } from '@chungtay/core/model/directory';
import type { Directory } from '@chungtay/core/model/directory';
import * as Y from 'yjs';
import { readDirectoryUpdate } from './directory-update.ts';
import type { DirectoryUpdate } from './directory-update.ts';

/** What an update would do: nothing new, a change, or it is none that may be applied. */
export type DirectoryVerdict = 'nothing' | 'change' | 'malformed';

/** Bound of the whole directory, history included. */
const MAX_DIRECTORY_BYTES = 1024 * 1024;
/** Writers that a state vector may name; of more than ever wrote, the answer is the whole. */
const MAX_VECTOR = 1_024;

/** The directory in memory; never changed: an admitted update makes the next one. */
export class DirectoryDocument {
  readonly #doc = new Y.Doc();
  readonly #sizeBytes: number;
  #state: Uint8Array | null = null;
  #gone: ReturnType<typeof Y.createDeleteSetFromStructStore> | null = null;

  /** Rebuilds the directory from what the store holds, which was judged when it came. Throws when an update cannot be applied whole. */
  constructor(updates: readonly Uint8Array[]) {
    for (const update of updates) Y.applyUpdate(this.#doc, update);
    this.#sizeBytes = updates.reduce((sum, { length }) => sum + length, 0);
    const { pendingStructs, pendingDs } = this.#doc.store;
    assert(pendingStructs === null && pendingDs === null, 'nothing of the directory waits for something missing');
  }

  /** Returns what an update from outside would do here. Never throws. */
  judge(bytes: Uint8Array): DirectoryVerdict {
    const update = readDirectoryUpdate(bytes);
    if (!update || !this.#isGrounded(update)) return 'malformed';
    if (!this.#isNew(update)) return 'nothing';
    return this.#sizeBytes + bytes.length > MAX_DIRECTORY_BYTES ? 'malformed' : 'change';
  }

  /** Returns the directory after an update that `judge` called a change, or null when Yjs cannot apply it whole after all. */
  after(update: Uint8Array): DirectoryDocument | null {
    try {
      return new DirectoryDocument([this.state(), update]);
    } catch {
      return null;
    }
  }

  /** Returns what a peer lacks, from its state vector; the whole when that cannot be read. */
  missing(stateVector: Uint8Array): Uint8Array {
    return isStateVector(stateVector) ? Y.encodeStateAsUpdate(this.#doc, stateVector) : this.state();
  }

  /** Returns the whole as one update: the same bytes each time, since anybody may ask for them, and ask again. */
  state(): Uint8Array {
    return (this.#state ??= Y.encodeStateAsUpdate(this.#doc));
  }

  /** Returns where this replica stands. */
  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** Returns the content as plain values. */
  content(): Directory {
    return Object.fromEntries(
      DIRECTORY_ROOTS.map((root) => [root, this.#doc.getMap(root).toJSON()]),
    ) as unknown as Directory;
  }

  /** Returns the update that sets `content`, made by this replica; values that stand already are left alone. */
  updateOf(content: Partial<Directory>): Uint8Array {
    const before = this.stateVector();
    const draft = new Y.Doc();
    Y.applyUpdate(draft, this.state());
    draft.transact(() => {
      for (const [root, values] of Object.entries(content)) setAll(draft.getMap(root), values);
    });
    return Y.encodeStateAsUpdate(draft, before);
  }

  #nextClock(client: number): number {
    return Y.getState(this.#doc.store, client);
  }

  #isGrounded({ sections, deleted, origins }: DirectoryUpdate): boolean {
    const ends = new Map(sections.map(({ client, endClock }) => [client, endClock]));
    const isKnown = (client: number, clock: number): boolean =>
      clock < Math.max(this.#nextClock(client), ends.get(client) ?? 0);
    return (
      sections.every(({ client, clock }) => clock <= this.#nextClock(client)) &&
      origins.every(([client, clock]) => isKnown(client, clock)) &&
      deleted.every(({ client, endClock }) => isKnown(client, endClock - 1))
    );
  }

  #isNew({ sections, deleted }: DirectoryUpdate): boolean {
    if (sections.some(({ client, endClock }) => endClock > this.#nextClock(client))) return true;
    const known = (this.#gone ??= Y.createDeleteSetFromStructStore(this.#doc.store));
    return deleted.some(({ client, clock, endClock }) => {
      for (let at = clock; at < endClock; at += 1) if (!Y.isDeleted(known, Y.createID(client, at))) return true;
      return false;
    });
  }
}

/** Returns an update that makes a new directory of `content`. */
export function firstDirectory(content: Partial<Directory>): Uint8Array {
  return new DirectoryDocument([]).updateOf(content);
}

function setAll(map: Y.Map<unknown>, values: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(values)) {
    if (JSON.stringify(map.get(key)) !== JSON.stringify(value)) map.set(key, value);
  }
}

function isStateVector(bytes: Uint8Array): boolean {
  const reader = new ByteReader(bytes);
  const count = reader.uint();
  if (count > MAX_VECTOR) return false;
  for (let i = 0; i < count && reader.error === null; i += 1) {
    reader.uint();
    reader.uint();
  }
  reader.end();
  return reader.error === null;
}

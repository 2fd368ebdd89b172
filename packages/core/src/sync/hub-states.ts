/** Documents as indexes over bytes, the latest used in memory, the others read on demand. No Y.Doc. */
import { assert } from '../base/assert.ts';
import { parseState } from '../doc/state.ts';
import type { DocState } from '../doc/state.ts';
import type { DocumentId } from '../model/ids.ts';
import type { FeedStore } from './ports.ts';

const KEPT = 1_024;

/** The committed states. Only the commit loop loads and puts, so what is in here is never older than the store. */
export class StateCache {
  readonly #store: Pick<FeedStore, 'readStates'>;
  readonly #kept = new Map<DocumentId, DocState>();

  constructor(store: Pick<FeedStore, 'readStates'>) {
    this.#store = store;
  }

  /** Returns the states of those documents that exist. Rejects with an Outage. */
  async load(documents: Iterable<DocumentId>): Promise<Map<DocumentId, DocState>> {
    const found = new Map<DocumentId, DocState>();
    const missing: DocumentId[] = [];
    for (const document of documents) {
      const state = this.#kept.get(document);
      if (state) found.set(document, state);
      else missing.push(document);
    }
    if (missing.length === 0) return found;
    for (const [document, bytes] of await this.#store.readStates(missing)) {
      const state = stateOf(bytes);
      found.set(document, state);
      this.put(document, state);
    }
    return found;
  }

  /** Remembers a committed state. */
  put(document: DocumentId, state: DocState): void {
    this.#kept.delete(document);
    this.#kept.set(document, state);
    if (this.#kept.size <= KEPT) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }

  /** Returns a committed state if it is in memory. */
  peek(document: DocumentId): DocState | null {
    return this.#kept.get(document) ?? null;
  }

  /** Forgets everything: after a commit whose outcome is unknown. */
  clear(): void {
    this.#kept.clear();
  }
}

/** Returns the state in bytes of our own store; damaged ones are a Fault, never served. */
export function stateOf(bytes: Uint8Array): DocState {
  const parsed = parseState(bytes);
  assert(parsed.ok, 'a stored document is damaged');
  return parsed.value;
}

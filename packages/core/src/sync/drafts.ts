/** What is typed and not handed in yet: forms before their first save, rows of an import that need a person. Rule REP-11. */
import { type Json, decodeAny, encodeAny } from '../base/any.ts';
import { hexOf } from '../base/bytes.ts';
import type { CryptoPort } from '../base/world.ts';
import type { ReplicaStore } from './ports.ts';

/** One kept draft. */
export interface Draft {
  readonly key: string;
  readonly value: Json;
}

/** Drafts by key, straight from and to the store: each save is a strict commit of its own. */
export class Drafts {
  readonly #store: ReplicaStore;
  readonly #crypto: CryptoPort;

  constructor(store: ReplicaStore, crypto: CryptoPort) {
    this.#store = store;
    this.#crypto = crypto;
  }

  /** Keeps `value` under `key`, durable when it resolves; null removes it. Rejects with an Outage. */
  save(key: string, value: Json | null): Promise<void> {
    const bytes = value === null ? null : encodeAny([VERSION, key, value]);
    return this.#store.commit([{ area: 'drafts', key: this.#recordKey(key), bytes }]);
  }

  /** Returns the draft, or null when there is none. */
  async read(key: string): Promise<Json | null> {
    const bytes = await this.#store.read('drafts', this.#recordKey(key));
    return (bytes && draftIn(bytes)?.value) ?? null;
  }

  /** Returns every draft. */
  async all(): Promise<readonly Draft[]> {
    const { records } = await this.#store.readAll('drafts');
    return records.flatMap(({ bytes }) => draftIn(bytes) ?? []);
  }

  // a record's key is readable on a locked tablet: it may say nothing
  #recordKey(key: string): string {
    return hexOf(this.#crypto.sha256(encodeAny(key))).slice(0, RECORD_KEY_DIGITS);
  }
}

/** 1 — first. */
const VERSION = 1;
const RECORD_KEY_DIGITS = 32;
const LIMITS = { maxDepth: 10, maxNodes: 1_000_000, maxBytes: 16 * 1024 * 1024, bytes: false };

function draftIn(bytes: Uint8Array): Draft | null {
  const decoded = decodeAny(bytes, LIMITS);
  if (!decoded.ok || !Array.isArray(decoded.value)) return null;
  const [version, key, value] = decoded.value as readonly Json[];
  return version === VERSION && typeof key === 'string' ? { key, value: value ?? null } : null;
}

import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Damage, verifyStore } from '@chungtay/core/sync/verify';
import { deriveKey, readKeyFile } from '@chungtay/server/ops/secret';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { type BodyCipher, createBodyCipher } from '@chungtay/server/store/body-cipher';
import { openReader } from '@chungtay/server/store/database';
import { createFeedReader, type FeedReader } from '@chungtay/server/store/feed-read';
import { createVerifiedStore } from '@chungtay/server/store/feed-sqlite';

/** What lies in a Hub's database, read beside it: a working Hub is not asked. */
export class HubBooks {
  readonly #db: DatabaseSync;
  readonly #cipher: BodyCipher;
  readonly #reader: FeedReader;

  constructor(dataDirectory: string) {
    const key = deriveKey(readKeyFile(`${dataDirectory}.key`), 'bodies');
    this.#db = openReader(join(dataDirectory, 'feed.sqlite'));
    this.#cipher = createBodyCipher(key);
    this.#reader = createFeedReader(this.#db, this.#cipher);
  }

  /** Returns how often the Feed holds each envelope, by `device n`. */
  stored(): ReadonlyMap<string, number> {
    const rows = this.#db
      .prepare(
        `SELECT device, n, count(*) AS times FROM entries WHERE type IN ('envelope', 'judged') GROUP BY device, n`,
      )
      .all();
    return new Map(rows.map((row) => [`${String(row['device'])} ${String(row['n'])}`, Number(row['times'])]));
  }

  /** Returns what each stored envelope says, as far as it is text. */
  bodies(): readonly string[] {
    const { headSeq } = this.#reader.load();
    const entries = this.#reader.readEntries(0, headSeq, headSeq);
    return entries.filter(({ type }) => type === 'envelope').map(({ body }) => Buffer.from(body).toString('utf8'));
  }

  /** Re-reads everything: chain, signatures, states (AUD-2). */
  async damages(): Promise<readonly Damage[]> {
    const store = createVerifiedStore(this.#db, this.#cipher);
    return (await verifyStore(store, createNodeWorld().crypto)).damages;
  }

  close(): void {
    this.#db.close();
  }
}

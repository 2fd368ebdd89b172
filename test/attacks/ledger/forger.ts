/** Someone with the database file in his hands, and with its key when he is the Hub's own operator. Whatever he does is taken back. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CryptoPort } from '@chungtay/core/base/world';
import type { NotedHeads } from '@chungtay/core/sync/verify';
import type { HubPlace } from '@chungtay/server/jobs/open-hub';
import { type FeedDamage, verifyFeed } from '@chungtay/server/jobs/verify';
import { deriveKey, readKeyFile } from '@chungtay/server/ops/secret';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { type BodyCipher, createBodyCipher } from '@chungtay/server/store/body-cipher';
import { createVerifiedStore } from '@chungtay/server/store/feed-sqlite';

/** See the file's head. */
export class Forger {
  readonly db: DatabaseSync;
  readonly cipher: BodyCipher;
  readonly #crypto: CryptoPort;

  constructor({ dataDirectory, keyFile }: HubPlace) {
    const secret = readKeyFile(keyFile);
    this.db = new DatabaseSync(join(dataDirectory, 'feed.sqlite'));
    this.cipher = createBodyCipher(deriveKey(secret, 'bodies'));
    this.#crypto = rememberSignatures(createNodeWorld().crypto);
  }

  /** Returns how many entries there are. */
  count(): number {
    return Number(this.db.prepare('SELECT max(seq) AS seq FROM entries').get()?.['seq']);
  }

  /** Tampers, has the real verification look at the outcome, and takes everything back. */
  async attempt(tamper: (db: DatabaseSync) => void, noted?: NotedHeads): Promise<readonly FeedDamage[]> {
    this.db.exec('BEGIN');
    try {
      tamper(this.db);
      return (await verifyFeed(createVerifiedStore(this.db, this.cipher), this.#crypto, noted)).damages;
    } finally {
      this.db.exec('ROLLBACK');
    }
  }

  /** Closes the database. */
  close(): void {
    this.db.close();
  }
}

/** A signature holds today as it held a moment ago: what takes the time is thousands of verifications of the same log. */
function rememberSignatures(crypto: CryptoPort): CryptoPort {
  const known = new Map<string, Promise<boolean>>();
  return {
    sha256: (bytes) => crypto.sha256(bytes),
    verify(key, bytes, signature) {
      const name = [key, crypto.sha256(bytes), signature].map((part) => Buffer.from(part).toString('latin1')).join();
      const held = known.get(name) ?? crypto.verify(key, bytes, signature);
      known.set(name, held);
      return held;
    },
  };
}

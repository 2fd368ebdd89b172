import { Outage } from '@chungtay/core/sync/ports';
import { openDatabase, reopenDatabase } from './idb.ts';

const AGAIN_MS = 1_000;

/**
 * A database that the browser may close at any moment, and that is opened again: Chromium closes it when a write meets a full disk, and when
 * the storage is cleared.
 */
export class LastingDatabase {
  readonly #name: string;
  readonly #onLost: () => void;
  #db: IDBDatabase | null = null;
  #opening: Promise<IDBDatabase> | null = null;
  #isEnded = false;

  private constructor(name: string, onLost: () => void) {
    this.#name = name;
    this.#onLost = onLost;
  }

  /** Opens it, with exactly these stores; `onLost` hears when it is gone for good. Rejects with an Outage. */
  static async open(name: string, stores: readonly string[], onLost: () => void): Promise<LastingDatabase> {
    const lasting = new LastingDatabase(name, onLost);
    lasting.#db = await openDatabase(name, stores, lasting.#lost, lasting.#closed);
    return lasting;
  }

  /**
   * Runs `act` on the open database. Rejects with an Outage: `storage-lost` when it is gone for good; after `storage-blocked` nobody can say
   * whether what `act` wrote is there.
   */
  async run<T>(act: (db: IDBDatabase) => Promise<T>): Promise<T> {
    const db = await this.#current();
    try {
      return await act(db);
    } catch (cause) {
      // in SQLite a connection whose disk failed once goes on failing when there is room again
      db.close();
      if (this.#db === db) this.#db = null;
      if (this.#isEnded) throw new Outage('storage-lost');
      // "lost" is said of a connection: the database itself may be there, and the next `run` finds out
      throw cause instanceof Outage && cause.kind === 'storage-full' ? cause : new Outage('storage-blocked');
    }
  }

  /** Closes it for good. */
  close(): void {
    this.#isEnded = true;
    this.#db?.close();
  }

  async #current(): Promise<IDBDatabase> {
    if (this.#isEnded) throw new Outage('storage-lost');
    if (this.#db) return this.#db;
    this.#opening ??= this.#reopen().finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #reopen(): Promise<IDBDatabase> {
    try {
      const db = await reopenDatabase(this.#name, this.#lost, this.#closed);
      if (this.#isEnded) db.close();
      return (this.#db = db);
    } catch (cause) {
      if (cause instanceof Outage && cause.kind === 'storage-lost') this.#lost();
      throw cause;
    }
  }

  readonly #lost = (): void => {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#onLost();
  };

  readonly #closed = (): void => {
    this.#db = null;
    void this.#comeBack();
  };

  // a full disk, or was everything cleared? Only opening tells, and not while the browser is still clearing
  async #comeBack(): Promise<void> {
    while (this.#db === null && !this.#isEnded) {
      const isBack = await this.#current().then(
        () => true,
        () => false,
      );
      if (!isBack) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

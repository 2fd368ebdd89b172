/** What the writer does for itself between two requests: old bodies go together, and everything goes under a new key. */
import type { DatabaseSync } from 'node:sqlite';
import type { BodyCipher } from './body-cipher.ts';
import { createChapterWriter } from './chapters.ts';
import type { Chapter, ChapterWriter } from './chapters.ts';
import { createRenewal } from './renewal.ts';
import type { Renewal } from './renewal.ts';

/** Writes in one transaction; returns null when it is on disk, else why not. */
export type Commit = (write: () => void) => Error | null;

/** See the file's head. */
export interface Chores {
  /** Something was committed: there may be something to tidy. */
  tidyLater(): void;
  /** Begins to seal everything under the newest key; `done` is called once nothing lies under another one. */
  renew(done: () => void): void;
}

/** What the disk refused is tried again after so long. */
const AGAIN_MS = 1_000;

/** Returns the chores of the one writer over its connection. */
export function createChores(db: DatabaseSync, cipher: BodyCipher, commit: Commit): Chores {
  const chapters = createChapterWriter(db, cipher);
  return { tidyLater: tidyingOf(db, chapters, commit), renew: renewingOf(db, cipher, commit) };
}

/** Returns what puts old bodies together, one block between two requests; what the disk refuses is tried again after the next commit. */
function tidyingOf(db: DatabaseSync, chapters: ChapterWriter, commit: Commit): () => void {
  let isStuck = false;
  let isScheduled = false;
  const tidyLater = (): void => {
    if (!isScheduled) setImmediate(tidy);
    isScheduled = true;
  };
  const tidy = (): void => {
    isScheduled = false;
    if (!db.isOpen || isStuck) return;
    const chapter = nextOf(chapters);
    // an old body that is damaged is whoever reads it's to find: new work goes on
    isStuck = chapter === 'damaged';
    if (chapter === null || chapter === 'damaged') return;
    if (commit(() => chapters.write(chapter)) === null) tidyLater();
  };
  return tidyLater;
}

function nextOf(chapters: ChapterWriter): Chapter | 'damaged' | null {
  try {
    return chapters.next();
  } catch {
    return 'damaged';
  }
}

function renewingOf(db: DatabaseSync, cipher: BodyCipher, commit: Commit): (done: () => void) => void {
  return (done) => {
    // what is written over leaves nothing that the old key could open
    db.exec('PRAGMA secure_delete = ON');
    const pass = (renewal: Renewal): void => {
      if (!db.isOpen) return;
      let isMore = true;
      const failure = commit(() => (isMore = renewal.step()));
      // what was rolled back is not done: from the beginning, which passes over what is
      if (failure) setTimeout(() => pass(createRenewal(db, cipher)), AGAIN_MS).unref();
      else if (isMore) setImmediate(() => pass(renewal));
      else {
        db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA secure_delete = OFF');
        done();
      }
    };
    pass(createRenewal(db, cipher));
  };
}

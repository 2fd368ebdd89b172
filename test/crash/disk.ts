import { closeSync, mkdirSync, openSync, readSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { undoNames } from './lost-names.ts';
import { type Growth, type LostPages, undoWrites } from './lost-writes.ts';
import { buildPreload } from './preload/build.ts';

/** What a failpoint waits for. */
export type DiskAct = 'write' | 'sync' | 'truncate' | 'name';

/** What happens there: an error, the end of the process around it or in the middle, or a sync that only says it was one. */
export type DiskFate = 'fail' | 'kill-before' | 'kill-after' | 'half-fail' | 'half-kill' | 'lie';

/** One failpoint. */
export interface Failpoint {
  readonly on: readonly DiskAct[];
  readonly fate: DiskFate;
  readonly error?: 'ENOSPC' | 'EIO';
  /** The how manieth of these acts it hits; 1 = the next. */
  readonly nth: number;
  /** Also all after it, until disarmed. */
  readonly isLasting?: boolean;
}

/** What a power cut took back. */
export interface PowerCut extends LostPages {
  /** Names that were made, moved or removed and are as before. */
  readonly names: number;
}

const ACTS: Readonly<Record<DiskAct, number>> = { write: 1, sync: 2, truncate: 4, name: 8 };
const FATES: Readonly<Record<DiskFate, number>> = {
  fail: 1,
  'kill-before': 2,
  'kill-after': 3,
  'half-fail': 4,
  'half-kill': 5,
  lie: 6,
};
const ERRORS = { EIO: 5, ENOSPC: 28 } as const;
const CONTROL_BYTES = 28;
const FIRED_AT = 20;

/**
 * A folder whose power can be cut. Programs started with `env` leave word of what they wrote and did not sync (`preload/disk.c`); after
 * they were killed, `cutPower` takes it back.
 */
export class CutDisk {
  readonly folder: string;
  readonly #growth: Growth;
  readonly #journal: string;
  readonly #preload: string;

  /** `folder` must exist; what is in it now counts as synced. */
  constructor(folder: string, growth: Growth) {
    this.#growth = growth;
    this.folder = realpathSync(folder);
    this.#journal = join(dirname(this.folder), `.unsynced-${this.folder.split('/').at(-1)}`);
    this.#preload = buildPreload();
    this.#forget();
  }

  /** Returns what a program's environment needs so that it is watched. */
  get env(): Readonly<Record<string, string>> {
    return { LD_PRELOAD: this.#preload, CRASH_ROOT: this.folder, CRASH_JOURNAL: this.#journal };
  }

  /** Sets the failpoint of every watched program, also of those that run. */
  arm({ on, fate, error = 'EIO', nth, isLasting = false }: Failpoint): void {
    const mask = on.reduce((sum, act) => sum + ACTS[act], 0);
    this.#control([mask, FATES[fate], ERRORS[error], nth, isLasting ? 1 : 0, 0, 0]);
  }

  /** Lets everything pass again. */
  disarm(): void {
    this.#control([0, 0, 0, 0, 0]);
  }

  /** Returns how often the failpoint was hit since it was armed, and how many acts it waited for went by. */
  get hits(): { readonly fired: number; readonly seen: number } {
    const counts = new Uint32Array(2);
    const file = openSync(this.#controlFile, 'r');
    readSync(file, counts, 0, counts.byteLength, FIRED_AT);
    closeSync(file);
    return { fired: counts[0] ?? 0, seen: counts[1] ?? 0 };
  }

  /**
   * Takes back what was not synced; the programs must be dead. Each page of 4 KiB that was written over, and each name, is drawn: as it
   * was, or as it is. A file that had not grown on the disk yet ends anywhere in between.
   */
  cutPower(random: () => number): PowerCut {
    const names = undoNames(this.#journal, random);
    const pages = undoWrites(this.folder, this.#journal, this.#growth, random);
    this.#forget();
    return { ...pages, names };
  }

  /** Lets all that was written count as synced; the programs must be dead. */
  settle(): void {
    this.#forget();
  }

  /** Removes what is known of it; not the folder. */
  remove(): void {
    rmSync(this.#journal, { recursive: true, force: true });
  }

  get #controlFile(): string {
    return join(this.#journal, 'control');
  }

  #forget(): void {
    rmSync(this.#journal, { recursive: true, force: true });
    mkdirSync(this.#journal);
    this.#control(Array.from({ length: CONTROL_BYTES / 4 }, () => 0));
  }

  /** Written in place: watched programs have it in their memory. */
  #control(words: readonly number[]): void {
    const file = openSync(this.#controlFile, 'a+');
    closeSync(file);
    const inPlace = openSync(this.#controlFile, 'r+');
    const [on = 0, ...others] = words;
    const word = (value: number): Int32Array => Int32Array.of(value);
    // switched off first and on last: nobody meets half a failpoint
    writeSync(inPlace, word(0), 0, 4, 0);
    writeSync(inPlace, Int32Array.from(others), 0, others.length * 4, 4);
    writeSync(inPlace, word(on), 0, 4, 0);
    closeSync(inPlace);
  }
}

import { existsSync, linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Act = 'made' | 'made-folder' | 'removed' | 'removed-folder' | 'moved' | 'synced-file' | 'synced-folder';

interface NameAct {
  readonly act: Act;
  readonly path: string;
  /** Where it was before it was moved. */
  readonly from: string;
  /** The second name of what was removed or replaced; empty for none. */
  readonly kept: string;
}

const ACTS: Readonly<Record<string, Act>> = {
  C: 'made',
  M: 'made-folder',
  U: 'removed',
  D: 'removed-folder',
  R: 'moved',
  F: 'synced-file',
  S: 'synced-folder',
};

/**
 * Takes names back whose folder was not synced since, each folder from a drawn moment on; returns how many. A file that was synced
 * itself keeps the name it was made under, and a folder with something synced in it its own, as on ext4, XFS, btrfs and f2fs.
 */
export function undoNames(journal: string, random: () => number): number {
  const acts = actsIn(join(journal, 'names'));
  const pending = pendingOf(acts);
  const folders = Map.groupBy(pending, (at) => dirname(acts[at]?.path ?? ''));
  const undone = [...folders.values()].flatMap((own) => own.slice(drawFrom(own.length, random)));
  for (const at of undone.toSorted((a, b) => b - a)) undo(acts[at]);
  return undone.length;
}

function drawFrom(count: number, random: () => number): number {
  return random() < 0.5 ? 0 : Math.floor(random() * (count + 1));
}

function actsIn(file: string): readonly NameAct[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line) => {
    const [letter = '', path = '', from = '', kept = ''] = line.split('\t');
    const act = ACTS[letter];
    return act ? [{ act, path, from, kept }] : [];
  });
}

/** Returns which acts no sync has made sure. */
function pendingOf(acts: readonly NameAct[]): readonly number[] {
  const pending = new Set<number>();
  const makings = new Map<string, number>();
  const settleAbove = (path: string): void => {
    for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
      const made = makings.get(folder);
      if (made !== undefined) pending.delete(made);
    }
  };
  for (const [at, { act, path, from }] of acts.entries()) {
    if (act === 'synced-folder')
      for (const each of pending) if (dirname(acts[each]?.path ?? '') === path) pending.delete(each);
    if (act === 'synced-file' || act === 'synced-folder') settleAbove(path);
    else pending.add(at);
    if (act === 'made' || act === 'made-folder') makings.set(path, at);
    const made = makings.get(from);
    if (act === 'moved' && made !== undefined) makings.set(path, made);
  }
  return [...pending];
}

function undo(one: NameAct | undefined): void {
  if (!one) return;
  const { act, path, from, kept } = one;
  if (act === 'made' || act === 'made-folder') rmSync(path, { recursive: true, force: true });
  if (!isThere(dirname(path)) || (from !== '' && !isThere(dirname(from)))) return;
  if (act === 'removed-folder' && !isThere(path)) mkdirSync(path);
  if (act === 'moved' && isThere(path)) renameSync(path, from);
  if ((act === 'moved' || act === 'removed') && kept !== '' && !isThere(path)) linkSync(kept, path);
}

/** A link that leads nowhere is there too. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

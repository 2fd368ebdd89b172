import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../model/ids.ts';
import type { FiledImage, Image, ImageKey } from './device-images.ts';
import { PackIndex } from './packs.ts';

/** The index over packs that outlive it, as a tablet's disk does. */
class Disk {
  readonly images = new Map<ImageKey, Image>();
  readonly packs = new Map<string, Set<ImageKey>>();
  index = new PackIndex({ log: 'log', packs: 'packs' });

  /** A program that starts again knows the packs that are there. */
  restart(): void {
    this.index = new PackIndex({ log: 'log', packs: 'packs' });
    for (const [key, images] of this.packs) this.index.addPack(key, images);
  }

  /** Commits one change to the log; a name with a minus leaves. */
  log(...changed: readonly string[]): void {
    const changes = changed.map((name) => {
      const isGone = name.startsWith('-');
      const key = isGone ? name.slice(1) : name;
      if (isGone) this.images.delete(key);
      else this.images.set(key, imageOf(key));
      return [key, isGone ? null : imageOf(key)] as const;
    });
    this.index.addLog(this.index.nextLogKey(), changes);
  }

  /** Folds everything; returns how many packs each step wrote. */
  fold(): readonly number[] {
    const written: number[] = [];
    for (;;) {
      const step = this.index.planFold((key) => this.images.get(key) ?? null);
      if (!step) return written;
      for (const [image, place] of step.places) {
        for (const images of this.packs.values()) images.delete(image);
        if (place !== null) this.packs.set(place, (this.packs.get(place) ?? new Set()).add(image));
      }
      const kept = new Set(
        step.writes.filter(({ area, bytes }) => area === 'packs' && bytes !== null).map(({ key }) => key),
      );
      for (const { area, key, bytes } of step.writes) if (area === 'packs' && bytes === null) this.packs.delete(key);
      this.index.follow(step);
      written.push(kept.size);
    }
  }

  /** Returns the images that lie in packs, each once. */
  packed(): readonly ImageKey[] {
    return [...this.packs.values()].flatMap((images) => [...images]).toSorted();
  }
}

function imageOf(key: ImageKey): FiledImage {
  return { is: 'filed', document: key as DocumentId, number: null, writtenAtMs: 1, receivedAtMs: 2 };
}

function names(from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `i${String(from + i).padStart(5, '0')}`);
}

describe('the packs of a tablet', () => {
  it('[REP-13] a program started each day fills the packs that are there', () => {
    const disk = new Disk();
    for (let day = 0; day < 500; day += 1) {
      disk.restart();
      disk.log(...names(day * 2, 2));
      disk.fold();
    }
    expect(disk.packed()).toEqual(names(0, 1_000));
    expect(disk.packs.size).toBeLessThanOrEqual(11);
  });

  it('[REP-13] packs that were thinned out by what closed are dissolved, a few at a time', () => {
    const disk = new Disk();
    disk.log(...names(0, 3_000));
    disk.fold();
    for (let i = 0; i < 3_000; i += 1) if (i % 10 > 0) disk.log(`-${names(i, 1)[0] ?? ''}`);
    const most = Math.max(...disk.fold());
    for (let day = 0; day < 40; day += 1) {
      disk.log(`n${day}`);
      disk.fold();
    }
    expect(disk.packed()).toHaveLength(340);
    expect(disk.packs.size).toBeLessThanOrEqual(6);
    expect(most).toBeLessThanOrEqual(30);
  });

  it('[REP-13] a store that was scattered by a former program comes together', () => {
    const disk = new Disk();
    for (const [i, name] of names(0, 230).entries()) {
      disk.images.set(name, imageOf(name));
      disk.packs.set(String(i + 1).padStart(10, '0'), new Set([name]));
    }
    disk.restart();
    for (let day = 0; day < 240; day += 1) {
      disk.log(names(day % 230, 1)[0] ?? '');
      disk.fold();
    }
    expect(disk.packed()).toEqual(names(0, 230));
    expect(disk.packs.size).toBeLessThanOrEqual(4);
  });

  it('[REP-13] a short log is left alone: to fold it would write a pack for each image in it', () => {
    const disk = new Disk();
    expect(disk.index.isDue).toBe(false);
    for (let i = 0; i < 63; i += 1) disk.log('i00001');
    expect(disk.index.isDue).toBe(false);
    disk.log('i00001');
    expect(disk.index.isDue).toBe(true);
    disk.fold();
    expect(disk.index.isDue).toBe(false);
    disk.log(...names(0, 200));
    expect(disk.index.isDue).toBe(true);
  });
});

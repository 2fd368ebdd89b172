/** Where each confirmed image lies on disk: in a pack of about a hundred, or still in the log. Rules REP-5, REP-6. */
import { type Image, type ImageChange, type ImageKey, encodeImages } from './device-images.ts';
import type { ReplicaArea, ReplicaWrite } from './ports.ts';

/** Images of one pack: few records to read at start, little to rewrite when one changes. */
const PACK_IMAGES = 100;
/** Images folded by one commit. */
const FOLD_IMAGES = 200;
/** A log shorter than this costs a start less than folding it costs the disk: each fold writes a whole pack for every image in it. */
const DUE = { records: 64, images: 200 } as const;
/** Packs are thinned out by what closes; fuller than this on average, they stay as they are. */
const FULL_SHARE = 0.8;
const KEY_DIGITS = 10;

/** One step of folding, to be committed and then followed by `follow`. */
export interface FoldStep {
  readonly writes: readonly ReplicaWrite[];
  readonly logKeys: readonly string[];
  /** Where each image lies after the step; null = nowhere. */
  readonly places: ReadonlyMap<ImageKey, string | null>;
}

/** Where a log and its packs lie. */
export interface PackAreas {
  readonly log: ReplicaArea;
  readonly packs: ReplicaArea;
}

/** Which pack holds which image, and which log records are not folded yet. */
export class PackIndex {
  readonly areas: PackAreas;
  #nextLog = 1;
  #nextPack = 1;
  readonly #packOf = new Map<ImageKey, string>();
  readonly #packs = new Map<string, Set<ImageKey>>();
  readonly #log = new Map<string, readonly ImageKey[]>();

  constructor(areas: PackAreas) {
    this.areas = areas;
  }

  /** Returns how many log records wait to be folded. */
  get logLength(): number {
    return this.#log.size;
  }

  /** Says whether the log is long enough to be worth folding. */
  get isDue(): boolean {
    if (this.#log.size >= DUE.records) return true;
    let images = 0;
    for (const mentioned of this.#log.values()) images += mentioned.length;
    return images >= DUE.images;
  }

  /** Returns the key of the next log record, greater than all before it. */
  nextLogKey(): string {
    return String(this.#nextLog).padStart(KEY_DIGITS, '0');
  }

  /** Notes a log record that is durable. */
  addLog(key: string, changes: readonly ImageChange[]): void {
    this.#log.set(
      key,
      changes.map((change) => change[0]),
    );
    this.#nextLog = Math.max(this.#nextLog, Number(key) + 1);
  }

  /** Notes a pack that is durable. */
  addPack(key: string, images: Iterable<ImageKey>): void {
    for (const image of images) this.#place(image, key);
    this.#nextPack = Math.max(this.#nextPack, Number(key) + 1);
  }

  /**
   * Returns the next step: the oldest log records, written into packs as the images are now; null when the log is empty. `besides` are
   * images whose packs are written anew in any case.
   */
  planFold(imageOf: (key: ImageKey) => Image | null, besides: readonly ImageKey[] = []): FoldStep | null {
    if (this.#log.size === 0 && besides.length === 0) return null;
    const logKeys: string[] = [];
    const images = new Set<ImageKey>(besides);
    for (const [key, mentioned] of this.#log) {
      if (logKeys.length > 0 && images.size + mentioned.length > FOLD_IMAGES) break;
      logKeys.push(key);
      for (const image of mentioned) images.add(image);
    }
    const thin = this.#thinnest();
    if (thin !== null) for (const image of this.#packs.get(thin) ?? []) images.add(image);
    const places = this.#placesFor(images, thin, imageOf);
    const writes = [...this.#dirtyPacks(places)].map((pack) => this.#rewrite(pack, places, imageOf));
    for (const key of logKeys) writes.push({ area: this.areas.log, key, bytes: null });
    return { writes, logKeys, places };
  }

  /** Follows the commit of a step. */
  follow(step: FoldStep): void {
    for (const key of step.logKeys) this.#log.delete(key);
    for (const [image, pack] of step.places) {
      if (pack) this.#place(image, pack);
      else this.#remove(image);
    }
  }

  /** Images stay where they are, unless that pack is to be dissolved; new ones go where there is room. */
  #placesFor(
    images: ReadonlySet<ImageKey>,
    thin: string | null,
    imageOf: (key: ImageKey) => Image | null,
  ): Map<ImageKey, string | null> {
    const places = new Map<ImageKey, string | null>();
    const added = new Map<string, number>();
    for (const image of images) {
      const former = this.#packOf.get(image);
      if (!imageOf(image)) places.set(image, null);
      else places.set(image, former === undefined || former === thin ? this.#roomFor(added, thin) : former);
    }
    return places;
  }

  /** Returns the emptiest pack with room, or a new one. */
  #roomFor(added: Map<string, number>, thin: string | null): string {
    const sizeOf = (pack: string): number => (this.#packs.get(pack)?.size ?? 0) + (added.get(pack) ?? 0);
    let room: string | null = null;
    for (const pack of [...this.#packs.keys(), ...added.keys()]) {
      if (pack !== thin && sizeOf(pack) < sizeOrFull(room, sizeOf)) room = pack;
    }
    if (room === null) {
      room = String(this.#nextPack).padStart(KEY_DIGITS, '0');
      this.#nextPack += 1;
    }
    added.set(room, (added.get(room) ?? 0) + 1);
    return room;
  }

  /** Returns the pack to dissolve into the others, when they are more than their images need. */
  #thinnest(): string | null {
    if (this.#packs.size <= Math.ceil(this.#packOf.size / (PACK_IMAGES * FULL_SHARE)) + 1) return null;
    let thin: string | null = null;
    for (const [pack, { size }] of this.#packs) if (size < (this.#packs.get(thin ?? '')?.size ?? Infinity)) thin = pack;
    return thin;
  }

  #dirtyPacks(places: ReadonlyMap<ImageKey, string | null>): ReadonlySet<string> {
    const dirty = new Set<string>();
    for (const [image, pack] of places) {
      const former = this.#packOf.get(image);
      if (pack) dirty.add(pack);
      if (former) dirty.add(former);
    }
    return dirty;
  }

  #rewrite(
    pack: string,
    places: ReadonlyMap<ImageKey, string | null>,
    imageOf: (key: ImageKey) => Image | null,
  ): ReplicaWrite {
    const keys = new Set(this.#packs.get(pack));
    for (const [image, place] of places) {
      if (place === pack) keys.add(image);
      else keys.delete(image);
    }
    const images: ImageChange[] = [];
    for (const key of keys) {
      const image = imageOf(key);
      // one that left meanwhile is named by a later log record: absent here either way
      if (image) images.push([key, image]);
    }
    return { area: this.areas.packs, key: pack, bytes: images.length === 0 ? null : encodeImages(images) };
  }

  #place(image: ImageKey, pack: string): void {
    this.#remove(image);
    this.#packOf.set(image, pack);
    const images = this.#packs.get(pack) ?? new Set<ImageKey>();
    this.#packs.set(pack, images);
    images.add(image);
  }

  #remove(image: ImageKey): void {
    const pack = this.#packOf.get(image);
    if (pack === undefined) return;
    this.#packOf.delete(image);
    const images = this.#packs.get(pack);
    images?.delete(image);
    if (images?.size === 0) this.#packs.delete(pack);
  }
}

function sizeOrFull(pack: string | null, sizeOf: (pack: string) => number): number {
  return pack === null ? PACK_IMAGES : sizeOf(pack);
}

/** Where each confirmed image lies on disk: in a pack of about a hundred, or still in the log. Rules REP-5, REP-6. */
import { type Image, type ImageChange, type ImageKey, encodeImages } from './device-images.ts';
import type { ReplicaWrite } from './ports.ts';

/** Images of one pack: few records to read at start, little to rewrite when one changes. */
const PACK_IMAGES = 100;
/** Images folded by one commit. */
const FOLD_IMAGES = 200;
const KEY_DIGITS = 10;

/** One step of folding, to be committed and then followed by `follow`. */
export interface FoldStep {
  readonly writes: readonly ReplicaWrite[];
  readonly logKeys: readonly string[];
  /** Where each image lies after the step; null = nowhere. */
  readonly places: ReadonlyMap<ImageKey, string | null>;
}

/** Which pack holds which image, and which log records are not folded yet. */
export class PackIndex {
  #nextLog = 1;
  #nextPack = 1;
  #open: string | null = null;
  readonly #packOf = new Map<ImageKey, string>();
  readonly #packs = new Map<string, Set<ImageKey>>();
  readonly #log = new Map<string, readonly ImageKey[]>();

  /** Returns how many log records wait to be folded. */
  get logLength(): number {
    return this.#log.size;
  }

  /** Returns the key of the next log record, greater than all before it. */
  nextLogKey(): string {
    return String(this.#nextLog).padStart(KEY_DIGITS, '0');
  }

  /** Notes a log record that is durable. */
  addLog(key: string, changes: readonly ImageChange[]): void {
    this.#log.set(
      key,
      changes.map(([image]) => image),
    );
    this.#nextLog = Math.max(this.#nextLog, Number(key) + 1);
  }

  /** Notes a pack that is durable. */
  addPack(key: string, images: Iterable<ImageKey>): void {
    for (const image of images) this.#place(image, key);
    this.#nextPack = Math.max(this.#nextPack, Number(key) + 1);
  }

  /** Returns the next step: the oldest log records, written into packs as the images are now; null when the log is empty. */
  planFold(imageOf: (key: ImageKey) => Image | null): FoldStep | null {
    if (this.#log.size === 0) return null;
    const logKeys: string[] = [];
    const images = new Set<ImageKey>();
    for (const [key, mentioned] of this.#log) {
      if (logKeys.length > 0 && images.size + mentioned.length > FOLD_IMAGES) break;
      logKeys.push(key);
      for (const image of mentioned) images.add(image);
    }
    const places = this.#placesFor(images, imageOf);
    const writes = [...this.#dirtyPacks(places)].map((pack) => this.#rewrite(pack, places, imageOf));
    for (const key of logKeys) writes.push({ area: 'log', key, bytes: null });
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

  #placesFor(images: ReadonlySet<ImageKey>, imageOf: (key: ImageKey) => Image | null): Map<ImageKey, string | null> {
    const places = new Map<ImageKey, string | null>();
    const added = new Map<string, number>();
    for (const image of images) {
      if (!imageOf(image)) places.set(image, null);
      else places.set(image, this.#packOf.get(image) ?? this.#roomFor(added));
    }
    return places;
  }

  #roomFor(added: Map<string, number>): string {
    const open = this.#open;
    const filled = open === null ? PACK_IMAGES : (this.#packs.get(open)?.size ?? 0) + (added.get(open) ?? 0);
    const pack = open !== null && filled < PACK_IMAGES ? open : String(this.#nextPack).padStart(KEY_DIGITS, '0');
    if (pack !== open) {
      this.#open = pack;
      this.#nextPack += 1;
    }
    added.set(pack, (added.get(pack) ?? 0) + 1);
    return pack;
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
    return { area: 'packs', key: pack, bytes: images.length === 0 ? null : encodeImages(images) };
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
    this.#packs.get(pack)?.delete(image);
  }
}

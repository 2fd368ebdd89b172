/** A snapshot checked to its last byte and left where it lies, to look at a few of its values. Rule DOC-12. */
import { TAG } from '../base/any.ts';
import type { Json } from '../base/any.ts';
import { must } from '../base/assert.ts';
import { ByteReader } from '../base/reader.ts';
import { UNSURE, findKey } from '../base/skip-any.ts';
import { VALUE_LIMITS } from './entry.ts';
import type { Entry, GrammarError } from './entry.ts';
import { opPrefixOf } from './field-key.ts';
import type { FieldKey } from './field-key.ts';
import { type SectionSink, readSections } from './sections.ts';
import { ItemParts, clockAt, scanItem, storedEntryAt, valueAtBytes, valueFrom } from './stored-entry.ts';

/** What `indexOf` answers for a field that was never set … */
export const NONE = -1;
/** … and for one with several live values. */
export const SEVERAL = -2;

/** Returns the items of a compacted snapshot; null when it is none, or when only reading it in full tells. Never throws. */
export function scanItems(bytes: Uint8Array): StoredItems | null {
  const reader = new ByteReader<GrammarError>(bytes);
  scan.begin();
  readSections(reader, scan);
  return reader.error === null ? new StoredItems(bytes, scan) : null;
}

/** The live values of one document by their index, in the order in which they lie. Keeps the bytes alive; they must not change. */
export class StoredItems {
  readonly bytes: Uint8Array;
  /** Of each item its field. */
  readonly fields: readonly FieldKey[];
  /** Indexes of the items whose field has an item before them, ascending. */
  readonly repeats: readonly number[];
  readonly #froms: readonly number[];
  readonly #clients: readonly ClientEnd[];

  constructor(bytes: Uint8Array, { fields, froms, clients, suspects, count }: Scan) {
    this.bytes = bytes;
    this.fields = fields.slice(0, count);
    this.#froms = froms.slice(0, count);
    this.#clients = clients;
    this.repeats =
      suspects.length === 0 ? suspects : suspects.filter((at) => this.#first((fields[at] as FieldKey).path) < at);
  }

  /** Returns the index of the one live value at `path`, `NONE` or `SEVERAL`. */
  indexOf(path: string): number {
    const { repeats } = this;
    for (let i = 0; i < repeats.length; i += 1) {
      if ((this.fields[repeats[i] as number] as FieldKey).path === path) return SEVERAL;
    }
    return this.#first(path);
  }

  /** Returns the value of an item. */
  valueAt(index: number): Json {
    return valueAtBytes(this.bytes, this.#valueFrom(index));
  }

  /** Says whether the value of an item is an object. */
  isObject(index: number): boolean {
    return this.bytes[this.#valueFrom(index)] === TAG.object;
  }

  /** Returns the value under `key` of the object that is the value of an item; null when it has none. */
  valueIn(index: number, key: string): Json {
    const at = findKey(this.bytes, this.#valueFrom(index), key, VALUE_LIMITS);
    return at === UNSURE ? null : valueAtBytes(this.bytes, at);
  }

  /** Returns the live values of the field at `path`. */
  entriesAt(path: string): readonly Entry[] {
    const { fields } = this;
    const entries: Entry[] = [];
    for (let at = 0; at < fields.length; at += 1)
      if ((fields[at] as FieldKey).path === path) entries.push(this.#entry(at));
    return entries;
  }

  /** Returns the elements of a map field that were ever set, each once. */
  elementsOf(name: string): readonly FieldKey[] {
    const { fields, repeats } = this;
    const elements: FieldKey[] = [];
    for (let at = 0, next = 0; at < fields.length; at += 1) {
      const field = fields[at] as FieldKey;
      if (at === repeats[next]) next += 1;
      else if (field.code !== null && field.name === name) elements.push(field);
    }
    return elements;
  }

  /** Returns the registers and elements with several live values, each once. */
  contestedFields(): readonly FieldKey[] {
    if (this.repeats.length === 0) return NO_FIELDS;
    const contested: FieldKey[] = [];
    for (const at of this.repeats) {
      const field = this.fields[at] as FieldKey;
      if (field.type !== 'log' && !contested.some(({ path }) => path === field.path)) contested.push(field);
    }
    return contested;
  }

  #valueFrom(index: number): number {
    return valueFrom(this.bytes, must(this.#froms[index], 'an item of a document'));
  }

  #entry(index: number): Entry {
    const writer = this.#clients.find(({ end }) => index < end);
    const client = must(writer, 'the writer of an item').client;
    const from = must(this.#froms[index], 'an item of a document');
    const clock = clockAt(this.bytes, from);
    return must(storedEntryAt(this.bytes, from, client, clock, opPrefixOf(client)), 'an item that was there');
  }

  #first(path: string): number {
    const { fields } = this;
    const { length } = path;
    for (let at = 0; at < fields.length; at += 1) {
      const other = (fields[at] as FieldKey).path;
      // most are of another length, which costs less to see
      if (other.length === length && other === path) return at;
    }
    return NONE;
  }
}

const NO_FIELDS: readonly FieldKey[] = [];

/** A client, and the index behind its last item. */
interface ClientEnd {
  readonly client: number;
  readonly end: number;
}

/** Notes where the items lie, and reads none of them. One serves all documents, one after another, so that nothing has to grow. */
class Scan implements SectionSink {
  readonly fields: FieldKey[] = [];
  readonly froms: number[] = [];
  count = 0;
  clients: ClientEnd[] = [];
  /** Indexes of items whose field may have an item before them. */
  suspects: number[] = [];
  readonly #parts = new ItemParts();
  // the document in which a path of this sum was last seen
  readonly #seen = new Int32Array(SEEN_SLOTS);
  #document = 0;

  begin(): void {
    this.count = 0;
    this.clients = [];
    this.suspects = [];
    // 0 is what no document has seen
    this.#document = Math.max(1, (this.#document + 1) | 0);
  }

  item(reader: ByteReader<GrammarError>, _client: number, clock: number, prefix: string): void {
    const parts = this.#parts;
    const from = reader.at - 1;
    const isSure = reader.error === null && scanItem(reader.bytes, from, clock, prefix, parts);
    if (!isSure || parts.field === null) {
      reader.fail('struct');
      return;
    }
    const slot = parts.sum & (SEEN_SLOTS - 1);
    if (this.#seen[slot] === this.#document) this.suspects.push(this.count);
    else this.#seen[slot] = this.#document;
    this.fields[this.count] = parts.field;
    this.froms[this.count] = from;
    this.count += 1;
    reader.at = parts.end;
  }

  client(client: number): void {
    this.clients.push({ client, end: this.count });
  }
}

const SEEN_SLOTS = 1024;
const scan = new Scan();

/** Values that are in one place only: whoever has one of them has seen that place. */
import type { Json } from '@chungtay/core/base/any';
import type { Column } from '@chungtay/core/kinds/define';
import type { DocumentId } from '@chungtay/core/model/ids';
import { Needles } from '../fixtures/needles.ts';

/** One value, and the place it stands for. */
export interface Canary {
  document: DocumentId;
  /** `field` or `field.column`; `(id)` for the document's id, `(number)` for its human number. */
  place: string;
  /** How it looks. */
  readonly text: string;
  /** False once another value took its place. */
  isLive: boolean;
}

const FIRST_INSTANT_MS = 3_000_000_000_001;
const FIRST_DAY = Date.UTC(1901, 0, 1);
const DAY_MS = 86_400_000;

/** Makes canaries and finds them again. */
export class Canaries {
  readonly all: Canary[] = [];
  /** Values that stand for nothing because an enumeration, a year or a yes is the same in many places. */
  plain = 0;
  readonly #needles = new Needles<Canary>();
  #last = 0;

  /** Returns a value that the column takes, a canary wherever its type leaves room for one. */
  valueFor({ schema, input }: Column, document: DocumentId, place: string): Json {
    for (const candidate of this.#candidates(input)) {
      if (!schema.safeParse(candidate.value).success) continue;
      if (candidate.text === null) this.plain += 1;
      else this.#add({ document, place, text: candidate.text, isLive: true }, candidate.value);
      return candidate.value;
    }
    throw new Error(`no value for ${document.split('/')[1] ?? ''} ${place}`);
  }

  /** Notes a text that stands for a place by itself: an id, an official number, a name. */
  note(document: DocumentId, place: string, text: string): void {
    this.#add({ document, place, text, isLive: true }, null);
  }

  /** Returns a word that is nowhere else. */
  word(): string {
    return `Knry${this.#next()}x`;
  }

  /** Returns an id that is nowhere else. */
  ulid(): string {
    return `7ZKNRY${this.#next().padStart(20, '0')}`;
  }

  /** Says that the value now standing in a place is another. */
  supersede(document: DocumentId, place: string): void {
    for (const canary of this.all) {
      if (canary.document === document && (canary.place === place || canary.place.startsWith(`${place}.`)))
        canary.isLive = false;
    }
  }

  /** Returns every canary that stands somewhere in the bytes. */
  findIn(bytes: Uint8Array): ReadonlySet<Canary> {
    return this.#needles.findIn(bytes);
  }

  #add(canary: Canary, value: Json): void {
    this.all.push(canary);
    this.#needles.add(Buffer.from(canary.text, 'utf8'), canary);
    if (typeof value !== 'number') return;
    const float = Buffer.alloc(8);
    float.writeDoubleBE(value);
    this.#needles.add(float, canary);
  }

  #next(): string {
    this.#last += 1;
    // a number that ends in nought would lose it in print
    if (this.#last % 10 === 0) this.#last += 1;
    return String(this.#last).padStart(6, '0');
  }

  *#candidates(input: Column['input']): Generator<{ readonly value: Json; readonly text: string | null }> {
    switch (input.as) {
      case 'choice':
        return yield { value: input.options[0] ?? null, text: null };
      case 'choices':
        return yield { value: input.options.slice(0, 1), text: null };
      case 'yesNo':
        return yield { value: true, text: null };
      case 'member':
        return yield { value: 1, text: null };
      case 'number':
        return yield* this.#numbers(input.min ?? 0);
      case 'dateTime': {
        const value = FIRST_INSTANT_MS + 2 * Number(this.#next());
        return yield { value, text: String(value) };
      }
      case 'date':
      case 'partialDate': {
        const text = new Date(FIRST_DAY + Number(this.#next()) * DAY_MS).toISOString().slice(0, 10);
        return yield { value: text, text };
      }
      case 'phone':
        return yield both(`0988${this.#next()}`);
      case 'personalId':
        return yield both(`001399${this.#next()}`);
      case 'link':
        return yield* this.#links();
      case 'catalogues': {
        const text = this.word();
        return yield { value: [text], text };
      }
      case 'longText': {
        const text = this.word();
        return yield { value: `Cháu kể: “${text}” — ở nhà bà.`, text };
      }
      default:
        return yield both(this.word());
    }
  }

  *#numbers(min: number): Generator<{ readonly value: Json; readonly text: string | null }> {
    const precise = `${Math.ceil(min)}.${this.#next()}`;
    yield { value: Number(precise), text: precise };
    yield { value: Math.max(min, 2_001), text: null };
    yield { value: min, text: null };
  }

  *#links(): Generator<{ readonly value: Json; readonly text: string | null }> {
    const folder = this.ulid();
    yield both(folder);
    const document = `${folder}/intake/${this.ulid()}`;
    yield both(document);
    yield { value: [document], text: document };
  }
}

function both(text: string): { readonly value: string; readonly text: string } {
  return { value: text, text };
}

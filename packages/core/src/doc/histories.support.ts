/** Random histories of one document: writers offline and back, answers lost, things sent twice, restarts; with Yjs beside us at every step. */
import type * as Y from 'yjs';
import { applyUpdate as applyToYjs } from 'yjs';
import { equalBytes } from '../base/bytes.ts';
import { type Dice, randomJson } from '../base/random.support.ts';
import { editDocument } from './edit.ts';
import type { Edit, FieldSet } from './edit.ts';
import { checkUpdate } from './gate.ts';
import type { FieldTable } from './gate.ts';
import { applyUpdate, emptyState, encodeState, parseState } from './state.ts';
import type { DocState } from './state.ts';
import { parseUpdate } from './update.ts';
import { editYjs, openYjs } from './yjs.support.ts';

/** Every field that the histories write. */
export const HISTORY_FIELDS: FieldTable = {
  typeOf: (name) =>
    name === 'stage' ? 'log' : name === 'team' ? 'map' : /^field[A-E]$/u.test(name) ? 'register' : null,
  check: () => true,
};

/** How often each thing happened: a test that asserts on a history also asserts that it was an eventful one. */
export interface Happened {
  edits: number;
  admitted: number;
  refused: number;
  duplicates: number;
  restarts: number;
  conflicts: number;
  differences: string[];
}

/** A fault built in on purpose, to see that it is noticed. */
export type Sabotage = 'none' | 'forget-a-seen-value' | 'reuse-a-client-id';

interface Sent {
  readonly bytes: Uint8Array;
  readonly edit: Edit;
  /** Path and op of each item, and the ops it supersedes by the books. */
  readonly wrote: readonly (readonly [string, string])[];
  readonly superseded: ReadonlySet<string>;
}

interface Writer {
  client: number;
  state: DocState;
  doc: Y.Doc;
  /** Entries of the Hub's log it has applied. */
  read: number;
  outbox: Sent[];
  /** By the books: path → ops it knows, own ones included; nothing is ever taken out. */
  known: Map<string, Set<string>>;
}

/** One commune in small: a Hub with its log, its state and its Y.Doc, and a few writers. */
export class History {
  readonly happened: Happened = {
    edits: 0,
    admitted: 0,
    refused: 0,
    duplicates: 0,
    restarts: 0,
    conflicts: 0,
    differences: [],
  };
  readonly #dice: Dice;
  readonly #sabotage: Sabotage;
  readonly #log: Sent[] = [];
  readonly #state = emptyState();
  readonly #doc = openYjs(new Uint8Array(2));
  readonly #writers: Writer[];
  #nextClient: number;
  #minutes = 1000;

  constructor(dice: Dice, sabotage: Sabotage = 'none') {
    this.#dice = dice;
    this.#sabotage = sabotage;
    this.#nextClient = dice.pick([1, 30, 4_194_305, 4_294_900_000]);
    this.#writers = Array.from({ length: 2 + dice.below(3) }, () => this.#arrive());
  }

  /** Takes `steps` random steps, then brings everybody up to date. */
  run(steps: number): void {
    for (let i = 0; i < steps; i += 1) this.#step(this.#dice.pick(this.#writers));
    for (const writer of this.#writers) this.#push(writer, false);
    for (const writer of this.#writers) this.#pull(writer, this.#log.length);
  }

  /** Returns every replica, ours and that of Yjs: the Hub's first. */
  replicas(): readonly { readonly state: DocState; readonly doc: Y.Doc }[] {
    return [{ state: this.#state, doc: this.#doc }, ...this.#writers];
  }

  /** Returns the ops that must stand, by the books: all that was admitted but what its superseders knew. */
  standing(): string[] {
    const gone = new Set(this.#log.flatMap((sent) => [...sent.superseded]));
    return this.#log.flatMap((sent) => sent.wrote.map(([, op]) => op)).filter((op) => !gone.has(op));
  }

  #step(writer: Writer): void {
    const chance = this.#dice.below(100);
    if (chance < 55) this.#edit(writer);
    else if (chance < 75) this.#push(writer, this.#dice.chance(30));
    else if (chance < 95) this.#pull(writer, writer.read + this.#dice.below(this.#log.length - writer.read + 1));
    else this.#restart(writer);
  }

  #arrive(): Writer {
    this.#nextClient += 1;
    const doc = openYjs(new Uint8Array(2));
    return { client: this.#nextClient, state: emptyState(), doc, read: 0, outbox: [], known: new Map() };
  }

  #edit(writer: Writer): void {
    this.#minutes += this.#dice.below(3) - 1;
    const edit = this.#randomEdit(writer.client);
    const known = (path: string): readonly string[] => [...(writer.known.get(path) ?? [])];
    const superseded = new Set((edit.sets ?? []).flatMap((set) => known(pathOf(set))));
    const seen = new Set(superseded);
    const forgotten = this.#dice.pick([...superseded].filter((op) => writer.state.live.has(op)));
    if (this.#sabotage === 'forget-a-seen-value' && forgotten !== undefined) seen.delete(forgotten);
    const ours = editDocument(writer.state, this.#sabotage === 'none' ? edit : { ...edit, seen });
    if (!ours.ok) return this.#differ(`edit refused: ${ours.error}`);
    const theirs = editYjs(writer.doc, this.#sabotage === 'none' ? edit : { ...edit, seen });
    if (!equalBytes(ours.value.update, theirs)) this.#differ('bytes of an edit');
    const wrote = ours.value.parsed.items.map((item) => [item.field.path, item.op] as const);
    writer.state = ours.value.state;
    writer.outbox.push({ bytes: theirs, edit, wrote, superseded });
    learn(writer, wrote);
    this.happened.edits += 1;
  }

  #randomEdit(client: number): Edit {
    const dice = this.#dice;
    const sets = new Map<string, FieldSet>();
    for (let i = dice.below(4); i > 0; i -= 1) {
      const value = randomJson(dice, 2);
      const set = dice.chance(70)
        ? { name: `field${dice.pick(['A', 'B', 'C', 'D', 'E'])}`, value }
        : { name: 'team', code: dice.pick(['1', '2', 'x-_Y']), value };
      sets.set(pathOf(set), set);
    }
    const appends = sets.size === 0 || dice.chance(15) ? [{ name: 'stage', value: randomJson(dice, 1) }] : [];
    return { client, member: client % 97, minutes: this.#minutes, sets: [...sets.values()], appends };
  }

  /** Sends the outbox; with `isAnswerLost` the Hub takes it but the writer does not learn so, and will send it again. */
  #push(writer: Writer, isAnswerLost: boolean): void {
    for (const sent of writer.outbox) this.#admit(sent);
    if (!isAnswerLost) writer.outbox = [];
  }

  #admit(sent: Sent): void {
    const parsed = parseUpdate(sent.bytes);
    if (!parsed.ok) return this.#differ(`honest update refused: ${parsed.error}`);
    const checked = checkUpdate(parsed.value, this.#state, sent.edit, HISTORY_FIELDS);
    if (!checked.ok && checked.error !== 'clock') return this.#differ(`honest update refused: ${checked.error}`);
    const applied = applyUpdate(this.#state, parsed.value);
    if (!applied.ok) {
      this.happened.refused += 1;
      return;
    }
    if ((applied.value === 'applied') !== checked.ok) this.#differ('gate and state disagree');
    if (applied.value === 'known') this.happened.duplicates += 1;
    else {
      this.happened.admitted += 1;
      this.#log.push(sent);
    }
    applyToYjs(this.#doc, sent.bytes);
  }

  #pull(writer: Writer, upTo: number): void {
    for (const sent of this.#log.slice(writer.read, upTo)) {
      const parsed = parseUpdate(sent.bytes);
      const applied = parsed.ok && applyUpdate(writer.state, parsed.value);
      if (!applied || !applied.ok) this.#differ('an update of the feed is refused');
      applyToYjs(writer.doc, sent.bytes);
      learn(writer, sent.wrote);
    }
    writer.read = Math.max(writer.read, upTo);
    for (const entries of writer.state.fields.values()) if (entries.length > 1) this.happened.conflicts += 1;
  }

  /** The worker starts again from what is on disk: the compacted snapshot, under a fresh client id. */
  #restart(writer: Writer): void {
    const snapshot = encodeState(writer.state);
    const parsed = parseState(snapshot);
    if (!parsed.ok) return this.#differ(`own snapshot refused: ${parsed.error}`);
    if (!equalBytes(encodeState(parsed.value), snapshot)) this.#differ('snapshot of a snapshot');
    this.#nextClient += 1;
    const isReused = this.#sabotage === 'reuse-a-client-id';
    writer.client = isReused ? this.#dice.pick(this.#writers).client : this.#nextClient;
    writer.state = parsed.value;
    writer.doc = openYjs(snapshot);
    this.happened.restarts += 1;
  }

  #differ(what: string): void {
    this.happened.differences.push(what);
  }
}

function pathOf(set: FieldSet): string {
  return set.code === undefined ? set.name : `${set.name}:${set.code}`;
}

function learn(writer: Writer, wrote: readonly (readonly [string, string])[]): void {
  for (const [path, op] of wrote) writer.known.set(path, (writer.known.get(path) ?? new Set()).add(op));
}

/** Honest edits of documents of every kind, by every role: writers who lag behind one another, restart, and leave conflicts. */
import type { Dice } from '@chungtay/core/base/random.support';
import { editDocument } from '@chungtay/core/doc/edit';
import type { FieldSet, LogAppend } from '@chungtay/core/doc/edit';
import { type FieldTable, checkUpdate } from '@chungtay/core/doc/gate';
import type { Attempt } from '@chungtay/core/doc/hostile.support';
import { applyUpdate, cloneState, emptyState, encodeState, parseState } from '@chungtay/core/doc/state';
import type { DocState } from '@chungtay/core/doc/state';
import { parseUpdate } from '@chungtay/core/doc/update';
import type { KindDefinition } from '@chungtay/core/kinds/define';
import { KINDS, fieldTableOf } from '@chungtay/core/kinds/registry';
import { ROLES, type Role } from '@chungtay/core/model/role';
import { elementCode, honestValue } from './values.ts';

/** An honest edit of a document of a real kind. */
export interface KindAttempt extends Attempt {
  readonly kind: KindDefinition;
  readonly fields: FieldTable;
}

interface Writer {
  client: number;
  readonly member: number;
  readonly role: Role;
  state: DocState;
}

const EDITS_A_DOCUMENT = 48;
const FIRST_CLIENTS = [1, 30, 4_194_305, 4_294_900_000] as const;

/** Edits without end, document after document. */
export class Corpus {
  /** What an honest edit met that it should not have: none may. */
  readonly refused: string[] = [];
  /** Edits made, by kind and role. */
  readonly made = new Map<string, number>();
  readonly #dice: Dice;
  #document: LivingDocument | null = null;
  #documents = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** Returns the next edit and the document before it; the gate has judged it. */
  next(): KindAttempt {
    const document = this.#current();
    const writer = document.writers[this.#dice.below(document.writers.length)] as Writer;
    const attempt = document.edit(writer);
    const name = `${document.kind.id} ${writer.role}`;
    this.made.set(name, (this.made.get(name) ?? 0) + 1);
    const parsed = parseUpdate(attempt.bytes);
    const checked = parsed.ok ? checkUpdate(parsed.value, attempt.state, attempt.author, attempt.fields) : parsed;
    if (!checked.ok) this.refused.push(`${name}: ${checked.error}`);
    return attempt;
  }

  #current(): LivingDocument {
    if (this.#document === null || this.#document.edits >= EDITS_A_DOCUMENT) {
      const kind = KINDS[this.#documents % KINDS.length] as KindDefinition;
      this.#document = new LivingDocument(kind, this.#documents, this.#dice);
      this.#documents += 1;
    }
    return this.#document;
  }
}

class LivingDocument {
  readonly kind: KindDefinition;
  readonly writers: readonly Writer[];
  edits = 0;
  readonly #fields: FieldTable;
  readonly #dice: Dice;
  #state = emptyState();
  #nextClient: number;
  #minutes = 600_000;

  constructor(kind: KindDefinition, number: number, dice: Dice) {
    this.kind = kind;
    this.#dice = dice;
    this.#fields = fieldTableOf(kind.id) as FieldTable;
    this.#nextClient = dice.pick(FIRST_CLIENTS) + dice.below(1000);
    const roles = ROLES.filter((role) => writableBy(kind, role).length > 0);
    this.writers = Array.from({ length: 3 }, (_, at) => {
      const role = roles[(Math.floor(number / KINDS.length) * 3 + at) % roles.length] as Role;
      return { client: this.#freshClient(), member: 1 + at, role, state: emptyState() };
    });
  }

  edit(writer: Writer): KindAttempt {
    const dice = this.#dice;
    if (dice.chance(40)) writer.state = cloneState(this.#state);
    if (dice.chance(4)) this.#restart(writer);
    this.#minutes += dice.below(30);
    const author = { client: writer.client, member: writer.member, minutes: this.#minutes };
    const edited = editDocument(writer.state, {
      ...author,
      ...changesOf(this.kind, writableBy(this.kind, writer.role), dice),
    });
    if (!edited.ok) throw new Error(`${this.kind.id}: ${edited.error}`);
    const { parsed, update } = edited.value;
    writer.state = edited.value.state;
    const before = cloneState(this.#state);
    if (!applyUpdate(this.#state, parsed).ok) throw new Error('an honest edit does not follow its document');
    this.edits += 1;
    return attemptOf(before, { kind: this.kind, fields: this.#fields, author, update: parsed, bytes: update });
  }

  #restart(writer: Writer): void {
    const parsed = parseState(encodeState(writer.state));
    if (!parsed.ok) throw new Error('an honest snapshot is not read back');
    writer.state = parsed.value;
    writer.client = this.#freshClient();
  }

  #freshClient(): number {
    this.#nextClient += 1 + this.#dice.below(3);
    return this.#nextClient;
  }
}

/** What one edit sets and appends. */
export interface Changes {
  readonly sets: readonly FieldSet[];
  readonly appends: readonly LogAppend[];
}

/** Returns an honest change of some of the fields named. */
export function changesOf(kind: KindDefinition, names: readonly string[], dice: Dice): Changes {
  const sets = new Map<string, FieldSet>();
  const appends: LogAppend[] = [];
  for (let i = 1 + dice.below(4); i > 0; i -= 1) {
    const name = dice.pick(names);
    const field = kind.fields[name] as KindDefinition['fields'][string];
    const value = honestValue(field, dice);
    if (field.type === 'log') appends.push({ name, value });
    else if (field.type === 'register') sets.set(name, { name, value });
    else {
      const code = elementCode(dice);
      sets.set(`${name}:${code}`, { name, code, value });
    }
  }
  return { sets: [...sets.values()], appends };
}

/** Returns an attempt whose snapshot is made when it is asked for. */
export function attemptOf(state: DocState, rest: Omit<KindAttempt, 'state' | 'snapshot'>): KindAttempt {
  let snapshot: Uint8Array | null = null;
  return {
    ...rest,
    state,
    // most attempts are never opened in Yjs
    get snapshot() {
      snapshot ??= encodeState(state);
      return snapshot;
    },
  };
}

const writable = new Map<string, readonly string[]>();

function writableBy(kind: KindDefinition, role: Role): readonly string[] {
  const key = `${kind.id} ${role}`;
  let names = writable.get(key);
  if (!names) {
    names = Object.keys(kind.fields).filter((name) => kind.fields[name]?.writers?.includes(role) ?? true);
    writable.set(key, names);
  }
  return names;
}

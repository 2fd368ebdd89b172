import type { Result } from '@chungtay/core/base/result';
import type { World } from '@chungtay/core/base/world';
import type { Row } from '@chungtay/core/derive/row-types';
import { makeUlid } from '@chungtay/core/model/ids';
import { Outage } from '@chungtay/core/sync/ports';
import type { Replica } from '@chungtay/core/sync/replica';
import type { DocumentEdit, EditRefusal, Saved } from '@chungtay/core/sync/replica-edit';
import type { EditOutcome, UndoToken } from './engine-views.ts';

const MOST_UNDOS = 50;

/** A person's edits, and the last of them that may be taken back. */
export class Edits {
  readonly #replica: Replica<Row>;
  readonly #world: World;
  readonly #saved = new Map<string, Saved>();

  constructor(replica: Replica<Row>, world: World) {
    this.#replica = replica;
    this.#world = world;
  }

  /** Saves, and remembers how to take it back. */
  async save(edits: readonly DocumentEdit[]): Promise<EditOutcome> {
    return this.#outcome(() => this.#replica.edit(edits));
  }

  /** Writes quarantined fields again. */
  async reapply(id: string, keys: readonly string[]): Promise<EditOutcome> {
    return this.#outcome(() => this.#replica.reapply(id, keys));
  }

  /** Takes one saved edit back. */
  async undo(token: UndoToken): Promise<EditOutcome> {
    const saved = this.#saved.get(token.id);
    if (!saved) return { ok: false, reason: 'changed-since', fields: [] };
    const outcome = await this.#outcome(() => this.#replica.undo(saved));
    if (outcome.ok) this.#saved.delete(token.id);
    return outcome;
  }

  async #outcome(write: () => Promise<Result<Saved, EditRefusal>>): Promise<EditOutcome> {
    try {
      const saved = await write();
      if (!saved.ok) return { ok: false, reason: reasonOf(saved.error.reason), fields: saved.error.fields };
      return { ok: true, undo: this.#remember(saved.value), atMs: saved.value.atMs };
    } catch (cause) {
      // the input stays with the screen, which says so
      if (cause instanceof Outage) return { ok: false, reason: 'storage', fields: [] };
      throw cause;
    }
  }

  #remember(saved: Saved): UndoToken {
    const id = makeUlid(this.#world);
    this.#saved.set(id, saved);
    const oldest = this.#saved.keys().next().value;
    if (this.#saved.size > MOST_UNDOS && oldest !== undefined) this.#saved.delete(oldest);
    return { id };
  }
}

function reasonOf(reason: EditRefusal['reason']): Extract<EditOutcome, { ok: false }>['reason'] {
  switch (reason) {
    case 'changed-since':
      return 'changed-since';
    case 'invalid':
    case 'too-large':
      return 'invalid';
    case 'no-lease':
      return 'no-lease';
    default:
      return 'no-right';
  }
}

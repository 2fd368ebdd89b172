/** Full admission under attack: the real Hub, its store, signatures and chains, with every document kept in Yjs beside it. */
import { type Held, type Person, beginning } from './commune.ts';
import type { Door, Sent } from './door.ts';
import { FORGERIES } from './forgeries.ts';
import { forge } from './forging.ts';
import { hostileInput } from './gate-inputs.ts';

const BATCH = 32;
const FRAME_ROOM_BYTES = 200_000;
const MOST_UPDATE_BYTES = 60_000;
const OPEN_DOCUMENTS = 120;
/** Of the attacks, one in so many is a forged envelope. */
const FORGED_PERCENT = 20;
/** See the file's head. */
export class AdmissionTrial {
  readonly door: Door;
  readonly falseRefusals: string[] = [];
  hostile = 0;
  honest = 0;

  constructor(door: Door) {
    this.door = door;
  }

  /** Throws `count` hostile envelopes, honest work going on between them; then proves the whole store. */
  async run(count: number): Promise<void> {
    while (this.hostile < count) {
      await this.#honestBatch();
      for (let i = 0; i < 4; i += 1) await this.#hostileBatch();
      const forged = Math.round((4 * BATCH * FORGED_PERCENT) / 100);
      for (let i = 0; i < forged; i += 1)
        if (await forge(this.door.commune.dice.pick(FORGERIES), this.door)) this.hostile += 1;
    }
    await this.door.prove();
  }

  /** Makes some documents and edits some, as honest people do: all of it must be stored. */
  async work(): Promise<void> {
    while (this.door.commune.open.length < OPEN_DOCUMENTS) await this.#makeOne();
    await this.#honestBatch();
  }

  async #makeOne(): Promise<void> {
    const { dice } = this.door.commune;
    const person = dice.pick(this.door.commune.side(true));
    const held = this.door.commune.fresh(this.door.commune.kind());
    if (held.owner !== null) return;
    const start = beginning(held.kind, this.door.commune.people);
    const isLeads = start === null || person.role === 'lead';
    const attempt = isLeads ? this.door.commune.attempt(person, held, false) : null;
    if (!attempt) return;
    const whole = start ? this.door.commune.attemptWith(person, held, start) : attempt;
    await this.#pushHonest(person, [await this.door.seal(person, held, whole, whole.bytes, 'honest')]);
  }

  async #honestBatch(): Promise<void> {
    if (this.door.commune.open.length < OPEN_DOCUMENTS) await this.#makeOne();
    const person = this.door.commune.dice.pick(this.door.commune.side(true));
    const batch: Sent[] = [];
    for (const held of this.#choice(3 * BATCH)) {
      const attempt = batch.length < BATCH ? this.door.commune.attempt(person, held) : null;
      if (attempt) batch.push(await this.door.seal(person, held, attempt, attempt.bytes, 'honest'));
    }
    await this.#pushHonest(person, batch);
  }

  async #pushHonest(person: Person, batch: readonly Sent[]): Promise<void> {
    this.honest += batch.length;
    for (const { verdict, sent } of await this.door.push(person, batch)) {
      if (verdict?.verdict !== 'stored')
        this.falseRefusals.push(
          `${person.role} ${sent.held.kind.id}: ${verdict?.code ?? 'no answer'} ${verdict?.field ?? ''}`,
        );
    }
  }

  async #hostileBatch(): Promise<void> {
    const { dice } = this.door.commune;
    const person = dice.pick(this.door.commune.side(false));
    const batch: Sent[] = [];
    let sizeBytes = 0;
    for (const held of this.#choice(3 * BATCH)) {
      const attempt = this.door.commune.attempt(person, held);
      if (!attempt) continue;
      if (batch.length === BATCH) break;
      const input = hostileInput(attempt, dice);
      sizeBytes += input.bytes.length + 500;
      if (input.bytes.length > MOST_UPDATE_BYTES || sizeBytes > FRAME_ROOM_BYTES) break;
      batch.push(await this.door.seal(person, held, attempt, input.bytes, input.name));
    }
    this.hostile += batch.length;
    await this.door.push(person, batch);
    await this.door.compareStates(batch);
  }

  /** Documents of the batch, each once. */
  #choice(count: number): readonly Held[] {
    const { open, dice } = this.door.commune;
    return [...new Set(Array.from({ length: count }, () => dice.pick(open)))].filter((held) => held !== undefined);
  }
}

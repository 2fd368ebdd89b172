/** A locked vault whose passphrase is forgotten: asks the officers, looks what came, and knows when two shares open it. Rules VLT-12 … VLT-15. */
import { hexOf } from '@chungtay/core/base/bytes';
import { Serial } from '@chungtay/core/sync/device-serial';
import { numberSource } from '@chungtay/core/wire/recovery';
import { type OfficeSlot, type Recovering, secretIn } from '../platform/office-slot.ts';
import { recoveryNumber } from '../platform/recovery-number.ts';
import { makeBoxKeys } from '../platform/sealed-box.ts';
import { atLockedVault, type LockedSlots } from '../platform/vault-recovery.ts';
import type { AskAtDoor, DoorAnswer } from './recover-door.ts';
import type { RecoveryView } from './recovery-views.ts';

const IDLE: RecoveryView = { is: 'idle' };
const NONE: RecoveryView = { is: 'no', code: 'none' };

/** See the file's head. One for the door of a tablet; every verb rejects with an Outage. */
export class Recovery {
  readonly #ask: AskAtDoor;
  readonly #turns = new Serial();
  /** By the tablet's own key: what the Hub calls a request is the Hub's word. */
  readonly #numbers = new Map<string, string>();
  /** What officers have sealed for this tablet, likewise. */
  readonly #boxes = new Map<string, readonly string[]>();

  constructor(ask: AskAtDoor) {
    this.#ask = ask;
  }

  /** Returns how it stands, asking the Hub when a request waits. */
  look(vault: string): Promise<RecoveryView> {
    return this.#atVault(vault, async (slots) => {
      const [office, own] = [await slots.office(), await slots.recovering()];
      if (!office) return NONE;
      if (!own) return IDLE;
      const { pass } = office;
      return this.#viewOf(vault, slots, { office, own }, await this.#ask({ verb: 'look', pass, request: own.request }));
    });
  }

  /** Asks the officers, with a new key and so with a new number. */
  ask(vault: string): Promise<RecoveryView> {
    return this.#atVault(vault, async (slots) => {
      const office = await slots.office();
      if (!office) return NONE;
      const keys = await makeBoxKeys();
      const { pass, shares } = office;
      const answer = await this.#ask({ verb: 'ask', pass, key: hexOf(keys.publicKey), shares: [...shares] });
      if (answer.is !== 'open') return answer.is === 'no' ? answer : { is: 'no', code: 'offline' };
      const own: Recovering = { kind: 'recovering', request: answer.request, ...keys };
      await slots.keepRecovering(own);
      return this.#viewOf(vault, slots, { office, own }, answer);
    });
  }

  /** Takes the request back; it is forgotten here whether the Hub hears it or not. */
  withdraw(vault: string): Promise<void> {
    return this.#atVault(vault, async (slots) => {
      const [office, own] = [await slots.office(), await slots.recovering()];
      if (!office || !own) return;
      await slots.keepRecovering(null);
      await this.#ask({ verb: 'withdraw', pass: office.pass, request: own.request });
    });
  }

  /** Returns the secret of the slot when two shares that give it are here; the caller zeroes it. */
  secretOf(vault: string): Promise<Uint8Array | null> {
    return this.#atVault(vault, async (slots) => {
      const [office, own] = [await slots.office(), await slots.recovering()];
      const boxes = own && this.#boxes.get(hexOf(own.publicKey));
      return office && boxes ? secretIn(vault, office, own, boxes) : null;
    });
  }

  /** Forgets what came for a vault that is open again. */
  forget(): void {
    this.#boxes.clear();
    this.#numbers.clear();
  }

  /** One after another: what came of a former request must not be taken for the end of the next. */
  #atVault<T>(vault: string, use: (slots: LockedSlots) => Promise<T>): Promise<T> {
    return this.#turns.run(() => atLockedVault(vault, use));
  }

  async #viewOf(
    vault: string,
    slots: LockedSlots,
    { office, own }: { readonly office: OfficeSlot; readonly own: Recovering },
    answer: DoorAnswer,
  ): Promise<RecoveryView> {
    if (answer.is === 'no' && answer.code !== 'bad-pass')
      return { is: 'open', number: await this.#numberOf(office, own), officers: null, untilMs: null };
    if (answer.is !== 'open') {
      // over: what waited for it opens nothing any more
      await slots.keepRecovering(null);
      return answer.is === 'gone' ? { is: 'no', code: 'gone' } : answer;
    }
    this.#boxes.set(hexOf(own.publicKey), answer.boxes);
    const secret = await secretIn(vault, office, own, answer.boxes);
    secret?.fill(0);
    if (secret) return { is: 'ready' };
    const { officers, untilMs } = answer;
    // everybody who could has answered, and no two of the answers open it
    if (officers.every(({ hasApproved }) => hasApproved)) return { is: 'no', code: 'damaged' };
    return { is: 'open', number: await this.#numberOf(office, own), officers, untilMs };
  }

  async #numberOf(office: OfficeSlot, { publicKey }: Recovering): Promise<string> {
    const key = hexOf(publicKey);
    const number = this.#numbers.get(key) ?? (await recoveryNumber(numberSource(office, publicKey)));
    this.#numbers.set(key, number);
    return number;
  }
}

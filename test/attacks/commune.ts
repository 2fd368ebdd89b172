/** A real Hub with a file of every kind, people of every role who work in them honestly, and what they must hold afterwards. */
import { must } from '@chungtay/core/base/assert';
import type { Dice } from '@chungtay/core/base/random.support';
import { mergeScopes, scopePartOf } from '@chungtay/core/derive/scope';
import { editDocument } from '@chungtay/core/doc/edit';
import { applyUpdate, cloneState, emptyState, liveOf } from '@chungtay/core/doc/state';
import type { DocState } from '@chungtay/core/doc/state';
import { openYjs } from '@chungtay/core/doc/yjs.support';
import type { KindDefinition } from '@chungtay/core/kinds/define';
import { KINDS, documentLabelParts, fieldTableOf } from '@chungtay/core/kinds/registry';
import { currentStage, isEnded, stageRecordsOf } from '@chungtay/core/model/case-stage';
import { COMPARTMENTS } from '@chungtay/core/model/compartment';
import {
  type DocumentId,
  type FolderId,
  type MemberNumber,
  documentIdOf,
  folderOf,
  makeUlid,
} from '@chungtay/core/model/ids';
import { type DocumentLabel, EVERYWHERE, type Principal } from '@chungtay/core/model/principal';
import { ROLES, type Role } from '@chungtay/core/model/role';
import { decide, readAccess } from '@chungtay/core/policy/access';
import { minutesOf } from '@chungtay/core/sync/envelope';
import type { FeedStore } from '@chungtay/core/sync/ports';
import type { Doc } from 'yjs';
import type { TestDevice } from '../fixtures/device.ts';
import { TestHub } from '../fixtures/hub.ts';
import { type Changes, type KindAttempt, attemptOf, changesOf } from './corpus.ts';

/** One document as its honest holders believe it to be: by our parser, and in Yjs. */
export interface Held {
  readonly document: DocumentId;
  readonly kind: KindDefinition;
  owner: MemberNumber | null;
  state: DocState;
  readonly doc: Doc;
  /** So large that it is left alone: nobody honest shall meet a full one. */
  isFull: boolean;
}

/** A person at work. */
export interface Person {
  readonly role: Role;
  readonly principal: Principal;
  readonly device: TestDevice;
}

const FOLDERS: Readonly<Record<KindDefinition['folder'], readonly string[]>> = {
  child: ['identity'],
  household: ['household'],
  case: ['case', 'sealed-case'],
  care: [],
  office: [],
  person: [],
};
const FULL_BYTES = 60_000;
const SLOW_BYTES = 1024 * 1024;

/** See the file's head. */
export class Commune<Store extends FeedStore> {
  readonly test: TestHub<Store>;
  readonly dice: Dice;
  readonly people: Person[] = [];
  /** Every document there is. */
  readonly held = new Map<DocumentId, Held>();
  readonly #folders = new Map<FolderId, Held[]>();
  readonly #scopes = new Map<FolderId, DocumentLabel['scope']>();
  /** Documents that are written in. */
  #open: Held[] = [];

  constructor(dice: Dice, store?: Store) {
    this.dice = dice;
    this.test = new TestHub<Store>(store);
  }

  /** Starts the Hub, enrols one person of each role twice: one honest, one not. */
  async start(): Promise<this> {
    await this.test.start();
    for (const role of [...ROLES, ...ROLES]) {
      const place = { villages: [EVERYWHERE], schools: [EVERYWHERE], namedFor: [...COMPARTMENTS], untilMs: null };
      const device = await this.test.enrol({ role, ...place });
      // a slow reader: what the others do is not sent to it, verdicts are
      device.bufferedBytes = SLOW_BYTES;
      await device.connect();
      this.people.push({ role, device, principal: { member: device.member, role, ...place } });
    }
    return this;
  }

  /** Returns the honest people, or those who attack. */
  side(isHonest: boolean): readonly Person[] {
    return this.people.slice(isHonest ? 0 : ROLES.length, isHonest ? ROLES.length : undefined);
  }

  /** Returns an honest edit of a document by this person, as the gate judges it; null where there is nothing that he may write. */
  attempt(person: Person, held: Held, isWhole = true): KindAttempt | null {
    const { dice } = this;
    if (isWhole && (held.owner === null || !this.#reads(person, held))) return null;
    if (isLocked(held)) return null;
    const fixed = isEmergencySaid(held) ? ['stage', 'isEmergency'] : ['stage'];
    const fields = this.#writable(person, held).filter((name) => !fixed.includes(name));
    if (fields.length === 0) return null;
    const changes = changesOf(held.kind, fields, dice);
    return this.attemptWith(
      person,
      held,
      held.kind.id === 'adult' && held.owner === null ? agreedTo(changes) : changes,
    );
  }

  /** Returns the edit that makes these changes. */
  attemptWith({ device }: Person, { kind, state }: Held, changes: Changes): KindAttempt {
    const author = { client: device.client, member: device.member, minutes: this.minutes };
    const edited = editDocument(state, { ...author, ...changes });
    if (!edited.ok) throw new Error(`${kind.id}: ${edited.error}`);
    const fields = must(fieldTableOf(kind.id), 'the fields of a kind');
    const { parsed, update } = edited.value;
    return attemptOf(cloneState(state), { kind, fields, author, update: parsed, bytes: update });
  }

  /** Returns the documents that are written in. */
  get open(): readonly Held[] {
    return this.#open;
  }

  /** Returns the minute it is. */
  get minutes(): number {
    return minutesOf(this.test.world.nowMs());
  }

  /** Returns an attempt that changes nothing yet, for an update made by hand. */
  blank({ kind, state }: Held, author: KindAttempt['author']): KindAttempt {
    const fields = must(fieldTableOf(kind.id), 'the fields of a kind');
    const update = { client: author.client, clock: 0, items: [], deletes: [] };
    return attemptOf(cloneState(state), { kind, fields, author, update, bytes: new Uint8Array() });
  }

  /** Takes in what the Hub stored. */
  stored(held: Held, member: MemberNumber, update: KindAttempt['update']): void {
    if (held.owner === null) {
      held.owner = member;
      this.held.set(held.document, held);
      this.#open.push(held);
      const folder = folderOf(held.document);
      this.#folders.set(folder, [...(this.#folders.get(folder) ?? []), held]);
    }
    applyUpdate(held.state, update);
    this.#scopes.delete(folderOf(held.document));
    held.isFull = held.state.liveBytes >= FULL_BYTES;
    if (held.isFull) this.#open = this.#open.filter((one) => one !== held);
  }

  /** Returns a new document of a kind, nothing written yet; its folder is one that has what the kind needs. */
  fresh(kind: KindDefinition): Held {
    const homes = this.#open.filter(
      (one) => FOLDERS[kind.folder].includes(one.kind.id) && isSealed(one.kind) === isSealed(kind),
    );
    const isHome = FOLDERS[kind.folder].includes(kind.id) || homes.length === 0;
    const folder = isHome ? this.test.folder() : folderOf(this.dice.pick(homes).document);
    const document = documentIdOf(folder, kind.id, kind.singleton ? null : makeUlid(this.test.world));
    const known = this.held.get(document);
    return (
      known ?? { document, kind, owner: null, state: emptyState(), doc: openYjs(new Uint8Array(2)), isFull: false }
    );
  }

  /** Returns a kind that people write. */
  kind(): KindDefinition {
    return this.dice.pick(KINDS.filter(({ hubOnly }) => !hubOnly));
  }

  /** Returns the label that the Hub judges the document by. */
  label({ document, owner }: Held, author: MemberNumber): DocumentLabel {
    const parts = must(documentLabelParts(document), 'a document of a known kind');
    return { ...parts, owner: owner ?? author, scope: this.#scopeOf(folderOf(document)) };
  }

  #reads({ principal }: Person, held: Held): boolean {
    const label = this.label(held, principal.member);
    return readAccess(principal, label, this.test.world.nowMs()).access === 'whole';
  }

  #writable({ principal }: Person, held: Held): readonly string[] {
    const nowMs = this.test.world.nowMs();
    const label = this.label(held, principal.member);
    if (held.owner === null && !decide(principal, { act: 'create' }, label, nowMs).allowed) return [];
    return Object.keys(held.kind.fields).filter(
      (field) => decide(principal, { act: 'write', field }, label, nowMs).allowed,
    );
  }

  #scopeOf(folder: FolderId): DocumentLabel['scope'] {
    const known = this.#scopes.get(folder);
    if (known) return known;
    const own = this.#folders.get(folder) ?? [];
    const scope = mergeScopes(own.map(({ kind, state, document }) => scopePartOf(kind.id, state, document)));
    this.#scopes.set(folder, scope);
    return scope;
  }
}

/** Returns what a document of a kind begins with, beyond what anybody may write there. */
export function beginning(kind: KindDefinition, people: readonly Person[]): Changes | null {
  if (kind.id === 'identity') return { sets: [{ name: 'village', value: 'thon-dong' }], appends: [] };
  if (kind.id !== 'case' && kind.id !== 'sealed-case') return null;
  const seats = people.map(({ principal: { member } }) => ({ name: 'team', code: String(member), value: { member } }));
  return { sets: seats, appends: [{ name: 'stage', value: { n: 1, to: 'received' } }] };
}

function isSealed({ compartment }: KindDefinition): boolean {
  return compartment === 'sealed';
}

/** Nobody honest puts an adult on the watch list who has not agreed to it. */
function agreedTo({ sets, appends }: Changes): Changes {
  return { sets: [...sets.filter(({ name }) => name !== 'agrees'), { name: 'agrees', value: true }], appends };
}

/** Nobody honest takes back that he opened in an emergency. */
function isEmergencySaid({ state }: Held): boolean {
  return liveOf(state, 'isEmergency').some(({ value }) => value === true);
}

function isLocked({ kind, state }: Held): boolean {
  if (kind.id !== 'case' && kind.id !== 'sealed-case') return false;
  const stage = currentStage(stageRecordsOf((state.fields.get('stage#') ?? []).map(({ value }) => value)));
  return stage !== null && isEnded(stage);
}

/** The commune of one play: its Hub, its people with their devices, its documents, and who knows of what. */
import type { World } from '@chungtay/core/base/world';
import { type DocumentId, type MemberNumber, folderOf, parseDocumentId } from '@chungtay/core/model/ids';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { Canaries, type Canary } from './canaries.ts';
import { CAST, type Who } from './cast.ts';
import type { Placed, Watched } from './expected.ts';
import type { StagedHub } from './staged-hub.ts';
import { Tablet } from './tablet.ts';
import { kindNamed } from './writing.ts';

/** Which of a person's devices: always on, away and back, or new at the end of an act. */
export type DeviceUse = 'live' | 'absent' | 'new' | 'newer';

const USES: readonly DeviceUse[] = ['live', 'absent', 'new', 'newer'];

/** See the file's head. */
export class Play {
  readonly hub: StagedHub;
  readonly canaries = new Canaries();
  readonly documents = new Map<DocumentId, Placed>();
  readonly world: World = createNodeWorld();
  readonly #people = new Map<Who, Watched>();
  readonly #codes = new Map<string, string>();
  readonly #tablets = new Map<string, Tablet>();
  readonly #known = new Map<Tablet, Set<DocumentId>>();
  readonly #written = new Map<DocumentId, Set<string>>();
  readonly #heldWork = new Map<Canary, Tablet>();
  #seeds = 0;

  constructor(hub: StagedHub) {
    this.hub = hub;
  }

  /** Appoints the whole cast, with codes for every device. */
  async appoint(cast: readonly Who[] = Object.keys(CAST) as Who[]): Promise<void> {
    await this.hub.office(async (hub) => {
      for (const who of cast) {
        const { role, name, villages, schools, namedFor } = CAST[who];
        const word = this.canaries.word();
        const invited = await hub.invite({ role, name: `${name} ${word}`, villages, schools, namedFor, untilMs: null });
        const { member } = invited;
        this.#people.set(who, { name: who, role, member, villages, schools, namedFor, isOut: false });
        this.#codes.set(`${who} live`, invited.code);
        for (const use of USES.slice(1)) {
          const again = await hub.inviteAgain(member);
          if (again.ok) this.#codes.set(`${who} ${use}`, again.value.code);
        }
        this.#names.push([member, word]);
      }
    });
  }

  /** The cast's names are canaries too: of the documents that tell everybody who works here. */
  readonly #names: (readonly [MemberNumber, string])[] = [];

  /** Places the documents that the Hub made of the appointments, as `tablet` sees them. */
  placeMembers(tablet: Tablet): void {
    for (const document of tablet.replica.documents()) {
      if (this.documents.has(document) || parseDocumentId(document)?.kind !== 'member') continue;
      const held = tablet.replica.read(document);
      const text = held?.access === 'whole' ? JSON.stringify([...held.state.fields.values()].flat()) : '';
      this.place('member', document, 0 as MemberNumber);
      for (const [, word] of this.#names) if (text.includes(word)) this.canaries.note(document, 'name', word);
    }
  }

  /** Says whether this is the person's own name: his tablet is told it when it is enrolled, whatever has become of him. */
  isNameOf({ member }: Watched, canary: Canary): boolean {
    return this.#names.some(([of, word]) => of === member && word === canary.text);
  }

  /** Enrols one device of a person. */
  async enrol(who: Who, use: DeviceUse): Promise<Tablet> {
    const code = this.#codes.get(`${who} ${use}`);
    if (code === undefined) throw new Error(`no code for ${who}`);
    this.#seeds += 1;
    const tablet = await Tablet.enrol(who, code, this.#seeds, () => this.hub.port(), this.world);
    this.#tablets.set(`${who} ${use}`, tablet);
    this.#known.set(tablet, new Set());
    return tablet;
  }

  /** Returns the cast of this play. */
  cast(): readonly Who[] {
    return [...this.#people.keys()];
  }

  /** Returns a device. */
  tablet(who: Who, use: DeviceUse = 'live'): Tablet {
    const tablet = this.#tablets.get(`${who} ${use}`);
    if (!tablet) throw new Error(`${who} has no such device`);
    return tablet;
  }

  /** Returns the devices that are always on. */
  live(): readonly Tablet[] {
    return this.cast().flatMap((who) => this.#tablets.get(`${who} live`) ?? []);
  }

  /** Returns a person as he is now. */
  watched(who: Who): Watched {
    const person = this.#people.get(who);
    if (!person) throw new Error(`${who} is not of the cast`);
    return person;
  }

  /** Notes that a person has no rights any more. */
  putOut(who: Who): void {
    this.#people.set(who, { ...this.watched(who), isOut: true });
  }

  /** Notes where a document stands. */
  place(kind: string, document: DocumentId, owner: MemberNumber, where: Partial<Placed> = {}): Placed {
    const { compartment } = kindNamed(kind);
    const nowhere = { villages: [], schools: [], team: [], assignee: null };
    const placed: Placed = { document, kind, compartment, owner, ...nowhere, ...where };
    if (!this.documents.has(document)) {
      this.canaries.note(document, '(id)', document);
      const own = parseDocumentId(document)?.own;
      if (own) this.canaries.note(document, '(id)', own);
    }
    this.documents.set(document, placed);
    return placed;
  }

  /** Changes where the documents of a folder stand. */
  replace(folder: string, where: (placed: Placed) => Partial<Placed>): void {
    for (const placed of this.documents.values()) {
      if (folderOf(placed.document) === folder) this.documents.set(placed.document, { ...placed, ...where(placed) });
    }
  }

  /** Notes what a device wrote: it knows of the document from then on. */
  noteWritten(tablet: Tablet, document: DocumentId, fields: readonly string[]): void {
    this.known(tablet).add(document);
    const written = this.#written.get(document) ?? new Set<string>();
    for (const field of fields) written.add(field);
    this.#written.set(document, written);
  }

  /** Returns the fields that were written. */
  writtenFields(document: DocumentId): readonly string[] {
    return [...(this.#written.get(document) ?? [])];
  }

  /** Returns the documents that a device may know to exist, because it wrote them or held them once. */
  known(tablet: Tablet): Set<DocumentId> {
    const known = this.#known.get(tablet);
    if (!known) throw new Error('a device of another play');
    return known;
  }

  /** Notes work of a device that the Hub will hold. */
  noteHeldWork(tablet: Tablet, canaries: readonly Canary[]): void {
    for (const canary of canaries) this.#heldWork.set(canary, tablet);
  }

  /** Says whether this is work of the device that was held: the device keeps its own copy of it. */
  isHeldWorkOf(tablet: Tablet, canary: Canary): boolean {
    return this.#heldWork.get(canary) === tablet;
  }

  /** Resolves once everything written until now has reached every one of these devices. */
  async everywhere(tablets: readonly Tablet[]): Promise<void> {
    const name = `Người sau cùng ${this.canaries.word()}`;
    await this.hub.appoint(name);
    await Promise.all(tablets.map((tablet) => tablet.until(() => holds(tablet, name), name)));
    this.placeMembers(this.tablet('administrator'));
  }

  /** Ends the play. */
  async close(): Promise<void> {
    await Promise.all([...this.#tablets.values()].map((tablet) => tablet.close()));
    await this.hub.remove();
  }
}

function holds({ replica }: Tablet, name: string): boolean {
  for (const held of replica.walk()) {
    if (held.kind !== 'member' || held.access !== 'whole') continue;
    if (held.state.fields.get('name')?.some((entry) => entry.value === name)) return true;
  }
  return false;
}

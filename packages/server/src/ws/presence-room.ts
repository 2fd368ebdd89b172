import type { DeviceId, DocumentId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import { parseDocumentId } from '@chungtay/core/model/ids';
import type { Agency, Role } from '@chungtay/core/model/role';
import type { Socket, SocketEvents } from '@chungtay/core/sync/ports';
import { closeCodeOf } from '@chungtay/core/wire/refusal';
import * as z from 'zod/mini';
import type { TicketHolder } from '../auth/tickets.ts';
import { awarenessFrame, missingUpdate, permissionDenied, readRoomMessage } from './room-frames.ts';
import type { AwarenessEntry, RoomMessage } from './room-frames.ts';

/** What a presence room needs to know of people and rights, asked of the Hub each time: rights end. */
export interface PresenceNeeds {
  /** Returns who this is now, or null when he is nobody here any more. */
  readonly personOf: (
    holder: TicketHolder,
  ) => { readonly name: string; readonly role: Role; readonly agency: Agency } | null;
  readonly mayReadFolder: (member: MemberNumber, folder: FolderId) => boolean;
  readonly mayReadDocument: (member: MemberNumber, document: DocumentId) => boolean;
  readonly nowMs: () => number;
}

interface Peer {
  readonly socket: Socket;
  readonly holder: TicketHolder;
  /** The one Yjs client id that this connection speaks for, once it said so. */
  client: number | null;
  clock: number;
  isHere: boolean;
  place: Place;
  /** Who was told that he is here, and must hear when he is not. */
  readonly shownTo: Set<Peer>;
  /** The number of the last line told to him: by the Hub's time, so that none is missing where he was not told of something. */
  toldClock: number;
}

/** Where a person is in the file, as his device says; the only thing that is believed from it. */
interface Place {
  readonly document: DocumentId | null;
  readonly field: string | null;
}

const NOWHERE: Place = { document: null, field: null };
const MAX_STATE_CHARS = 512;
const EMPTY_UPDATE = new Uint8Array([0, 0]);
const MAX_CLIENT = 0xffff_ffff;
const MAX_CLOCK = 0xffff_ffff;
/** Connections of one device: a page that came back before its former end was missed. */
const MAX_OF_DEVICE = 4;
/** Client ids that a room remembers the device of. */
const MAX_REMEMBERED = 1_000;

const stateShape = z.object({
  document: z.optional(z.nullable(z.string())),
  field: z.optional(z.nullable(z.string())),
});
const FIELD = /^[\w:@.-]{1,64}$/u;

/**
 * Who has which document of one file open. Nothing is stored and there is no document here. A connection speaks for one client id; who that
 * is, is filled in here; that he is there at all is told, where he and the other may both read the document that he has open, to nobody else:
 * of who moves about in closed parts no line, no parting and no frame is left. Rules ROOM-4, ROOM-5.
 */
export class PresenceRoom {
  readonly #folder: FolderId;
  readonly #needs: PresenceNeeds;
  readonly #onEmpty: () => void;
  readonly #peers = new Set<Peer>();
  /** Whose a client id is, for as long as the room is open: it does not become another's when its owner loses the network. */
  readonly #owners = new Map<number, DeviceId>();

  constructor(folder: FolderId, needs: PresenceNeeds, onEmpty: () => void) {
    this.#folder = folder;
    this.#needs = needs;
    this.#onEmpty = onEmpty;
  }

  /** Takes in a peer who may read the folder. */
  join(socket: Socket, holder: TicketHolder): SocketEvents {
    const peer: Peer = {
      socket,
      holder,
      client: null,
      clock: 0,
      isHere: false,
      place: NOWHERE,
      shownTo: new Set(),
      toldClock: 0,
    };
    const others = [...this.#peers].filter((other) => other.holder.device === holder.device);
    for (const { socket: former } of others.slice(0, Math.max(0, others.length + 1 - MAX_OF_DEVICE)))
      former.close(closeCodeOf('too-fast'), 'too-fast');
    this.#peers.add(peer);
    this.#tell(peer, this.#peers);
    return {
      onFrame: (frame) => {
        const message = readRoomMessage(frame);
        if (!message) socket.close(closeCodeOf('malformed'), 'malformed');
        else if (this.#isWelcome(peer)) this.#hear(peer, message);
        else socket.close(closeCodeOf('no-grant'), 'no-grant');
      },
      onClose: () => this.#leave(peer),
    };
  }

  /** Closes the room. */
  close(code: number, reason: string): void {
    for (const { socket } of this.#peers) socket.close(code, reason);
  }

  #hear(peer: Peer, message: RoomMessage): void {
    if (message.type === 'ask-missing') peer.socket.send(missingUpdate(EMPTY_UPDATE));
    else if (message.type === 'ask-awareness') this.#tell(peer, this.#peers);
    else if (message.type === 'awareness') this.#hearStates(peer, message.peers);
    else if (message.update.length > EMPTY_UPDATE.length)
      peer.socket.send(permissionDenied('this room holds no document'));
  }

  /** A y-websocket provider repeats what it heard of others: those lines are dropped, without a word. What counts is told once a frame. */
  #hearStates(peer: Peer, entries: readonly AwarenessEntry[]): void {
    let isNews = false;
    for (const { client, clock, state } of entries) {
      if (peer.client === null) this.#claim(peer, client);
      const place = placeIn(state);
      if (client !== peer.client || clock < peer.clock || clock > MAX_CLOCK || place === undefined) continue;
      peer.clock = clock;
      peer.isHere = place !== null;
      peer.place = place ?? NOWHERE;
      isNews = true;
    }
    if (isNews) for (const other of this.#peers) this.#tell(other, [peer]);
  }

  /** Gives a connection its client id, unless another device has it; a former connection of the same device gives it up. */
  #claim(peer: Peer, client: number): void {
    const { device } = peer.holder;
    if (client > MAX_CLIENT || (this.#owners.get(client) ?? device) !== device) return;
    for (const former of this.#peers) {
      if (former.client !== client || former === peer) continue;
      for (const to of former.shownTo) peer.shownTo.add(to);
      former.shownTo.clear();
      Object.assign(former, { client: null, isHere: false, place: NOWHERE });
    }
    if (this.#owners.size < MAX_REMEMBERED) this.#owners.set(client, device);
    peer.client = client;
  }

  #isWelcome({ holder }: Peer): boolean {
    return this.#needs.personOf(holder) !== null && this.#needs.mayReadFolder(holder.member, this.#folder);
  }

  #tell(to: Peer, peers: Iterable<Peer>): void {
    const entries = [...peers].flatMap((peer) => this.#lineFor(to, peer));
    if (entries.length === 0) return;
    if (this.#isWelcome(to)) to.socket.send(awarenessFrame(entries));
    else to.socket.close(closeCodeOf('no-grant'), 'no-grant');
  }

  /** What `to` hears of a peer: nothing at all of one of whom he has heard nothing and may not. */
  #lineFor(to: Peer, peer: Peer): readonly AwarenessEntry[] {
    const state = this.#stateFor(to, peer);
    const wasShown = peer.shownTo.delete(to);
    if (state === null && !wasShown) return [];
    if (state !== null) peer.shownTo.add(to);
    to.toldClock = Math.max(to.toldClock + 1, this.#needs.nowMs());
    // his own line comes back as he numbered it: a program takes no later word about itself than its own
    const clock = to === peer ? peer.clock : to.toldClock;
    return [{ client: peer.client ?? 0, clock, state: JSON.stringify(state) }];
  }

  #stateFor(to: Peer, { holder, isHere, place }: Peer): object | null {
    const person = isHere ? this.#needs.personOf(holder) : null;
    const { document } = place;
    const isOfFolder = document !== null && parseDocumentId(document)?.folder === this.#folder;
    if (!person || !isOfFolder) return null;
    const mayBoth = [to.holder, holder].every(({ member }) => this.#needs.mayReadDocument(member, document));
    return mayBoth ? { member: holder.member, ...person, ...place } : null;
  }

  #leave(peer: Peer): void {
    this.#peers.delete(peer);
    peer.clock += 1;
    peer.isHere = false;
    for (const other of this.#peers) {
      other.shownTo.delete(peer);
      this.#tell(other, [peer]);
    }
    if (this.#peers.size === 0) this.#onEmpty();
  }
}

/** Returns the place in an awareness state, null for one who left, undefined for what is no state of ours. */
function placeIn(text: string): Place | null | undefined {
  if (text.length > MAX_STATE_CHARS) return undefined;
  const parsed = z.nullable(stateShape).safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  if (parsed.data === null) return null;
  const { document, field } = parsed.data;
  const isDocument = typeof document === 'string' && parseDocumentId(document) !== null;
  return {
    document: isDocument ? (document as DocumentId) : null,
    field: isDocument && typeof field === 'string' && FIELD.test(field) ? field : null,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

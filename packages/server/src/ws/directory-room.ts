import { must } from '@chungtay/core/base/assert';
import type { Clock } from '@chungtay/core/base/world';
import type { Directory } from '@chungtay/core/model/directory';
import { HUB_MEMBER } from '@chungtay/core/model/ids';
import type { MemberNumber } from '@chungtay/core/model/ids';
import type { Socket, SocketEvents } from '@chungtay/core/sync/ports';
import { CLOSE, closeCodeOf } from '@chungtay/core/wire/refusal';
import type { TicketHolder } from '../auth/tickets.ts';
import type { DirectoryStore } from '../store/directory-sqlite.ts';
import {
  askMissing,
  awarenessFrame,
  liveUpdate,
  missingUpdate,
  permissionDenied,
  readRoomMessage,
} from './room-frames.ts';
import type { RoomMessage } from './room-frames.ts';
import { DirectoryDocument } from './rooms.ts';

/** What the room needs of the Hub around it. */
export interface DirectoryRoomNeeds {
  readonly store: DirectoryStore;
  readonly clock: Clock;
  /** Says whether this ticket's holder is the administrator now. */
  readonly mayWrite: (holder: TicketHolder) => boolean;
  /** Called after a change is on disk and applied. */
  readonly onChange: () => void;
}

const COMPACT_ABOVE = 100;

/**
 * The public directory as a room of the y-websocket protocol: anyone reads, the administrator writes, everyone else is told so in the
 * protocol's own words and given the true state to make the replica anew. A change is on disk before anyone sees it. Rules ROOM-1, ROOM-3.
 */
export class DirectoryRoom {
  readonly #needs: DirectoryRoomNeeds;
  #document: DirectoryDocument;
  readonly #peers = new Set<Socket>();
  #tail: Promise<void> = Promise.resolve();

  private constructor(needs: DirectoryRoomNeeds, document: DirectoryDocument) {
    this.#needs = needs;
    this.#document = document;
  }

  /** Returns the room as the store has it. Rejects with an Outage. */
  static async open(needs: DirectoryRoomNeeds): Promise<DirectoryRoom> {
    const updates = await needs.store.load();
    const document = new DirectoryDocument(updates);
    if (updates.length > COMPACT_ABOVE) await needs.store.compact(document.state());
    return new DirectoryRoom(needs, document);
  }

  /** Returns what the directory holds now. */
  content(): Directory {
    return this.#document.content();
  }

  /** Sets values as the Hub itself; resolves when they are on disk. Rejects with an Outage. */
  write(content: Partial<Directory>): Promise<void> {
    const written = this.#tail.then(() => {
      const update = this.#document.updateOf(content);
      return this.#document.judge(update) === 'change' ? this.#commit(update, HUB_MEMBER, null) : undefined;
    });
    this.#tail = written.catch(() => undefined);
    return written;
  }

  /** Takes a peer in; `holder` is null for one without a ticket, who may read. */
  join(socket: Socket, holder: TicketHolder | null): SocketEvents {
    this.#peers.add(socket);
    socket.send(askMissing(this.#document.stateVector()));
    return {
      onFrame: (frame) => {
        const message = readRoomMessage(frame);
        if (message) this.#hear(socket, holder, message);
        else socket.close(closeCodeOf('malformed'), 'malformed');
      },
      onClose: () => void this.#peers.delete(socket),
    };
  }

  /** Closes the room; resolves when what was admitted is on disk. */
  async close(code: number, reason: string): Promise<void> {
    for (const peer of this.#peers) peer.close(code, reason);
    await this.#tail;
  }

  #hear(socket: Socket, holder: TicketHolder | null, message: RoomMessage): void {
    if (message.type === 'ask-missing') socket.send(missingUpdate(this.#document.missing(message.stateVector)));
    // heard by its sender alone: its provider reconnects when it hears nothing for 30 s, and readers are nobody's business
    else if (message.type === 'awareness') socket.send(awarenessFrame(message.peers.slice(0, 1)));
    else if (message.type === 'update') {
      const { update } = message;
      // one at a time: each is judged on what the former left
      this.#tail = this.#tail.then(() => this.#admit(socket, holder, update));
    }
  }

  async #admit(socket: Socket, holder: TicketHolder | null, update: Uint8Array): Promise<void> {
    const verdict = this.#document.judge(update);
    if (verdict === 'nothing') return;
    if (!holder || !this.#needs.mayWrite(holder)) this.#refuse(socket, 'only the administrator writes the directory');
    else if (verdict === 'malformed' || !this.#document.after(update)) this.#refuse(socket, 'malformed');
    else await this.#commit(update, holder.member, socket).catch(() => socket.close(CLOSE.later, 'not stored'));
  }

  /** On disk first, then here, then to everyone but its sender. */
  async #commit(update: Uint8Array, member: MemberNumber, from: Socket | null): Promise<void> {
    const next = must(this.#document.after(update), 'a directory that the update leads to');
    await this.#needs.store.append({ atMs: this.#needs.clock.nowMs(), member, bytes: update });
    this.#document = next;
    for (const peer of this.#peers) if (peer !== from) peer.send(liveUpdate(update));
    this.#needs.onChange();
  }

  #refuse(socket: Socket, reason: string): void {
    socket.send(permissionDenied(reason));
    socket.send(missingUpdate(this.#document.state()));
  }
}

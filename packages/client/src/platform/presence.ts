import type { DocumentId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import type { Agency, Role } from '@chungtay/core/model/role';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** Someone else who has the file open; name and agency are the Hub's word, never the other device's. */
export interface Present {
  readonly member: MemberNumber;
  readonly name: string;
  readonly role: Role;
  readonly agency: Agency;
  /** Where he is, when this person may know that document. */
  readonly document: DocumentId | null;
  readonly field: string | null;
}

/** One open presence room. Nothing of it is stored. */
export interface Presence {
  /** Says where this person is in the file. */
  moveTo(document: DocumentId | null, field: string | null): void;
  /** Leaves the room. */
  leave(): void;
}

const PROTOCOL = 'chungtay';

/** Joins the room of a file with a ticket; `onChange` gets everyone else who is there. */
export function joinPresence(
  origin: string,
  folder: FolderId,
  ticket: string,
  onChange: (others: readonly Present[]) => void,
): Presence {
  const provider = new WebsocketProvider(`${origin.replace(/^http/u, 'ws')}/rooms/presence`, folder, new Y.Doc(), {
    disableBc: true,
    protocols: [PROTOCOL, `chungtay.ticket.${ticket}`],
  });
  const { awareness } = provider;
  awareness.on('change', () => {
    const others = [...awareness.getStates()].filter(([client]) => client !== awareness.clientID);
    onChange(others.map(([, state]) => state as Present).filter((state) => typeof state.name === 'string'));
  });
  awareness.setLocalState({ document: null, field: null });
  return {
    moveTo: (document, field) => awareness.setLocalState({ document, field }),
    leave: () => provider.destroy(),
  };
}

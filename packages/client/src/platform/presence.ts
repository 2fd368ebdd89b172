import type { DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import type { Agency, Role } from '@chungtay/core/model/role';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** Someone else who has the same document open; name and agency are the Hub's word, never the other device's. */
export interface Present {
  readonly member: MemberNumber;
  readonly name: string;
  readonly role: Role;
  readonly agency: Agency;
  /** What he has open: both may read it. */
  readonly document: DocumentId;
  readonly field: string | null;
}

/** One open presence room. Nothing of it is stored. */
export interface Presence {
  /** Leaves the room. */
  leave(): void;
}

const PROTOCOL = 'chungtay';

/** Joins the room of a document's file with a ticket; `onChange` gets everyone else who has that document open. */
export function joinPresence(
  origin: string,
  document: DocumentId,
  ticket: string,
  onChange: (others: readonly Present[]) => void,
): Presence {
  const provider = new WebsocketProvider(
    `${origin.replace(/^http/u, 'ws')}/rooms/presence`,
    folderOf(document),
    new Y.Doc(),
    {
      disableBc: true,
      protocols: [PROTOCOL, `chungtay.ticket.${ticket}`],
    },
  );
  const { awareness } = provider;
  awareness.on('change', () => {
    const others = [...awareness.getStates()].filter(([client]) => client !== awareness.clientID);
    onChange(others.map(([, state]) => state as Present).filter((state) => state.document === document));
  });
  awareness.setLocalState({ document, field: null });
  return { leave: () => provider.destroy() };
}

function folderOf(document: DocumentId): string {
  return document.split('/')[0] ?? '';
}

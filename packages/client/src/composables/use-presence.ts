import type { DocumentId } from '@chungtay/core/model/ids';
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import type { Presence, Present } from '../platform/presence.ts';
import { useSync } from '../stores/sync.ts';
import { useEngine } from './use-engine.ts';

/** Returns who else has a document open now, one line a person; empty without a network or a document. The room is left with the caller's scope. Rules ROOM-4, ROOM-5. */
export function usePresence(document: () => DocumentId | null): Readonly<ShallowRef<readonly Present[]>> {
  const others = shallowRef<readonly Present[]>([]);
  const engine = useEngine();
  const sync = useSync();
  let room: Presence | null = null;
  let attempt = 0;

  const leave = (): void => {
    attempt += 1;
    room?.leave();
    room = null;
    others.value = [];
  };
  const join = async (target: DocumentId): Promise<void> => {
    const mine = attempt;
    const [ticket, rooms] = await Promise.all([
      engine.roomTicket().catch(() => null),
      // a room needs a network, a file does not: what joins it comes after the file
      import('../platform/presence.ts').catch(() => null),
    ]);
    // the person may have moved on while these were fetched
    if (ticket === null || rooms === null || mine !== attempt) return;
    room = rooms.joinPresence(location.origin, target, ticket, (present) => {
      others.value = [...new Map(present.map((person) => [person.member, person])).values()];
    });
  };
  watch(
    [document, () => sync.summary.online] as const,
    ([target, isOnline]) => {
      leave();
      if (isOnline && target !== null) void join(target);
    },
    { immediate: true },
  );
  onScopeDispose(leave);
  return others;
}

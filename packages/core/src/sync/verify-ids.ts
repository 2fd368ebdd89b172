/** Whether the Hub gives out client ids that nobody has: its epoch is the one it entered, and the next id lies behind all that were leased. Holds AUD-5. */
import { decodeUtf8 } from '../base/utf8.ts';
import { firstClientOf } from './leases.ts';
import type { FeedEntry, FeedImage } from './ports.ts';

/** Hears the log in order, then compares. */
export class IdsWalk {
  #epoch: number | null = null;

  /** Hears an entry. */
  take({ type, body }: FeedEntry): void {
    if (type === 'epoch') this.#epoch = epochIn(body);
  }

  /** Says whether the image gives out ids as the log says. What a device was leased is in its row, and what it wrote under is compared with that. */
  agreesWith({ epoch, nextClientId, devices }: Pick<FeedImage, 'epoch' | 'nextClientId' | 'devices'>): boolean {
    const lastLeased = devices.flatMap(({ leases }) => leases).reduce((last, [, to]) => Math.max(last, to), 0);
    // an epoch whose ids are all leased goes on in the range of the next
    const isInReach = nextClientId <= Math.max(firstClientOf(epoch + 1), lastLeased);
    return epoch === this.#epoch && isInReach && nextClientId >= Math.max(firstClientOf(epoch), lastLeased);
  }
}

/** The chain proves the body: what does not read is not an epoch of ours. */
function epochIn(body: Uint8Array): number | null {
  try {
    const { epoch } = JSON.parse(decodeUtf8(body, 0, body.length) ?? '') as { epoch?: unknown };
    return typeof epoch === 'number' ? epoch : null;
  } catch {
    return null;
  }
}

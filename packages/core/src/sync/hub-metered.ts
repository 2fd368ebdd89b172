/** What frames cost the Hub once they are inflated: a kilobyte may hold a megabyte, and whoever sends it pays for the megabyte. */
import type { DeflatePort } from '../base/world.ts';
import type { HubSocket } from './ports.ts';

/** Returns `deflate` with whatever it inflates charged to the pace of the socket that it came by. Holds ADM-14. */
export function meteredDeflate(deflate: DeflatePort, socket: HubSocket): DeflatePort {
  return {
    deflate: (bytes) => deflate.deflate(bytes),
    async inflate(bytes, maxBytes) {
      const inflated = await deflate.inflate(bytes, maxBytes);
      socket.charge?.(Math.max(0, (inflated?.length ?? maxBytes) - bytes.length));
      return inflated;
    },
  };
}

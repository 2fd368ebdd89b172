/** What frames cost the Hub once they are inflated: a kilobyte may hold a megabyte, and whoever sends it pays for the megabyte. */
import type { DeflatePort } from '../base/world.ts';
import type { HubSocket } from './ports.ts';

/** A deflate with whatever it inflates charged to the pace of the socket that it came by. Holds ADM-14. */
export class MeteredDeflate implements DeflatePort {
  readonly #deflate: DeflatePort;
  readonly #socket: HubSocket;

  constructor(deflate: DeflatePort, socket: HubSocket) {
    this.#deflate = deflate;
    this.#socket = socket;
  }

  deflate(bytes: Uint8Array): Promise<Uint8Array> {
    return this.#deflate.deflate(bytes);
  }

  async inflate(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array | null> {
    const inflated = await this.#deflate.inflate(bytes, maxBytes);
    this.#socket.charge?.(Math.max(0, (inflated?.length ?? maxBytes) - bytes.length));
    return inflated;
  }
}

import net from 'node:net';
import { ConnectionReader, type Direction, type Passing, type PassingFrame } from './feed-frames.ts';

/** How the network breaks at a frame: before any of it has passed, in the middle of its bytes, or right behind it; then it is gone for a while. */
export interface Cut {
  readonly how: 'before' | 'inside' | 'after';
  readonly downMs: number;
}

/** Sees every frame before it is passed on, and breaks the network where it likes. */
export interface Gate {
  /** Returns how the network breaks at this frame; null lets it pass. */
  cutAt(frame: PassingFrame): Cut | null;
  /** An open connection was really broken there. */
  broke(frame: PassingFrame, cut: Cut): void;
}

/**
 * The wire between one tablet and the Hub: a TCP relay that can be cut like a village's network, at any moment or at a frame. The tablet
 * always finds it at the same address, so its origin and its storage stay the same.
 */
export class Link {
  /** Who decides about frames; null: all of them pass. */
  gate: Gate | null = null;
  readonly #hubPort: () => number;
  readonly #wires = new Set<Wire>();
  readonly #server: net.Server;
  #isDown = false;
  #backAgain: NodeJS.Timeout | undefined;

  private constructor(hubPort: () => number) {
    this.#hubPort = hubPort;
    this.#server = net.createServer((near) => this.#accept(near));
  }

  /** Opens a link to the Hub's port on the loopback. `hubPort` is asked for each connection, so the Hub may move. */
  static async open(hubPort: () => number): Promise<Link> {
    const link = new Link(hubPort);
    await new Promise<void>((resolve) => link.#server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  /** Where the tablet finds the Hub. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as net.AddressInfo).port}`;
  }

  /** Cuts everything now; new connections are refused until `mend`, or for `downMs`. */
  cut(downMs?: number): void {
    clearTimeout(this.#backAgain);
    this.#isDown = true;
    for (const wire of this.#wires) wire.end();
    if (downMs !== undefined) this.#backAgain = setTimeout(() => this.mend(), downMs);
  }

  mend(): void {
    clearTimeout(this.#backAgain);
    this.#isDown = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(near: net.Socket): void {
    if (this.#isDown) {
      near.destroy();
      return;
    }
    const wire = new Wire(near, net.connect(this.#hubPort(), '127.0.0.1'), {
      gate: () => this.gate,
      cut: (downMs) => this.cut(downMs),
      ended: () => this.#wires.delete(wire),
    });
    this.#wires.add(wire);
  }
}

interface WireEvents {
  readonly gate: () => Gate | null;
  readonly cut: (downMs: number) => void;
  readonly ended: () => void;
}

/** One connection through the link. */
class Wire {
  #isOver = false;
  readonly #ends: Readonly<Record<Direction, net.Socket>>;
  readonly #events: WireEvents;
  readonly #reader = new ConnectionReader();
  readonly #queues: Record<Direction, Promise<void>> = { up: Promise.resolve(), down: Promise.resolve() };

  /** `near` comes from the tablet, `far` goes to the Hub. */
  constructor(near: net.Socket, far: net.Socket, events: WireEvents) {
    this.#ends = { up: far, down: near };
    this.#events = events;
    for (const [direction, from] of [['up', near] as const, ['down', far] as const]) {
      from.setNoDelay(true);
      from.on('error', () => from.destroy());
      from.on('data', (chunk: Buffer) => this.#soon(direction, () => this.#relay(direction, chunk)));
      from.on('close', () => this.#soon(direction, () => this.#ends[direction].destroySoon()));
      from.on('close', () => this.#soon(direction, events.ended));
    }
  }

  /** Breaks it now, at both ends. */
  end(): void {
    this.#isOver = true;
    for (const end of Object.values(this.#ends)) end.destroy();
  }

  /** One chunk after another: reading a frame takes a turn, and the order must hold. */
  #soon(direction: Direction, act: () => Promise<void> | void): void {
    this.#queues[direction] = this.#queues[direction].then(act);
  }

  async #relay(direction: Direction, chunk: Buffer): Promise<void> {
    for (const passing of await this.#reader.read(direction, chunk)) {
      if (this.#isOver) return;
      await this.#pass(direction, passing);
    }
  }

  async #pass(direction: Direction, { raw, frame }: Passing): Promise<void> {
    const to = this.#ends[direction];
    const gate = this.#events.gate();
    const cut = frame && gate?.cutAt(frame);
    if (!frame || !cut) {
      to.write(raw);
      return;
    }
    const bytes = { before: 0, inside: Math.floor(raw.length / 2), after: raw.length }[cut.how];
    if (bytes > 0) await new Promise<void>((resolve) => to.write(raw.subarray(0, bytes), () => resolve()));
    if (this.#isOver || to.destroyed) return;
    gate?.broke(frame, cut);
    this.#events.cut(cut.downMs);
  }
}

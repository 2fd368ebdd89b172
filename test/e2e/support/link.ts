import net from 'node:net';

/**
 * The wire between one tablet and the Hub: a TCP relay that can be cut like a village's network, and that keeps every
 * byte which came down. The tablet always finds it at the same address, so its origin and its storage stay the same.
 */
export interface Link {
  /** Where the tablet finds the Hub. */
  readonly url: string;
  /** Cuts everything now; new connections are refused until `mend`. */
  cut(): void;
  mend(): void;
  /** Cuts by itself after `chunks` more chunks in either direction, for `downMs`; counts in `cuts`. */
  cutAfter(chunks: number, downMs: number): void;
  /** Cuts that really broke an open connection. */
  readonly cuts: number;
  /** Everything the Hub sent through this link since `forget`. */
  received(): Buffer;
  forget(): void;
  close(): Promise<void>;
}

/** Opens a link to the Hub's port on the loopback. `hubPort` is asked for each connection, so the Hub may move. */
export async function openLink(hubPort: () => number): Promise<Link> {
  const open = new Set<net.Socket>();
  let isDown = false;
  let cuts = 0;
  let left = Number.POSITIVE_INFINITY;
  let nextDownMs = 0;
  let timer: NodeJS.Timeout | null = null;
  let down: Buffer[] = [];

  const cut = (): void => {
    isDown = true;
    if (open.size > 0) cuts += 1;
    for (const socket of open) socket.destroy();
    open.clear();
  };
  const mend = (): void => {
    isDown = false;
  };
  const passed = (): void => {
    left -= 1;
    if (left > 0 || isDown) return;
    left = Number.POSITIVE_INFINITY;
    cut();
    timer = setTimeout(mend, nextDownMs);
  };

  const server = net.createServer((near) => {
    if (isDown) {
      near.destroy();
      return;
    }
    const far = net.connect(hubPort(), '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
    }
    const end = (): void => {
      for (const socket of [near, far]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    near.on('close', end);
    far.on('close', end);
    near.on('data', (chunk) => {
      far.write(chunk);
      passed();
    });
    far.on('data', (chunk) => {
      down.push(chunk);
      near.write(chunk);
      passed();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend,
    cutAfter: (chunks, downMs) => {
      left = chunks;
      nextDownMs = downMs;
    },
    get cuts() {
      return cuts;
    },
    received: () => Buffer.concat(down),
    forget: () => {
      down = [];
    },
    close: () =>
      new Promise((resolve) => {
        if (timer) clearTimeout(timer);
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Starts the two processes of a peer. */
import { fileURLToPath } from 'node:url';
import type { Usage } from './answer.ts';
import { Child } from './child.ts';
import { startHub } from './chungtay/hub.ts';
import type { Seat } from './crowd/seats.ts';
import type { Peer } from './peers.ts';

/** A server in a process of its own. It has just taken the corpus, so it is warm; documents are in its memory where the engine keeps them there. */
export interface ServerUnderTest {
  readonly port: number;
  /** Stores the corpus; returns what the device must know to find it. */
  seed(documents: number): Promise<unknown>;
  /** Makes the changes "there". */
  edit(changed: readonly number[]): Promise<void>;
  /** Returns the instant at which the server held the changes "here". */
  arrived(changed: readonly number[]): Promise<number>;
  /** Makes the devices of a crowd known, `from` being the number of the first; returns what the crowd must know of it. */
  admit(seats: readonly Seat[], from: number): Promise<unknown>;
  /** Returns the instant at which the server's disk held these strokes, or its memory where it has no disk. */
  whenHeld(strokes: readonly (readonly [number, number])[]): Promise<number>;
  /** Returns the newest stroke of each document as a new device would be given it; -1 where there is none. */
  strokes(numbers: readonly number[]): Promise<readonly number[]>;
  usage(): Promise<Usage>;
  /** The same after its garbage is collected. */
  collected(): Promise<Usage>;
  pinToOneCore(): void;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Whom to start, and where both processes leave their CPU profiles; null = they write none. */
export interface ProfiledPeer {
  readonly peer: Peer;
  readonly profileFolder: string | null;
}

/** Starts the peer's server. */
export function startServer({ peer, profileFolder }: ProfiledPeer, folder: string): Promise<ServerUnderTest> {
  return peer.name === 'chungtay' ? startHub(folder, profileFolder) : startPeerServer({ peer, profileFolder }, folder);
}

/** Starts the peer's device. */
export function startDevice({ peer, profileFolder }: ProfiledPeer): Child {
  const file = peer.name === 'chungtay' ? 'device.ts' : 'device.mjs';
  return new Child(moduleOf(peer, file), { env: peer.env ?? {}, profileFolder });
}

/** Starts a crowd of the peer's devices. */
export function startCrowd({ peer, profileFolder }: ProfiledPeer): Child {
  const file = peer.name === 'chungtay' ? 'crowd.ts' : 'crowd.mjs';
  return new Child(moduleOf(peer, file), { env: peer.env ?? {}, profileFolder });
}

async function startPeerServer({ peer, profileFolder }: ProfiledPeer, folder: string): Promise<ServerUnderTest> {
  const child = new Child(moduleOf(peer, 'server.mjs'), { env: peer.env ?? {}, profileFolder });
  return {
    port: await child.call<number>('open', { folder }),
    seed: (documents) => child.call('seed', { documents }),
    edit: (changed) => child.call('edit', { changed }),
    arrived: (changed) => child.call('arrived', { changed }),
    admit: async () => null,
    whenHeld: (strokes) => child.call('whenHeld', { strokes }),
    strokes: (numbers) => child.call('strokes', { numbers }),
    usage: () => child.usage(),
    collected: () => child.collected(),
    pinToOneCore: () => child.pinToOneCore(),
    kill: () => child.kill(),
    stop: () => child.stop(),
  };
}

function moduleOf({ folder }: Peer, file: string): string {
  return fileURLToPath(new URL(`${folder}/${file}`, import.meta.url));
}

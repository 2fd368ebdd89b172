/** Whom the bench can run: ourselves, the bare floor, and the engines that others would choose. */

/** One engine under measurement. */
export interface Peer {
  readonly name: string;
  /** The folder of its server and device. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Its device learns by itself that the server has stored what it sent; otherwise the server is watched. */
  readonly isAcknowledged: boolean;
  /** More takes it minutes: it is measured with fewer, and the row says so. */
  readonly mostDocuments?: number;
  /** Runs only when asked for by name. */
  readonly isOptional?: boolean;
}

/** Ourselves come first: every other row is compared with ours. */
export const PEERS: readonly Peer[] = [
  { name: 'chungtay', folder: 'chungtay', isAcknowledged: true },
  { name: 'floor', folder: 'peers/floor', isAcknowledged: true },
  { name: 'pouchdb', folder: 'peers/pouchdb', isAcknowledged: true },
  { name: 'y-websocket', folder: 'peers/y-websocket', isAcknowledged: false },
  {
    name: 'y-websocket-leveldb',
    folder: 'peers/y-websocket',
    env: { BENCH_PERSISTED: '1' },

    isAcknowledged: false,
    isOptional: true,
  },
  { name: 'hocuspocus', folder: 'peers/hocuspocus', isAcknowledged: false },
  { name: 'automerge-repo', folder: 'peers/automerge', isAcknowledged: false, mostDocuments: 1_000 },
];

/** Says whether the peer comes from packages of its own, installed for the bench alone. */
export function isInstalledApart(peer: Peer): boolean {
  return peer.folder.startsWith('peers/');
}

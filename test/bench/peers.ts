/** Whom the bench can run: ourselves, the bare floor, and the engines that others would choose. */

import type { Scenario } from './scenario.ts';

/** One engine under measurement. */
export interface Peer {
  readonly name: string;
  /** The folder of its server and device. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Its device learns by itself that the server has stored what it sent; otherwise the server is watched. */
  readonly isAcknowledged: boolean;
  /** Its devices hear, of each stroke, that the server says it has it. */
  readonly tellsStored: boolean;
  /** Scenarios it is not measured in, and why. */
  readonly isNotIn?: Readonly<Partial<Record<Scenario, string>>>;
  /** How many devices stay on line in the idle scenario, and the most documents each holds. */
  readonly idle: { readonly devices: number; readonly mostDocuments: number };
  /** More takes it minutes: it is measured with fewer, and the row says so. */
  readonly mostDocuments?: number;
  /** Elsewhere it runs only when asked for by name. */
  readonly runsIn?: readonly Scenario[];
}

/** Ourselves come first: every other row is compared with ours. */
export const PEERS: readonly Peer[] = [
  {
    name: 'chungtay',
    folder: 'chungtay',
    isAcknowledged: true,
    tellsStored: true,
    idle: { devices: 1_000, mostDocuments: Infinity },
  },
  {
    name: 'floor',
    folder: 'peers/floor',
    isAcknowledged: true,
    tellsStored: true,
    idle: { devices: 1_000, mostDocuments: Infinity },
  },
  {
    name: 'pouchdb',
    folder: 'peers/pouchdb',
    isAcknowledged: true,
    tellsStored: true,
    isNotIn: {
      storm: 'it replicates only the newest revision of a document: fifty strokes of one document are one message',
    },
    idle: { devices: 50, mostDocuments: 100 },
  },
  {
    name: 'y-websocket',
    folder: 'peers/y-websocket',
    isAcknowledged: false,
    tellsStored: false,
    isNotIn: { s5: 'it keeps documents in memory alone: y-websocket-leveldb is it with a disk' },
    idle: { devices: 20, mostDocuments: 100 },
  },
  {
    name: 'y-websocket-leveldb',
    folder: 'peers/y-websocket',
    env: { BENCH_PERSISTED: '1' },
    isAcknowledged: false,
    tellsStored: false,
    idle: { devices: 20, mostDocuments: 100 },
    runsIn: ['s5'],
  },
  {
    name: 'hocuspocus',
    folder: 'peers/hocuspocus',
    isAcknowledged: false,
    tellsStored: true,
    idle: { devices: 20, mostDocuments: 100 },
  },
  {
    name: 'automerge-repo',
    folder: 'peers/automerge',
    isAcknowledged: false,
    tellsStored: false,
    isNotIn: {
      s5: 'it acknowledges nothing, and its file storage cannot be asked which change is on the disk',
      storm: 'a device sends the newest state of its document, not what was done one after another',
    },
    idle: { devices: 10, mostDocuments: 100 },
    mostDocuments: 1_000,
  },
];

/** Says whether the peer comes from packages of its own, installed for the bench alone. */
export function isInstalledApart(peer: Peer): boolean {
  return peer.folder.startsWith('peers/');
}

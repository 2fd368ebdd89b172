/** Listens to what the Hub sends, frame by frame at the moment of sending: a byte without a grant is found, whatever the device makes of it. */
import { inflateRawSync } from 'node:zlib';
import { decodeAny, encodeAny, type Wire } from '@chungtay/core/base/any';
import { documentLabelParts } from '@chungtay/core/kinds/registry';
import type { DeviceId, DocumentId } from '@chungtay/core/model/ids';
import type { Principal } from '@chungtay/core/model/principal';
import { cellFor } from '@chungtay/core/policy/access';
import type { Hub } from '@chungtay/core/sync/hub';
import type { Verdict } from '@chungtay/core/wire/frames';
import type { Counters } from './counters.ts';

const LIMITS = { maxDepth: 8, maxNodes: 1_000_000, maxBytes: 8 * 1024 * 1024, bytes: true };

/** Verdicts that say: it is on my disk. */
const STORED: readonly string[] = ['stored', 'duplicate'];

/** Whom the frames go to, and how to ask what is right now. */
export interface Tapped {
  readonly id: DeviceId;
  readonly name: string;
  readonly principal: () => Principal;
  readonly hub: () => Hub;
}

/** Returns what is wrong with a frame on its way to a device; nothing when all is right. */
export function tapDown(frame: Uint8Array, to: Tapped, counters: Counters): readonly string[] {
  const decoded = bodyOf(frame);
  if (!Array.isArray(decoded)) return [];
  if (decoded[0] === 'receipts') return (decoded[1] as readonly Wire[]).flatMap((line) => tapLine(line, to, counters));
  if (decoded[0] !== 'feed') return [];
  if (to.hub().principalOf(to.id) === null) return [`P13 ${to.name} is revoked and was sent a feed`];
  const { items } = decoded[1] as { readonly items: readonly Wire[] };
  return items.flatMap((item) => tapItem(item as readonly Wire[], to, counters));
}

/** What a frame carries: what is lost when it is, and what it promises. */
export interface Carried {
  readonly verdicts: number;
  readonly items: number;
  /** Numbers of the envelopes that it says are stored. */
  readonly stored: readonly number[];
}

/** Returns what a frame carries. */
export function carriedBy(frame: Uint8Array): Carried {
  const decoded: unknown = bodyOf(frame);
  if (!Array.isArray(decoded)) return { verdicts: 0, items: 0, stored: [] };
  const [type, content] = decoded as [string, { readonly items?: readonly Wire[] } & readonly Verdict[]];
  const isVerdicts = type === 'verdicts';
  return {
    verdicts: isVerdicts ? content.length : 0,
    items: type === 'feed' ? (content.items?.length ?? 0) : 0,
    stored: isVerdicts ? content.flatMap(({ n, verdict }) => (STORED.includes(verdict) ? [n] : [])) : [],
  };
}

/** Returns a challenge that offers no newer protocol than `newest`; any other frame as it is. */
export function capped(frame: Uint8Array, newest: number): Uint8Array {
  const decoded: unknown = frame[0] === 0 ? bodyOf(frame) : null;
  if (!Array.isArray(decoded) || decoded[0] !== 'challenge') return frame;
  const challenge = decoded[1] as Record<string, Wire> & { readonly range: readonly [number, number] };
  const range = [challenge.range[0], Math.min(newest, challenge.range[1])];
  return Uint8Array.from([0, ...encodeAny(['challenge', { ...challenge, range }])]);
}

function tapLine(line: Wire, to: Tapped, counters: Counters): readonly string[] {
  const [document] = line as readonly [DocumentId];
  counters.add('receipts');
  return to.hub().mayRead(to.principal().member, document) ? [] : [`SY-2 ${to.name} was told of ${document}`];
}

function tapItem(item: readonly Wire[], to: Tapped, counters: Counters): readonly string[] {
  const [type, document] = item as readonly [string, DocumentId];
  switch (type) {
    case 'p':
      counters.add('packs');
      return (any(inflateRawSync(item[1] as Uint8Array)) as readonly (readonly Wire[])[]).flatMap((packed) =>
        tapItem(packed, to, counters),
      );
    case 's':
    case 'u':
      counters.add(type === 's' ? 'states' : 'updates');
      return to.hub().mayRead(to.principal().member, document)
        ? []
        : [`SY-2 ${to.name} was sent ${type} of ${document}`];
    case 'x': {
      counters.add('extracts');
      const parts = documentLabelParts(document);
      const cell = parts && cellFor(to.principal(), parts);
      return cell?.extract === item[2] ? [] : [`SY-2 ${to.name} was sent an extract of ${document}`];
    }
    default:
      counters.add('closed');
      return [];
  }
}

function bodyOf(frame: Uint8Array): Wire {
  return any(frame[0] === 1 ? inflateRawSync(frame.subarray(1)) : frame.subarray(1));
}

function any(bytes: Uint8Array): Wire {
  const decoded = decodeAny(new Uint8Array(bytes), LIMITS);
  return decoded.ok ? decoded.value : null;
}

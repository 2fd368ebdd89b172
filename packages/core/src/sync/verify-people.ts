/** Whether the rows that rights and signatures are judged by say what the log says: who somebody is, whose a device is. Holds AUD-5. */
import { equalBytes } from '../base/bytes.ts';
import type { DeviceId, MemberNumber } from '../model/ids.ts';
import type { Envelope } from './envelope.ts';
import { isLeased } from './leases.ts';
import { appointmentBody, enrolmentBody, revocationBody } from './people-entries.ts';
import type { DeviceRow, FeedEntry, FeedImage, MemberRow } from './ports.ts';

/** A row that is not what the log makes of it, or one too many or missing. */
export type PeopleDamage =
  | { readonly is: 'member'; readonly member: MemberNumber }
  | { readonly is: 'device'; readonly device: DeviceId };

/** What was said of one device. */
interface Said {
  enrolled: Uint8Array | null;
  revoked: Uint8Array | null;
  lastN: number;
  readonly clients: Set<number>;
}

/** Hears the log in order, then compares. */
export class PeopleWalk {
  readonly #appointed = new Map<MemberNumber, FeedEntry>();
  readonly #devices = new Map<DeviceId, Said>();

  /** Hears an entry. */
  take(entry: FeedEntry): void {
    const { type, member, device, n, body } = entry;
    if (type === 'member') this.#appointed.set(member, entry);
    if (device === null) return;
    const said = this.#saidOf(device);
    if (type === 'device' && said.enrolled === null) said.enrolled = body;
    else if (type === 'device') said.revoked = body;
    said.lastN = Math.max(said.lastN, n);
  }

  /** Hears under which client id a device wrote what stands in a document. */
  wroteUnder({ device, client }: Pick<Envelope, 'device' | 'client'>): void {
    this.#saidOf(device).clients.add(client);
  }

  /** Returns what is wrong in the rows. */
  compare({ members, devices }: Pick<FeedImage, 'members' | 'devices'>): readonly PeopleDamage[] {
    const ofMembers = wrongRows(members, this.#appointed, ({ member }) => member, isAsAppointed);
    const ofDevices = wrongRows(devices, this.#devices, ({ device }) => device, isAsSaid);
    return [
      ...ofMembers.map((member) => ({ is: 'member', member }) as const),
      ...ofDevices.map((device) => ({ is: 'device', device }) as const),
    ];
  }

  #saidOf(device: DeviceId): Said {
    const known = this.#devices.get(device);
    const said = known ?? { enrolled: null, revoked: null, lastN: 0, clients: new Set<number>() };
    if (!known) this.#devices.set(device, said);
    return said;
  }
}

/** Returns the keys of rows that differ from what was said, or of which nothing was said, and of what was said and has no row. */
function wrongRows<Key, Row, Words>(
  rows: readonly Row[],
  said: ReadonlyMap<Key, Words>,
  keyOf: (row: Row) => Key,
  isRight: (row: Row, words: Words) => boolean,
): readonly Key[] {
  const wrong = rows.flatMap((row) => {
    const words = said.get(keyOf(row));
    return words !== undefined && isRight(row, words) ? [] : [keyOf(row)];
  });
  const there = new Set(rows.map(keyOf));
  return [...wrong, ...[...said.keys()].filter((key) => !there.has(key))];
}

function isAsAppointed(row: MemberRow, { seq, body }: FeedEntry): boolean {
  return row.seq === seq && equalBytes(appointmentBody(row), body);
}

function isAsSaid(row: DeviceRow, { enrolled, revoked, lastN, clients }: Said): boolean {
  const isSame = enrolled !== null && equalBytes(enrolmentBody(row), enrolled);
  const isEnded = revoked !== null && equalBytes(revocationBody(row), revoked);
  // what was refused took numbers too, and left no entry
  return (
    isSame && row.revoked === isEnded && row.lastN >= lastN && [...clients].every((id) => isLeased(row.leases, id))
  );
}

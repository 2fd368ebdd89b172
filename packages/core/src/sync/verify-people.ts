/** Whether the rows that rights and signatures are judged by say what the log says: who somebody is and was, whose a device is. Holds AUD-5. */
import { equalBytes } from '../base/bytes.ts';
import type { CryptoPort } from '../base/world.ts';
import type { DeviceId, MemberNumber } from '../model/ids.ts';
import { OFFICE_ROLES } from '../policy/office.ts';
import { NO_PREVIOUS } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { isLeased } from './leases.ts';
import { appointmentBody, enrolmentBody, ordererIn, revocationBody, roleIn } from './people-entries.ts';
import { INVITATION_MS } from './people-writer.ts';
import type { DeviceRow, FeedEntry, FeedImage, FeedStore, MemberRow } from './ports.ts';

/** A row that is not what the log makes of it, or one too many or missing. */
export type PeopleDamage =
  | { readonly is: 'member'; readonly member: MemberNumber }
  | { readonly is: 'device'; readonly device: DeviceId };

/** An order that was taken just before its giver lost the right may be committed just after. */
const IN_FLIGHT_MS = 60_000;

/** What was said of one device. */
interface Said {
  enrolled: Uint8Array | null;
  revoked: Uint8Array | null;
  revokedAtMs: number;
  member: MemberNumber | null;
  lastN: number;
  /** The envelope of that number. */
  last: Uint8Array | null;
  readonly clients: Set<number>;
}

/** What is read besides the newest rows. */
type Past = Pick<FeedStore, 'readMembersOf' | 'readJudged'>;

/** Hears the log in order, then compares. */
export class PeopleWalk {
  readonly #appointed = new Map<MemberNumber, FeedEntry[]>();
  readonly #devices = new Map<DeviceId, Said>();
  /** Entries whose order nobody could have given then. */
  readonly #unordered: PeopleDamage[] = [];

  /** Hears an entry. */
  take(entry: FeedEntry): void {
    const { type, member, device, n, body, atMs } = entry;
    if ((type === 'member' || type === 'device') && !this.#isOrdered(entry))
      this.#unordered.push(type === 'device' && device ? { is: 'device', device } : { is: 'member', member });
    if (type === 'member') this.#appointed.set(member, [...(this.#appointed.get(member) ?? []), entry]);
    if (device === null) return;
    const said = this.#saidOf(device);
    if (type === 'device') said.member = member;
    if (type === 'device' && said.enrolled === null) said.enrolled = body;
    else if (type === 'device') [said.revoked, said.revokedAtMs] = [body, atMs];
    if (n > said.lastN) [said.lastN, said.last] = [n, body];
  }

  /** Hears under which client id a device wrote what stands in a document. */
  wroteUnder({ device, client }: Pick<Envelope, 'device' | 'client'>): void {
    this.#saidOf(device).clients.add(client);
  }

  /** Returns what is wrong in the rows, older ones included. Rejects with an Outage. */
  async compare(image: FeedImage, store: Past, crypto: CryptoPort): Promise<readonly PeopleDamage[]> {
    const newest = new Map([...this.#appointed].map(([member, entries]) => [member, entries.at(-1)] as const));
    const wrong = new Set(wrongRows(image.members, newest, ({ member }) => member, isAsAppointed));
    for (const [member, entries] of this.#appointed) {
      // beside a working Hub there may be newer ones by now
      const rows = (await store.readMembersOf(member)).filter(({ seq }) => seq <= image.headSeq);
      const isRight = rows.length === entries.length && rows.every((row, at) => isAsAppointed(row, entries[at]));
      if (!isRight) wrong.add(member);
    }
    const devices = new Set(wrongRows(image.devices, this.#devices, ({ device }) => device, isAsSaid));
    for (const row of image.devices) if (!(await this.#isLastOf(row, store, crypto))) devices.add(row.device);
    return [
      ...this.#unordered,
      ...[...wrong].map((member) => ({ is: 'member', member }) as const),
      ...[...devices].map((device) => ({ is: 'device', device }) as const),
    ];
  }

  /** Says whether the next envelope of a device must follow what was its last: stored, held, or refused, which leaves no entry. */
  async #isLastOf({ device, lastN, lastHash }: DeviceRow, store: Past, crypto: CryptoPort): Promise<boolean> {
    const said = this.#devices.get(device);
    if (said && said.lastN === lastN)
      return equalBytes(said.last === null ? NO_PREVIOUS : crypto.sha256(said.last), lastHash);
    const judged = await store.readJudged(device, lastN);
    return judged !== null && equalBytes(judged.hash, lastHash);
  }

  /** Says whether whom the entry names could order it then: by a device of his own that was believed, in a role that may. */
  #isOrdered({ type, device, atMs, body }: FeedEntry): boolean {
    const by = ordererIn(body);
    if (by === undefined || by === 'command-line') return true;
    const said = by && this.#devices.get(by.device);
    if (!by || !said?.enrolled || said.member !== by.member) return false;
    // an invitation was ordered before it was used: up to three days
    const isEnrolment = type === 'device' && (device === null || !this.#devices.get(device)?.enrolled);
    const sinceMs = atMs - (isEnrolment ? INVITATION_MS : IN_FLIGHT_MS);
    const entries = this.#appointed.get(by.member) ?? [];
    const isInOffice = entries.some(({ body: words }, at) => {
      const endedAtMs = entries[at + 1]?.atMs ?? Infinity;
      const role = roleIn(words);
      return role !== null && OFFICE_ROLES.includes(role) && endedAtMs >= sinceMs;
    });
    return isInOffice && said.revokedAtMs >= sinceMs;
  }

  #saidOf(device: DeviceId): Said {
    const known = this.#devices.get(device);
    const said = known ?? {
      enrolled: null,
      revoked: null,
      revokedAtMs: Infinity,
      member: null,
      lastN: 0,
      last: null,
      clients: new Set<number>(),
    };
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

function isAsAppointed(row: MemberRow, entry: FeedEntry | undefined): boolean {
  if (row.seq !== entry?.seq) return false;
  return equalBytes(appointmentBody(row, ordererIn(entry.body) ?? undefined), entry.body);
}

function isAsSaid(row: DeviceRow, { enrolled, revoked, lastN, clients }: Said): boolean {
  const isSame = enrolled !== null && equalBytes(enrolmentBody(row, ordererIn(enrolled) ?? undefined), enrolled);
  const isEnded = revoked !== null && equalBytes(revocationBody(row, ordererIn(revoked) ?? undefined), revoked);
  // what was refused took numbers too, and left no entry
  return (
    isSame && row.revoked === isEnded && row.lastN >= lastN && [...clients].every((id) => isLeased(row.leases, id))
  );
}

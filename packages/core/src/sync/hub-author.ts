/** The Hub as an author: members and held edits are ordinary documents, written under a device, a lease and a key of its own (ADM-12). */
import { assert, must } from '../base/assert.ts';
import { equalBytes } from '../base/bytes.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Signer, World } from '../base/world.ts';
import { editDocument } from '../doc/edit.ts';
import type { EditError, FieldSet } from '../doc/edit.ts';
import { HUB_MEMBER, makeUlid } from '../model/ids.ts';
import type { DeviceId, DocumentId } from '../model/ids.ts';
import { NO_PREVIOUS, envelopeHash, minutesOf, signEnvelope } from './envelope.ts';
import type { HubIndex } from './hub-index.ts';
import type { Overlay } from './hub-overlay.ts';
import { recordEnvelope } from './hub-record.ts';
import { addLease, epochOf, isLeased } from './leases.ts';
import { enrolmentBody } from './people-entries.ts';
import type { DeviceRow } from './ports.ts';

/** Writes for the Hub. One client id per start, as for any device. */
export class HubAuthor {
  readonly #world: World;
  readonly #signer: Signer;
  #client: number | null = null;

  constructor(world: World, signer: Signer) {
    this.#world = world;
    this.#signer = signer;
  }

  /** Writes one edit into `document` as the Hub, in the lowest layer. The document's state must be loaded if it exists. */
  async write(
    overlay: Overlay,
    document: DocumentId,
    sets: readonly FieldSet[],
    atMs: number,
  ): Promise<Result<void, EditError>> {
    const device = this.#deviceIn(overlay);
    const client = this.#clientIn(overlay, device);
    const minutes = minutesOf(atMs);
    const edited = editDocument(overlay.state(document), { client, member: HUB_MEMBER, minutes, sets });
    if (!edited.ok) return err(edited.error);
    const { lastN, lastHash } = must(overlay.device(device), 'the device of the Hub');
    const signed = await signEnvelope(
      {
        member: HUB_MEMBER,
        device,
        client,
        n: lastN + 1,
        prev: lastHash,
        document,
        atMs,
        seen: new Uint8Array(0),
        group: null,
        update: edited.value.update,
      },
      this.#signer,
    );
    const hash = envelopeHash(signed, this.#world.crypto);
    const clock = { writtenAtMs: atMs, skewMs: 0, seenAtMs: 0 };
    recordEnvelope(overlay, { signed, hash, update: edited.value.parsed, after: edited.value.state, clock }, atMs);
    return ok(undefined);
  }

  /** Takes a fresh client id for the next write: after a commit whose outcome is unknown. */
  forget(): void {
    this.#client = null;
  }

  #deviceIn(overlay: Overlay): DeviceId {
    const known = this.#find(overlay.index) ?? this.#made;
    if (known && overlay.device(known)) return known;
    const device = makeUlid(this.#world) as string as DeviceId;
    const atMs = this.#world.nowMs();
    const row = newDevice(device, this.#signer, atMs);
    overlay.setDevice(row);
    const body = enrolmentBody(row);
    overlay.append({ atMs, type: 'device', document: null, member: HUB_MEMBER, device, n: 0, body });
    this.#made = device;
    return device;
  }

  /** Made in a batch that is not committed yet. */
  #made: DeviceId | null = null;

  #find(index: HubIndex): DeviceId | null {
    for (const { device, member, signKey } of index.devices()) {
      if (member === HUB_MEMBER && equalBytes(signKey, this.#signer.publicKey)) return device;
    }
    return null;
  }

  #clientIn(overlay: Overlay, device: DeviceId): number {
    const row = must(overlay.device(device), 'the device of the Hub');
    // leased in a batch that failed, it was never committed, so is not ours; of an older epoch, somebody else may have it
    const isOurs =
      this.#client !== null && isLeased(row.leases, this.#client) && epochOf(this.#client) === overlay.epoch;
    if (this.#client !== null && isOurs) return this.#client;
    const client = overlay.takeClientIds(1);
    assert(row.member === HUB_MEMBER, 'the device of the Hub is somebody else’s');
    overlay.setDevice({ ...row, leases: addLease(row.leases, [client, client + 1]) });
    this.#client = client;
    return client;
  }
}

function newDevice(device: DeviceId, signer: Signer, atMs: number): DeviceRow {
  return {
    device,
    member: HUB_MEMBER,
    signKey: signer.publicKey,
    sealKey: new Uint8Array(0),
    leases: [],
    lastN: 0,
    lastHash: NO_PREVIOUS,
    revoked: false,
    lastContactMs: atMs,
  };
}

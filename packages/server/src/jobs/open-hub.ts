import { must } from '@chungtay/core/base/assert';
import type { World } from '@chungtay/core/base/world';
import type { DeviceId } from '@chungtay/core/model/ids';
import { hasEnded } from '@chungtay/core/policy/access';
import { createHub } from '@chungtay/core/sync/hub';
import type { Hub } from '@chungtay/core/sync/hub';
import type { OfficeDesk } from '@chungtay/core/sync/hub-office';
import type { FeedStore, OutageKind } from '@chungtay/core/sync/ports';
import { openKeyRing } from '../auth/key-ring.ts';
import type { KeyPlace } from '../auth/key-ring.ts';
import { loadHubKeys } from '../auth/keys.ts';
import type { HubKeys } from '../auth/keys.ts';
import { openSealed } from '../auth/unseal.ts';
import type { Config } from '../config.ts';
import { openCommuneFolder } from '../ops/commune-folder.ts';
import type { Commune } from '../ops/commune-folder.ts';
import { noteHead, readHeads } from '../ops/heads-file.ts';
import { lockDirectory } from '../ops/lock.ts';
import type { Log } from '../ops/log.ts';
import { createNodeWorld } from '../ops/world.ts';
import { openHubDatabase } from '../store/hub-database.ts';
import type { HubDatabase } from '../store/hub-database.ts';
import { DirectoryRoom } from '../ws/directory-room.ts';
import { answerAudit } from './audit-desk.ts';
import { KeyRotation, bodyKeysOf } from './key-rotation.ts';
import { answerAtDesk } from './office-desk.ts';
import type { OfficeHub } from './people.ts';
import { RecoveryBook } from './recovery-book.ts';
import { answerRecovery, recoveryVerb } from './recovery-desk.ts';
import { verifyAside } from './verify-aside.ts';
import type { FeedVerification } from './verify.ts';

/** Where a Hub works. Heads of its chain are noted in `<dataDirectory>.heads` unless another file is named. */
export type HubPlace = KeyPlace & Partial<Pick<Config, 'headsFile'>>;

/** A Hub at work on its data directory, before any door is opened. */
export interface OpenHub {
  readonly commune: Commune;
  readonly world: World;
  readonly keys: HubKeys;
  readonly feed: FeedStore;
  readonly hub: Hub;
  readonly directory: DirectoryRoom;
  /** Requests of locked tablets. */
  readonly recoveries: RecoveryBook;
  /** Returns why the last write was not taken, null when it was. */
  readonly trouble: () => OutageKind | null;
  /** Verifies everything, beside the Hub's work. */
  readonly verify: () => Promise<FeedVerification>;
  /** Gives all it holds another key, while it works. */
  readonly keyRotation: KeyRotation;
  /** Notes the head of the chain outside, unless it is the one noted last. */
  readonly noteHead: () => Promise<void>;
  /** Finishes what was begun, writes it, lets the directory go. */
  close(): Promise<void>;
}

/** Opens a data directory: key, lock, database, Hub. Throws in words when one of them will not. Rules STO-5, HUB-10. */
export async function openHub(place: HubPlace, log: Log, world: World = createNodeWorld()): Promise<OpenHub> {
  const { dataDirectory } = place;
  const commune = openCommuneFolder(dataDirectory);
  const lock = lockDirectory(dataDirectory);
  try {
    const secrets = await openKeyRing(place, commune.keyFingerprint);
    const database = await openHubDatabase(dataDirectory, ...bodyKeysOf(secrets));
    const opened = await openOn(database, loadHubKeys(dataDirectory, ...secrets), commune, { log, world });
    const keyRotation = new KeyRotation({ place, database, log }, secrets);
    return {
      ...opened,
      keyRotation,
      ...auditOf(opened, database.path, keyRotation, place.headsFile ?? `${dataDirectory}.heads`),
      async close() {
        keyRotation.stop();
        await opened.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openOn(
  database: HubDatabase,
  keys: HubKeys,
  commune: Commune,
  { log, world }: { readonly log: Log; readonly world: World },
): Promise<Omit<OpenHub, 'verify' | 'noteHead' | 'keyRotation'>> {
  const place: { open: DeskHub | null } = { open: null };
  const hub = await createHub({
    world,
    signer: keys.signer,
    sealKey: keys.sealKey,
    unseal: (box) => openSealed(keys, box),
    store: database.feed,
    sealer: keys.cursors,
    commune: commune.id,
    trouble: database.trouble,
    office: officeDesk(place, keys),
    report: (error) => log.fault(error),
  });
  const directory = await DirectoryRoom.open({
    store: database.directory,
    clock: world,
    mayWrite: ({ device }) => personNow(hub, device, world.nowMs())?.principal.role === 'administrator',
    onChange: () => hub.hintDirectory(),
  });
  place.open = { hub, directory, world, recoveries: new RecoveryBook({ hub, world }) };
  return {
    ...place.open,
    commune,
    keys,
    feed: database.feed,
    trouble: database.trouble,
    async close() {
      await hub.drain();
      await database.close();
    },
  };
}

type DeskHub = OfficeHub & Pick<OpenHub, 'recoveries'>;

/** The Hub answers questions that it is asked once it is open. */
function officeDesk(place: { readonly open: DeskHub | null }, keys: HubKeys): OfficeDesk {
  return (asker, verb, body) => {
    const open = must(place.open, 'an open Hub');
    const recovering = recoveryVerb(verb);
    if (recovering) return answerRecovery(asker, recovering, body, { book: open.recoveries, keys });
    return verb === 'audit' ? answerAudit(asker, body, { ...open, keys }) : answerAtDesk(open, asker, verb, body);
  };
}

function auditOf(
  { hub, keys: { signer, cursors }, world }: Pick<OpenHub, 'hub' | 'keys' | 'world'>,
  path: string,
  keyRotation: KeyRotation,
  headsFile: string,
): Pick<OpenHub, 'verify' | 'noteHead'> {
  let notedSeq = 0;
  return {
    async verify() {
      const { noted, strange } = await readHeads(headsFile, signer.publicKey, world.crypto, cursors);
      const found = await keyRotation.underOneKey((bodyKeys) => verifyAside({ path, bodyKeys, noted }));
      return strange === 0 ? found : { ...found, damages: [...found.damages, { is: 'heads' }] };
    },
    async noteHead() {
      const head = hub.head();
      if (head.seq === notedSeq) return;
      await noteHead(headsFile, head, world.nowMs(), signer);
      notedSeq = head.seq;
    },
  };
}

/** Returns who a device speaks for at this moment, or null: revoked, suspended, or his appointment has ended. */
export function personNow(hub: Hub, device: DeviceId, nowMs: number): ReturnType<Hub['members']>[number] | null {
  const principal = hub.principalOf(device);
  if (!principal || hasEnded(principal, nowMs)) return null;
  return hub.members().find(({ member }) => member === principal.member) ?? null;
}

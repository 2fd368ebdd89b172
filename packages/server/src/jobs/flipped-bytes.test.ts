import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { must } from '@chungtay/core/base/assert';
import { documentIdOf, makeFolderId } from '@chungtay/core/model/ids';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import { HubIndex } from '@chungtay/core/sync/hub-index';
import { Outage } from '@chungtay/core/sync/ports';
import type { FeedEntry, FeedImage } from '@chungtay/core/sync/ports';
import { SoundStates } from '@chungtay/core/sync/sound-states';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../test/fixtures/world.ts';
import { dialLocally } from '../ops/local-link.ts';
import { createLog } from '../ops/log.ts';
import { deriveKey, readKeyFile } from '../ops/secret.ts';
import { createNodeWorld } from '../ops/world.ts';
import { createBodyCipher } from '../store/body-cipher.ts';
import { openReader } from '../store/database.ts';
import { createFeedReader } from '../store/feed-read.ts';
import type { FeedReader } from '../store/feed-read.ts';
import { failureOf } from '../store/outage.ts';
import { type CommuneHome, makeCommuneHome } from './commune-home.support.ts';
import { enrolAt, openLocalDevice } from './local-device.ts';
import { openHub } from './open-hub.ts';

const SEEDS = 400;
const FLIPS = 24;
const SILENT = createLog(() => undefined, Date.now);
const NAMES = ['Lò Thị Ín', 'Giàng A Páo', 'Vừ Thị Dợ', 'Nguyễn Gia Bảo', 'Hảng', 'Y Bhăm Niê', 'Đàm Thị Hương', 'Tẩn'];

let home: CommuneHome;
let file: Buffer;
let cipherKey: Uint8Array;
let truth: Read;

/** All that a Hub would serve of a database. */
interface Read {
  readonly states: ReadonlyMap<string, string>;
  readonly bodies: ReadonlyMap<number, string>;
  readonly lost: number;
  readonly mended: number;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

beforeAll(async () => {
  home = makeCommuneHome();
  const open = await openHub(home.place, SILENT);
  const lead = { name: 'Nguyễn Thị Hạnh', role: 'lead', villages: [EVERYWHERE], schools: [EVERYWHERE] } as const;
  const { code } = await open.hub.invite({ ...lead, namedFor: [], untilMs: null });
  const writer = await openLocalDevice(
    open.world,
    dialLocally((socket) => open.hub.accept(socket)),
    enrolAt(open.hub, code),
  );
  for (const name of NAMES) {
    const document = documentIdOf(makeFolderId(open.world), 'identity');
    for (const value of [name, `${name} 2`, `${name} 3`])
      await writer.replica.edit([
        {
          document,
          sets: [
            { name: 'name', value },
            { name: 'village', value: 'thon-dong' },
          ],
        },
      ]);
  }
  await writer.settled();
  writer.close();
  await open.close();
  const secret = readKeyFile(home.place.keyFile);
  cipherKey = deriveKey(secret, 'bodies');
  file = readFileSync(join(home.place.dataDirectory, 'feed.sqlite'));
  truth = must(await readAll(join(home.place.dataDirectory, 'feed.sqlite')), 'a sound database');
});
afterAll(() => home.remove());

/** Reads a database as a Hub does; null when it refuses to begin with it, or says of what it was asked that the disk has lost it. */
async function readAll(path: string): Promise<Read | null> {
  const db = openReader(path);
  try {
    const begun = begin(db);
    return begun && (await served(begun));
  } catch (error) {
    // at work nothing but an Outage may come of it
    if (error instanceof Outage) return null;
    throw error;
  } finally {
    db.close();
  }
}

interface Begun {
  readonly reader: FeedReader;
  readonly image: FeedImage;
  readonly index: HubIndex;
}

/** Null for what a Hub does not start with. */
function begin(db: DatabaseSync): Begun | null {
  try {
    const reader = createFeedReader(db, createBodyCipher(cipherKey));
    const image = reader.load();
    return { reader, image, index: new HubIndex(image) };
  } catch {
    return null;
  }
}

async function served({ reader, image, index }: Begun): Promise<Read> {
  const ask = async <T>(read: () => T): Promise<T> => {
    try {
      return read();
    } catch (error) {
      throw failureOf(error);
    }
  };
  let mended = 0;
  const sound = new SoundStates({
    store: {
      readStates: (documents) => ask(() => reader.readStates(documents)),
      readDocumentEntries: (...of) => ask(() => reader.readDocumentEntries(...of)),
    },
    crypto: createNodeWorld().crypto,
    index: () => index,
    report: () => undefined,
    mend: () => (mended += 1),
  });
  const states = await sound.readStates(image.documents.map(({ document }) => document));
  const lines: readonly FeedEntry[] = await ask(() => reader.readLines(0, image.headSeq, image.headSeq));
  return {
    states: new Map([...states].map(([document, state]) => [document, hex(state)])),
    bodies: new Map(lines.flatMap(({ seq, body }) => (body.length > 0 ? [[seq, hex(body)]] : []))),
    lost: sound.lostCount,
    mended,
  };
}

/** Returns a copy of the database in which one bit is another in each of some bytes. */
function flipped(seed: number): Buffer {
  const next = seededRandom(seed);
  const copy = Buffer.from(file);
  for (let flip = 0; flip < FLIPS; flip += 1) {
    const at = Math.floor(next() * copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(next() * 8));
  }
  return copy;
}

function isAmong<Key>(some: ReadonlyMap<Key, string>, all: ReadonlyMap<Key, string>): boolean {
  return [...some].every(([key, value]) => all.get(key) === value);
}

describe('a database in which bytes were flipped', () => {
  it('[P17] [P20] [ROT-4] gives the true state and the true entry, or none, or is refused: never another one', async () => {
    const path = join(home.folder, 'flipped.sqlite');
    const wrong: number[] = [];
    const seen = { refused: 0, whole: 0, partly: 0, mended: 0 };
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      writeFileSync(path, flipped(seed));
      const read = await readAll(path);
      if (!read) seen.refused += 1;
      else if (read.lost > 0) seen.partly += 1;
      else seen.whole += 1;
      if (read && read.mended > 0) seen.mended += 1;
      if (read && !(isAmong(read.states, truth.states) && isAmong(read.bodies, truth.bodies))) wrong.push(seed);
    }
    expect(wrong).toEqual([]);
    // every outcome is among them: none of the three went untried
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
  }, 60_000);
});

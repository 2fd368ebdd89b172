import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { must } from '@chungtay/core/base/assert';
import { valueOf } from '@chungtay/core/doc/read';
import { documentIdOf, makeFolderId } from '@chungtay/core/model/ids';
import type { DocumentId } from '@chungtay/core/model/ids';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dialLocally } from '../ops/local-link.ts';
import { createLog } from '../ops/log.ts';
import { type CommuneHome, makeCommuneHome } from './commune-home.support.ts';
import { enrolAt, openLocalDevice } from './local-device.ts';
import type { LocalDevice } from './local-device.ts';
import { openHub } from './open-hub.ts';
import type { OpenHub } from './open-hub.ts';

const NAMES: readonly string[] = ['Lò Thị Ín', 'Giàng A Páo', 'Vừ Thị Dợ', 'Nguyễn Gia Bảo', 'Hảng'];
const said: string[] = [];
const log = createLog((line) => said.push(line), Date.now);
const withoutSecond: readonly (string | null)[] = NAMES.with(1, '').map((name) => name || null);
let home: CommuneHome;
let open: OpenHub;
let writer: LocalDevice;
let documents: readonly DocumentId[];

beforeEach(async () => {
  home = makeCommuneHome();
  open = await openHub(home.place, log);
  writer = await device('Nguyễn Thị Hạnh');
  documents = NAMES.map(() => documentIdOf(makeFolderId(open.world), 'identity'));
  for (const [at, document] of documents.entries()) await write(document, NAMES[at] ?? '');
});

afterEach(async () => {
  writer.close();
  await open.close();
  home.remove();
  said.length = 0;
});

async function write(document: DocumentId, name: string): Promise<void> {
  const sets = [
    { name: 'name', value: name },
    { name: 'village', value: 'thon-dong' },
  ];
  expect((await writer.replica.edit([{ document, sets }])).ok).toBe(true);
  await writer.settled();
}

async function device(name: string): Promise<LocalDevice> {
  const { code } = await open.hub.invite({
    name,
    role: 'lead',
    villages: [EVERYWHERE],
    schools: [EVERYWHERE],
    namedFor: [],
    untilMs: null,
  });
  return openLocalDevice(
    open.world,
    dialLocally((socket) => open.hub.accept(socket)),
    enrolAt(open.hub, code),
  );
}

/** Closes the Hub, lets the disk rot, and opens it again. */
async function rot(sql: string, ...of: readonly (string | number)[]): Promise<void> {
  writer.leave();
  await open.close();
  const db = new DatabaseSync(join(home.place.dataDirectory, 'feed.sqlite'));
  db.function('flipped', (bytes) => {
    const copy = Uint8Array.from(bytes as Uint8Array);
    copy[20] = (copy[20] ?? 0) ^ 4;
    return copy;
  });
  expect(db.prepare(sql).run(...of).changes).toBe(1);
  db.close();
  open = await openHub(home.place, log);
}

function documentAt(at: number): DocumentId {
  return must(documents[at] ?? null, 'a document');
}

const STATE = 'UPDATE documents SET state = flipped(state) WHERE document = ?';
const ENTRY = `UPDATE entries SET body = flipped(body) WHERE document = ? AND type = 'envelope'`;

function namesAt({ replica }: LocalDevice): readonly unknown[] {
  return documents.map((document) => {
    const held = replica.read(document);
    return held?.access === 'whole' ? valueOf(held.state, 'name') : null;
  });
}

describe('bits that rot on the Hub’s disk', () => {
  it('[P20] [ROT-1] a damaged state is made anew: newcomers get every document, and it is written in its place', async () => {
    await rot(STATE, documentAt(1));
    expect((await open.verify()).damages).toEqual([{ is: 'unreadable' }]);
    const newcomer = await device('Đàm Thị Hương');
    expect(namesAt(newcomer)).toEqual(NAMES);
    newcomer.close();
    expect(open.hub.lostDocuments()).toBe(0);
    await vi.waitFor(async () => expect((await open.verify()).damages).toEqual([]), 5_000);
    expect(said.filter((line) => line.includes('made anew'))).toHaveLength(1);
    expect(NAMES.some((name) => said.join('').includes(name))).toBe(false);
  }, 20_000);

  it('[ROT-1] an edit of a document whose state is damaged is stored on what its log makes', async () => {
    await rot(STATE, documentAt(2));
    await writer.comeBack();
    await write(documentAt(2), 'Vừ Thị Dợ (Mai)');
    const newcomer = await device('Đàm Thị Hương');
    expect(namesAt(newcomer)).toEqual(NAMES.with(2, 'Vừ Thị Dợ (Mai)'));
    newcomer.close();
    expect((await open.verify()).damages).toEqual([]);
  }, 20_000);

  it('[P17] [ROT-2] [ROT-3] a document damaged in its log too is out of service: the others are served, an edit of it is held', async () => {
    await rot(ENTRY, documentAt(1));
    await rot(STATE, documentAt(1));
    const newcomer = await device('Đàm Thị Hương');
    expect(namesAt(newcomer)).toEqual(withoutSecond);
    newcomer.close();
    expect(open.hub.lostDocuments()).toBe(1);
    await writer.comeBack();
    await write(documentAt(1), 'Giàng A Páo (cháu)');
    expect(writer.replica.quarantine()).toMatchObject([{ document: documentAt(1), code: 'damaged' }]);
    await write(documentAt(3), 'Nguyễn Gia Bảo An');
    expect(writer.replica.counts()).toMatchObject({ waiting: 0, quarantined: 1 });
    const next = await device('Y Bhăm Niê');
    expect(namesAt(next)).toEqual(withoutSecond.with(3, 'Nguyễn Gia Bảo An'));
    next.close();
    expect(said.filter((line) => line.includes('out of service'))).toHaveLength(1);
    expect((await open.verify()).damages).toEqual([{ is: 'unreadable' }]);
  }, 20_000);

  it('[ROT-2] who was away while a page of the log rotted is told what its document is', async () => {
    const away = await device('Đàm Thị Hương');
    away.leave();
    await write(documentAt(4), 'Hảng Seo Vần');
    await rot(`${ENTRY} AND seq = (SELECT max(seq) FROM entries)`, documentAt(4));
    await away.comeBack();
    expect(namesAt(away)).toEqual(NAMES.with(4, 'Hảng Seo Vần'));
    away.close();
    expect(open.hub.lostDocuments()).toBe(0);
  }, 20_000);
});

/** A data directory copied, worked on, and put back: what tablets hold returns by itself. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '@chungtay/core/base/assert';
import { conflictsOf, valueOf } from '@chungtay/core/doc/read';
import { type DocumentId, documentIdOf, makeFolderId } from '@chungtay/core/model/ids';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dialLocally } from '../ops/local-link.ts';
import { createLog } from '../ops/log.ts';
import { type CommuneHome, makeCommuneHome } from './commune-home.support.ts';
import { type LocalDevice, enrolAt, openLocalDevice } from './local-device.ts';
import { type HubPlace, type OpenHub, openHub } from './open-hub.ts';
import { createOffice } from './run-office.ts';

const faults: string[] = [];
const log = createLog((line) => faults.push(line), Date.now);
const devices: LocalDevice[] = [];
let home: CommuneHome;
let place: HubPlace;
let open: OpenHub;

beforeEach(async () => {
  home = makeCommuneHome();
  ({ place } = home);
  open = await openHub(place, log);
});

afterEach(async () => {
  for (const device of devices.splice(0)) device.close();
  await open.close();
  home.remove();
});

async function lead(name: string): Promise<LocalDevice> {
  const appointment = { name, role: 'lead', villages: [EVERYWHERE], schools: [], namedFor: [], untilMs: null } as const;
  const { code } = await open.hub.invite(appointment);
  const device = await openLocalDevice(
    open.world,
    dialLocally((socket) => open.hub.accept(socket)),
    enrolAt(open.hub, code),
  );
  devices.push(device);
  return device;
}

async function write(device: LocalDevice, document: DocumentId, sets: Readonly<Record<string, string>>): Promise<void> {
  const saved = await device.replica.edit([
    { document, sets: Object.entries(sets).map(([name, value]) => ({ name, value })) },
  ]);
  must(saved.ok || null, 'a saved edit');
  await device.settled();
}

function nameAt(device: LocalDevice, document: DocumentId): unknown {
  const held = device.replica.read(document);
  return held?.access === 'whole' ? valueOf(held.state, 'name') : undefined;
}

/** Closes the Hub, lets `meanwhile` happen to its directory, and opens it again. */
async function whileClosed(meanwhile: () => void): Promise<void> {
  await open.close();
  meanwhile();
  open = await openHub(place, log);
}

function copyAside(): void {
  cpSync(place.dataDirectory, join(home.folder, 'backup'), { recursive: true });
}

function putBack(): void {
  rmSync(place.dataDirectory, { recursive: true });
  cpSync(join(home.folder, 'backup'), place.dataDirectory, { recursive: true });
}

it('[RES-1] [RES-2] [KEP-1] a Hub put back from an older copy gets everything again from the tablets that wrote it, once', async () => {
  const [first, second] = [await lead('Lò Thị Hương'), await lead('Y Bhăm Niê')];
  const [before, after] = [0, 1].map(() => documentIdOf(makeFolderId(open.world), 'identity')) as [
    DocumentId,
    DocumentId,
  ];
  await write(first, before, { name: 'Vừ Mí Sính', village: 'thon-dong' });
  await vi.waitFor(() => expect(nameAt(second, before)).toBe('Vừ Mí Sính'));
  await whileClosed(copyAside);

  await write(second, before, { name: 'Vừ Mí Xính' });
  await vi.waitFor(() => expect(nameAt(first, before)).toBe('Vừ Mí Xính'), 10_000);
  // leans on what the other one wrote
  await write(first, before, { name: 'Vừ Mí Xình' });
  await write(first, after, { name: 'H’Loan Êban', village: 'thon-tay' });
  await vi.waitFor(() => expect(nameAt(second, after)).toBe('H’Loan Êban'), 10_000);

  await whileClosed(putBack);
  expect((await open.feed.load()).documents.map(({ document }) => document)).not.toContain(after);
  await vi.waitFor(async () => {
    expect((await open.feed.load()).documents.map(({ document }) => document)).toContain(after);
    expect([nameAt(first, before), nameAt(second, before)]).toEqual(['Vừ Mí Xình', 'Vừ Mí Xình']);
    expect([nameAt(first, after), nameAt(second, after)]).toEqual(['H’Loan Êban', 'H’Loan Êban']);
  }, 50_000);

  const { epoch, headSeq } = await open.feed.load();
  expect(epoch).toBe(2);
  const envelopes = (await open.feed.readEntries(0, headSeq, headSeq)).filter(
    ({ type, document }) => type === 'envelope' && document === before,
  );
  expect(envelopes.map(({ device }) => device)).toEqual([first, second, first].map(({ identity }) => identity.device));
  const held = first.replica.read(before);
  expect(held?.access === 'whole' ? conflictsOf(held.state) : null).toEqual([]);
  expect([first, second].map((device) => device.replica.counts())).toMatchObject([
    { waiting: 0, quarantined: 0 },
    { waiting: 0, quarantined: 0 },
  ]);
  expect(await createOffice(open).verify()).toMatchObject({ damages: [] });
}, 90_000);

it('[P7] [RES-7] a tablet enrolled since the copy hands in its work to a Hub that does not know it, and it is held', async () => {
  const first = await lead('Lò Thị Hương');
  await whileClosed(copyAside);
  const stranger = await lead('Y Bhăm Niê');
  const document = documentIdOf(makeFolderId(open.world), 'identity');
  await write(stranger, document, { name: 'Vừ Mí Sính', village: 'thon-dong' });
  stranger.leave();
  await whileClosed(putBack);
  await expect(stranger.comeBack()).rejects.toThrow('device-revoked');
  const { device, member } = stranger.identity;
  expect(await open.feed.readJudged(device, 1)).not.toBeNull();
  expect((await open.feed.load()).documents.map((head) => head.document)).not.toContain(document);
  expect(stranger.replica.quarantine()).toMatchObject([{ document, verdict: 'held' }]);
  expect(open.hub.members().find((row) => row.member === member)).toMatchObject({
    name: 'Y Bhăm Niê',
    suspended: true,
  });
  expect(first.replica.read(document)).toBeNull();
  expect(await createOffice(open).verify()).toMatchObject({ damages: [] });
}, 90_000);

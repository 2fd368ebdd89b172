import { readFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import type { MemberNumber } from '@chungtay/core/model/ids';
import { parseDocumentId } from '@chungtay/core/model/ids';
import { memberDocumentOf } from '@chungtay/core/sync/crockford';
import { closeCodeOf } from '@chungtay/core/wire/refusal';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { makeHub } from '../e2e/support/hub-process.ts';
import { nodeCrypto } from '../fixtures/world.ts';
import { enrolDevice, invitationsIn, ticketFor } from './device.support.ts';

const PEOPLE = ['--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', 'Nguyễn Thị Hạnh'];
const FOLDER = '01JTAB00000000000000000001';
const ADMINISTRATOR = 11;
const LEAD = 12;
const hub = makeHub();
const providers: WebsocketProvider[] = [];
const denied: string[] = [];

/** Joins a room with the unmodified client, over plain sockets. */
function join(room: string, ticket: string | null = null, doc: Y.Doc = new Y.Doc()): WebsocketProvider {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${hub.port()}/rooms`, room, doc, {
    protocols: ticket === null ? [] : ['chungtay', `chungtay.ticket.${ticket}`],
    WebSocketPolyfill: WebSocket as never,
    disableBc: true,
  });
  providers.push(provider);
  return provider;
}

const until = (isSo: () => boolean): Promise<unknown> => vi.waitUntil(isSo, { timeout: 10_000, interval: 10 });
const synced = (provider: WebsocketProvider): Promise<unknown> => until(() => provider.synced);
const villages = ({ doc }: WebsocketProvider): Y.Map<unknown> => doc.getMap('villages');
const ticketOf = async (seed: number): Promise<string> =>
  (await ticketFor(`http://127.0.0.1:${hub.port()}`, { seed, device: null })).ticket;

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation((...words: unknown[]) => void denied.push(words.map(String).join(' ')));
  const [administrator = '', lead = ''] = invitationsIn(hub.ct('init', ...PEOPLE));
  await hub.start();
  const at = `http://127.0.0.1:${hub.port()}`;
  await enrolDevice(at, administrator, ADMINISTRATOR);
  await enrolDevice(at, lead, LEAD);
});

afterAll(async () => {
  for (const provider of providers) provider.destroy();
  vi.restoreAllMocks();
  await hub.remove();
});

describe('the rooms, with the unmodified y-websocket client', () => {
  it('[ROOM-1] anyone reads the directory and follows its changes; the administrator writes it', async () => {
    const reader = join('directory');
    await synced(reader);
    expect(reader.doc.getMap('commune').get('name')).toBe('Xã Tân Thành');
    expect(reader.doc.getMap('holidays').size).toBeGreaterThan(20);
    const administrator = join('directory', await ticketOf(ADMINISTRATOR));
    await synced(administrator);
    villages(administrator).set('v1', { name: 'Thôn Đoài', kind: 'thon', oldNames: [], order: 1 });
    await until(() => villages(reader).has('v1'));
    villages(administrator).set('v1', { name: 'Thôn Đoài 1', kind: 'thon', oldNames: ['Thôn Đoài'], order: 1 });
    await until(() => (villages(reader).get('v1') as { name: string }).name === 'Thôn Đoài 1');
    villages(administrator).delete('v1');
    await until(() => !villages(reader).has('v1'));
  });

  it('[ROOM-1] whoever may not write is told so, his change reaches nobody, and a replica made anew is the true one', async () => {
    const other = join('directory');
    await synced(other);
    for (const ticket of [null, await ticketOf(LEAD)]) {
      denied.length = 0;
      const writer = join('directory', ticket);
      await synced(writer);
      villages(writer).set('forged', { name: 'Thôn Giả' });
      await until(() => denied.length > 0);
      expect(denied.join('\n')).toContain('only the administrator');
      writer.destroy();
    }
    const anew = join('directory');
    await synced(anew);
    expect([villages(anew).has('forged'), villages(other).has('forged')]).toEqual([false, false]);
  });

  it('[ROOM-3] what was written before joining is judged as well, and what no directory may hold is refused even to the administrator', async () => {
    denied.length = 0;
    const prepared = new Y.Doc();
    prepared.getMap('villages').set('early', { name: 'Thôn Sớm' });
    await synced(join('directory', null, prepared));
    await until(() => denied.length > 0);
    denied.length = 0;
    const administrator = join('directory', await ticketOf(ADMINISTRATOR));
    await synced(administrator);
    administrator.doc.getText('notes').insert(0, 'x');
    await until(() => denied.some((line) => line.includes('malformed')));
    const anew = join('directory');
    await synced(anew);
    expect(villages(anew).has('early')).toBe(false);
    expect(anew.doc.share.has('notes')).toBe(false);
  });

  it('[ROOM-3] the directory is on disk before it is seen: kill -9, and it is there', async () => {
    const reader = join('directory');
    const administrator = join('directory', await ticketOf(ADMINISTRATOR));
    await Promise.all([synced(reader), synced(administrator)]);
    villages(administrator).set('v2', { name: 'Bản Nà Phặc', kind: 'ban', oldNames: [], order: 2 });
    await until(() => villages(reader).has('v2'));
    await hub.kill();
    await hub.start();
    const anew = join('directory');
    await synced(anew);
    expect(villages(anew).get('v2')).toMatchObject({ name: 'Bản Nà Phặc' });
  });

  it('[ROOM-2] presence wants a ticket and a folder that one may read; the unmodified client stops trying', async () => {
    const closed: { code: number; reason: string }[] = [];
    const note = (end: { code: number; reason: string }): void => void closed.push(end);
    join(`presence/${FOLDER}`).on('closed', note);
    join(`presence/${FOLDER}`, await ticketOf(LEAD)).on('closed', note);
    await until(() => closed.length === 2);
    expect(closed.toSorted((a, b) => a.reason.localeCompare(b.reason, 'en'))).toEqual([
      { code: closeCodeOf('bad-proof'), reason: 'bad-proof' },
      { code: closeCodeOf('no-grant'), reason: 'no-grant' },
    ]);
  });

  it('[ROOM-4] two who have one file open see one another by the names the Hub knows, and see them leave', async () => {
    const commune = JSON.parse(readFileSync(pathOf(hub.dataDirectory, 'commune.json'), 'utf8')) as { id: string };
    const document = memberDocumentOf(commune.id, 1 as MemberNumber, nodeCrypto);
    const room = `presence/${parseDocumentId(document)?.folder}`;
    const [administrator, lead] = [join(room, await ticketOf(ADMINISTRATOR)), join(room, await ticketOf(LEAD))];
    await Promise.all([synced(administrator), synced(lead)]);
    lead.awareness.setLocalState({ name: 'Chủ tịch', agency: 'police', document, field: 'title' });
    const seen = (): unknown => administrator.awareness.getStates().get(lead.doc.clientID);
    await until(() => (seen() as { field?: string } | undefined)?.field === 'title');
    expect(seen()).toEqual({
      member: 2,
      name: 'Nguyễn Thị Hạnh',
      role: 'lead',
      agency: 'cultureSociety',
      document,
      field: 'title',
    });
    administrator.awareness.setLocalState({ document });
    await until(() => lead.awareness.getStates().has(administrator.doc.clientID));
    lead.destroy();
    await until(() => seen() === undefined);
  });
});

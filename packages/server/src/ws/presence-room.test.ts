import type { DeviceId, DocumentId, FolderId, MemberNumber } from '@chungtay/core/model/ids';
import type { SocketEvents } from '@chungtay/core/sync/ports';
import { describe, expect, it } from 'vitest';
import { PresenceRoom } from './presence-room.ts';
import type { PresenceNeeds } from './presence-room.ts';
import { askMissing, awarenessFrame, liveUpdate, readRoomMessage } from './room-frames.ts';
import type { AwarenessEntry } from './room-frames.ts';

const FOLDER = '01JTAB00000000000000000001' as FolderId;
const CASE = `${FOLDER}/case` as DocumentId;
const HIV = `${FOLDER}/hiv` as DocumentId;
const NAMES: Readonly<Record<number, string>> = { 1: 'Nguyễn Thị Hạnh', 2: 'Y Bhăm', 3: 'Lò Văn Pản' };

/** A commune of three who may read the folder; only the first and the third read `hiv`, unless it is said otherwise. `gone` may read nothing any more. */
function commune(gone: Set<number> = new Set(), readers: readonly number[] = [1, 3]): PresenceNeeds {
  let nowMs = 1_000_000;
  return {
    nowMs: () => (nowMs += 1_000),
    personOf: ({ member }) =>
      gone.has(member) ? null : { name: NAMES[member] ?? '', role: 'lead', agency: 'cultureSociety' },
    mayReadFolder: (member) => !gone.has(member),
    mayReadDocument: (member, document) => document !== HIV || readers.includes(member),
  };
}

/** One connection that remembers what it was told of others. */
class Visitor {
  readonly heard: AwarenessEntry[] = [];
  closed: string | null = null;
  readonly #events: SocketEvents;

  constructor(room: PresenceRoom, member: number) {
    const socket = {
      bufferedBytes: 0,
      send: (frame: Uint8Array): void => {
        const message = readRoomMessage(frame);
        if (message?.type === 'awareness') this.heard.push(...message.peers);
      },
      close: (_code: number, reason: string): void => void (this.closed = reason),
    };
    this.#events = room.join(socket, { member: member as MemberNumber, device: `D${member}` as DeviceId });
  }

  say(client: number, clock: number, state: unknown): void {
    this.#events.onFrame(awarenessFrame([{ client, clock, state: JSON.stringify(state) }]));
  }

  frame(frame: Uint8Array): void {
    this.#events.onFrame(frame);
  }

  leave(): void {
    this.#events.onClose(1000);
  }

  latest(client: number): unknown {
    return JSON.parse(this.heard.findLast((entry) => entry.client === client)?.state ?? 'null');
  }
}

describe('a presence room', () => {
  it('[ROOM-4] who is there is filled in by the Hub, whatever the client says of itself', () => {
    const room = new PresenceRoom(FOLDER, commune(), () => undefined);
    const [hanh, bham] = [new Visitor(room, 1), new Visitor(room, 2)];
    bham.say(22, 1, { name: 'Chủ tịch', agency: 'police', member: 1, document: CASE, field: 'summary' });
    expect(hanh.latest(22)).toEqual({
      member: 2,
      name: 'Y Bhăm',
      role: 'lead',
      agency: 'cultureSociety',
      document: CASE,
      field: 'summary',
    });
    expect(bham.heard.map(({ client }) => client)).toEqual([22]);
    const late = new Visitor(room, 3);
    expect(late.latest(22)).toMatchObject({ name: 'Y Bhăm' });
  });

  it('[ROOM-4] what one frame says sixty-four times is told once; a client id stays its device’s', () => {
    const room = new PresenceRoom(FOLDER, commune(), () => undefined);
    const [hanh, bham] = [new Visitor(room, 1), new Visitor(room, 2)];
    const lines = Array.from({ length: 64 }, (_, clock) => ({
      client: 22,
      clock,
      state: JSON.stringify({ document: CASE }),
    }));
    bham.frame(awarenessFrame(lines));
    expect(hanh.heard).toHaveLength(1);
    bham.leave();
    const thief = new Visitor(room, 3);
    thief.say(22, 100, { document: CASE });
    expect(hanh.latest(22)).toBeNull();
    const back = new Visitor(room, 2);
    back.say(22, 101, { document: CASE });
    expect(hanh.latest(22)).toMatchObject({ name: 'Y Bhăm' });
    const beforeItIsMissed = new Visitor(room, 2);
    beforeItIsMissed.say(22, 102, { document: CASE });
    expect(hanh.latest(22)).toMatchObject({ document: CASE });
  });

  it('[ROOM-4] a connection speaks for one client id: it cannot speak for others, remove them or silence them', () => {
    const room = new PresenceRoom(FOLDER, commune(), () => undefined);
    const [hanh, bham, pan] = [new Visitor(room, 1), new Visitor(room, 2), new Visitor(room, 3)];
    hanh.say(11, 1, { document: CASE });
    bham.say(22, 1, { document: CASE });
    bham.say(11, 9_000_000, null);
    bham.say(33, 1, {});
    bham.say(22, Number.MAX_SAFE_INTEGER, {});
    expect(pan.heard.map(({ client }) => client)).toEqual([11, 22]);
    pan.say(11, 5, {});
    expect(hanh.heard.filter(({ client }) => client === 11)).toHaveLength(1);
  });

  it('[ROOM-5] that someone is there is told only to those who may read the document that he has open', () => {
    const room = new PresenceRoom(FOLDER, commune(), () => undefined);
    const [hanh, bham, pan] = [new Visitor(room, 1), new Visitor(room, 2), new Visitor(room, 3)];
    pan.say(33, 1, { document: HIV, field: 'result' });
    expect(hanh.latest(33)).toMatchObject({ document: HIV, field: 'result' });
    expect(bham.heard).toEqual([]);
  });

  it.each([
    ['no document', {}],
    ['none', { document: null, field: null }],
    ['one of another file', { document: '01JTAB00000000000000000009/case' }],
    ['one that he may not read himself', { document: HIV }],
  ])('[ROOM-5] who says that he has %s open is shown to nobody', (_what, state) => {
    const room = new PresenceRoom(FOLDER, commune(new Set(), [1]), () => undefined);
    const [hanh, pan] = [new Visitor(room, 1), new Visitor(room, 3)];
    pan.say(33, 1, state);
    pan.leave();
    const late = new Visitor(room, 1);
    expect([hanh.heard, late.heard]).toEqual([[], []]);
  });

  it('[ROOM-5] [HIV-3] who goes on into a closed part has left for the others, and what he does there sends them nothing', () => {
    const room = new PresenceRoom(FOLDER, commune(), () => undefined);
    const [hanh, bham, pan] = [new Visitor(room, 1), new Visitor(room, 2), new Visitor(room, 3)];
    pan.say(33, 1, { document: CASE });
    pan.say(33, 2, { document: HIV });
    for (let clock = 3; clock < 9; clock += 1) pan.say(33, clock, { document: HIV, field: `f${clock}` });
    const again = new Visitor(room, 3);
    again.say(33, 9, { document: HIV });
    pan.leave();
    again.leave();
    expect(bham.heard.map(({ state }) => state !== 'null')).toEqual([true, false]);
    expect(hanh.heard).toHaveLength(10);
  });

  it('[ROOM-5] lines are numbered for each reader by the time alone, always upwards', () => {
    let nowMs = 7_000;
    const room = new PresenceRoom(FOLDER, { ...commune(), nowMs: () => nowMs }, () => undefined);
    const [bham, pan] = [new Visitor(room, 2), new Visitor(room, 3)];
    for (const document of [CASE, HIV, HIV, CASE, CASE]) pan.say(33, pan.heard.length + 1, { document });
    nowMs = 9_000;
    pan.say(33, 90, { document: CASE });
    nowMs = 8_000;
    pan.say(33, 91, { document: CASE });
    expect(bham.heard.map(({ clock }) => clock)).toEqual([7_000, 7_001, 7_002, 7_003, 9_000, 9_001]);
    expect(pan.heard.at(-1)).toMatchObject({ clock: 91 });
  });

  it('[ROOM-5] a page that came back without saying where takes its former line away', () => {
    const room = new PresenceRoom(FOLDER, commune(), () => undefined);
    const [bham, pan] = [new Visitor(room, 2), new Visitor(room, 3)];
    pan.say(33, 1, { document: CASE });
    const again = new Visitor(room, 3);
    again.say(33, 2, {});
    expect(bham.latest(33)).toBeNull();
  });

  it('[ROOM-5] who lost the right is put out at his next word, or at the next word of another', () => {
    const gone = new Set<number>();
    const room = new PresenceRoom(FOLDER, commune(gone), () => undefined);
    const [hanh, bham] = [new Visitor(room, 1), new Visitor(room, 2)];
    hanh.say(11, 1, { document: CASE });
    gone.add(2);
    hanh.say(11, 2, {});
    expect(bham.heard).toHaveLength(1);
    expect(bham.closed).toBe('no-grant');
    const again = new Visitor(room, 2);
    again.frame(askMissing(new Uint8Array([0])));
    expect(again.closed).toBe('no-grant');
  });

  it('[ROOM-4] one who leaves is gone for all, and the last one ends the room', () => {
    let ended = 0;
    const room = new PresenceRoom(FOLDER, commune(), () => (ended += 1));
    const [hanh, bham] = [new Visitor(room, 1), new Visitor(room, 2)];
    hanh.say(11, 4, { document: CASE });
    hanh.leave();
    expect(bham.heard.at(-1)).toMatchObject({ client: 11, state: 'null' });
    const late = new Visitor(room, 3);
    expect(late.heard).toEqual([]);
    bham.leave();
    late.leave();
    expect(ended).toBe(1);
  });

  it.each([
    ['an oversized state', JSON.stringify({ field: 'x'.repeat(2_000) })],
    ['a state that is not JSON', '{'],
    ['a list', '[1]'],
    ['a text', '"x"'],
  ])('[ROOM-4] %s is dropped', (_name, state) => {
    const room = new PresenceRoom(FOLDER, commune(), () => undefined);
    const [hanh, bham] = [new Visitor(room, 1), new Visitor(room, 2)];
    hanh.frame(awarenessFrame([{ client: 11, clock: 1, state }]));
    expect(bham.heard).toEqual([]);
  });

  it('[ROOM-1] it holds no document: an update is refused in the words of the protocol, noise closes the connection', () => {
    const room = new PresenceRoom(FOLDER, commune(), () => undefined);
    const visitor = new Visitor(room, 1);
    visitor.frame(liveUpdate(new Uint8Array([0, 0])));
    expect(visitor.closed).toBeNull();
    visitor.frame(new Uint8Array([9, 9, 9]));
    expect(visitor.closed).toBe('malformed');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dice } from '@chungtay/core/base/random.support';
import { nextClock } from '@chungtay/core/doc/state';
import { encodeState } from '@chungtay/core/doc/state';
import { kindOf } from '@chungtay/core/kinds/registry';
import type { FeedStore } from '@chungtay/core/sync/ports';
import { encodeFrame } from '@chungtay/core/wire/codec';
import type { FeedItem } from '@chungtay/core/wire/frames';
import { signPack } from '@chungtay/core/wire/hub-signature';
import { encodePack } from '@chungtay/core/wire/pack';
import { openHubDatabase } from '@chungtay/server/store/hub-database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeDeflate } from '../fixtures/world.ts';
import { ClientTrial } from './client.ts';
import { Commune, type Held, type Person } from './commune.ts';
import { Door } from './door.ts';
import { HAZARDS, type Scene } from './hazards.ts';
import { HUB_SIGNER, type OnTablet, Tablet } from './tablet.ts';

const STORES: readonly (readonly [string, (folder: string) => Promise<FeedStore | undefined>])[] = [
  ['in memory', () => Promise.resolve(undefined)],
  ['on SQLite', async (folder) => (await openHubDatabase(folder, new Uint8Array(32).fill(7))).feed],
];
const MOST_MS = 2_000;

describe.each(STORES)('full admission %s', (_name, open) => {
  const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
  let door: Door;
  let held: Held;
  let honest: Person;
  let attacker: Person;

  beforeAll(async () => {
    const commune = await new Commune(new Dice(41), await open(folder)).start();
    door = new Door(commune);
    honest = commune.side(true).find(({ role }) => role === 'lead') as Person;
    attacker = commune.side(false).find(({ role }) => role === 'lead') as Person;
    const identity = kindOf('identity');
    if (!identity) throw new Error('no identity');
    held = commune.fresh(identity);
    const sets = ['name', 'carerName', 'address'].map((name) => ({ name, value: 'Lầu A Páo' }));
    const appends = [{ name: 'notes', value: { text: 'Em đi học đều.' } }];
    await write({ sets: [...sets, { name: 'village', value: 'thon-dong' }], appends });
    await write({ sets: [{ name: 'name', value: 'Lầu A Pó' }], appends: [] });
  }, 240_000);

  afterAll(async () => {
    await door.commune.test.store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function write(changes: Parameters<Commune<FeedStore>['attemptWith']>[2]): Promise<string | undefined> {
    const attempt = door.commune.attemptWith(honest, held, changes);
    const [answer] = await door.push(honest, [await door.seal(honest, held, attempt, attempt.bytes, 'honest')]);
    return answer?.verdict?.verdict;
  }

  function scene(): Scene {
    const { client, member } = attacker.device;
    const own = { client, next: nextClock(held.state, client), member, minutes: door.commune.minutes };
    const victim = { client: honest.device.client, next: nextClock(held.state, honest.device.client) };
    const key = `name@${victim.client.toString(36)}.5`;
    return { snapshot: encodeState(held.state), own, victim, key };
  }

  it.each(HAZARDS.map((hazard) => [hazard.name, hazard] as const))(
    '[P16] [P17] [ATK-7] refuses %s',
    async (name, hazard) => {
      const made = hazard.make(scene());
      for (const bytes of made instanceof Uint8Array ? [made] : made) {
        const author = scene().own;
        const attempt = { ...door.commune.blank(held, author), bytes };
        const startMs = performance.now();
        const sent = await door.seal(attacker, held, attempt, bytes, name);
        const [answer] = await door.push(attacker, [sent]);
        expect(answer?.verdict?.verdict).toBe('refused');
        expect(performance.now() - startMs).toBeLessThan(MOST_MS);
      }
      expect(await write({ sets: [{ name: 'carerName', value: 'Sùng Thị Mai' }], appends: [] })).toBe('stored');
      await door.prove();
      // each hazard answers for itself
      expect(door.violations.splice(0)).toEqual([]);
    },
    240_000,
  );
});

describe('a tablet', () => {
  const dice = new Dice(43);

  function sceneOf({ attempt }: OnTablet): Scene {
    const [client = 1] = attempt.state.clocks.keys();
    const own = { client: 4_000_000_000, next: 0, member: 7, minutes: 600_000 };
    const [entry] = attempt.state.live.values();
    const path = entry?.field.path ?? 'name';
    const key = entry?.field.type === 'log' ? `${path}${entry.op}` : `${path}@${entry?.op ?? '1.0'}`;
    return { snapshot: attempt.snapshot, own, victim: { client, next: nextClock(attempt.state, client) }, key };
  }

  async function itemsOf(one: OnTablet, bytes: Uint8Array): Promise<readonly FeedItem[]> {
    const state: FeedItem = ['s', one.document, 7, 1_772_413_200_000, bytes, null, 1_772_413_200_000, 0];
    const block = await encodePack([state], nodeDeflate);
    return [
      ['u', one.document, 7, 1_772_413_200_000, bytes, null],
      state,
      ['p', block, await signPack(block, HUB_SIGNER)],
    ];
  }

  it.each(HAZARDS.map((hazard) => [hazard.name, hazard] as const))(
    '[P17] [ATK-7] told %s, as an update, a state and a pack, stays as it was or can be read in every way',
    async (name, hazard) => {
      const trial = new ClientTrial(dice);
      const tablet = await new Tablet(dice).start();
      const one = tablet.documents[0] as OnTablet;
      const made = hazard.make(sceneOf(one));
      const few = made instanceof Uint8Array ? [made] : made.filter((_, at) => at % 9 === 0);
      for (const bytes of few) {
        for (const item of await itemsOf(one, bytes)) {
          const frame = await encodeFrame(
            ['feed', { items: [item], cursor: new Uint8Array(24), more: true }],
            nodeDeflate,
          );
          if (tablet.session.state.is !== 'live') await tablet.meetAgain();
          await trial.say({ name, bytes: frame }, tablet);
        }
      }
      expect(await tablet.write(1)).toBe(true);
      expect(trial.violations).toEqual([]);
    },
    240_000,
  );
});

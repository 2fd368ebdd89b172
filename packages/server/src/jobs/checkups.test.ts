import { describe, expect, it } from 'vitest';
import { Timeline, settle, testWorld } from '../../../../test/fixtures/world.ts';
import { createLog } from '../ops/log.ts';
import { startCheckups, untilNightMs } from './checkups.ts';
import type { FeedDamage } from './verify.ts';

const HOUR_MS = 3_600_000;
const AFTER_MS = 900_000;

/** Returns checks over a Hub that only counts what is asked of it. */
function checked(damages: readonly FeedDamage[] = []) {
  const timeline = new Timeline();
  const lines: string[] = [];
  const done = { heads: 0, verifications: 0, isBroken: false };
  const checkups = startCheckups(
    {
      world: testWorld(timeline, 1),
      noteHead: () => Promise.resolve(void (done.heads += 1)),
      verify() {
        done.verifications += 1;
        if (done.isBroken) return Promise.reject(new Error('the thread ended'));
        return Promise.resolve({ entries: 1, documents: 1, head: '', damages });
      },
    },
    AFTER_MS,
    createLog((line) => lines.push(line), Date.now),
  );
  return { timeline, lines, done, checkups };
}

describe('the checks of a working Hub', () => {
  it('[AUD-3] a head is noted at the start and each hour', async () => {
    const { timeline, done } = checked();
    await timeline.advance(0);
    expect(done.heads).toBe(1);
    await timeline.advance(5 * HOUR_MS);
    expect(done.heads).toBe(6);
  });

  it('[AUD-4] everything is verified a while after the start, and then once a night', async () => {
    const { timeline, done, checkups } = checked();
    await timeline.advance(AFTER_MS - 1);
    expect([done.verifications, checkups.soundness()]).toEqual([0, 'unverified']);
    await timeline.advance(1);
    expect([done.verifications, checkups.soundness()]).toEqual([1, 'sound']);
    await timeline.advance(72 * HOUR_MS);
    expect(done.verifications).toBe(4);
  });

  it('[AUD-4] damage is told, in the log and to whoever asks', async () => {
    const { timeline, lines, checkups } = checked([{ is: 'chain', seq: 4 }]);
    await timeline.advance(AFTER_MS);
    expect(checkups.soundness()).toBe('damaged');
    expect(lines.join('')).toContain('"event":"feed-damaged","damages":1');
  });

  it('[AUD-4] a check that fails is told and made again the next night; one that is stopped is not', async () => {
    const { timeline, lines, done, checkups } = checked();
    done.isBroken = true;
    await timeline.advance(AFTER_MS);
    expect([lines.length, checkups.soundness()]).toEqual([1, 'unverified']);
    done.isBroken = false;
    await timeline.advance(24 * HOUR_MS);
    expect([done.verifications, checkups.soundness()]).toEqual([2, 'sound']);
    checkups.stop();
    await timeline.advance(72 * HOUR_MS);
    await settle();
    expect(done.verifications).toBe(2);
    expect(timeline.waiting).toBe(0);
  });

  it('[AUD-4] the night is at two in the morning of Việt Nam', () => {
    const at = (text: string): number => untilNightMs(Date.parse(text)) / HOUR_MS;
    expect(at('2026-03-02T01:00:00+07:00')).toBe(1);
    expect(at('2026-03-02T02:00:00+07:00')).toBe(24);
    expect(at('2026-03-02T23:30:00+07:00')).toBe(2.5);
  });
});

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Commune, REPEATED, harmIn } from './commune.ts';

let commune: Commune;

beforeAll(async () => {
  commune = await Commune.found({ CT_VERIFY_AFTER_MS: '0' });
}, 60_000);
afterAll(() => commune.end());

async function feedIs(): Promise<unknown> {
  const health = (await (await fetch(`${commune.url}/health`)).json()) as { readonly feed: unknown };
  return health.feed;
}

describe('a Hub that verifies what it serves', () => {
  it('[P20] finds itself sound, while it works', REPEATED, async () => {
    await expect.poll(feedIs, { timeout: 20_000 }).toBe('sound');
    const toll = await commune.under(async () => {
      const { damages, entries } = await commune.office('verify', {});
      expect(damages).toEqual([]);
      expect(Number(entries)).toBeGreaterThan(50);
    });
    expect(harmIn(toll)).toEqual({});
  });

  it('[P20] says so when a document is served otherwise than its log makes it, and goes on working', async () => {
    await commune.honest.lead.leave();
    await commune.hub.stop();
    const db = new DatabaseSync(join(commune.hub.dataDirectory, 'feed.sqlite'));
    // a clock of the law moved by a minute
    db.exec('UPDATE documents SET first_at_ms = first_at_ms - 60000 WHERE ordinal = 1');
    db.close();
    await commune.hub.start();
    await expect.poll(feedIs, { timeout: 20_000 }).toBe('damaged');
    expect(commune.hub.log()).toContain('"event":"feed-damaged"');
    await commune.honest.lead.connect();
    expect(await commune.work()).toBeGreaterThan(0);
  });

  it('[HUB-9] the log names no document', () => {
    expect(commune.leaks()).toEqual([]);
  });
});

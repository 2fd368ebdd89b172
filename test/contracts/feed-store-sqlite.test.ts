import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHubDatabase } from '@chungtay/server/store/hub-database';
import { feedStoreContract } from './feed-store.ts';

const KEY = new Uint8Array(32).fill(7);

feedStoreContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
  const { feed } = await openHubDatabase(folder, KEY);
  let last = feed;
  return {
    store: feed,
    async reopen() {
      await last.close();
      last = (await openHubDatabase(folder, KEY)).feed;
      return last;
    },
    destroy: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
});

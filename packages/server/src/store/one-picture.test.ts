/** A verification that reads while the writing thread commits: what it compares must be of one moment. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { FeedBatch } from '@chungtay/core/sync/ports';
import { expect, it } from 'vitest';
import { TestHub } from '../../../../test/fixtures/hub.ts';
import { nodeCrypto } from '../../../../test/fixtures/world.ts';
import { verifyFeed } from '../jobs/verify.ts';
import { createBodyCipher } from './body-cipher.ts';
import { openReader, openWriter } from './database.ts';
import { createVerifiedStore } from './feed-sqlite.ts';
import { createBatchWriter } from './feed-write.ts';
import { SAMPLE_KEY, withFolder } from './samples.support.ts';

/** What the office does meanwhile, to somebody and his device. */
const ACTS: Readonly<
  Record<string, (test: TestHub, device: Awaited<ReturnType<TestHub['enrol']>>) => Promise<unknown>>
> = {
  'somebody is invited': (test) => test.enrol({ name: 'Lò Thị Ín' }),
  'a device is revoked': (test, { device }) => test.hub.revokeDevice(device),
  'somebody is suspended': (test, { member }) => test.hub.suspendMember(member),
};

/** The connection, which lets `act` happen behind the heads of the documents of the second load: the first only tells of the head. */
function interrupted(reader: DatabaseSync, act: () => void): DatabaseSync {
  let loads = 0;
  return new Proxy(reader, {
    get(of, name) {
      if (name !== 'prepare') return (of[name as keyof DatabaseSync] as (...ask: unknown[]) => unknown).bind(of);
      return (sql: string) => {
        const statement = of.prepare(sql);
        if (!sql.includes('ORDER BY ordinal')) return statement;
        return {
          all: () => {
            const rows = statement.all();
            loads += 1;
            if (loads === 2) act();
            return rows;
          },
        };
      };
    },
  });
}

it.each(Object.entries(ACTS))('[STO-8] nothing is found damaged because %s while it is read', async (_what, act) => {
  const batches: FeedBatch[] = [];
  const test = new TestHub();
  const commit = test.store.commit.bind(test.store);
  test.store.commit = (batch) => {
    batches.push(batch);
    return commit(batch);
  };
  await test.start();
  const device = await test.enrol();
  const before = batches.splice(0);
  await act(test, device);
  await withFolder(async (folder) => {
    const writer = openWriter(join(folder, 'hub.sqlite'));
    const cipher = createBodyCipher(SAMPLE_KEY);
    const put = createBatchWriter(writer, cipher);
    const write = (some: FeedBatch[]): void => {
      for (const batch of some.splice(0)) {
        writer.exec('BEGIN');
        put(batch);
        writer.exec('COMMIT');
      }
    };
    write(before);
    const reader = openReader(join(folder, 'hub.sqlite'));
    const store = createVerifiedStore(
      interrupted(reader, () => write(batches)),
      cipher,
    );
    const { damages } = await verifyFeed(store, nodeCrypto);
    reader.close();
    writer.close();
    expect(batches).toEqual([]);
    expect(damages).toEqual([]);
  });
});

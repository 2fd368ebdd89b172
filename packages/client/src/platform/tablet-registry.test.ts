import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDisk, recordsOf } from './indexed-db.support.ts';
import { backOffMs, tabletRegistry, type RegisteredPerson } from './tablet-registry.ts';

const PERSON: RegisteredPerson = {
  vault: 'one',
  name: 'Kpă Klơng',
  role: 'police',
  waiting: 0,
  wrongTries: 0,
  blockedUntilMs: 0,
};

beforeEach(emptyDisk);

describe('the people of a tablet', () => {
  it('[VLT-3] are kept over a restart, with how often the passphrase was wrong', async () => {
    const registry = tabletRegistry();
    await registry.put(PERSON);
    await registry.put({ ...PERSON, wrongTries: 4, blockedUntilMs: 9 });
    await registry.put({ ...PERSON, vault: 'two', name: 'Lý Mẩy' });
    await registry.remove('two');
    const again = tabletRegistry();
    expect(await again.people()).toEqual([{ ...PERSON, wrongTries: 4, blockedUntilMs: 9 }]);
  });

  it('[VLT-1] are all that a tablet says in the clear, and that little', async () => {
    await tabletRegistry().put(PERSON);
    const [record] = await recordsOf('ct-tablet');
    expect(Object.keys(record?.value as object).toSorted()).toEqual(Object.keys(PERSON).toSorted());
  });

  it.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 5_000],
    [4, 10_000],
    [8, 160_000],
    [11, 900_000],
    [1_000, 900_000],
  ])('[VLT-3] after %i wrong passphrases the next waits %i ms', (wrongTries, waitMs) => {
    expect(backOffMs(wrongTries)).toBe(waitMs);
  });
});

import { describe, expect, it } from 'vitest';
import { readField } from '../doc/read.ts';
import { freshIdentity, makeDevice } from './replica.support.ts';

const child = freshIdentity(1);

describe('an edit that says what its writer had seen', () => {
  it('[REP-10] supersedes what the same start wrote before, echo or no echo', async () => {
    const device = await makeDevice(1);
    for (const value of ['Lò', 'Lò Thị', 'Lò Thị Mẩy']) {
      const saved = await device.replica.edit([
        { document: child, sets: [{ name: 'name', value }], seen: new Set<string>() },
      ]);
      expect(saved.ok).toBe(true);
    }
    const held = device.replica.read(child);
    const field = held?.access === 'whole' ? readField(held.state, 'name') : null;
    expect(field?.value).toBe('Lò Thị Mẩy');
    expect(field?.live).toHaveLength(1);
  });
});

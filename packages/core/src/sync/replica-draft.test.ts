import { describe, expect, it } from 'vitest';
import { logOf, readField } from '../doc/read.ts';
import { documentIn, freshIdentity, makeDevice } from './replica.support.ts';

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

describe('a field whose every value is kept', () => {
  it('[DL-11] writes it into the log of the same document in the same stroke, also when it is taken back', async () => {
    const device = await makeDevice(1);
    const document = documentIn(freshIdentity(1), 'case');
    const opening = { document, appends: [{ name: 'stage', value: { n: 1, to: 'received' } }] };
    await device.replica.edit([{ ...opening, sets: [{ name: 'isEmergency', value: true }] }]);
    const saved = await device.replica.edit([{ document, sets: [{ name: 'isEmergency', value: false }] }]);
    if (!saved.ok) throw new Error(saved.error.reason);
    await device.replica.undo(saved.value);
    const held = device.replica.read(document);
    if (held?.access !== 'whole') throw new Error('not held');
    expect(logOf(held.state, 'emergencies').map(({ value }) => value)).toEqual([
      { found: true },
      { found: false },
      { found: true },
    ]);
  });
});

// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { FakeEngine, withEngine } from '../composables/fake-engine.support.ts';
import { useAudit } from './audit.ts';

let end = (): void => undefined;
afterEach(() => end());

describe('the log on the screen', () => {
  it('goes with the lock, and with it whose deeds were shown: the next person may see his own alone', async () => {
    const engine = new FakeEngine();
    const head = { code: 'ab12', atMs: 1, line: 'AB12' };
    const line = { atMs: 1, act: 'write', detail: null, member: 5, kind: null, document: null, about: null };
    engine.office = () => ({ lines: [line], next: 'n', isAll: true, head });
    const opened = withEngine(engine, useAudit);
    end = opened.end;
    const audit = opened.result;
    await audit.ask({}, false);
    expect([audit.lines.length, audit.next, audit.head, audit.isAll]).toEqual([1, 'n', head, true]);
    engine.tell({ type: 'locked', reason: 'fault' });
    expect([audit.lines.length, audit.next, audit.head, audit.isAll]).toEqual([0, null, null, false]);
  });
});

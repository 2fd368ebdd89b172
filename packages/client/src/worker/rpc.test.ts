import { Outage } from '@chungtay/core/sync/ports';
import { describe, expect, it } from 'vitest';
import type { EngineApi } from './engine-api.ts';
import { failureOf, LockedError } from './engine-failure.ts';
import type { EngineEvent } from './engine-views.ts';
import { connectEngine, EngineFailure, type Port, serveEngine } from './rpc.ts';

const SECRET = 'Hà Thị Ước';

/** A page and an engine of two verbs with a real channel between them. */
function pair() {
  const { port1, port2 } = new MessageChannel();
  const events: EngineEvent[] = [];
  const crossed: string[] = [];
  const engine = {
    newFolder: () => Promise.resolve('01J9ZZZZZZZZZZZZZZZZZZZZZZ'),
    readDraft: (key: string) =>
      key === 'full'
        ? Promise.reject(new Outage('storage-full'))
        : key === 'locked'
          ? Promise.reject(new LockedError())
          : Promise.reject(new Error(`no draft of ${SECRET}`)),
  } as unknown as EngineApi;
  const watched: Port = {
    postMessage(message) {
      crossed.push(JSON.stringify(message));
      port2.postMessage(message);
    },
    get onmessage() {
      return null;
    },
    set onmessage(listener) {
      port2.onmessage = listener;
    },
  };
  const tell = serveEngine(engine, watched, failureOf);
  const page = connectEngine(port1, (event) => void events.push(event));
  return { page, tell, events, crossed, end: () => port1.close() };
}

describe('the channel between page and engine', () => {
  it('[VLT-5] answers each call, many at once, and carries events beside them', async () => {
    const { page, tell, events, end } = pair();
    tell({ type: 'directory' });
    const answers = await Promise.all([page.newFolder(), page.newFolder()]);
    expect(answers).toEqual(['01J9ZZZZZZZZZZZZZZZZZZZZZZ', '01J9ZZZZZZZZZZZZZZZZZZZZZZ']);
    expect(events).toEqual([{ type: 'directory' }]);
    end();
  });

  it.each([
    ['full', 'storage-full'],
    ['locked', 'locked'],
    ['other', 'fault'],
  ])('[VLT-5] a failure crosses as one word: %s → %s', async (key, kind) => {
    const { page, crossed, end } = pair();
    const failure: unknown = await page.readDraft(key).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineFailure);
    expect((failure as EngineFailure).kind).toBe(kind);
    expect(crossed.join('')).not.toContain(SECRET);
    end();
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'nothing'])(
    '[VLT-5] a verb that is none of the engine’s is a fault: %s',
    async (verb) => {
      const { page, end } = pair();
      const call = (page as unknown as Record<string, () => Promise<unknown>>)[verb];
      await expect(Promise.resolve(call?.())).rejects.toMatchObject({ kind: 'fault' });
      end();
    },
  );
});

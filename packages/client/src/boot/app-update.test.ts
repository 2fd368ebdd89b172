import { describe, expect, it } from 'vitest';
import type { UpdateState } from '../stores/app-update.ts';
import { followUpdates, type UpdateBrowser } from './app-update.ts';

/** A browser with one origin and several windows: the part of service workers that decides who reloads. */
class Origin {
  readonly registration = Object.assign(new EventTarget(), {
    installing: null as (EventTarget & { state: string }) | null,
    waiting: null as { postMessage(message: unknown): void } | null,
    async update() {},
  });
  controller: object | null = null;
  readonly containers: EventTarget[] = [];

  window(log: string[]): UpdateBrowser {
    const container = Object.assign(new EventTarget(), { register: async () => this.registration });
    Object.defineProperty(container, 'controller', { get: () => this.controller });
    this.containers.push(container);
    return {
      container: container as unknown as UpdateBrowser['container'],
      scriptUrl: '/sw.js',
      every: () => {},
      reload: () => log.push('reload'),
    };
  }

  /** A build is fetched; it activates at once when nobody is controlled, else it waits. */
  install(): void {
    const worker = Object.assign(new EventTarget(), { state: 'installing' });
    this.registration.installing = worker;
    this.registration.dispatchEvent(new Event('updatefound'));
    worker.state = 'installed';
    this.registration.installing = null;
    if (this.controller) this.registration.waiting = { postMessage: () => this.takeOver() };
    worker.dispatchEvent(new Event('statechange'));
    if (this.controller) return;
    worker.state = 'activated';
    worker.dispatchEvent(new Event('statechange'));
  }

  takeOver(): void {
    this.registration.waiting = null;
    this.controller = {};
    for (const container of this.containers) container.dispatchEvent(new Event('controllerchange'));
  }
}

async function open(origin: Origin, flush: () => Promise<void> = async () => {}) {
  const log: string[] = [];
  const updates = await followUpdates(origin.window(log), {
    stateChanged: (state: UpdateState) => log.push(state),
    offlineReady: () => log.push('offline ready'),
    flush: async () => {
      await flush();
      log.push('flushed');
    },
  });
  return { log, accept: () => updates.accept() };
}

describe('followUpdates', () => {
  it('says it works offline only after the first install', async () => {
    const origin = new Origin();
    const window = await open(origin);
    origin.install();
    expect(window.log).toEqual(['offline ready']);
  });

  it('[UX-37] flushes before the new build takes over, then reloads', async () => {
    const origin = new Origin();
    origin.controller = {};
    const window = await open(origin);
    origin.install();
    await window.accept();
    expect(window.log).toEqual(['ready', 'flushed', 'reload']);
  });

  it('[UX-37] never reloads a window that did not accept', async () => {
    const origin = new Origin();
    origin.controller = {};
    const accepting = await open(origin);
    const other = await open(origin);
    origin.install();
    await accepting.accept();
    expect(other.log).toEqual(['ready', 'replaced']);
  });

  it('[UX-7] stays on the old build when flushing fails', async () => {
    const origin = new Origin();
    origin.controller = {};
    const window = await open(origin, async () => {
      throw new Error('storage is full');
    });
    origin.install();
    await expect(window.accept()).rejects.toThrow('storage is full');
    expect(window.log).toEqual(['ready']);
  });

  it('offers a build that was already waiting when the page opened', async () => {
    const origin = new Origin();
    origin.controller = {};
    origin.install();
    const window = await open(origin);
    expect(window.log).toEqual(['ready']);
  });
});

/**
 * What the threads of a page did meanwhile, from the browser's own trace. A task counts by the time its thread was computing, which other
 * work on the machine does not lengthen; the throttle of the page's thread computes too, and so is in it.
 */
import type { Browser, CDPSession } from '@playwright/test';

/** What one thread did. */
export interface ThreadWork {
  readonly cpuMs: number;
  /** The longest task. */
  readonly longestMs: number;
  /** Tasks over 50 ms. */
  readonly long: number;
}

/** The page's thread, throttled, and the engine's, which no browser throttles. */
export interface Work {
  readonly page: ThreadWork;
  readonly engine: ThreadWork;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const LONG_MS = 50;
const CATEGORIES = 'toplevel,__metadata';

/** Watches a browser's threads while `act` runs; returns what it gave, and the work. */
export async function watchThreads<T>(browser: Browser, act: () => Promise<T>): Promise<{ value: T; work: Work }> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { categories: CATEGORIES, transferMode: 'ReportEvents' });
  const value = await act();
  await endOf(session);
  await session.detach();
  return { value, work: { page: workOf(events, /^CrRendererMain$/u), engine: workOf(events, /^DedicatedWorker/u) } };
}

async function endOf(session: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => void session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await complete;
}

function workOf(events: readonly TraceEvent[], thread: RegExp): ThreadWork {
  const named = events.filter(({ name, args }) => name === 'thread_name' && thread.test(args?.name ?? ''));
  const threads = new Set(named.map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, ph, pid, tid }) => {
    return ph === 'X' && name === 'ThreadControllerImpl::RunTask' && threads.has(`${pid} ${tid}`);
  });
  const times = tasks.map(({ tdur = 0 }) => tdur / 1_000);
  return {
    cpuMs: Math.round(times.reduce((sum, ms) => sum + ms, 0)),
    longestMs: Math.round(Math.max(0, ...times)),
    long: times.filter((ms) => ms > LONG_MS).length,
  };
}

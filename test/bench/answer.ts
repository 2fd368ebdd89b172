/** The child's end of a call: a server or a device of the bench does what the harness asks, over the channel of `fork`. */
import { setTimeout as pause } from 'node:timers/promises';

/** What a child can be asked. The argument and the answer are structured clones. */
export type Calls = Readonly<Record<string, (argument: never) => unknown>>;

/** What a process has used since it began. */
export interface Usage {
  readonly cpuS: number;
  /** Of the main thread alone: what its event loop did. */
  readonly loopCpuS: number;
  readonly rssBytes: number;
}

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: never;
}

/** Answers the harness until it goes away; `usage` is always known, and `collected`: the same without garbage. */
export function answer(calls: Calls): void {
  const known: Calls = { ...calls, usage, collected };
  process.on('message', (question: Question) => void reply(known, question));
  process.on('disconnect', () => process.exit(0));
}

/** Returns the instant, in ms since 1970 with fractions: comparable between the processes of one machine. */
export function instantMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Returns CPU of all threads, user and system, and resident memory of this process. */
export function usage(): Usage {
  return {
    cpuS: secondsOf(process.cpuUsage()),
    loopCpuS: secondsOf(process.threadCpuUsage()),
    rssBytes: process.memoryUsage.rss(),
  };
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

async function collected(): Promise<Usage> {
  // what the first round frees is given back to the machine by the second; of the ordinary kind V8 keeps emptied pages for itself
  for (let round = 0; round < 2; round += 1) {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await pause(300);
  }
  return usage();
}

async function reply(calls: Calls, { id, name, argument }: Question): Promise<void> {
  try {
    const call = calls[name];
    if (!call) throw new Error(`asked for ${name}`);
    process.send?.({ id, result: await call(argument) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

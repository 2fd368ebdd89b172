import type { Config } from '../config.ts';
import { askControl, findControl } from '../http/control.ts';
import type { Perform } from '../http/control.ts';
import { performOn } from '../jobs/office.ts';
import { openHub } from '../jobs/open-hub.ts';
import { createOffice } from '../jobs/run-office.ts';
import { DirectoryUnusable } from '../ops/commune-folder.ts';
import { DirectoryInUse } from '../ops/lock.ts';
import type { Log } from '../ops/log.ts';

/**
 * Gives `use` the verbs of the Hub of a data directory: of the Hub itself when none is running, through the running one otherwise. It
 * never opens the database beside a running Hub. Rule CLI-2.
 */
export async function withOffice<T>(config: Config, log: Log, use: (perform: Perform) => Promise<T>): Promise<T> {
  const hub = await openHub(config, log).catch((error: unknown) => {
    if (error instanceof DirectoryInUse) return null;
    throw error;
  });
  if (!hub) {
    const address = findControl(config.dataDirectory);
    if (!address)
      throw new DirectoryUnusable(
        `Another process holds ${config.dataDirectory}, and it is no running Hub. Try again in a moment.`,
      );
    return use((verb, ask) => askControl(address, verb, ask));
  }
  try {
    return await use(performOn(createOffice(hub)));
  } finally {
    await hub.close();
  }
}

import { type HubProcess, makeHub } from '../support/hub-process.ts';
import { runScript } from '../support/run-script.ts';

const TABLE_WITHIN_MS = 10_000;

/** The invented commune on a Hub of its own. */
export interface Commune {
  readonly hub: HubProcess;
  /** Returns a person's reusable invitation, from the table that the Hub prints once it listens. */
  codeOf(person: string): Promise<string>;
  /** Stops the Hub, ends what a person may write, and starts it again on the same port. */
  endRights(person: string): Promise<void>;
}

/** Starts the commune of `npm start`, or a small one that is made in two seconds. */
export async function openCommune(size: 'whole' | 'small'): Promise<Commune> {
  const hub = makeHub({ CT_DEMO: '1' });
  // made before it starts: on a busy machine six thousand children take longer than a Hub may to begin
  runScript('small-commune.ts', hub.dataDirectory, ...(size === 'small' ? [] : ['6000', '40']));
  await hub.start();
  return {
    hub,
    async codeOf(person) {
      const line = new RegExp(`${person} .*#i=([0-9A-Z]{16})`, 'u');
      for (let waitedMs = 0; waitedMs < TABLE_WITHIN_MS; waitedMs += 100) {
        const code = line.exec(hub.log())?.[1];
        if (code !== undefined) return code;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`the Hub offered no link for ${person}`);
    },
    async endRights(person) {
      await hub.stop();
      runScript('end-rights.ts', hub.dataDirectory, person);
      await hub.start();
    },
  };
}

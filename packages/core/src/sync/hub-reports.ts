/** What devices say of themselves: the newest of each is kept, outside the audit chain. Holds SES-7. */
import type { ReportedState } from '../wire/frames.ts';
import type { Reader } from './feed-plan.ts';
import type { HubCore } from './hub-core.ts';

/** One session's reports: written one at a time, and of those that come meanwhile only the last. */
export class DeviceReports {
  readonly #reader: Reader;
  readonly #core: HubCore;
  #next: ReportedState | null = null;
  #isWriting = false;

  constructor(reader: Reader, core: HubCore) {
    this.#reader = reader;
    this.#core = core;
  }

  /** Takes a report; resolves when it, or a later one, is written. Rejects with an Outage. */
  async take(report: ReportedState): Promise<void> {
    this.#next = report;
    if (this.#isWriting) return;
    this.#isWriting = true;
    try {
      for (let next = this.#take(); next; next = this.#take()) await this.#write(next);
    } finally {
      this.#isWriting = false;
    }
  }

  #take(): ReportedState | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }

  #write(report: ReportedState): Promise<void> {
    const { device } = this.#reader;
    return this.#core.order(
      [],
      (overlay) => {
        const row = overlay.device(device);
        const atMs = this.#core.options.world.nowMs();
        if (row && !row.revoked) overlay.setDevice({ ...row, report: { ...report, atMs } });
        return Promise.resolve();
      },
      device,
    );
  }
}

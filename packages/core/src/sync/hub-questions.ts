/** What a session answers beside its other frames, so that a long past or an order of the office keeps no push waiting. */
import { unreachable } from '../base/assert.ts';
import type { DownFrame, UpFrame } from '../wire/frames.ts';
import type { Reader } from './feed-plan.ts';
import type { StillRight } from './feed-rights.ts';
import type { HubCore } from './hub-core.ts';
import { HistoryDesk } from './hub-history.ts';
import { OfficeLine } from './hub-office.ts';
import { DeviceReports } from './hub-reports.ts';

/** How a session sends, and what it does when an answer fails. */
export interface QuestionPorts {
  readonly send: (frame: DownFrame, mayGo?: StillRight) => Promise<boolean>;
  readonly failed: (error: unknown) => void;
}

/** The frames that are taken here. */
export type QuestionFrame = Extract<UpFrame, readonly ['ask-history' | 'ask-office' | 'report', unknown]>;

/** One session's questions, each sort in its own order. */
export class Questions {
  readonly #reader: Reader;
  readonly #core: HubCore;
  readonly #ports: QuestionPorts;
  #history: HistoryDesk | null = null;
  #office: OfficeLine | null = null;
  #reports: DeviceReports | null = null;

  constructor(reader: Reader, core: HubCore, ports: QuestionPorts) {
    this.#reader = reader;
    this.#core = core;
    this.#ports = ports;
  }

  /** Takes a frame; what becomes of it is sent, or told to `failed`. */
  take(frame: QuestionFrame): void {
    this.#answered(frame).catch((error: unknown) => this.#ports.failed(error));
  }

  #answered(frame: QuestionFrame): Promise<void> {
    switch (frame[0]) {
      case 'ask-history':
        return (this.#history ??= this.#historyDesk()).ask(frame[1]);
      case 'ask-office':
        return (this.#office ??= this.#officeLine()).ask(frame[1]);
      case 'report':
        return (this.#reports ??= new DeviceReports(this.#reader, this.#core)).take(frame[1]);
      default:
        return unreachable(frame[0]);
    }
  }

  #historyDesk(): HistoryDesk {
    const { world, store, sealer, signer } = this.#core.options;
    const { send } = this.#ports;
    return new HistoryDesk(this.#reader, {
      world,
      store,
      sealer,
      signer,
      index: this.#core.index,
      send: (answer, mayGo) => send(['history', answer], mayGo),
    });
  }

  #officeLine(): OfficeLine {
    const { world, office } = this.#core.options;
    const { index, deeds } = this.#core;
    const { send } = this.#ports;
    return new OfficeLine(this.#reader, {
      world,
      index,
      deeds,
      desk: office,
      send: (answer, mayGo) => send(['office', answer], mayGo),
    });
  }
}

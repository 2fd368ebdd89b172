import { Fault } from '@chungtay/core/base/assert';
import type { EngineApi } from './engine-api.ts';
import type { EngineEvent } from './engine-views.ts';

/** page → worker: one call. */
interface Call {
  readonly id: number;
  readonly verb: keyof EngineApi;
  readonly args: readonly unknown[];
}

/** worker → page: the answer of a call, or an event nobody asked for. Error texts never cross: only the kind of failure does. */
type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string }
  | { readonly event: EngineEvent };

/** The two ends of a channel; `Worker` and `self` in a worker both fit. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** A call that failed inside the engine. `kind` is an outage kind, `locked`, or `fault`. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  readonly kind: string;
  constructor(kind: string) {
    super(kind);
    this.kind = kind;
  }
}

/** Returns the engine as the page sees it: every verb answers over `port`; events go to `onEvent`. */
export function connectEngine(port: Port, onEvent: (event: EngineEvent) => void): EngineApi {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (cause: Error) => void }>();
  let lastId = 0;
  port.onmessage = (message: MessageEvent<Reply>) => {
    const reply = message.data;
    if ('event' in reply) {
      onEvent(reply.event);
      return;
    }
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('failure' in reply) call?.reject(new EngineFailure(reply.failure));
    else call?.resolve(reply.value);
  };
  const call = (verb: keyof EngineApi, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      port.postMessage({ id: lastId, verb, args } satisfies Call);
    });
  return new Proxy({} as EngineApi, {
    get: (_target, verb) =>
      typeof verb === 'string' && verb !== 'then'
        ? (...args: unknown[]) => call(verb as keyof EngineApi, args)
        : undefined,
  });
}

/** Serves `engine` to the page on `port`; returns how to send it events. `failureOf` turns what a verb threw into a word. */
export function serveEngine(
  engine: EngineApi,
  port: Port,
  failureOf: (cause: unknown) => string,
): (event: EngineEvent) => void {
  port.onmessage = (message: MessageEvent<Call>) => {
    const { id, verb, args } = message.data;
    const method = Object.hasOwn(engine, verb) ? (engine[verb] as (...given: unknown[]) => Promise<unknown>) : null;
    // a verb may also throw before it promises anything: that is an answer too
    const answered = async (): Promise<unknown> => {
      if (!method) throw new Fault('unknown verb');
      return method(...args);
    };
    void answered().then(
      (value) => port.postMessage({ id, value } satisfies Reply),
      (cause: unknown) => port.postMessage({ id, failure: failureOf(cause) } satisfies Reply),
    );
  };
  return (event) => port.postMessage({ event } satisfies Reply);
}

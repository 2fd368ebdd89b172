import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array | string;
}

/** Returns an answer in words. */
export function inWords(status: number, text: string, headers: OutgoingHttpHeaders = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: `${text}\n`,
  };
}

/** Returns an answer for programs; never kept in a cache. */
export function asJson(status: number, value: Readonly<Record<string, unknown>>): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

/** Sends an answer, without its body to a HEAD. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  always: OutgoingHttpHeaders,
): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const length = answer.status === 304 ? {} : { 'content-length': body.length };
  response.writeHead(answer.status, { ...always, ...answer.headers, ...length });
  response.end(request.method === 'HEAD' || answer.status === 304 ? undefined : body);
}

import type { IncomingMessage } from 'node:http';

/**
 * Returns the address that a request came from. Behind a proxy it is the last one in X-Forwarded-For, which the proxy itself wrote;
 * those before it are the caller's own words.
 */
export function addressOf(request: IncomingMessage, isBehindProxy: boolean): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  if (!isBehindProxy) return direct;
  const forwarded = request.headers['x-forwarded-for'];
  const list = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  return list.at(-1)?.trim() || direct;
}

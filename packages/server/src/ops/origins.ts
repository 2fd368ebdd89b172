/** Decides whether a page of some origin may talk to the Hub. */
export type OriginCheck = (origin: string | undefined) => boolean;

/**
 * Returns the check for an allow-list. A request without Origin does not come from a browser's page, so no visitor can be abused by
 * it: it is let through and has to prove itself like every other. `null` and unknown origins are not. Rule HUB-2.
 */
export function originCheck(allowed: Iterable<string>): OriginCheck {
  const origins = new Set(allowed);
  return (origin) => origin === undefined || origins.has(origin);
}

/** Returns the origins under which a browser on this machine sees a Hub on the loopback. */
export function loopbackOrigins(port: number): readonly string[] {
  return ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}:${port}`);
}

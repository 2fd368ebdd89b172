import type { OutgoingHttpHeaders } from 'node:http';

/** Headers of every answer, whatever it is. */
export type SecurityHeaders = OutgoingHttpHeaders;

/**
 * Returns the headers that narrow what a page of ours may do: its own scripts alone, no inline code, no frame around it, nothing sent
 * elsewhere. `origins` = where browsers find the Hub; they name the WebSocket addresses for browsers in which 'self' does not. Rule HUB-7.
 */
export function securityHeaders(origins: readonly string[]): SecurityHeaders {
  // a policy cannot name an IPv6 address
  const sockets = origins.filter((origin) => !origin.includes('[')).map((origin) => origin.replace(/^http/u, 'ws'));
  const policy = [
    "default-src 'none'",
    // Argon2id is WebAssembly
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...sockets].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // the two makers of trusted values that the client has: Vue's own, and `boot/trusted-urls.ts`
    "require-trusted-types-for 'script'",
    'trusted-types vue chungtay',
  ];
  const isSecure = origins.length > 0 && origins.every((origin) => origin.startsWith('https:'));
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(self), payment=(), usb=(), interest-cohort=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-robots-tag': 'noindex, nofollow',
    ...(isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | undefined;

/**
 * Returns `url` marked as a script this program may start (service worker, workers), for pages served with
 * `require-trusted-types-for 'script'; trusted-types vue chungtay`. Throws for anything but a script of our own origin.
 */
export function trustedScriptUrl(url: string): string {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  policy ??= factory?.createPolicy('chungtay', { createScriptURL: ownScript }) ?? { createScriptURL: ownScript };
  return policy.createScriptURL(url);
}

function ownScript(url: string): string {
  const { origin, pathname } = new URL(url, location.href);
  if (origin !== location.origin || !/\.[cm]?[jt]s$/u.test(pathname))
    throw new TypeError('not a script of this program');
  return url;
}

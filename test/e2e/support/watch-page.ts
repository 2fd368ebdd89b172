import type { Page } from '@playwright/test';

/** What a page did that no page of ours does: a script of a text that ran, a policy that stepped in, an element made of a text. */
export interface PageWatch {
  /** Returns everything seen so far. */
  seen(): Promise<readonly string[]>;
}

/** Elements and attributes that no screen of ours has. */
const STRANGE = [
  'script:not([src^="/assets/"]):not([src^="/"])',
  'iframe',
  'object',
  'embed',
  'base',
  'math',
  'marquee',
  'video',
  'audio',
  'svg script',
  'svg animate',
  'template[shadowrootmode]',
  'meta[http-equiv="refresh"]',
  'link[href*="evil.example"]',
  'img[src="x"]',
  'form[action^="javascript:"]',
  'a[href^="javascript:" i]',
  'a[href*="evil.example"]',
  ...['onerror', 'onload', 'onclick', 'onfocus', 'onmouseover', 'ontoggle', 'onbegin', 'onstart'].map(
    (on) => `[${on}]`,
  ),
].join(', ');

/** Watches a page from before its first script on; `origin` is the only one it may ask for anything. */
export async function watchPage(page: Page, origin: string): Promise<PageWatch> {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => seen.push(`error ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) seen.push(`request ${request.url()}`);
  });
  const begin = (): void => {
    const told: string[] = [];
    Object.assign(globalThis, { told, alert: (word: unknown) => void told.push(`alert ${String(word)}`) });
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, columnNumber } = event;
      told.push(`policy ${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}:${columnNumber}`);
    });
  };
  await page.addInitScript(begin);
  // a page that is there already
  await page.evaluate(begin);
  return {
    async seen() {
      const inside = await page.evaluate((strange) => {
        const { told } = globalThis as unknown as { readonly told: readonly string[] };
        const made = [...document.querySelectorAll(strange)].map(
          (element) => `element ${element.outerHTML.slice(0, 200)}`,
        );
        return [...told, ...made];
      }, STRANGE);
      return [...seen, ...inside];
    },
  };
}

/** Goes to a path inside the app: a page loaded anew would stand at the lock. */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }, path);
}

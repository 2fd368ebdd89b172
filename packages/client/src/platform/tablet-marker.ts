const NAME = 'ct-unsent';
/** The longest a browser keeps a cookie. */
const KEPT_S = 34_560_000;

/**
 * Remembers, apart from all other storage, that somebody works on this tablet and how much waits to be sent. A browser that clears its
 * databases for want of room leaves cookies; a person who clears everything takes this too.
 */
export function rememberUnsent(waiting: number): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const cookie = `${NAME}=${waiting}; Path=/; Max-Age=${KEPT_S}; SameSite=Strict${secure}`;
  document.cookie = cookie;
}

/** Forgets it: what was here has been erased by order, and is not missed. */
export function forgetUnsent(): void {
  document.cookie = `${NAME}=0; Path=/; Max-Age=0; SameSite=Strict`;
}

/** Returns how much waited when the tablet was last at work, or null when nobody ever worked here. */
export function rememberedUnsent(): number | null {
  const found = new RegExp(`(?:^|; )${NAME}=(\\d{1,6})(?:;|$)`, 'u').exec(document.cookie);
  return found === null ? null : Number(found[1]);
}

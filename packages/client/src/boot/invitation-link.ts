/** Returns the code of an invitation link (`…/#i=CODE`) and takes it out of the address at once, so that it stays in no history; null when there is none. */
export function takeInvitationCode(page: Pick<Window, 'location' | 'history'>): string | null {
  const code = /^#i=(.{1,40})/u.exec(page.location.hash)?.[1] ?? null;
  if (code !== null) page.history.replaceState(page.history.state, '', page.location.pathname);
  return code;
}

const WITHIN_MS = 15_000;

/** Asks a door of the Hub behind this page's own address: GET, or POST with a body. Status 0 = nobody answered; a body that is no JSON is null. */
export async function exchange(
  path: string,
  body?: Readonly<Record<string, string | number>>,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const posted = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const answer = await fetch(path, { ...posted, credentials: 'omit', cache: 'no-store', signal });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}

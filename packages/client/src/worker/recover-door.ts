import {
  RECOVER_REFUSALS,
  recoverAnswer,
  type RecoverAnswer,
  type RecoverAsk,
  type RecoverRefusal,
} from '@chungtay/core/wire/recovery';

/** What the Hub's door says to a locked tablet: how the request stands, a no, or nothing. */
export type DoorAnswer = RecoverAnswer | { readonly is: 'no'; readonly code: RecoverRefusal | 'offline' };

/** Asks at the door that needs no session. */
export type AskAtDoor = (ask: RecoverAsk) => Promise<DoorAnswer>;

/** Returns the Hub's answer; `offline` for whatever is none. */
export const askAtDoor: AskAtDoor = async (ask) => {
  const answer = await post(ask);
  const body: unknown = await answer?.json().catch(() => null);
  if (answer?.ok) {
    const read = recoverAnswer.safeParse(body);
    return read.success ? read.data : { is: 'no', code: 'offline' };
  }
  const said = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return { is: 'no', code: RECOVER_REFUSALS.find((code) => code === said) ?? 'offline' };
};

async function post(ask: RecoverAsk): Promise<Response | null> {
  try {
    return await fetch('/recover', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ask),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    return null;
  }
}

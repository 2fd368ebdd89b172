import type { KnownAuthenticator } from './tablet-registry.ts';

/** Why an authenticator gave no secret: it was not there, not willing, or nobody touched it; it can keep no secret; the browser failed. */
export type AuthenticatorTrouble = 'no-answer' | 'no-secret' | 'broken';

/** An authenticator's answer. Whoever asked zeroes the secret as soon as it has been handed on. */
export type AuthenticatorAnswer<Given> =
  | { readonly ok: true; readonly given: Given }
  | { readonly ok: false; readonly trouble: AuthenticatorTrouble };

/**
 * A secret of 32 bytes: the same each time for the same credential and salt (WebAuthn PRF). Another machine has it only where the system copies
 * its keys there.
 */
export type Secret = Uint8Array<ArrayBuffer>;

const ANSWER_WITHIN_MS = 60_000;
const BYTES = 32;
/** EdDSA, ES256, RS256: nobody checks the signatures, the secret alone counts. */
const ALGORITHMS = [-8, -7, -257];

/**
 * Returns whether an authenticator can open a vault here: `ready`, one that knows its owner is in this machine; `possible`, a key may be
 * plugged in; `none`, this browser or this address cannot (WebAuthn needs a name, not a number, and a safe connection).
 */
export async function authenticatorsHere(): Promise<'ready' | 'possible' | 'none'> {
  if (typeof PublicKeyCredential === 'undefined' || !isSecureContext || !isNamed(location.hostname)) return 'none';
  const capabilities = await PublicKeyCredential.getClientCapabilities?.().catch(() => ({}));
  const known: Readonly<Record<string, boolean | undefined>> = capabilities ?? {};
  if (known['extension:prf'] === false) return 'none';
  const isInside = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
  return isInside ? 'ready' : 'possible';
}

/** Says whether a host is a name: a number as address belongs to nobody whom an authenticator could know again. */
export function isNamed(host: string): boolean {
  return !/^[\d.]+$/u.test(host) && !host.includes(':') && !host.startsWith('[');
}

/** Makes a credential for this origin, then asks it for its secret as `askSecret` will: what works now works tomorrow. Asks the person twice. */
export async function addAuthenticator(
  person: string,
): Promise<AuthenticatorAnswer<{ readonly known: KnownAuthenticator; readonly secret: Secret }>> {
  const made = await asked(() => navigator.credentials.create({ publicKey: creation(person) }));
  if (!made.ok) return made;
  const { rawId, response } = made.given;
  if (made.given.getClientExtensionResults().prf?.enabled !== true) return { ok: false, trouble: 'no-secret' };
  const known = {
    credential: new Uint8Array(rawId),
    salt: crypto.getRandomValues(new Uint8Array(BYTES)),
    verifies: hasVerified(response as AuthenticatorAttestationResponse),
  };
  const answered = await askSecret(known);
  return answered.ok ? { ok: true, given: { known, secret: answered.given } } : answered;
}

/** Asks an authenticator for its secret again. A browser waits a minute for one that is not there: `signal` ends that. */
export async function askSecret(
  { credential, salt, verifies }: KnownAuthenticator,
  signal?: AbortSignal,
): Promise<AuthenticatorAnswer<Secret>> {
  const answered = await asked(() =>
    navigator.credentials.get({
      ...(signal && { signal }),
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(BYTES)),
        allowCredentials: [{ type: 'public-key', id: credential }],
        userVerification: verifies ? 'required' : 'discouraged',
        timeout: ANSWER_WITHIN_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  if (!answered.ok) return answered;
  const first = answered.given.getClientExtensionResults().prf?.results?.first;
  if (!first) return { ok: false, trouble: 'no-secret' };
  return { ok: true, given: new Uint8Array(first as ArrayBuffer) };
}

function creation(person: string): PublicKeyCredentialCreationOptions {
  return {
    challenge: crypto.getRandomValues(new Uint8Array(BYTES)),
    rp: { name: 'Chung Tay' },
    // the id is of this credential alone: nothing by which the same person could be found elsewhere
    user: { id: crypto.getRandomValues(new Uint8Array(BYTES)), name: person, displayName: person },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    attestation: 'none',
    timeout: ANSWER_WITHIN_MS,
    extensions: { prf: {} },
  };
}

async function asked(ask: () => Promise<Credential | null>): Promise<AuthenticatorAnswer<PublicKeyCredential>> {
  try {
    const given = await ask();
    if (given instanceof PublicKeyCredential) return { ok: true, given };
    return { ok: false, trouble: 'no-answer' };
  } catch (cause) {
    // absent, cancelled, too late: browsers tell all of these alike
    const isNoAnswer = cause instanceof DOMException && cause.name === 'NotAllowedError';
    return { ok: false, trouble: isNoAnswer ? 'no-answer' : 'broken' };
  }
}

const FLAGS_AT = 32;
const VERIFIED = 0x04;

function hasVerified(response: AuthenticatorAttestationResponse): boolean {
  const flags = new Uint8Array(response.getAuthenticatorData())[FLAGS_AT] ?? 0;
  return (flags & VERIFIED) !== 0;
}

import { onMounted, type ShallowRef, shallowRef } from 'vue';
import { addAuthenticator, authenticatorsHere, type AuthenticatorTrouble } from '../platform/authenticator.ts';
import type { PinProof } from '../worker/door-views.ts';
import { useEngine } from './use-engine.ts';

/** Returns the authenticator that opens the vault of who is working: whether there is one, and how to add or drop it. */
export function useAuthenticator() {
  const engine = useEngine();
  const here = shallowRef<Awaited<ReturnType<typeof authenticatorsHere>>>('none');
  const isOn = shallowRef<boolean | null>(null);
  const isBusy = shallowRef(false);
  const trouble = shallowRef<Trouble | null>(null);

  onMounted(async () => {
    here.value = await authenticatorsHere();
    // locked meanwhile: whoever comes in mounts this anew
    const known = await engine.authenticator().catch(() => undefined);
    if (known !== undefined) isOn.value = known !== null;
  });

  const during = useTrouble(isBusy, trouble);

  return {
    here,
    isOn,
    isBusy,
    trouble,
    /** Adds it when `pin` is right; says whether the PIN was. The last wrong one locks. */
    add: (pin: string): Promise<PinProof | null> =>
      during(async () => {
        const proof = await engine.provePin(pin);
        if (!proof.ok) return proof;
        const { name } = await engine.me();
        const added = await addAuthenticator(name);
        if (added.ok) {
          const { known, secret } = added.given;
          const kept = await engine.addAuthenticator(pin, { ...known, secret }).finally(() => secret.fill(0));
          isOn.value = kept.ok;
          return kept;
        }
        trouble.value = added.trouble;
        return proof;
      }),
    /** Drops it. */
    drop: (): Promise<boolean | null> =>
      during(async () => {
        await engine.dropAuthenticator();
        isOn.value = false;
        return true;
      }),
  };
}

type Trouble = AuthenticatorTrouble | 'storage';

function useTrouble(isBusy: ShallowRef<boolean>, trouble: ShallowRef<Trouble | null>) {
  return async <Result>(act: () => Promise<Result>): Promise<Result | null> => {
    isBusy.value = true;
    trouble.value = null;
    const result = await act().catch(() => null);
    isBusy.value = false;
    if (result === null) trouble.value = 'storage';
    return result;
  };
}

import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { askSecret } from '../platform/authenticator.ts';
import type { BootState, TabletPerson } from '../worker/door-views.ts';
import type { UnlockOutcome } from '../worker/engine-views.ts';
import { useEntrance, useExit } from './door-ways.ts';
import { injectedEngine } from './engine.ts';
import { useSession } from './session.ts';
import type { UnlockFailure } from './unlock-failure.ts';

/** Who works at this device, and how it opens and locks. The only writer of `stores/session`. */
export const useDoor = defineStore('door', () => {
  const state = doorState();
  const look = useLook(state);
  const { people, erased, chosen, way, authenticator, failure, isBusy } = state;
  return {
    people,
    erased,
    chosen,
    way,
    authenticator,
    failure,
    isBusy,
    look,
    ...useOpening(state),
    ...useLocking(state, look),
  };
});

type DoorState = ReturnType<typeof doorState>;

function doorState() {
  const people = shallowRef<readonly TabletPerson[]>([]);
  const erased = shallowRef<BootState['erased']>([]);
  const pinOpens = shallowRef<string | null>(null);
  const chosen = shallowRef<string | null>(null);
  const wantsPassphrase = shallowRef(false);
  const failure = shallowRef<UnlockFailure | null>(null);
  const isBusy = shallowRef(false);
  /** Ends the asking of an authenticator; null while none is asked. */
  const asking = shallowRef<AbortController | null>(null);
  const authenticator = computed(() => people.value.find(({ vault }) => vault === chosen.value)?.authenticator ?? null);
  const way = computed<'pin' | 'authenticator' | 'passphrase'>(() => {
    if (wantsPassphrase.value) return 'passphrase';
    if (pinOpens.value !== null && pinOpens.value === chosen.value) return 'pin';
    return authenticator.value ? 'authenticator' : 'passphrase';
  });
  return { people, erased, pinOpens, chosen, wantsPassphrase, authenticator, failure, isBusy, asking, way };
}

/** Returns what asks who works here, and shows the door, the enrolment, or that another window works. */
function useLook({ people, erased, pinOpens, chosen, wantsPassphrase }: DoorState) {
  const engine = injectedEngine();
  const session = useSession();
  return async (wantsEnrolment = false): Promise<void> => {
    const found = await engine.api.boot();
    people.value = found.people;
    erased.value = found.erased;
    pinOpens.value = found.pinOpens;
    wantsPassphrase.value = false;
    const known = found.people.map(({ vault }) => vault);
    const last = [found.pinOpens, chosen.value].find((vault) => vault !== null && known.includes(vault));
    chosen.value = last ?? (known.length === 1 ? (known[0] ?? null) : null);
    if (found.otherTab) session.phase = 'elsewhere';
    else if (wantsEnrolment || known.length === 0) session.phase = 'enrolling';
    else if (session.phase !== 'covered') session.phase = 'locked';
  };
}

function useOpening(state: DoorState) {
  const { pinOpens, chosen, wantsPassphrase, failure, isBusy } = state;
  const engine = injectedEngine();
  const session = useSession();
  const enter = useEntrance();
  const showWait = useBackOff(failure);

  async function open(attempt: () => Promise<UnlockOutcome>): Promise<void> {
    const vault = chosen.value;
    isBusy.value = true;
    failure.value = null;
    const outcome = await attempt().catch(() => null);
    isBusy.value = false;
    if (outcome?.ok) {
      if (vault !== null) enter(outcome.me, vault);
      return;
    }
    if (outcome?.reason === 'other-tab') session.phase = 'elsewhere';
    else failure.value = outcome ? failureOf(outcome) : { reason: 'fault' };
    if (failure.value?.reason === 'keyGone') {
      pinOpens.value = null;
      wantsPassphrase.value = true;
    }
    if (failure.value?.reason === 'wait') showWait(failure.value.waitMs);
  }

  return {
    enter,
    ...useChoice(state, showWait),
    openWithPin: (pin: string) => open(() => engine.api.unlockWithPin(pin)),
    openWithPassphrase: (words: string) => open(() => engine.api.unlock(chosen.value ?? '', words)),
    /** Asks the authenticator of this machine first; without its answer nothing is guessed, and nothing counted. */
    openWithAuthenticator: useAuthenticatorFirst(state, open),
  };
}

/** Returns how it is said who opens, and how. */
function useChoice(state: DoorState, showWait: (waitMs: number) => void) {
  const { people, chosen, wantsPassphrase, failure } = state;
  return {
    /** Somebody else is about to open, or nobody yet. */
    choose(vault: string | null) {
      stopAsking(state);
      chosen.value = vault;
      failure.value = null;
      wantsPassphrase.value = false;
      showWait((people.value.find((person) => person.vault === vault)?.blockedUntilMs ?? 0) - Date.now());
    },
    /** Opens with the passphrase, the PIN being forgotten; or not after all. */
    preferPassphrase(isPreferred: boolean) {
      stopAsking(state);
      wantsPassphrase.value = isPreferred;
      if (failure.value?.reason !== 'wait') failure.value = null;
    },
  };
}

/** Returns what asks the authenticator of this machine, and then opens with its answer and the PIN. */
function useAuthenticatorFirst(
  { chosen, authenticator, failure, isBusy, asking }: DoorState,
  open: (attempt: () => Promise<UnlockOutcome>) => Promise<void>,
): (pin: string) => Promise<void> {
  const engine = injectedEngine();
  return async (pin) => {
    const [vault, known] = [chosen.value, authenticator.value];
    if (vault === null || !known) return;
    isBusy.value = true;
    failure.value = null;
    const asked = (asking.value = new AbortController());
    const answered = await askSecret(known, asked.signal);
    if (asked.signal.aborted) {
      if (answered.ok) answered.given.fill(0);
      return;
    }
    asking.value = null;
    isBusy.value = false;
    if (!answered.ok) {
      failure.value = { reason: 'authenticator' };
      return;
    }
    await open(() => engine.api.unlockWithAuthenticator(vault, pin, answered.given));
    answered.given.fill(0);
  };
}

function stopAsking({ asking, isBusy }: DoorState): void {
  if (!asking.value) return;
  asking.value.abort();
  asking.value = null;
  isBusy.value = false;
}

/** Returns what shows how long the next try must wait, second by second, and takes it away when it is over. */
function useBackOff(failure: DoorState['failure']): (waitMs: number) => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  return (waitMs) => {
    clearInterval(timer);
    if (waitMs <= 0) return;
    const untilMs = performance.now() + waitMs;
    const show = (): void => {
      const leftMs = untilMs - performance.now();
      if (leftMs > 0) failure.value = { reason: 'wait', waitMs: leftMs };
      else clearInterval(timer);
      if (leftMs <= 0 && failure.value?.reason === 'wait') failure.value = null;
    };
    timer = setInterval(show, 1_000);
    show();
  };
}

/** Follows what the engine locks by itself. */
function useForcedLocks(state: DoorState, look: () => Promise<void>): void {
  const { erased, pinOpens, wantsPassphrase, failure } = state;
  const session = useSession();
  const leave = useExit();

  // the quick PIN still opens what is left
  async function lockAway(): Promise<void> {
    await leave('locked');
    await look();
    failure.value = { reason: 'lease' };
  }

  injectedEngine().on('locked', ({ reason }) => {
    if (session.phase === 'starting') return;
    if (reason === 'lease') {
      if (session.phase === 'open') void lockAway().catch(() => undefined);
      return;
    }
    if (reason === 'other-tab') failure.value = null;
    else failure.value = { reason: reason === 'pin' ? 'keyGone' : reason };
    void leave(reason === 'other-tab' ? 'elsewhere' : 'locked')
      // the storage may be gone with everybody in it, or somebody be here who was not
      .then(() => (reason === 'other-tab' ? undefined : look()))
      .catch(() => undefined)
      .finally(() => {
        pinOpens.value = null;
        wantsPassphrase.value = reason === 'pin';
        // the notice says more
        if (erased.value.length > 0) failure.value = null;
      });
    pinOpens.value = null;
  });
}

function useLocking(state: DoorState, look: () => Promise<void>) {
  const engine = injectedEngine();
  const session = useSession();
  const leave = useExit();
  useForcedLocks(state, look);
  return {
    /** Locks behind the quick PIN; `covered` shows the neutral page in front. What was typed is saved first. */
    async lock(phase: 'locked' | 'covered' = 'locked'): Promise<void> {
      if (session.phase !== 'open') return;
      await leave(phase);
      state.failure.value = null;
      await look().catch(() => undefined);
    },
    /** The notice that something was erased here has been read. */
    async sawErased(vault: string): Promise<void> {
      await engine.api.sawErased(vault);
      await look();
    },
    /** Makes this window the one that works. */
    async takeOver(): Promise<void> {
      await engine.api.takeOver();
      await look();
    },
  };
}

function failureOf(outcome: Extract<UnlockOutcome, { readonly ok: false }>): UnlockFailure {
  const { reason, waitMs, triesLeft } = outcome;
  if (reason === 'forgotten') return { reason: 'keyGone' };
  if (reason === 'wait' || (reason === 'wrong' && waitMs > 0)) return { reason: 'wait', waitMs };
  if (reason === 'damaged') return { reason: 'damaged' };
  if (reason === 'no-authenticator') return { reason: 'authenticator' };
  return triesLeft === undefined ? { reason: 'wrong' } : { reason: 'wrong', triesLeft };
}

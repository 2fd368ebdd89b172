import { computed, shallowRef } from 'vue';
import { useEngine } from '../../composables/use-engine.ts';
import type { Me } from '../../stores/engine.ts';
import type { EnrolOutcome } from '../../worker/engine-views.ts';
import type { EnrolStep } from './enrol-steps.ts';
import { groupedCode } from './enrol-steps.ts';

/** Why an enrolment did not happen. */
export type EnrolFailure = Extract<EnrolOutcome, { readonly ok: false }>['reason'];

/** Which step a failure leads back to. */
const BACK_TO: Readonly<Partial<Record<EnrolFailure, EnrolStep>>> = {
  'bad-code': 'code',
  'used-code': 'code',
  'expired-code': 'code',
  'ended-code': 'code',
  'weak-passphrase': 'words',
  'bad-pin': 'pin',
};

/** Returns one enrolment and its steps. Words and PIN leave the page as soon as it has succeeded. */
export function useEnrolment(invitation: string | null) {
  const engine = useEngine();
  const state = enrolmentState(invitation);
  const { step, code, words, pin, hasProved, failure, backTo } = state;
  const enrol = useEnrolling(state);

  async function offerWords(): Promise<void> {
    words.value = await engine.offerPassphrase();
    hasProved.value = false;
  }

  return {
    ...state,
    enrol,
    offerWords,
    /** The code is typed; what was chosen before a wrong one is kept. */
    async takeCode(typed: string): Promise<void> {
      code.value = groupedCode(typed);
      if (hasProved.value && pin.value !== null) return enrol();
      if (words.value.length === 0) await offerWords();
      step.value = 'words';
    },
    proved(): void {
      hasProved.value = true;
      step.value = 'pin';
    },
    takePin(chosen: string): Promise<void> {
      pin.value = chosen;
      return enrol();
    },
    /** Goes back to where the failure can be mended. */
    async mend(): Promise<void> {
      if (failure.value === 'weak-passphrase') await offerWords();
      if (backTo.value === null) return enrol();
      step.value = backTo.value;
    },
  };
}

type EnrolmentState = ReturnType<typeof enrolmentState>;

function enrolmentState(invitation: string | null) {
  const failure = shallowRef<EnrolFailure | null>(null);
  return {
    step: shallowRef<EnrolStep>('code'),
    code: shallowRef(groupedCode(invitation ?? '')),
    words: shallowRef<readonly string[]>([]),
    pin: shallowRef<string | null>(null),
    hasProved: shallowRef(false),
    failure,
    enrolled: shallowRef<{ readonly vault: string; readonly me: Me } | null>(null),
    backTo: computed(() => (failure.value === null ? null : (BACK_TO[failure.value] ?? null))),
  };
}

function useEnrolling({ step, code, words, pin, failure, enrolled }: EnrolmentState): () => Promise<void> {
  const engine = useEngine();
  return async () => {
    step.value = 'working';
    // asked before the vault is made: a browser decides best right after a tap
    await navigator.storage.persist().catch(() => false);
    const request = { code: code.value, passphrase: words.value.join(' '), pin: pin.value ?? '' };
    const outcome = await engine.enrol(request).catch((): EnrolOutcome => ({ ok: false, reason: 'storage' }));
    if (!outcome.ok) {
      failure.value = outcome.reason;
      step.value = 'failed';
      return;
    }
    words.value = [];
    pin.value = null;
    enrolled.value = outcome;
    step.value = 'ready';
  };
}

import type { DeviceLine, InvitedAnswer, MemberLine } from '@chungtay/core/wire/office';
import { computed, type ComputedRef, type ShallowRef, shallowRef } from 'vue';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useOffice } from '../../stores/office.ts';
import { useToasts } from '../../stores/toasts.ts';
import { type AppointmentForm, changeOf } from './appointment-form.ts';
import { type OneOrder, useOneOrder } from './use-one-order.ts';

/** What is open over the page. */
export type Step = 'change' | 'suspend' | 'revoke';

/** What is asked before it is done. */
export interface Sure {
  readonly title: string;
  readonly text: string;
  readonly action: string;
}

/** The orders about one person, one at a time: what is open, what went wrong, and what can be taken back. */
export interface MemberOrders extends OneOrder<Step> {
  readonly invited: ShallowRef<InvitedAnswer | null>;
  readonly sure: ComputedRef<Sure | null>;
  /** Opens a step, about a device or the person. */
  begin(step: Step, device?: DeviceLine): void;
  end(): void;
  change(form: AppointmentForm): Promise<void>;
  suspend(isSuspended: boolean): Promise<void>;
  inviteAgain(): Promise<void>;
  rename(device: DeviceLine, label: string): Promise<void>;
  /** Does what was asked about. */
  sureOf(): Promise<void>;
}

/** Returns the orders about a person. */
export function useMemberOrders(personOf: () => MemberLine | null): MemberOrders {
  const i18n = useI18n();
  const office = useOffice();
  const toasts = useToasts();
  const one = useOneOrder<Step>();
  const ending = shallowRef<DeviceLine | null>(null);
  const invited = shallowRef<InvitedAnswer | null>(null);
  const named = computed(() => ({ name: personOf()?.name ?? '' }));

  // taken back from a notice, it is still about whom it was about, whoever is on screen by then
  async function suspend(isSuspended: boolean, person = personOf()): Promise<void> {
    if (!person) return;
    const { member, name } = person;
    if (!(await one.run(office.order('suspend', { member, isSuspended })))) return;
    const text = i18n.t(isSuspended ? 'office.suspended' : 'office.restored', { name });
    toasts.show(text, isSuspended ? () => void suspend(false, person) : null);
  }

  async function revoke(): Promise<void> {
    const device = ending.value?.device;
    if (await one.run(office.order('revoke', { device }))) toasts.show(i18n.t('office.device.ended'));
  }

  return {
    ...one,
    invited,
    sure: computed(() => sureWords(i18n, one.step.value, named.value)),
    suspend: (isSuspended) => suspend(isSuspended),
    async change(form) {
      const person = personOf();
      if (person && (await one.run(office.order('change', changeOf(person, form)))))
        toasts.show(i18n.t('office.changed'));
    },
    begin(next, device) {
      ending.value = device ?? null;
      one.open(next);
    },
    end: () => one.open(null),
    inviteAgain: async () =>
      void (invited.value = await one.run(office.invite('inviteAgain', { member: personOf()?.member }))),
    rename: async ({ device }, label) => void (await one.run(office.order('nameDevice', { device, label }))),
    sureOf: () => (one.step.value === 'revoke' ? revoke() : suspend(true)),
  };
}

function sureWords(
  { t }: ReturnType<typeof useI18n>,
  step: Step | null,
  named: { readonly name: string },
): Sure | null {
  if (step !== 'suspend' && step !== 'revoke') return null;
  return {
    title: t(`office.sure.${step}`, named),
    text: t(`office.sure.${step}.text`),
    action: t(`office.sure.${step}.do`),
  };
}

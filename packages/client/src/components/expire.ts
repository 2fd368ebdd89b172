import type { Directive } from 'vue';

/** When an element has had its time. */
export interface Expiry {
  readonly afterMs: number;
  readonly expire: () => void;
}

const stops = new WeakMap<HTMLElement, () => void>();

/** Calls `expire` once after `afterMs`; the time starts anew after the element was touched or focused, and stands still meanwhile. */
export const vExpire: Directive<HTMLElement, Expiry> = {
  mounted(element, { value }) {
    let timer = setTimeout(value.expire, value.afterMs);
    const hold = () => clearTimeout(timer);
    const restart = () => {
      clearTimeout(timer);
      timer = setTimeout(value.expire, value.afterMs);
    };
    element.addEventListener('pointerenter', hold);
    element.addEventListener('focusin', hold);
    element.addEventListener('pointerleave', restart);
    element.addEventListener('focusout', restart);
    stops.set(element, hold);
  },
  beforeUnmount(element) {
    stops.get(element)?.();
  },
};

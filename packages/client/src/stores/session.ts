import type { Role } from '@chungtay/core/model/role';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/**
 * How far this device is open. `starting`: not known yet; `elsewhere`: another window works; `enrolling`: nobody works here yet, or one more
 * person is about to; `locked`: the lock screen; `covered`: the neutral page in front of it; `open`: at work. Only in `open` does the page
 * hold anything of a file.
 */
export type Phase = 'starting' | 'elsewhere' | 'enrolling' | 'locked' | 'covered' | 'open';

/** The worker at the device: a colleague, never a child. */
export interface Person {
  readonly name: string;
  /** Where they work, in words: `CTV bản Nà Pàn`. */
  readonly place: string;
  readonly role: Role;
}

/** What every screen knows of the session. The engine writes it; screens read it. */
export const useSession = defineStore('session', () => {
  const phase = shallowRef<Phase>('starting');
  const person = shallowRef<Person | null>(null);
  const isTraining = shallowRef(false);
  /** The vault last opened by this page: the next person starts on a page of their own. */
  const vault = shallowRef<string | null>(null);
  return { phase, person, isTraining, vault };
});

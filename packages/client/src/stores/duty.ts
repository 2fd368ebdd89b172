import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** Somebody to call besides the national numbers. */
export interface DutyOfficer {
  readonly name: string;
  readonly phone: string;
}

/** Who is on duty in the commune, from the directory, which is readable before unlock. */
export const useDuty = defineStore('duty', () => {
  const officer = shallowRef<DutyOfficer | null>(null);
  return { officer };
});

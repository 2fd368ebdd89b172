import type { MemberRow, Row } from '@chungtay/core/derive/row-types';
import { kindOf } from '@chungtay/core/kinds/registry';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { injectedEngine } from './engine.ts';

/**
 * The colleagues, whom every device knows: asked for once, however many fields of a screen name them, and again when one of them changes.
 * They go with the lock.
 */
export const useMembers = defineStore('members', () => {
  const engine = injectedEngine();
  const rows = shallowRef<readonly MemberRow[]>([]);
  const byNumber = computed(() => new Map<number | null, MemberRow>(rows.value.map((row) => [row.member, row])));
  const active = computed(() => rows.value.filter(({ isActive, member }) => isActive && member !== null));
  const former = computed(() => rows.value.filter(({ isActive, member }) => !isActive && member !== null));
  let isWanted = false;
  let questions = 0;

  async function ask(): Promise<void> {
    isWanted = true;
    questions += 1;
    const mine = questions;
    const found = await engine.api.rowsOf('member').catch((): readonly Row[] | null => null);
    // asked again meanwhile, or locked: this is no answer any more
    if (mine !== questions) return;
    if (found) rows.value = found.filter((row) => row.type === 'member');
    isWanted = found !== null;
  }

  /** Has the colleagues fetched, unless they are here or on their way. */
  function want(): void {
    if (!isWanted) void ask();
  }

  /** Forgets them: to be called whenever the device is locked or covered. */
  function forget(): void {
    questions += 1;
    isWanted = false;
    rows.value = [];
  }

  engine.on('changed', ({ kinds }) => {
    if (isWanted && kinds.some((kind) => (kindOf(kind)?.labels ?? kind) === 'member')) void ask();
  });
  engine.on('locked', forget);
  return { byNumber, active, former, want, forget };
});

import { VERB_ROLES } from '@chungtay/core/policy/office';
import { computed, type ComputedRef, watch } from 'vue';
import { useMe } from '../../composables/use-me.ts';
import { useOffice } from '../../stores/office.ts';
import { useSync } from '../../stores/sync.ts';

/** Keeps the office's lists of now for who may see them: asked for when a screen opens, and again when the Hub is back. */
export function useOfficeLists(): { readonly isReader: ComputedRef<boolean>; reload(): void } {
  const office = useOffice();
  const sync = useSync();
  const me = useMe();
  const isReader = computed(() => me.value !== null && VERB_ROLES.people.includes(me.value.role));

  function reload(): void {
    if (isReader.value) void office.refresh();
  }

  watch(isReader, reload, { immediate: true });
  watch(
    () => sync.summary,
    () => {
      if (office.trouble !== null) reload();
    },
  );
  return { isReader, reload };
}

import { onScopeDispose, type Ref, shallowRef } from 'vue';

/** Returns whether the window is as narrow as a phone; follows turning the device. */
export function useNarrow(): Readonly<Ref<boolean>> {
  const query = matchMedia('(max-width: 699px)');
  const isNarrow = shallowRef(query.matches);
  const follow = () => (isNarrow.value = query.matches);
  query.addEventListener('change', follow);
  onScopeDispose(() => query.removeEventListener('change', follow));
  return isNarrow;
}

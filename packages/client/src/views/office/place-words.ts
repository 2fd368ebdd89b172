import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { MemberLine } from '@chungtay/core/wire/office';
import { useDirectoryNames } from '../../composables/use-directory-names.ts';
import { useI18n } from '../../i18n/use-i18n.ts';

/** Returns what says in words where somebody works; empty for nowhere in particular. */
export function usePlaceWords(): (person: Pick<MemberLine, 'villages' | 'schools'>) => string {
  const i18n = useI18n();
  const names = useDirectoryNames();
  return ({ villages, schools }) => {
    const places = [
      ...villages.map((id) => (id === EVERYWHERE ? i18n.t('office.everywhere') : names.village(id))),
      ...schools.map((id) => (id === EVERYWHERE ? i18n.t('office.allSchools') : names.school(id))),
    ];
    const isAll = villages.includes(EVERYWHERE) && schools.includes(EVERYWHERE);
    return isAll ? i18n.t('office.everywhere') : places.join(', ');
  };
}

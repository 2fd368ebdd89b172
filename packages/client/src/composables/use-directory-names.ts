import type { MemberRow } from '@chungtay/core/derive/row-types';
import type { CatalogueId } from '@chungtay/core/model/catalogue';
import type { MemberNumber } from '@chungtay/core/model/ids';
import type { Agency } from '@chungtay/core/model/role';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from '../i18n/use-i18n.ts';
import { useDirectory } from '../stores/directory.ts';
import { useMembers } from '../stores/members.ts';

/** A line of a pick list. */
export interface NamedChoice {
  readonly value: string;
  readonly label: string;
}

/** Names behind ids: what the directory no longer has is shown by its id, never left blank. */
export interface DirectoryNames {
  village(id: string | null): string;
  school(id: string | null): string;
  agency(agency: Agency): string;
  catalogue(id: CatalogueId, code: string): string;
  readonly villages: ComputedRef<readonly NamedChoice[]>;
  readonly schools: ComputedRef<readonly NamedChoice[]>;
  catalogueChoices(id: CatalogueId): readonly NamedChoice[];
}

/** Returns the names of places, agencies and lists of law in the person's language. */
export function useDirectoryNames(): DirectoryNames {
  const i18n = useI18n();
  const directory = useDirectory();
  // one that has ended comes last, and says so: files that have it still show it
  const choicesOf = (
    places: readonly { readonly id: string; readonly name: string; readonly endedOn?: string }[],
  ): readonly NamedChoice[] =>
    places
      .toSorted((a, b) => Number(a.endedOn !== undefined) - Number(b.endedOn !== undefined))
      .map(({ id, name, endedOn }) => ({ value: id, label: endedOn ? i18n.t('place.ended', { name }) : name }));
  const nameIn = (list: readonly { readonly id: string; readonly name: string }[], id: string | null): string =>
    id === null ? '' : (list.find((each) => each.id === id)?.name ?? id);
  return {
    village: (id) => nameIn(directory.villages, id),
    school: (id) => nameIn(directory.schools, id),
    agency: (agency) => directory.content.agencies[agency]?.[i18n.language] ?? i18n.t(`agency.${agency}`),
    catalogue: (id, code) => directory.catalogue(id).find((item) => item.code === code)?.[i18n.language] ?? code,
    villages: computed(() => choicesOf(directory.villages)),
    schools: computed(() => choicesOf(directory.schools)),
    catalogueChoices: (id) => directory.catalogue(id).map((item) => ({ value: item.code, label: item[i18n.language] })),
  };
}

/** The people at work here. */
export interface MemberNames {
  /** Returns a colleague's row, or null when it is not here (yet). */
  row(member: MemberNumber | number | null): MemberRow | null;
  /** Returns the name, or a neutral word. */
  name(member: MemberNumber | number | null): string;
  readonly active: ComputedRef<readonly MemberRow[]>;
  /** Those whose work here rests or is over. */
  readonly former: ComputedRef<readonly MemberRow[]>;
}

/** Returns the names of colleagues, who every device knows. */
export function useMemberNames(): MemberNames {
  const i18n = useI18n();
  const members = useMembers();
  members.want();
  const row = (member: MemberNumber | number | null): MemberRow | null => members.byNumber.get(member) ?? null;
  return {
    row,
    name: (member) => row(member)?.name ?? i18n.t('member.unknown'),
    active: computed(() => members.active),
    former: computed(() => members.former),
  };
}

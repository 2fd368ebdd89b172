import type { AccessRow, ConsentRow } from '@chungtay/core/derive/row-types';
import type { FolderId } from '@chungtay/core/model/ids';
import { computed, type ComputedRef, type MaybeRefOrGetter, onScopeDispose, type Ref, shallowRef, toValue } from 'vue';
import { useDirectoryNames, useMemberNames } from '../../composables/use-directory-names.ts';
import { useEngineEvent } from '../../composables/use-engine.ts';
import { useMe } from '../../composables/use-me.ts';
import { useNow } from '../../composables/use-now.ts';
import { useRows } from '../../composables/use-rows.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useDirectory } from '../../stores/directory.ts';
import { useRegister } from '../../stores/register.ts';
import { useSync } from '../../stores/sync.ts';
import { type AccessLine, lineOf } from './access-lines.ts';
import type { KnownOfConsent } from './access-standing.ts';

const PATIENCE_MS = 5_000;

/** Requests and consents as this person may see them. */
export interface Access {
  /** Null until the first answer. */
  readonly lines: ComputedRef<readonly AccessLine[] | null>;
  readonly consents: ComputedRef<readonly ConsentRow[]>;
  /** True when the engine did not answer. */
  readonly hasFailed: Readonly<Ref<boolean>>;
  readonly nowMs: Readonly<Ref<number>>;
  retry(): Promise<void>;
}

/** Returns every request and consent that is held here, or those of some folders. */
export function useAccess(folders?: MaybeRefOrGetter<readonly FolderId[]>): Access {
  const requests = useRows('access');
  const consents = useRows('consent');
  const me = useMe();
  const nowMs = useHubNow();
  const directory = useDirectory();
  const people = useMemberNames();
  const agencyOf: KnownOfConsent['agencyOf'] = (member) => people.row(member)?.agency ?? null;
  const isLate = shallowRef(false);
  let patience: ReturnType<typeof setTimeout> | undefined;
  const isHere = ({ folder }: { readonly folder: FolderId }): boolean =>
    folders === undefined || toValue(folders).includes(folder);
  const byDocument = computed(
    () => new Map<string, ConsentRow>(consents.rows.value?.map((row) => [row.document, row])),
  );
  const lines = computed(() => {
    const { value: person } = me;
    if (requests.rows.value === null || person === null) return null;
    const from = { me: person, nowMs: nowMs.value, calendar: directory.calendar, consents: byDocument.value, agencyOf };
    return requests.rows.value.filter(isHere).map((row) => lineOf(row, from));
  });

  /** What is on the tablet answers at once: who has said nothing by then does not. */
  function wait(): void {
    clearTimeout(patience);
    isLate.value = false;
    patience = setTimeout(() => (isLate.value = true), PATIENCE_MS);
  }

  async function retry(): Promise<void> {
    wait();
    await Promise.all([requests.reload(), consents.reload()]);
  }
  wait();
  onScopeDispose(() => clearTimeout(patience));
  const hasFailed = computed(() => isLate.value && requests.rows.value === null);
  return { lines, consents: computed(() => consents.rows.value?.filter(isHere) ?? []), hasFailed, nowMs, retry };
}

/** Returns the Hub's time: windows are the Hub's. Moves with the page's clock, and at once when anything changes. */
function useHubNow(): Readonly<Ref<number>> {
  const pageMs = useNow();
  const sync = useSync();
  const changedMs = shallowRef(0);
  useEngineEvent('changed', () => (changedMs.value = Date.now()));
  return computed(() => Math.max(pageMs.value, changedMs.value) + (sync.summary.skewMs ?? 0));
}

/** What a request is about, in words. */
export interface AccessWords {
  /** The child's name, or that the file is not on this tablet. */
  about(row: Pick<AccessRow, 'folder'>): string;
  number(row: Pick<AccessRow, 'folder'>): string;
  /** Name and agency. */
  person(member: number | null): string;
  compartment(row: Pick<AccessRow, 'compartment'>): string;
}

/** Returns the words of requests in the person's language. */
export function useAccessWords(): AccessWords {
  const i18n = useI18n();
  const register = useRegister();
  const people = useMemberNames();
  const names = useDirectoryNames();
  const cases = useRows('case').rows;
  const caseIn = (folder: FolderId) => cases.value?.find((row) => row.folder === folder) ?? null;
  return {
    about: ({ folder }) => register.child(folder)?.name ?? caseIn(folder)?.childName ?? i18n.t('access.elsewhere'),
    number: ({ folder }) => (register.child(folder)?.number ?? caseIn(folder)?.number ?? '').replaceAll(' ', '\u00A0'),
    person: (member) => {
      const agency = people.row(member)?.agency;
      return [people.name(member), agency ? names.agency(agency) : ''].filter(Boolean).join(' · ');
    },
    compartment: ({ compartment }) => i18n.t(`access.in.${compartment}` as 'access.in.health'),
  };
}

import type { GroupMembership } from '@chungtay/core/derive/groups';
import type { DirectoryNames } from '../../composables/use-directory-names.ts';
import type { KindTexts } from '../../forms/use-kind-texts.ts';
import type { I18n } from '../../i18n/use-i18n.ts';

/** One membership as the card says it. */
export interface GroupLine {
  readonly key: string;
  readonly name: string;
  readonly membership: GroupMembership;
  /** Case of the decree, days, the version of the law. */
  readonly details: string;
  /** `vì …`; empty where nothing is told. */
  readonly because: string;
  /** Where the file and what people wrote disagree. */
  readonly doubt: 'unsupported' | 'disputed' | null;
}

/** Groups that follow from facts which the survey itself writes down: there the file must show what somebody says. */
const SHOWN_BY_FACTS = ['G01', 'G03', 'R1', 'R5', 'R6'];

/** Returns the lines of a child's groups, in the order of the memberships. */
export function groupLines(
  memberships: readonly GroupMembership[],
  texts: Pick<KindTexts, 'label' | 'value'>,
  names: Pick<DirectoryNames, 'catalogue'>,
  { t, formats }: Pick<I18n, 't' | 'formats'>,
): readonly GroupLine[] {
  return memberships.map((membership) => {
    const { group, clause, by, since, until, law, line } = membership;
    const details = [
      clause === null ? '' : names.catalogue('groupClause', clause),
      since === null ? '' : t('child.groups.since', { date: formats.date(since) }),
      until === null ? '' : t('child.groups.until', { date: formats.date(until) }),
      law === null ? '' : names.catalogue('groupLaw', law),
    ];
    const reasons = membership.reasons.map(wordsOf).join(' · ');
    return {
      key: `${group} ${by} ${line?.document ?? ''} ${line?.code ?? ''} ${clause ?? ''}`,
      name: names.catalogue('group', group),
      membership,
      details: details.filter((part) => part !== '').join(' · '),
      because: reasons === '' ? '' : t('child.groups.because', { reasons }),
      doubt: doubtOf(membership, memberships),
    };
  });

  function wordsOf({ kind, name, column, value }: GroupMembership['reasons'][number]): string {
    const field = column === undefined ? { kind, name } : { kind, name, column };
    const words = texts.value(field, value);
    return words === '' ? texts.label(field) : `${texts.label(field)}: ${words}`;
  }
}

function doubtOf(one: GroupMembership, all: readonly GroupMembership[]): GroupLine['doubt'] {
  if (one.stands !== 'now') return null;
  const others = all.filter(({ group, by }) => group === one.group && by !== one.by);
  if (one.by === 'asserted')
    return SHOWN_BY_FACTS.includes(one.group) && !others.some(({ stands }) => stands === 'now') ? 'unsupported' : null;
  return others.length > 0 && others.every(({ stands }) => stands === 'ended') ? 'disputed' : null;
}

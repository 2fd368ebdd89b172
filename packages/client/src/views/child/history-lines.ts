import type { MemberNumber } from '@chungtay/core/model/ids';
import type { KindTexts } from '../../forms/use-kind-texts.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { HistoryItem } from '../../stores/engine.ts';

/** One change as a sentence. */
export interface HistoryLine {
  readonly key: string;
  readonly item: HistoryItem;
  readonly words: string;
}

/** Returns history as sentences, in the order given. */
export function historyLines(
  items: readonly HistoryItem[],
  texts: Pick<KindTexts, 'label' | 'value'>,
  who: (member: MemberNumber) => string,
  t: Translate,
): readonly HistoryLine[] {
  return items.map((item) => {
    const field = { kind: item.kind, name: item.field };
    const parts = {
      who: who(item.member),
      label: texts.label(field),
      before: texts.value(field, item.before),
      after: texts.value(field, item.after),
    };
    return { key: `${item.document} ${item.op}`, item, words: sentence(parts, t) };
  });
}

function sentence(
  parts: { readonly who: string; readonly label: string; readonly before: string; readonly after: string },
  t: Translate,
): string {
  if (parts.after === '') return t(parts.before === '' ? 'child.history.cleared' : 'child.history.clearedOld', parts);
  return parts.before === '' ? t('child.history.set', parts) : t('child.history.changed', parts);
}

import { kindOf } from '@chungtay/core/kinds/registry';
import type { KindTexts } from '../../forms/use-kind-texts.ts';
import type { DocumentMoment } from '../../stores/engine.ts';

/** One field of a document as it stood, in words: a map or log has a line for each of its rows. */
export interface MomentLine {
  readonly name: string;
  readonly label: string;
  readonly words: readonly string[];
}

/** Returns the fields that said something then, in the order of the kind. */
export function momentLines(moment: DocumentMoment, texts: Pick<KindTexts, 'label' | 'value'>): readonly MomentLine[] {
  const { kind, registers, maps, logs } = moment;
  return Object.keys(kindOf(kind)?.fields ?? {}).flatMap((name) => {
    const values = [
      ...(registers[name] ? [registers[name].value] : []),
      ...Object.values(maps[name] ?? {}).map(({ value }) => value),
      ...(logs[name] ?? []).map(({ value }) => value),
    ];
    const words = values.map((value) => texts.value({ kind, name }, value)).filter((each) => each !== '');
    return words.length > 0 ? [{ name, label: texts.label({ kind, name }), words }] : [];
  });
}

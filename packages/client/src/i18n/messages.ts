/** A message with number forms, chosen by `Intl.PluralRules` from the parameter `n`. Vietnamese never needs one. */
export interface PluralForms {
  readonly one?: string;
  readonly other: string;
}

/** One entry of a dictionary. Parameters stand in braces: `{n}`. */
export type Message = string | PluralForms;

/** The names of the parameters a message text asks for. */
export type ParametersIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never;

/** A value put in place of a parameter; numbers are formatted by the language, text is put in as it is. */
export type Parameter = string | number;

/** Returns the text of `message` for `language`, with its parameters put in. A parameter left out stays visible in braces. */
export function fill(
  message: Message,
  language: string,
  parameters: Readonly<Record<string, Parameter>>,
  formatNumber: (value: number) => string,
): string {
  const text = typeof message === 'string' ? message : formOf(message, language, parameters['n']);
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}

function formOf(forms: PluralForms, language: string, n: Parameter | undefined): string {
  if (typeof n !== 'number' || forms.one === undefined) return forms.other;
  return new Intl.PluralRules(language).select(n) === 'one' ? forms.one : forms.other;
}

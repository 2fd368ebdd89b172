const TAG = { vi: 'vi-VN', en: 'en-GB' } as const;

/** Returns `1.234.567,89` (vi) or `1,234,567.89` (en), with at most `fractionDigits` decimals. */
export function formatNumber(value: number, language: keyof typeof TAG, fractionDigits = 2): string {
  // nothing to group and nothing to round: what a list says of each child, and a quarter of a key's time when `Intl` says it
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
  return formatter(language, fractionDigits).format(value);
}

// making a formatter costs a hundred times what using one does, and each line of a list has a number
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(language: keyof typeof TAG, maximumFractionDigits: number): Intl.NumberFormat {
  const name = `${language} ${maximumFractionDigits}`;
  const known = formatters.get(name) ?? new Intl.NumberFormat(TAG[language], { maximumFractionDigits });
  formatters.set(name, known);
  return known;
}

/** Returns `86,1%` for 0.861. */
export function formatShare(share: number, language: keyof typeof TAG): string {
  return new Intl.NumberFormat(TAG[language], { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** Returns `1.500.000 ₫`: Vietnamese đồng have no fractions. */
export function formatMoney(dong: number, language: keyof typeof TAG): string {
  return `${formatNumber(dong, language, 0)}\u00A0₫`;
}

/** Returns `2,1 MB`, in decimal units. */
export function formatBytes(bytes: number, language: keyof typeof TAG): string {
  if (bytes < 1000) return `${formatNumber(bytes, language)}\u00A0B`;
  if (bytes < 1_000_000) return `${formatNumber(bytes / 1000, language, 0)}\u00A0KB`;
  if (bytes < 1_000_000_000) return `${formatNumber(bytes / 1_000_000, language, 1)}\u00A0MB`;
  return `${formatNumber(bytes / 1_000_000_000, language, 1)}\u00A0GB`;
}

/** Returns the number a person typed (`1.234,5`, `1234.5`, `12`), or null when it is none. The comma is the decimal sign; dots group thousands unless the text can only be a decimal. */
export function parseNumber(text: string): number | null {
  const compact = text.replace(/[\s\u00A0\u202F]/gu, '');
  if (/^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u.test(compact)) return Number(compact.replaceAll('.', '').replace(',', '.'));
  if (/^-?\d+(?:[.,]\d+)?$/u.test(compact)) return Number(compact.replace(',', '.'));
  return null;
}

import { name } from '@chungtay/core/kinds/columns';
import { tidyText } from '@chungtay/core/model/names';

/** Returns a name as it is kept, spaces tidied and letters composed, or null when it is empty, too long or holds control characters. */
export function readName(typed: string): string | null {
  const text = tidyText(typed);
  return /\p{Cc}/u.test(text) || !name.schema.safeParse(text).success ? null : text;
}

import type { DocumentView } from '../../stores/engine.ts';

const INPUT_REM = 5.4;
const WORDS_REM = 3.4;

/** Returns about how high the fields of a part will stand, in rem: an input each, or words where something is known that is not his to write. */
export function roomOf({ writable, registers }: DocumentView, names: readonly string[]): number {
  const roomOfOne = (name: string): number => {
    if (writable.includes(name)) return INPUT_REM;
    return registers[name] ? WORDS_REM : 0;
  };
  return names.reduce((sum, name) => sum + roomOfOne(name), 0);
}

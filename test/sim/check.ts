/** One promise, as something that can be found broken. */
import type { Scene } from './scene.ts';

/** See the file's head. */
export interface Check {
  /** The id that every violation begins with: of `docs/rules.md`, or of the promises behind it. */
  readonly id: string;
  /** Returns what is wrong, one line each, without the id. */
  readonly find: (scene: Scene) => readonly string[] | Promise<readonly string[]>;
}

/** Runs tasks one after another in the order they were asked for: what a task computed from memory is still true when its commit is done. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();

  /** Returns what `task` returns, after every earlier task ended. A failing task fails only its own caller. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

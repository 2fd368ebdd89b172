/** Counts open connections against the caps. Rule HUB-4. */
export class ConnectionCount {
  #all = 0;
  readonly #byAddress = new Map<string, number>();
  readonly #max: number;
  readonly #maxPerAddress: number;

  constructor(max: number, maxPerAddress: number) {
    this.#max = max;
    this.#maxPerAddress = maxPerAddress;
  }

  /** Takes a place for `address`; returns what gives it back, or null when there is none. */
  enter(address: string): (() => void) | null {
    const here = this.#byAddress.get(address) ?? 0;
    if (this.#all >= this.#max || here >= this.#maxPerAddress) return null;
    this.#all += 1;
    this.#byAddress.set(address, here + 1);
    let isOpen = true;
    return () => {
      if (isOpen) this.#leave(address);
      isOpen = false;
    };
  }

  #leave(address: string): void {
    this.#all -= 1;
    const rest = (this.#byAddress.get(address) ?? 1) - 1;
    if (rest === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, rest);
  }
}

import { shallowRef } from 'vue';

/** A value as it stands outside this field, with an opaque token of what exactly was seen. */
export interface RemoteText {
  readonly text: string;
  /** Names the edits behind `text`. Handed back with a commit, so that an edit never replaces what its writer had not seen. */
  readonly version: string;
  /** Who wrote it, in words, when it was somebody else. */
  readonly author: string | null;
}

/** What a draft needs from outside. */
export interface TextDraftPorts {
  /** Stores `text`; `seen` is the version its writer had before his eyes. */
  commit(text: string, seen: string): void;
  /** Calls `wake` after a pause and returns how to cancel it. */
  after(delayMs: number, wake: () => void): () => void;
}

/** How long after the last key a text is stored (UX-1). */
export const COMMIT_AFTER_MS = 400;

/**
 * The words in one text field, apart from the stored value: while a person is in the field, or an input method is composing
 * a word, nothing from outside touches them (UX-9). Commits 400 ms after the last key and on leaving.
 */
export class TextDraft {
  /** What the field shows. */
  readonly text = shallowRef('');
  /** A remote value that waits because the person is in the field. */
  readonly held = shallowRef<RemoteText | null>(null);

  readonly #ports: TextDraftPorts;
  #seen = '';
  #stored = '';
  /** Own commits whose echo has not come back yet, oldest first. */
  #echoes: readonly string[] = [];
  #isInside = false;
  #isComposing = false;
  #cancel: (() => void) | null = null;

  constructor(start: RemoteText, ports: TextDraftPorts) {
    this.#ports = ports;
    this.#adopt(start);
  }

  /** The stored value changed, by us or by somebody else. */
  arrive(value: RemoteText): void {
    const echo = this.#echoes.indexOf(value.text);
    if (echo >= 0) {
      this.#echoes = this.#echoes.slice(echo + 1);
      this.#seen = value.version;
      if (!this.#isBusy()) this.#adopt(value);
    } else if (!this.#isBusy() || value.text === this.text.value) this.#adopt(value);
    else if (value.version !== this.#seen) this.held.value = value;
  }

  /** The person comes into the field. */
  enter(): void {
    this.#isInside = true;
  }

  /** The person leaves the field: what was typed is stored; if nothing was, a waiting remote value shows. */
  leave(): void {
    this.#isInside = false;
    this.#isComposing = false;
    if (this.held.value && this.text.value === this.#stored) this.#adopt(this.held.value);
    this.flush();
  }

  /** An input method starts composing a word. */
  startComposing(): void {
    this.#isComposing = true;
  }

  /** The word is composed; `text` is the whole field. */
  endComposing(text: string): void {
    this.#isComposing = false;
    if (text !== this.text.value) this.type(text);
  }

  /** The field now reads `text`. */
  type(text: string): void {
    this.text.value = text;
    this.#cancel?.();
    this.#cancel = this.#ports.after(COMMIT_AFTER_MS, () => this.flush());
  }

  /** Shows the waiting remote value instead. */
  take(): void {
    if (!this.held.value) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#adopt(this.held.value);
  }

  /** Sets one's own words over the waiting remote value, having seen it. */
  keep(): void {
    if (!this.held.value) return;
    this.#seen = this.held.value.version;
    this.#stored = this.held.value.text;
    this.held.value = null;
    this.flush();
  }

  /** Commits now what is not committed yet. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    const text = this.text.value;
    if (text === this.#stored) return;
    this.#stored = text;
    this.#echoes = [...this.#echoes, text];
    this.#ports.commit(text, this.#seen);
  }

  #adopt(value: RemoteText): void {
    this.held.value = null;
    this.text.value = value.text;
    this.#stored = value.text;
    this.#seen = value.version;
  }

  #isBusy(): boolean {
    return this.#isInside || this.#isComposing || this.#cancel !== null;
  }
}

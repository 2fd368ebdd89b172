import { onScopeDispose, watch } from 'vue';
import { type RemoteText, TextDraft, type TextDraftPorts } from './text-draft.ts';

/** What a text field needs from outside. */
export interface TextDraftOptions extends Pick<TextDraftPorts, 'commit'>, Partial<Pick<TextDraftPorts, 'after'>> {
  /** The current outside value; read reactively. */
  readonly remote: () => RemoteText;
}

/** Returns the draft of one field, followed by remote values and committed whenever the page or the field may vanish (UX-1). */
export function useTextDraft({ remote, commit, after = afterTimeout }: TextDraftOptions): TextDraft {
  const draft = new TextDraft(remote(), { commit, after });
  watch(remote, (value) => draft.arrive(value));
  const stopListening = onPageLeaving(() => draft.flush());
  onScopeDispose(() => {
    draft.flush();
    stopListening();
  });
  return draft;
}

function afterTimeout(delayMs: number, wake: () => void): () => void {
  const timer = setTimeout(wake, delayMs);
  return () => clearTimeout(timer);
}

function onPageLeaving(leave: () => void): () => void {
  const whenHidden = () => {
    if (document.visibilityState === 'hidden') leave();
  };
  document.addEventListener('visibilitychange', whenHidden);
  window.addEventListener('pagehide', leave);
  return () => {
    document.removeEventListener('visibilitychange', whenHidden);
    window.removeEventListener('pagehide', leave);
  };
}

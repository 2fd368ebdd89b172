import type { Json } from '@chungtay/core/base/any';
import { equalJson } from '@chungtay/core/doc/read';
import type { DocumentId } from '@chungtay/core/model/ids';
import { computed, shallowRef, watch } from 'vue';
import { useEdits } from '../stores/edits.ts';
import type { FieldView, ValueView } from '../stores/engine.ts';
import type { OpenFolder } from './use-folder.ts';
import { useMe } from './use-me.ts';

/** One field as an input binds to it, wherever the value lives: in a document, in a column of a row, in a draft. */
export interface FieldBinding {
  readonly value: Json;
  /** Names the edits behind `value`; handed back with a commit, so that nothing unseen is replaced. */
  readonly version: string;
  /** Who wrote it, in words, when it was somebody else. */
  readonly author: string | null;
  /** Every concurrent value while nobody has chosen; null when there is nothing to choose. */
  readonly conflict: readonly ValueView[] | null;
  readonly isReadonly: boolean;
  /** Writes `value`; null clears. `seen` is the version the writer had before his eyes: the present one when left out. */
  commit(value: Json, seen?: string): void;
}

/** Which field. Functions are read reactively. */
export interface FieldPlace {
  readonly folder: OpenFolder;
  readonly document: () => DocumentId;
  readonly name: string;
  /** The element of a map field. */
  readonly code?: () => string;
  /** What the undo notice says; without it no undo is offered. */
  readonly undoText?: () => string;
}

/** Returns the binding of one register, or of one row of a map. A document that does not exist yet is begun by its first commit. */
export function useField(place: FieldPlace): FieldBinding {
  const { document, name, code, undoText } = place;
  const edits = useEdits();
  const { view, field, version, author } = useFieldView(place);
  // What was committed last and is not seen coming back yet: a second tick must build on the first.
  const ahead = shallowRef<{ readonly value: Json; readonly over: string } | null>(null);
  watch(version, () => (ahead.value = null));

  async function commit(value: Json, seen: string = version.value): Promise<void> {
    if (ahead.value === null && changesNothing(field.value, value)) return;
    ahead.value = { value, over: version.value };
    const set = code === undefined ? { name, value } : { name, code: code(), value };
    const text = undoText?.();
    const outcome = await edits.write([{ document: document(), sets: [set], seen: seenOf(seen) }], {
      key: `${document()} ${name}:${code?.() ?? ''}`,
      ...(text === undefined ? {} : { undoText: text }),
    });
    // storage may come back and `retry` writes it then; a refusal stands
    if (!outcome.ok && outcome.reason !== 'storage') ahead.value = null;
  }

  return {
    get value() {
      return ahead.value?.over === version.value ? ahead.value.value : (field.value?.value ?? null);
    },
    get version() {
      return version.value;
    },
    get author() {
      return author.value;
    },
    get conflict() {
      return field.value?.conflict ?? null;
    },
    get isReadonly() {
      return view.value !== null && !view.value.writable.includes(name);
    },
    commit: (value, seen) => void commit(value, seen),
  };
}

function useFieldView({ folder, document, name, code }: FieldPlace) {
  const me = useMe();
  const view = computed(() => folder.find(document()));
  const field = computed<FieldView | null>(() => {
    const row = code?.();
    const found = row === undefined ? view.value?.registers[name] : view.value?.maps[name]?.[row];
    return found ?? null;
  });
  const version = computed(() => field.value?.live.join(' ') ?? '');
  const author = computed(() => {
    const member = field.value?.member;
    return member === undefined || member === me.value?.member ? null : (folder.member(member)?.name ?? null);
  });
  return { view, field, version, author };
}

function changesNothing(field: FieldView | null, value: Json): boolean {
  // null where nothing stands says: asked, and not known
  if (field === null) return value === '';
  return field.conflict === null && equalJson(field.value, value);
}

/** Returns the ops that a version names. */
function seenOf(version: string): ReadonlySet<string> {
  return new Set(version.split(' ').filter((op) => op !== ''));
}

/** Returns the binding of one column of a row; the row's other columns stay as they are. An emptied column is left out. */
export function columnOf(row: FieldBinding, column: string): FieldBinding {
  const record = (): Readonly<Record<string, Json>> => recordOf(row.value);
  return {
    get value() {
      return record()[column] ?? null;
    },
    get version() {
      return row.version;
    },
    get author() {
      return row.author;
    },
    conflict: null,
    get isReadonly() {
      return row.isReadonly;
    },
    commit(value, seen) {
      const { [column]: _former, ...others } = record();
      row.commit(value === null ? others : { ...others, [column]: value }, seen);
    },
  };
}

/** Returns a value as a row; an empty one when it is none. */
export function recordOf(value: Json): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}

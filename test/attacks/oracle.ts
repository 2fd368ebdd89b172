/** What an admitted update may never have done, judged apart from the gate: by the books, by the kind's own schema, and by Yjs. */
import { equalBytes } from '@chungtay/core/base/bytes';
import { applyUpdate, cloneState, encodeState, liveOf } from '@chungtay/core/doc/state';
import type { DocState } from '@chungtay/core/doc/state';
import { type DocUpdate, encodeUpdate } from '@chungtay/core/doc/update';
import { openYjs, viewState, viewYjs } from '@chungtay/core/doc/yjs.support';
import { type Doc, applyUpdate as applyToYjs, encodeStateAsUpdate } from 'yjs';
import type { KindAttempt } from './corpus.ts';

const MOST_LIVE = 64;
const DEEPEST = 8;

/** Returns the harm that an admitted update does to the attempt's document; null when none. */
export function harmOf(update: DocUpdate, attempt: KindAttempt): string | null {
  const after = cloneState(attempt.state);
  const applied = applyUpdate(after, update);
  if (!applied.ok || applied.value !== 'applied') return 'admitted, but not applied';
  return itemHarm(update, attempt) ?? otherPeoplesHarm(update, after, attempt);
}

/** Says whether the update has another form than the bytes it was read from. */
export function isOtherForm(update: DocUpdate, bytes: Uint8Array): boolean {
  return !equalBytes(encodeUpdate(update), bytes);
}

/** Returns what Yjs makes otherwise of the bytes than we made of the update; null when nothing. */
export function differenceOf(update: DocUpdate, bytes: Uint8Array, attempt: KindAttempt): string | null {
  const after = cloneState(attempt.state);
  applyUpdate(after, update);
  const doc = openYjs(attempt.snapshot);
  try {
    applyToYjs(doc, bytes);
  } catch {
    return 'Yjs throws';
  }
  return differenceIn(doc, after);
}

/** Returns how a Y.Doc differs from our state: live, reloaded, or from our snapshot; null when it does not. */
export function differenceIn(doc: Doc, state: DocState): string | null {
  const expected = JSON.stringify(viewState(state));
  const view = viewYjs(doc);
  if (view.isPending) return 'Yjs keeps something pending';
  if (JSON.stringify(view) !== expected) return 'Yjs shows something else';
  const reloaded = openYjs(encodeStateAsUpdate(doc));
  if (JSON.stringify(viewYjs(reloaded)) !== expected) return 'Yjs shows something else after a reload';
  if (JSON.stringify(viewYjs(openYjs(encodeState(state)))) !== expected) return 'the snapshot shows something else';
  return null;
}

function itemHarm(update: DocUpdate, { kind, author }: KindAttempt): string | null {
  if (update.client !== author.client) return 'writes as another device';
  const places = new Set<string>();
  for (const { field, member, minutes, value } of update.items) {
    if (member !== author.member || minutes !== author.minutes) return 'speaks for another person or time';
    const definition = Object.hasOwn(kind.fields, field.name) ? kind.fields[field.name] : undefined;
    if (definition === undefined || definition.type !== field.type) return 'writes a field that the kind has not';
    const isClearing = value === null && field.type !== 'log';
    if (!isClearing && !definition.schema.safeParse(value).success) return 'a value outside the schema';
    if (isDangerous(value, DEEPEST)) return 'a dangerous value';
    if (field.type !== 'log' && places.has(field.path)) return 'sets a field twice';
    places.add(field.path);
  }
  return null;
}

function otherPeoplesHarm(update: DocUpdate, after: DocState, { state, author }: KindAttempt): string | null {
  const written = new Set(update.items.map(({ field }) => field.path));
  for (const entry of state.live.values()) {
    const isGone = !after.live.has(entry.op);
    if (isGone && (!written.has(entry.field.path) || entry.field.type === 'log')) return 'takes away what it may not';
  }
  for (const [client, next] of after.clocks) {
    if (client !== author.client && state.clocks.get(client) !== next) return 'moves the clock of another';
  }
  for (const path of written) {
    const isOver = !path.endsWith('#') && liveOf(after, path).length > Math.max(MOST_LIVE, liveOf(state, path).length);
    if (isOver) return 'more values than a person can choose from';
  }
  return null;
}

function isDangerous(value: unknown, depthLeft: number): boolean {
  if (typeof value === 'number') return !Number.isFinite(value) || Object.is(value, -0);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return false;
  if (typeof value !== 'object' || depthLeft === 0) return true;
  if (Array.isArray(value)) return value.some((element) => isDangerous(element, depthLeft - 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return true;
  return Object.entries(value).some(
    ([key, element]) => ['__proto__', 'constructor', 'prototype'].includes(key) || isDangerous(element, depthLeft - 1),
  );
}

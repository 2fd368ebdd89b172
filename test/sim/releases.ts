/**
 * Two releases of the program in one process: the older one does not know a field that the newer one writes, and speaks an older protocol.
 * Which one runs follows every turn of a process, as its memory would.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { must } from '@chungtay/core/base/assert';
import { fieldTableOf, kindOf } from '@chungtay/core/kinds/registry';
import type { SocketEvents } from '@chungtay/core/sync/ports';

/** How old a program is. */
export type Release = 'older' | 'newer';

/** What the older release does not know. */
export const NEW_FIELD = { kind: 'identity', name: 'motherName' } as const;
/** The newest protocol that the older release speaks. */
export const OLDER_PROTOCOL = 1;

const running = new AsyncLocalStorage<Release>();

/** Runs `act`, and all that follows from it, as a program of this release. */
export function as<T>(release: Release, act: () => T): T {
  return running.run(release, act);
}

/** Returns an object whose methods run as a program of this release. */
export function bound<T extends object>(target: T, releaseOf: () => Release): T {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => as(releaseOf(), () => Reflect.apply(member, object, args) as unknown);
    },
  });
}

/** Returns ears of a connection that hear as a program of this release. */
export function hearingAs(release: Release, events: SocketEvents): SocketEvents {
  return {
    onFrame: (frame) => as(release, () => events.onFrame(frame)),
    onClose: (code) => as(release, () => events.onClose(code)),
  };
}

/** Takes the newer field from the tables of every program of the older release; returns how to put it back. */
export function withTwoReleases(): () => void {
  const table = must(fieldTableOf(NEW_FIELD.kind), 'the fields of a kind');
  const fields = must(kindOf(NEW_FIELD.kind), 'a kind').fields as Record<string, unknown>;
  const typeOf = table.typeOf.bind(table);
  const check = table.check.bind(table);
  const definition = fields[NEW_FIELD.name] as object;
  const unwritten = { ...definition, writers: [] };
  const isUnknown = (name: string): boolean => name === NEW_FIELD.name && running.getStore() === 'older';
  table.typeOf = (name) => (isUnknown(name) ? null : typeOf(name));
  table.check = (name, value) => !isUnknown(name) && check(name, value);
  Object.defineProperty(fields, NEW_FIELD.name, {
    configurable: true,
    enumerable: true,
    get: () => (isUnknown(NEW_FIELD.name) ? unwritten : definition),
  });
  return () => {
    Object.assign(table, { typeOf, check });
    Object.defineProperty(fields, NEW_FIELD.name, {
      configurable: true,
      enumerable: true,
      writable: true,
      value: definition,
    });
  };
}

import { onScopeDispose } from 'vue';
import { type EngineApi, type EngineEvent, type EventOf, injectedEngine } from '../stores/engine.ts';

/** Returns the engine's verbs. While it is locked they reject with `EngineFailure('locked')`. */
export function useEngine(): EngineApi {
  return injectedEngine().api;
}

/** Calls `listener` for each event of a type while the caller's scope lives. */
export function useEngineEvent<const Type extends EngineEvent['type']>(
  type: Type,
  listener: (event: EventOf<Type>) => void,
): void {
  onScopeDispose(injectedEngine().on(type, listener));
}

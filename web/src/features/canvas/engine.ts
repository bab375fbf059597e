import { useCallback, useRef, useSyncExternalStore } from "react";
import type { EngineState, WorkbenchEngine } from "../../engine";

const silent = () => () => {};

/**
 * A part of the engine's state. The engine tells of every move of the pointer that changes something; the component is drawn anew only when what it
 * selects is another value, so `select` gives members as they are, or plain values, and makes no new objects.
 */
export function useEngineState<T>(engine: WorkbenchEngine | null, select: (state: EngineState) => T): T | undefined {
  const latest = useRef(select);
  latest.current = select;
  const get = useCallback(() => (engine ? latest.current(engine.getState()) : undefined), [engine]);
  return useSyncExternalStore(engine?.subscribe.bind(engine) ?? silent, get);
}

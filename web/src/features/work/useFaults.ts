import { useDeferredValue, useMemo } from "react";
import { checkScene, type Scene } from "../../engine";
import { workbench as m } from "../../messages/en/workbench";
import { refusedFault, type ShownFault, shownFault } from "../canvas/faults";
import type { WorkState } from "./workSession";

/** What is wrong: shapes at once, what is only missing once somebody tried to submit, and what the server found. */
export function useFaults(scene: Scene | undefined, tried: boolean, state: WorkState | null): readonly ShownFault[] {
  const settled = useDeferredValue(scene);
  const problem = state?.submitProblem ?? null;
  return useMemo(() => {
    if (!settled) return [];
    const missing = (code: string) => code === "required" || code.endsWith("_below");
    const found = checkScene(settled)
      .filter(fault => tried || (fault.shape !== undefined && fault.attribute === undefined) || !missing(fault.code))
      .map(fault => shownFault(settled, fault));
    const refused = (problem?.errors ?? [])
      .filter(error => error.pointer.startsWith("/answers"))
      .map(error => refusedFault(settled, error.pointer.slice("/answers".length), m.expected(error.expected, error.found)));
    return [...found, ...refused];
  }, [settled, tried, problem]);
}

/** By the question or attribute that they stand at. */
export function fieldFaults(faults: readonly ShownFault[]): ReadonlyMap<string, string> {
  return new Map(faults.map(fault => [fault.attribute ?? fault.question ?? "", fault.text]));
}

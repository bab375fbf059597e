import { useEffect } from "react";

/** Fetches the workbench's script while somebody still chooses what to work on. */
export function useWorkbenchAhead(wanted: boolean): void {
  useEffect(() => (wanted ? whenIdle(fetchWorkbench) : undefined), [wanted]);
}

function fetchWorkbench(): void {
  // Whoever opens it asks once more, and is told what fails.
  import("./Workbench").catch(() => undefined);
}

/** Calls once the page has nothing else to do; gives what calls it off. */
function whenIdle(action: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const asked = requestIdleCallback(action, { timeout: 2_000 });
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(action, 300);
  return () => clearTimeout(timer);
}

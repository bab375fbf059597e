import { useEffect, useState } from "react";
import type { WorkbenchEngine } from "../../engine";
import { newName, openJournal, surroundings, watchPage } from "../work/page";
import { workServer } from "../work/server";
import { reviewServer } from "./reviewServer";
import { ReviewSession } from "./reviewSession";

/** A session for the canvas that stands on the page; it ends with it. `task` is what it begins with. */
export function useReviewSession(engine: WorkbenchEngine | null, project: string, contributor: string, task: string | null) {
  const [session, setSession] = useState<ReviewSession | null>(null);
  const [first] = useState(task);
  useEffect(() => {
    if (!engine) return;
    const parts = {
      server: reviewServer,
      leases: workServer,
      openJournal,
      surroundings,
      chance: Math.random,
      newName,
      contributor,
      project,
    };
    const made = new ReviewSession(parts);
    setSession(made);
    void made.start(engine, first);
    const stopWatching = watchPage(made);
    return () => {
      stopWatching();
      setSession(null);
      void made.stop();
    };
  }, [engine, project, contributor, first]);
  return session;
}

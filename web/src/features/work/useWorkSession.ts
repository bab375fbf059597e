import { useEffect, useState } from "react";
import type { WorkbenchEngine } from "../../engine";
import { newName, openJournal, surroundings, watchPage } from "./page";
import { workServer } from "./server";
import { browserTurn } from "./turn";
import { WorkSession } from "./workSession";

/** A session for the canvas that stands on the page; it ends with it. */
export function useWorkSession(engine: WorkbenchEngine | null, project: string, contributor: string): WorkSession | null {
  const [session, setSession] = useState<WorkSession | null>(null);
  useEffect(() => {
    if (!engine) return;
    const turn = browserTurn(`${contributor}/${project}`);
    const made = new WorkSession({
      server: workServer,
      openJournal,
      turn,
      surroundings,
      chance: Math.random,
      newName,
      contributor,
      project,
    });
    setSession(made);
    void made.start(engine);
    const stopWatching = watchPage(made);
    return () => {
      stopWatching();
      setSession(null);
      void made.stop();
    };
  }, [engine, project, contributor]);
  return session;
}

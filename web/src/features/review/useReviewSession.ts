import { useEffect, useState } from "react";
import { session as signIn } from "../../api/session";
import type { WorkbenchEngine } from "../../engine";
import { Journal } from "../work/journal";
import { workServer } from "../work/server";
import { reviewServer } from "./reviewServer";
import { ReviewSession } from "./reviewSession";

const freshName = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");

/** A session for the canvas that stands on the page; it ends with it. `task` is what it begins with. */
export function useReviewSession(engine: WorkbenchEngine | null, project: string, contributor: string, task: string | null) {
  const [session, setSession] = useState<ReviewSession | null>(null);
  const [first] = useState(task);
  useEffect(() => {
    if (!engine) return;
    const made = new ReviewSession({
      server: reviewServer,
      leases: workServer,
      openJournal: () => Journal.open().catch(() => null),
      surroundings: {
        now: () => Date.now(),
        after: (milliseconds, action) => {
          const timer = setTimeout(action, milliseconds);
          return () => clearTimeout(timer);
        },
        isOnline: () => navigator.onLine,
        signedIn: signIn.restored,
      },
      chance: Math.random,
      newName: freshName,
      contributor,
      project,
    });
    setSession(made);
    void made.start(engine, first);
    const stopListening = listen(made);
    return () => {
      stopListening();
      setSession(null);
      void made.stop();
    };
  }, [engine, project, contributor, first]);
  return session;
}

function listen(session: ReviewSession): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let touchedAt = 0;
  const touch = (event: Event) => {
    if (event.timeStamp - touchedAt < 1000) return;
    touchedAt = event.timeStamp;
    session.touch();
  };
  addEventListener("pointermove", touch, { signal, passive: true });
  addEventListener("pointerdown", touch, { signal, passive: true });
  addEventListener("keydown", touch, { signal });
  addEventListener("online", () => session.wake(), { signal });
  addEventListener("pagehide", () => session.leave(), { signal });
  window.addEventListener(
    "pageshow",
    (event: PageTransitionEvent) => {
      if (event.persisted) session.resume();
    },
    { signal },
  );
  document.addEventListener("visibilitychange", () => (document.hidden ? session.flush() : session.wake()), { signal });
  addEventListener(
    "beforeunload",
    event => {
      if (["unsaved", "saving"].includes(session.getState().save)) event.preventDefault();
    },
    { signal },
  );
  return () => stop.abort();
}

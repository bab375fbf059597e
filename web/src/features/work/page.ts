import { session as signIn } from "../../api/session";
import { Journal } from "./journal";
import type { Surroundings } from "./link";

/** What a session needs of the browser around it. */
export const surroundings: Surroundings = {
  now: () => Date.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  isOnline: () => navigator.onLine,
  signedIn: signIn.restored,
};

/** Where the browser gives none, as in some private windows, work is kept by the server alone, and the page says so. */
export const openJournal = (): Promise<Journal | null> => Journal.open().catch(() => null);

/** A name that nothing else has. */
export const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");

/** What a session is told of the page that it works on. */
export interface PageSession {
  getState(): { readonly save: string };
  /** Somebody is at work. */
  touch(): void;
  /** The network or the page came or went. */
  wake(): void;
  /** Saves now. */
  flush(): void;
  /** The page goes, and may come back. */
  leave?(): void;
  resume?(): void;
}

/** Tells the session what happens to the page, until what is given back is called. */
export function watchPage(session: PageSession): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let touchedAt = 0;
  const touch = (event: Event) => {
    if (event.timeStamp - touchedAt < 1000) return;
    touchedAt = event.timeStamp;
    session.touch();
  };
  for (const name of ["pointermove", "pointerdown", "wheel"]) addEventListener(name, touch, { signal, passive: true });
  addEventListener("keydown", touch, { signal });
  for (const name of ["online", "offline"]) addEventListener(name, () => session.wake(), { signal });
  addEventListener("pagehide", () => (session.leave ? session.leave() : session.flush()), { signal });
  window.addEventListener(
    "pageshow",
    (event: PageTransitionEvent) => {
      if (event.persisted) session.resume?.();
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

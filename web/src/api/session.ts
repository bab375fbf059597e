/**
 * Whether the server still knows who sits here. A request that is refused with 401 says that it does not; the shell then asks to sign in again above
 * the page, which stays as it is, and whoever waits on `restored` goes on.
 */
type State = "present" | "expired";

let state: State = "present";
const listeners = new Set<() => void>();
let waiting: (() => void)[] = [];

export const session = {
  get: (): State => state,

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  expire(): void {
    set("expired");
  },

  restore(): void {
    set("present");
    const resumed = waiting;
    waiting = [];
    for (const resume of resumed) resume();
  },

  /** Ends when somebody has signed in again; at once while the session is good. */
  restored: (): Promise<void> => (state === "present" ? Promise.resolve() : new Promise(resolve => waiting.push(resolve))),
};

function set(next: State): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

/** One tab's right to somebody's work in a project, until another takes it. */
export interface Turn {
  /** False where another tab has it and is not to lose it; `onLost` is told once another takes it from here. */
  take(force: boolean, onLost: () => void): Promise<boolean>;
  /** Has the right once the other tab is gone, and tells it; where nobody can know of that, nothing happens. */
  wait(onLost: () => void, onFree: () => void): void;
  release(): void;
}

/** So long a tab that is just going may still have it, as when a page is loaded again. */
const GOING = 250;

/**
 * By the browser's own locks, which end with the tab however it ends. Pages without a secure address have none; there the journal's holder decides: the
 * tab that opened a task last may write, and the other hears of it with its next command.
 */
export function browserTurn(name: string): Turn {
  const { locks } = navigator as Partial<Pick<Navigator, "locks">>;
  const lockName = `touchstone-work/${name}`;
  let release = () => {};
  const request = (how: LockOptions, onLost: () => void): Promise<boolean> => {
    release();
    if (!locks) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      let state: "asked" | "held" | "released" = "asked";
      const held = () =>
        new Promise<void>(free => {
          state = "held";
          release = () => {
            state = "released";
            free();
          };
          resolve(true);
        });
      locks.request(lockName, how, held).catch(failure => {
        if (state === "held") onLost();
        else if (failure instanceof DOMException && ["TimeoutError", "AbortError"].includes(failure.name)) resolve(false);
        else reject(failure);
      });
    });
  };
  const isHeld = async () => ((await locks?.query())?.held ?? []).some(lock => lock.name === lockName);

  // That it was not given in time means little on a busy machine; that somebody holds it does.
  const takeFree = async (onLost: () => void): Promise<boolean> => {
    do {
      if (await request({ signal: AbortSignal.timeout(GOING) }, onLost)) return true;
    } while (!(await isHeld()));
    return false;
  };
  return {
    take: (force, onLost) => (force ? request({ steal: true }, onLost) : takeFree(onLost)),
    wait(onLost, onFree) {
      if (!locks) return;
      const waiting = new AbortController();
      const asked = request({ signal: waiting.signal }, onLost);
      release = () => waiting.abort();
      void asked.then(isMine => {
        if (isMine) onFree();
      });
    },
    release() {
      release();
      release = () => {};
    },
  };
}

/** One tab's right to somebody's work in a project, until another takes it. */
export interface Turn {
  /** False where another tab has it and is not to lose it; `onLost` is told once another takes it from here. */
  take(force: boolean, onLost: () => void): Promise<boolean>;
  release(): void;
}

/** So long a tab that is just going may still have it, as when a page is loaded again. */
const GOING = 250;

/**
 * By the browser's own locks, which end with the tab however it ends. Pages without a secure address have none; there the journal's holder decides: the
 * tab that opened a task last may write, and the other hears of it with its next command.
 */
export function browserTurn(name: string): Turn {
  let end: (() => void) | null = null;
  return {
    take(force, onLost) {
      end?.();
      const { locks } = navigator as Partial<Pick<Navigator, "locks">>;
      if (!locks) return Promise.resolve(true);
      return new Promise((resolve, reject) => {
        let released = false;
        let granted = false;
        const held = (): Promise<void> => {
          granted = true;
          resolve(true);
          return new Promise(free => {
            end = () => {
              released = true;
              free();
            };
          });
        };
        locks.request(`touchstone-work/${name}`, force ? { steal: true } : { signal: AbortSignal.timeout(GOING) }, held).catch(failure => {
          if (granted && !released) onLost();
          else if (failure instanceof DOMException && failure.name === "TimeoutError") resolve(false);
          else if (!granted) reject(failure);
        });
      });
    },
    release() {
      end?.();
      end = null;
    },
  };
}

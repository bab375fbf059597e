import { ApiProblem } from "../../api/problem";

/** How the server is reached at present. */
export type LinkState = "good" | "offline" | "failing" | "signed_out";

/** Time and the world outside, for tests to hold in their hand. */
export interface Surroundings {
  now(): number;
  /** Calls once after a while; gives what stops it. */
  after(milliseconds: number, action: () => void): () => void;
  isOnline(): boolean;
  /** Ends when somebody has signed in again. */
  signedIn(): Promise<void>;
}

/** Waits between tries: doubled each time, with some chance so that many browsers do not come back in one moment. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;

/**
 * Tries what the server may answer later again and again: no answer, 429, 5xx and a session that ended. What it refuses is thrown. All that goes over one
 * link shares its state, and a sign of life wakes whoever waits.
 */
export class Link {
  readonly #surroundings: Surroundings;
  readonly #chance: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<() => void>();
  #state: LinkState = "good";

  constructor(surroundings: Surroundings, chance: () => number) {
    this.#surroundings = surroundings;
    this.#chance = chance;
  }

  get state(): LinkState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everybody tries again at once, as when the network is back. */
  wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of waiting) resume();
  }

  /** @throws What the server refuses, or the signal's reason once nobody wants the answer. */
  async persist<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let tries = 0; ; tries++) {
      signal.throwIfAborted();
      try {
        const answer = await action();
        this.#set("good");
        return answer;
      } catch (failure) {
        signal.throwIfAborted();
        if (!(failure instanceof ApiProblem)) throw failure;
        if (failure.status === 401) {
          this.#set("signed_out");
          await until(this.#surroundings.signedIn(), signal);
          continue;
        }
        if (!failure.isPassing) {
          this.#set("good");
          throw failure;
        }
        this.#set(failure.isUnreachable ? "offline" : "failing");
        await this.#pause(tries, signal);
      }
    }
  }

  #pause(tries: number, signal: AbortSignal): Promise<void> {
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 10)) * (0.75 + 0.5 * this.#chance());
    return new Promise((resolve, reject) => {
      const end = () => {
        stop();
        this.#waiting.delete(end);
        signal.removeEventListener("abort", end);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      const stop = this.#surroundings.after(wait, end);
      this.#waiting.add(end);
      signal.addEventListener("abort", end);
    });
  }

  #set(state: LinkState): void {
    const before = this.#state;
    if (state === before) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
    if (state === "good") this.wake();
  }
}

function until<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

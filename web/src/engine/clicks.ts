import { distance, type ScreenPoint } from "./coordinates";

/** Clicks that follow one another within this time and place count together. */
const WITHIN_MS = 400;
const WITHIN_PX = 5;

/** Counts clicks: pointer events, unlike those of the mouse, do not say how many they are. */
export class ClickCounter {
  #at: ScreenPoint = { x: -1e9, y: -1e9 };
  #time = -Infinity;
  #count = 0;

  down(at: ScreenPoint, time: number): number {
    const again = time - this.#time <= WITHIN_MS && distance(at, this.#at) <= WITHIN_PX;
    this.#count = again ? this.#count + 1 : 1;
    this.#at = at;
    this.#time = time;
    return this.#count;
  }

  get count(): number {
    return this.#count;
  }
}

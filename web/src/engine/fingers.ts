import type { ScreenPoint } from "./coordinates";

/** What fingers lead to. Places are CSS pixels from the surface's top left. */
export interface FingerTarget {
  move(at: ScreenPoint): void;
  up(at: ScreenPoint): void;
  cancel(): void;
  /** Two fingers went from around one place to around another, and came apart by a factor. */
  pinch(from: ScreenPoint, to: ScreenPoint, factor: number): void;
}

/** How far a finger trembles without meaning it. */
const TREMBLE = 4;

/**
 * One finger is the pointer, two move and zoom the picture whatever the tool. What the first of two fingers would have done never happens: its press
 * is held back until it moves or lifts.
 */
export class Fingers {
  readonly #target: FingerTarget;
  readonly #places = new Map<number, ScreenPoint>();
  #held: { readonly at: ScreenPoint; readonly press: () => void } | null = null;
  /** From the second finger on, until the last is lifted. */
  #isPinch = false;

  constructor(target: FingerTarget) {
    this.#target = target;
  }

  down(id: number, at: ScreenPoint, press: () => void): void {
    this.#places.set(id, at);
    if (this.#places.size === 1) {
      this.#held = { at, press };
      return;
    }
    if (this.#held) this.#held = null;
    else if (!this.#isPinch) this.#target.cancel();
    this.#isPinch = true;
  }

  move(id: number, at: ScreenPoint): void {
    if (!this.#places.has(id)) return;
    if (this.#isPinch) {
      this.#pinch(id, at);
      return;
    }
    this.#places.set(id, at);
    if (this.#held) {
      if (Math.hypot(at.x - this.#held.at.x, at.y - this.#held.at.y) < TREMBLE) return;
      this.#press();
    }
    this.#target.move(at);
  }

  up(id: number, at: ScreenPoint): void {
    if (!this.#places.delete(id)) return;
    if (!this.#isPinch) {
      this.#press();
      this.#target.up(at);
    }
    if (this.#places.size === 0) this.#isPinch = false;
  }

  /** The system took a finger, as for a gesture of its own. */
  cancel(id: number): void {
    if (!this.#places.delete(id)) return;
    if (!this.#isPinch && !this.#held) this.#target.cancel();
    this.#held = null;
    if (this.#places.size === 0) this.#isPinch = false;
  }

  #press(): void {
    this.#held?.press();
    this.#held = null;
  }

  #pinch(id: number, at: ScreenPoint): void {
    const before = this.#spread();
    this.#places.set(id, at);
    const after = this.#spread();
    if (before && after) this.#target.pinch(before.middle, after.middle, after.apart / before.apart);
  }

  /** Of the first two fingers; more of them change nothing. */
  #spread(): { readonly middle: ScreenPoint; readonly apart: number } | null {
    const [a, b] = this.#places.values();
    if (!a || !b) return null;
    // Whole pixels: the picture moves by no less, and what is lost at each step would add up.
    const middle = { ...a, x: Math.round((a.x + b.x) / 2), y: Math.round((a.y + b.y) / 2) };
    return { middle, apart: Math.max(1, Math.hypot(b.x - a.x, b.y - a.y)) };
  }
}

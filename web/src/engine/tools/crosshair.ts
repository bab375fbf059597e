import { clamp, type ImagePoint, type Size } from "../coordinates";
import type { Modifiers } from "./tool";

/**
 * A crosshair that arrow keys move, so that one can draw without a mouse: Enter is a click at it, Enter again at the same place a double click, which
 * ends what takes any number of points.
 */
export interface Crosshair {
  readonly at: ImagePoint;
  /** Clicks made at this place since it came here. */
  readonly clicks: number;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far a press moves it, in CSS pixels; at least one pixel of the picture. */
const STEP = 1;
const STEP_FAR = 10;
const STEP_FARTHER = 50;

/** The crosshair after an arrow key, or null where the key is none. */
export function moved(crosshair: Crosshair, key: string, modifiers: Modifiers, pixel: number, image: Size): Crosshair | null {
  const step = STEPS[key];
  if (!step) return null;
  const far = (modifiers.alt ? STEP_FARTHER : modifiers.shift ? STEP_FAR : STEP) * Math.max(pixel, 1);
  const x = clamp(Math.round(crosshair.at.x + step[0] * far), 0, image.width);
  const y = clamp(Math.round(crosshair.at.y + step[1] * far), 0, image.height);
  return { at: { x, y }, clicks: 0 };
}

export const clicked = (crosshair: Crosshair): Crosshair => ({ ...crosshair, clicks: crosshair.clicks + 1 });

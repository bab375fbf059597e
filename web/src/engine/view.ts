import { clamp, type ImagePoint, type Rect, type ScreenPoint, type Size } from "./coordinates";

/** The most screen pixels that one pixel of the picture may take. */
export const MAX_SCALE = 64;

/** How much of the fitting scale one may zoom out to. */
const LEAST_OF_FIT = 0.5;

/** How much of the viewport, on each side, stays filled with picture however far one pans. */
const KEPT_IN_SIGHT = 0.2;

/** How much of the viewport the picture fills when it fits. */
const FIT_FILL = 0.96;

/**
 * How the picture lies in the viewport: `screen = image * scale + offset`, all in CSS pixels. A value: each change gives a new one.
 */
export interface ViewTransform {
  /** CSS pixels per pixel of the picture. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  /** The viewport, in CSS pixels. */
  readonly viewport: Size;
  readonly picture: Size;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

export const toImage = (view: ViewTransform, at: ScreenPoint): ImagePoint => ({
  x: (at.x - view.x) / view.scale,
  y: (at.y - view.y) / view.scale,
});

export const toScreen = (view: ViewTransform, at: ImagePoint): ScreenPoint => ({
  x: at.x * view.scale + view.x,
  y: at.y * view.scale + view.y,
});

/** What of the picture's plane the viewport shows. */
export const visible = (view: ViewTransform): Rect => ({
  left: -view.x / view.scale,
  top: -view.y / view.scale,
  right: (view.viewport.width - view.x) / view.scale,
  bottom: (view.viewport.height - view.y) / view.scale,
});

export function fitScale(viewport: Size, picture: Size): number {
  const scale = Math.min(viewport.width / picture.width, viewport.height / picture.height) * FIT_FILL;
  return Number.isFinite(scale) && scale > 0 ? Math.min(scale, MAX_SCALE) : 1;
}

/** The whole picture, in the middle. */
export function fitView(viewport: Size, picture: Size, pixelRatio: number): ViewTransform {
  const scale = fitScale(viewport, picture);
  return {
    scale,
    x: (viewport.width - picture.width * scale) / 2,
    y: (viewport.height - picture.height * scale) / 2,
    viewport,
    picture,
    pixelRatio,
  };
}

/** Zooms so that what lies under `at` stays there. */
export function zoomAt(view: ViewTransform, at: ScreenPoint, factor: number): ViewTransform {
  const scale = clampScale(view, view.scale * factor);
  const ratio = scale / view.scale;
  return keepInSight({ ...view, scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio });
}

/** Moves the picture by whole device pixels, so that a picture drawn before stays crisp; what is less is lost. */
export function panBy(view: ViewTransform, dx: number, dy: number): ViewTransform {
  const whole = (value: number) => Math.round(value * view.pixelRatio) / view.pixelRatio;
  return keepInSight({ ...view, x: view.x + whole(dx), y: view.y + whole(dy) });
}

/** Shows a part of the picture, with room around it. */
export function zoomTo(view: ViewTransform, part: Rect, fill = 0.6): ViewTransform {
  const width = Math.max(part.right - part.left, 1);
  const height = Math.max(part.bottom - part.top, 1);
  const scale = clampScale(view, Math.min(view.viewport.width / width, view.viewport.height / height) * fill);
  return keepInSight({
    ...view,
    scale,
    x: view.viewport.width / 2 - ((part.left + part.right) / 2) * scale,
    y: view.viewport.height / 2 - ((part.top + part.bottom) / 2) * scale,
  });
}

/** The same place in a viewport of another size. */
export function resized(view: ViewTransform, viewport: Size, pixelRatio: number): ViewTransform {
  const x = view.x + (viewport.width - view.viewport.width) / 2;
  const y = view.y + (viewport.height - view.viewport.height) / 2;
  return keepInSight({ ...view, viewport, pixelRatio, x, y });
}

/** Moves the view just so far that a place is seen, for a crosshair that arrow keys move. */
export function reveal(view: ViewTransform, at: ImagePoint, margin = 32): ViewTransform {
  const on = toScreen(view, at);
  const dx = clamp(on.x, margin, Math.max(margin, view.viewport.width - margin)) - on.x;
  const dy = clamp(on.y, margin, Math.max(margin, view.viewport.height - margin)) - on.y;
  return dx === 0 && dy === 0 ? view : panBy(view, dx, dy);
}

function clampScale(view: ViewTransform, scale: number): number {
  return clamp(scale, fitScale(view.viewport, view.picture) * LEAST_OF_FIT, MAX_SCALE);
}

function keepInSight(view: ViewTransform): ViewTransform {
  const { viewport, picture, scale } = view;
  const x = keep(view.x, picture.width * scale, viewport.width);
  const y = keep(view.y, picture.height * scale, viewport.height);
  return x === view.x && y === view.y ? view : { ...view, x, y };
}

/** Keeps an edge of the picture from leaving the viewport's middle part. */
function keep(offset: number, length: number, room: number): number {
  const kept = room * KEPT_IN_SIGHT;
  return clamp(offset, Math.min(kept - length, room - kept - length), Math.max(room - kept, kept));
}

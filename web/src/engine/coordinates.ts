/**
 * Two spaces that must not be mixed. Image coordinates are pixels of the picture after EXIF orientation, origin at the top left
 * corner of the top left pixel, x right, y down, real numbers. Screen coordinates are CSS pixels from the top left of the viewport.
 */
declare const space: unique symbol;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place in the picture. */
export type ImagePoint = Point & { readonly [space]?: "image" };

/** A place in the viewport. */
export type ScreenPoint = Point & { readonly [space]?: "screen" };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An upright rectangle by its edges; empty where right < left. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const image = (x: number, y: number): ImagePoint => ({ x, y });

export const screen = (x: number, y: number): ScreenPoint => ({ x, y });

export const emptyRect: Rect = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

export const isEmpty = (rect: Rect): boolean => rect.right < rect.left || rect.bottom < rect.top;

export const rectOf = (a: Point, b: Point): Rect => ({
  left: Math.min(a.x, b.x),
  top: Math.min(a.y, b.y),
  right: Math.max(a.x, b.x),
  bottom: Math.max(a.y, b.y),
});

export const union = (a: Rect, b: Rect): Rect => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

export const grow = (rect: Rect, by: number): Rect => ({
  left: rect.left - by,
  top: rect.top - by,
  right: rect.right + by,
  bottom: rect.bottom + by,
});

export const overlaps = (a: Rect, b: Rect): boolean => a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;

export const contains = (outer: Rect, inner: Rect): boolean =>
  outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;

export const centre = (rect: Rect): ImagePoint => ({ x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 });

export const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The smallest upright rectangle around points written as x, y, x, y ... */
export function boundsOf(xy: readonly number[]): Rect {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = xy[i] as number;
    const y = xy[i + 1] as number;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { left, top, right, bottom };
}

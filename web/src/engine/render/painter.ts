import { grow, type Rect } from "../coordinates";
import { LooseGrid } from "../spatial/loose-grid";
import { boundsOfItem, type PaintItem, type PaintStyle } from "./paint";
import { type Clip, Raster, type Scratch, type Surface } from "./raster";
import { FILL, LINE, POINT_RADIUS, POINT_RIM, rgbOf } from "./style";

/** A piece of the picture's plane as pixels: `pixel = (place - origin) * scale`. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  /** Device pixels per pixel of the picture. */
  readonly scale: number;
  /** Device pixels per CSS pixel: how wide lines are. */
  readonly pixelRatio: number;
  readonly width: number;
  readonly height: number;
}

export const sameFrame = (a: Frame, b: Frame): boolean =>
  a.x === b.x && a.y === b.y && a.scale === b.scale && a.width === b.width && a.height === b.height && a.pixelRatio === b.pixelRatio;

export const coverage = (frame: Frame): Rect => ({
  left: frame.x,
  top: frame.y,
  right: frame.x + frame.width / frame.scale,
  bottom: frame.y + frame.height / frame.scale,
});

/** The pixels of a frame that a rectangle of the picture's plane touches, lines included. */
export function clipOf(frame: Frame, rect: Rect): Clip {
  const reach = lineReach(frame);
  return {
    left: Math.max(0, Math.floor((rect.left - frame.x) * frame.scale - reach)),
    top: Math.max(0, Math.floor((rect.top - frame.y) * frame.scale - reach)),
    right: Math.min(frame.width, Math.ceil((rect.right - frame.x) * frame.scale + reach)),
    bottom: Math.min(frame.height, Math.ceil((rect.bottom - frame.y) * frame.scale + reach)),
  };
}

/** How far a shape's drawing reaches beyond its points, in device pixels. */
const lineReach = (frame: Frame): number => (POINT_RADIUS + 2) * frame.pixelRatio;

/** Shapes drawn after so many are a slice of work. */
const SLICE = 32;

/** Points nearer than this to the last one are not drawn, in device pixels. */
const TOO_NEAR = 0.4;

/** Resting shapes, in their order, found by place. */
export class ItemStore {
  readonly #items = new Map<number, PaintItem>();
  readonly #ranks = new Map<number, number>();
  readonly #grid = new LooseGrid<number>();
  readonly #lifted = new Set<number>();
  #styles: readonly PaintStyle[] = [];

  get styles(): readonly PaintStyle[] {
    return this.#styles;
  }

  setStyles(styles: readonly PaintStyle[]): void {
    this.#styles = styles;
  }

  clear(): void {
    this.#items.clear();
    this.#ranks.clear();
    this.#grid.clear();
    this.#lifted.clear();
  }

  /** Adds an item or another form of it; gives the places that change. */
  put(item: PaintItem): Rect[] {
    const before = this.#grid.boundsOf(item.key);
    const bounds = boundsOfItem(item);
    this.#items.set(item.key, item);
    this.#grid.set(item.key, bounds);
    return before ? [before, bounds] : [bounds];
  }

  delete(key: number): Rect[] {
    const before = this.#grid.boundsOf(key);
    this.#items.delete(key);
    this.#grid.delete(key);
    this.#lifted.delete(key);
    return before ? [before] : [];
  }

  /** Says which is above which. Items that are not named lie at the bottom. */
  setOrder(keys: ArrayLike<number>): void {
    this.#ranks.clear();
    for (let i = 0; i < keys.length; i++) this.#ranks.set(keys[i] as number, i);
  }

  /** Takes items out of the picture while they are drawn elsewhere; gives the places that change. */
  setLifted(keys: ArrayLike<number>): Rect[] {
    const next = new Set(Array.from(keys));
    const changed = [...next].filter(key => !this.#lifted.has(key)).concat([...this.#lifted].filter(key => !next.has(key)));
    this.#lifted.clear();
    for (const key of next) this.#lifted.add(key);
    return changed.map(key => this.#grid.boundsOf(key)).filter(bounds => bounds !== undefined);
  }

  /** Items that may show in a rectangle, from the bottom up. */
  within(rect: Rect): PaintItem[] {
    const rank = (key: number) => this.#ranks.get(key) ?? -1;
    const keys = this.#grid.query(rect).filter(key => !this.#lifted.has(key));
    return keys.sort((a, b) => rank(a) - rank(b)).map(key => this.#items.get(key) as PaintItem);
  }
}

/**
 * Draws resting shapes over a surface that holds the image, where the clip is. A generator: it yields after some shapes, so that whoever runs it can
 * look at the clock and at what else is wanted.
 */
export function* paintItems(store: ItemStore, frame: Frame, surface: Surface, clip: Clip, scratch: Scratch): Generator<void, void> {
  if (clip.right <= clip.left || clip.bottom <= clip.top) return;
  const reach = lineReach(frame) / frame.scale;
  const seen = grow(
    {
      left: frame.x + clip.left / frame.scale,
      top: frame.y + clip.top / frame.scale,
      right: frame.x + clip.right / frame.scale,
      bottom: frame.y + clip.bottom / frame.scale,
    },
    reach,
  );
  const raster = new Raster(surface, clip, scratch);
  let drawn = 0;
  for (const item of store.within(seen)) {
    const style = store.styles[item.style];
    if (style) paintItem(raster, frame, item, style);
    if (++drawn % SLICE === 0) yield;
  }
}

function paintItem(raster: Raster, frame: Frame, item: PaintItem, style: PaintStyle): void {
  const [red, green, blue] = rgbOf(style.colour);
  if (item.path === "points") paintPoints(raster, frame, item, style);
  else {
    const count = project(item.numbers, frame);
    if (!frameItem(raster, item, frame)) return;
    if (item.path === "ring" && count > 2 && style.filled !== false) raster.fill(projected, count, red, green, blue, FILL * style.opacity);
    raster.stroke(projected, count, item.path === "ring" && count > 2, LINE * frame.pixelRatio, style.dashed);
  }
  raster.flush(red, green, blue, style.opacity);
}

/** Tells the raster where an item lies. */
function frameItem(raster: Raster, item: PaintItem, frame: Frame): boolean {
  const { left, top, right, bottom } = clipOf(frame, boundsOfItem(item));
  return raster.frame(left, top, right, bottom);
}

function paintPoints(raster: Raster, frame: Frame, item: PaintItem, style: PaintStyle): void {
  if (!frameItem(raster, item, frame)) return;
  const at = (index: number): [number, number] => [
    ((item.numbers[3 * index] as number) - frame.x) * frame.scale,
    ((item.numbers[3 * index + 1] as number) - frame.y) * frame.scale,
  ];
  const seen = (index: number) => (item.numbers[3 * index + 2] as number) > 0;
  for (const [from, to] of style.limbs) {
    if (!seen(from) || !seen(to)) continue;
    raster.segment(...at(from), ...at(to), (LINE * frame.pixelRatio) / 2);
  }
  for (let i = 0; 3 * i < item.numbers.length; i++) {
    if (!seen(i)) continue;
    const hidden = item.numbers[3 * i + 2] === 1;
    raster.disc(...at(i), POINT_RADIUS * frame.pixelRatio, hidden ? POINT_RIM * frame.pixelRatio : 0);
  }
}

let projected = new Float64Array(256);

/** Lays points into the frame's pixels, into `projected`; of points too near to tell apart one is left. Gives their number. */
function project(xy: ArrayLike<number>, frame: Frame): number {
  if (projected.length < xy.length) projected = new Float64Array(2 * xy.length);
  let count = 0;
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = ((xy[i] as number) - frame.x) * frame.scale;
    const y = ((xy[i + 1] as number) - frame.y) * frame.scale;
    if (count > 0) {
      const dx = x - (projected[2 * count - 2] as number);
      const dy = y - (projected[2 * count - 1] as number);
      if (dx * dx + dy * dy < TOO_NEAR * TOO_NEAR) continue;
    }
    projected[2 * count] = x;
    projected[2 * count + 1] = y;
    count++;
  }
  return count;
}

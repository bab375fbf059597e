import type { Rect } from "../coordinates";

/** How a resting shape looks. Styles are few and shared. */
export interface PaintStyle {
  /** `#rrggbb`. */
  readonly colour: string;
  readonly dashed: boolean;
  /** Areas are filled unless this is false. */
  readonly filled?: boolean;
  readonly opacity: number;
  /** Pairs of points that a line joins, of keypoints. */
  readonly limbs: readonly (readonly [number, number])[];
}

export type PaintPath = "ring" | "line" | "points";

export const PATHS: readonly PaintPath[] = ["ring", "line", "points"];

/** One resting shape, as whoever draws it needs it. */
export interface PaintItem {
  readonly key: number;
  readonly path: PaintPath;
  /** x, y ... of a ring or line; x, y, visibility ... of points. In the picture's pixels. */
  readonly numbers: ArrayLike<number>;
  readonly style: number;
}

/** Items as two flat lists, which go to a worker without being copied. */
export interface PackedItems {
  /** Of each item: key, path, style, how many numbers. */
  readonly heads: Int32Array<ArrayBuffer>;
  readonly numbers: Float32Array<ArrayBuffer>;
}

const HEAD = 4;

export function pack(items: readonly PaintItem[]): PackedItems {
  const heads = new Int32Array(items.length * HEAD);
  const numbers = new Float32Array(items.reduce((sum, item) => sum + item.numbers.length, 0));
  let from = 0;
  for (const [i, item] of items.entries()) {
    heads.set([item.key, PATHS.indexOf(item.path), item.style, item.numbers.length], i * HEAD);
    numbers.set(item.numbers, from);
    from += item.numbers.length;
  }
  return { heads, numbers };
}

export function unpack({ heads, numbers }: PackedItems): PaintItem[] {
  const items: PaintItem[] = [];
  let from = 0;
  for (let i = 0; i < heads.length; i += HEAD) {
    const count = heads[i + 3] as number;
    items.push({
      key: heads[i] as number,
      path: PATHS[heads[i + 1] as number] as PaintPath,
      style: heads[i + 2] as number,
      numbers: numbers.subarray(from, from + count),
    });
    from += count;
  }
  return items;
}

/** Bounds of an item's points, without its line's width. */
export function boundsOfItem(item: PaintItem): Rect {
  const stride = item.path === "points" ? 3 : 2;
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let i = 0; i + 1 < item.numbers.length; i += stride) {
    if (stride === 3 && item.numbers[i + 2] === 0) continue;
    const x = item.numbers[i] as number;
    const y = item.numbers[i + 1] as number;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { left, top, right, bottom };
}

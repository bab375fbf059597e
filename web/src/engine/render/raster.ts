/** Opaque pixels, row by row, four bytes each. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Whole pixels, right and bottom excluded. */
export interface Clip {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels on and off along a dashed line. */
export const DASH: readonly [number, number] = [6, 4];

/**
 * Draws filled rings and soft-edged lines into pixels. Canvas 2D without a graphics card takes twice as long for thousands of small shapes (it
 * builds an outline of every stroke and sorts its edges), draws a part of a picture a little otherwise than the whole, and needs a browser. Here a
 * line is the pixels between its edges, straight into a mask of one byte a pixel; where a shape's lines meet the greater cover counts, so that
 * joints are no darker; then the mask is laid over the pixels in the shape's colour.
 */
export class Raster {
  readonly #width: number;
  /** A pixel as one number, alpha, blue, green and red from the top byte down: every browser's machine is little-endian. */
  readonly #words: Uint32Array;
  readonly #clip: Clip;
  readonly #mask: Uint8Array;
  readonly #touched: Int32Array;
  #count = 0;
  /** The part of the surface that the mask stands for: as small as the shape at hand, so that it stays in the processor's nearest memory. */
  #window: Clip;
  #stride: number;

  /** @param scratch Made by {@link Scratch}; may be shared by all that draw one after the other. */
  constructor(surface: Surface, clip: Clip, scratch: Scratch) {
    this.#width = surface.width;
    this.#words = new Uint32Array(surface.pixels.buffer, surface.pixels.byteOffset, surface.width * surface.height);
    this.#clip = {
      left: Math.max(0, clip.left),
      top: Math.max(0, clip.top),
      right: Math.min(surface.width, clip.right),
      bottom: Math.min(surface.height, clip.bottom),
    };
    [this.#mask, this.#touched] = scratch.of(surface.width * surface.height);
    this.#window = this.#clip;
    this.#stride = this.#clip.right - this.#clip.left;
  }

  /** Says where the next lines and discs will lie; false where none of it is to be drawn. What lies beyond is left out. */
  frame(left: number, top: number, right: number, bottom: number): boolean {
    const clip = this.#clip;
    const within = {
      left: Math.max(clip.left, Math.floor(left)),
      top: Math.max(clip.top, Math.floor(top)),
      right: Math.min(clip.right, Math.ceil(right)),
      bottom: Math.min(clip.bottom, Math.ceil(bottom)),
    };
    this.#window = within;
    this.#stride = within.right - within.left;
    return within.right > within.left && within.bottom > within.top;
  }

  /** Fills a ring of `count` points by the even-odd rule, without soft edges: its line covers them. */
  fill(xy: Float64Array, count: number, red: number, green: number, blue: number, alpha: number): void {
    const { left, top, right, bottom } = this.#clip;
    let first = Infinity;
    let last = -Infinity;
    for (let i = 0; i < count; i++) {
      const y = xy[2 * i + 1] as number;
      if (y < first) first = y;
      if (y > last) last = y;
    }
    const from = Math.max(top, Math.ceil(first - 0.5));
    const to = Math.min(bottom - 1, Math.floor(last - 0.5));
    if (from > to) return;
    const { xs, starts } = crossings(xy, count, from, to);
    const weight = Math.round(alpha * 256);
    const redBlue = Math.imul(red | (blue << 16), weight);
    const greenOnly = Math.imul(green << 8, weight);
    const kept = 256 - weight;
    const words = this.#words;
    for (let y = from; y <= to; y++) {
      const begin = starts[y - from] as number;
      const end = starts[y - from + 1] as number;
      sort(xs, begin, end);
      for (let k = begin; k + 1 < end; k += 2) {
        const stop = y * this.#width + Math.min(right - 1, Math.floor((xs[k + 1] as number) - 0.5));
        for (let place = y * this.#width + Math.max(left, Math.ceil((xs[k] as number) - 0.5)); place <= stop; place++) {
          words[place] = blend(words[place] as number, redBlue, greenOnly, kept);
        }
      }
    }
  }

  /** Marks a line of `count` points, to be laid over the pixels by {@link flush}. */
  stroke(xy: Float64Array, count: number, closed: boolean, width: number, dashed: boolean): void {
    const half = width / 2;
    const segments = closed ? count : count - 1;
    let walked = 0;
    for (let i = 0; i < segments; i++) {
      const j = i + 1 === count ? 0 : i + 1;
      const ax = xy[2 * i] as number;
      const ay = xy[2 * i + 1] as number;
      const bx = xy[2 * j] as number;
      const by = xy[2 * j + 1] as number;
      if (dashed) walked = this.#dashes(ax, ay, bx, by, half, walked);
      else this.segment(ax, ay, bx, by, half);
    }
  }

  /** Marks a disc; with `hole` only its rim of that width. */
  disc(x: number, y: number, radius: number, rim = 0): void {
    const { left, top, right, bottom } = this.#window;
    const reach = radius + 0.5;
    const inner = rim > 0 ? radius - rim : -Infinity;
    for (let row = Math.max(top, Math.floor(y - reach)); row <= Math.min(bottom - 1, Math.ceil(y + reach)); row++) {
      for (let column = Math.max(left, Math.floor(x - reach)); column <= Math.min(right - 1, Math.ceil(x + reach)); column++) {
        const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        this.#mark((row - top) * this.#stride + column - left, Math.min(reach - distance, distance - inner + 0.5));
      }
    }
  }

  /**
   * Marks one segment, its ends drawn out by half its width. It is walked pixel by pixel along its longer direction; across, a pixel is covered
   * as far as it lies between the line's edges.
   */
  segment(ax: number, ay: number, bx: number, by: number, half: number): void {
    const { left, top, right, bottom } = this.#window;
    if (Math.abs(bx - ax) >= Math.abs(by - ay)) this.#walk(ax, ay, bx, by, half, left, right, top, bottom, 1, this.#stride);
    else this.#walk(ay, ax, by, bx, half, top, bottom, left, right, this.#stride, 1);
  }

  /** Lays what is marked over the pixels, and forgets it. */
  flush(red: number, green: number, blue: number, alpha: number): void {
    const words = this.#words;
    const mask = this.#mask;
    const scale = (alpha * 256) / 255;
    const redBlue = red | (blue << 16);
    const greenOnly = green << 8;
    const { left, top } = this.#window;
    const rows = 1 / this.#stride;
    for (let k = 0; k < this.#count; k++) {
      const local = this.#touched[k] as number;
      const weight = Math.round((mask[local] as number) * scale);
      mask[local] = 0;
      const row = ((local + 0.5) * rows) | 0;
      const place = (row + top) * this.#width + local - row * this.#stride + left;
      words[place] = blend(words[place] as number, Math.imul(redBlue, weight), Math.imul(greenOnly, weight), 256 - weight);
    }
    this.#count = 0;
  }

  #dashes(ax: number, ay: number, bx: number, by: number, half: number, walked: number): number {
    const length = Math.hypot(bx - ax, by - ay);
    const [on, off] = DASH;
    const seen = length === 0 ? null : this.#seen(ax, ay, bx, by, half + 1);
    if (!seen) return walked + length;
    const place = (distance: number): [number, number] => [ax + ((bx - ax) * distance) / length, ay + ((by - ay) * distance) / length];
    // Of a line far longer than what is seen, the dashes before it are passed over.
    const phase = walked % (on + off);
    const first = Math.floor((seen[0] * length + phase) / (on + off));
    for (let at = first * (on + off) - phase; at < seen[1] * length; at += on + off) {
      const start = Math.max(0, at);
      const end = Math.min(length, at + on);
      if (end > start) this.segment(...place(start), ...place(end), half);
    }
    return walked + length;
  }

  /** The part of a segment, from 0 to 1, that comes near the clip; null where none does. */
  #seen(ax: number, ay: number, bx: number, by: number, reach: number): [number, number] | null {
    const { left, top, right, bottom } = this.#window;
    let from = 0;
    let to = 1;
    for (const [start, step, low, high] of [
      [ax, bx - ax, left - reach, right + reach],
      [ay, by - ay, top - reach, bottom + reach],
    ] as const) {
      if (step === 0) {
        if (start < low || start > high) return null;
        continue;
      }
      from = Math.max(from, Math.min((low - start) / step, (high - start) / step));
      to = Math.min(to, Math.max((low - start) / step, (high - start) / step));
    }
    return from <= to ? [from, to] : null;
  }

  /** `a` runs along the line's longer direction, `b` across it; the steps say how far the next pixel of each is in the mask. */
  #walk(
    a0: number,
    b0: number,
    a1: number,
    b1: number,
    half: number,
    lowA: number,
    highA: number,
    lowB: number,
    highB: number,
    stepA: number,
    stepB: number,
  ): void {
    const length = Math.hypot(a1 - a0, b1 - b0);
    const along = length < 1e-9 ? 1 : Math.abs(a1 - a0) / length;
    const slope = length < 1e-9 ? 0 : (b1 - b0) / (a1 - a0);
    const start = Math.min(a0, a1) - half * along;
    const end = Math.max(a0, a1) + half * along;
    const reach = half / along;
    const first = Math.max(lowA, Math.floor(start));
    const last = Math.min(highA, Math.ceil(end)) - 1;
    const mask = this.#mask;
    for (let a = first; a <= last; a++) {
      const share = Math.min(1, Math.min(a + 1, end) - Math.max(a, start)) * 255;
      const middle = b0 + (a + 0.5 - a0) * slope;
      const near = middle - reach;
      const far = middle + reach;
      const stop = Math.min(highB, Math.ceil(far));
      for (let b = Math.max(lowB, Math.floor(near)); b < stop; b++) {
        const cover = ((b + 1 < far ? b + 1 : far) - (b > near ? b : near)) * share;
        const place = (a - lowA) * stepA + (b - lowB) * stepB;
        const before = mask[place] as number;
        if (cover <= before) continue;
        if (before === 0 && cover >= 1) this.#touched[this.#count++] = place;
        mask[place] = cover;
      }
    }
  }

  #mark(place: number, cover: number): void {
    if (cover <= 0) return;
    const value = cover >= 1 ? 255 : (cover * 255) | 0;
    const before = this.#mask[place] as number;
    if (value <= before) return;
    if (before === 0) this.#touched[this.#count++] = place;
    this.#mask[place] = value;
  }
}

/**
 * A pixel with a colour laid over it; the colour comes multiplied by its weight of 256, `kept` is what is left for the pixel. Red and blue are
 * reckoned together, in whole numbers of 32 bits: neither reaches into the other's byte.
 */
function blend(pixel: number, redBlue: number, green: number, kept: number): number {
  const rb = (Math.imul(pixel & 0xff00ff, kept) + redBlue) >>> 8;
  const g = (Math.imul(pixel & 0xff00, kept) + green) >>> 8;
  return 0xff000000 | (rb & 0xff00ff) | (g & 0xff00);
}

/** A mask and the list of places marked in it, kept from one drawing to the next. */
export class Scratch {
  #mask = new Uint8Array(0);
  #touched = new Int32Array(0);

  of(size: number): [Uint8Array, Int32Array] {
    if (this.#mask.length < size) {
      this.#mask = new Uint8Array(size);
      this.#touched = new Int32Array(size);
    }
    return [this.#mask, this.#touched];
  }
}

let xs = new Float64Array(1024);
let starts = new Int32Array(1024);
let filled = new Int32Array(1024);

/** Where a ring's edges cross the middle of each row, row after row: first counted, then laid down. */
function crossings(xy: Float64Array, count: number, from: number, to: number): { readonly xs: Float64Array; readonly starts: Int32Array } {
  const rows = to - from + 1;
  if (starts.length < rows + 1) {
    starts = new Int32Array(2 * rows + 2);
    filled = new Int32Array(2 * rows + 2);
  }
  starts.fill(0, 0, rows + 1);
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const ay = xy[2 * j + 1] as number;
    const by = xy[2 * i + 1] as number;
    const last = lastRow(ay, by, to);
    for (let row = firstRow(ay, by, from); row <= last; row++) starts[row - from + 1] = (starts[row - from + 1] as number) + 1;
  }
  for (let row = 0; row < rows; row++) {
    starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
    filled[row] = starts[row] as number;
  }
  const total = starts[rows] as number;
  if (xs.length < total) xs = new Float64Array(2 * total);
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const ax = xy[2 * j] as number;
    const ay = xy[2 * j + 1] as number;
    const by = xy[2 * i + 1] as number;
    const slope = ((xy[2 * i] as number) - ax) / (by - ay);
    const last = lastRow(ay, by, to);
    for (let row = firstRow(ay, by, from); row <= last; row++) {
      const slot = filled[row - from] as number;
      filled[row - from] = slot + 1;
      xs[slot] = ax + (row + 0.5 - ay) * slope;
    }
  }
  return { xs, starts };
}

/** The rows whose middle an edge crosses; the upper end belongs to it, the lower one does not, so that no corner counts twice. */
const firstRow = (ay: number, by: number, from: number): number => Math.max(from, Math.ceil((ay < by ? ay : by) - 0.5));

const lastRow = (ay: number, by: number, to: number): number => Math.min(to, Math.ceil((ay < by ? by : ay) - 0.5) - 1);

/** A short list sorted in place. */
function sort(values: Float64Array, from: number, to: number): void {
  if (to - from > 48) {
    values.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i] as number;
    let j = i - 1;
    while (j >= from && (values[j] as number) > value) {
      values[j + 1] = values[j] as number;
      j--;
    }
    values[j + 1] = value;
  }
}

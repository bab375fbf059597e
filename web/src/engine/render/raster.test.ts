import { describe, expect, it } from "vitest";
import { Random } from "../testing/random";
import { ring } from "../testing/scenes";
import { pack, unpack } from "./paint";
import { clipOf, type Frame, ItemStore, paintItems } from "./painter";
import { type Clip, Raster, Scratch, type Surface } from "./raster";

const surface = (width: number, height: number, value = 0): Surface => {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(value);
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
  return { width, height, pixels };
};

const red = ({ width, pixels }: Surface, x: number, y: number) => pixels[(y * width + x) * 4] as number;

const whole = ({ width, height }: Surface): Clip => ({ left: 0, top: 0, right: width, bottom: height });

/** How many bytes differ; comparing arrays of this size by expect takes seconds. */
const differing = (a: Surface, b: Surface) => a.pixels.reduce((sum, value, i) => sum + (value === b.pixels[i] ? 0 : 1), 0);

describe("a line", () => {
  it("covers what lies nearer than half its width, softly at the edge", () => {
    const target = surface(40, 40);
    const raster = new Raster(target, whole(target), new Scratch());
    raster.stroke(Float64Array.of(5, 10.5, 30, 10.5), 2, false, 2, false);
    raster.flush(255, 255, 255, 1);
    expect(red(target, 15, 10)).toBe(255);
    expect(red(target, 15, 9)).toBeCloseTo(127, -1);
    expect(red(target, 15, 8)).toBe(0);
    expect(red(target, 35, 10)).toBe(0);
  });

  it("is as dark where it meets itself as elsewhere", () => {
    const target = surface(60, 60);
    const raster = new Raster(target, whole(target), new Scratch());
    raster.stroke(Float64Array.of(10.5, 10.5, 40.5, 10.5, 40.5, 40.5, 10.5, 40.5), 4, true, 3, false);
    raster.flush(255, 0, 0, 0.5);
    expect(red(target, 40, 10)).toBe(red(target, 25, 10));
  });

  it("is the same whether it is drawn whole or in pieces", { timeout: 60_000 }, () => {
    const random = new Random(12);
    for (let round = 0; round < 30; round++) {
      const xy = Float64Array.from(ring(random, random.between(-20, 120), random.between(-20, 120), random.between(5, 400), 12));
      const once = surface(100, 100, 40);
      const pieces = surface(100, 100, 40);
      const draw = (target: Surface, clip: Clip) => {
        const raster = new Raster(target, clip, new Scratch());
        raster.fill(xy, 12, 255, 100, 0, 0.12);
        raster.stroke(xy, 12, true, 1.5, round % 2 === 1);
        raster.flush(255, 100, 0, 0.8);
      };
      draw(once, whole(once));
      for (const left of [0, 37]) {
        for (const top of [0, 64]) draw(pieces, { left, top, right: left === 0 ? 37 : 100, bottom: top === 0 ? 64 : 100 });
      }
      expect(differing(pieces, once)).toBe(0);
    }
  });
});

describe("a ring's fill", () => {
  it("covers as many pixels as its area", () => {
    const random = new Random(2);
    for (let round = 0; round < 20; round++) {
      const xy = Float64Array.from(ring(random, 100, 100, 60, 15));
      const target = surface(200, 200);
      const raster = new Raster(target, whole(target), new Scratch());
      raster.fill(xy, 15, 255, 255, 255, 1);
      let area = 0;
      for (let i = 0, j = 14; i < 15; j = i++) {
        area += (xy[2 * j] as number) * (xy[2 * i + 1] as number) - (xy[2 * i] as number) * (xy[2 * j + 1] as number);
      }
      let covered = 0;
      for (let i = 0; i < target.pixels.length; i += 4) covered += (target.pixels[i] as number) > 200 ? 1 : 0;
      expect(Math.abs(covered - Math.abs(area) / 2)).toBeLessThan(60);
    }
  });
});

describe("the store of items", () => {
  const style = { colour: "#ff0000", dashed: false, opacity: 1, limbs: [[0, 1]] as const };
  const frame: Frame = { x: 0, y: 0, scale: 1, pixelRatio: 1, width: 100, height: 100 };
  const items = [
    { key: 1, path: "ring", numbers: [10, 10, 50, 10, 50, 50, 10, 50], style: 0 },
    { key: 2, path: "points", numbers: [60, 60, 2, 80, 80, 1, 0, 0, 0], style: 0 },
  ] as const;

  it("goes to a worker and back", () => {
    expect(unpack(pack(items)).map(item => ({ ...item, numbers: Array.from(item.numbers) }))).toEqual(items);
  });

  it("draws again what changed, the same as drawing all anew", { timeout: 60_000 }, () => {
    const random = new Random(6);
    const store = new ItemStore();
    store.setStyles([style, { ...style, colour: "#00ff00", dashed: true, opacity: 0.6 }]);
    const scratch = new Scratch();
    const base = surface(100, 100, 90);
    const kept: Surface = { ...base, pixels: base.pixels.slice() };
    const draw = (target: Surface, clip: Clip) => {
      for (const _ of paintItems(store, frame, target, clip, scratch)) void _;
    };
    for (let i = 0; i < 150; i++) {
      const key = random.whole(12);
      const at = [random.between(0, 100), random.between(0, 100)] as const;
      const changed = random.chance(0.2)
        ? store.delete(key)
        : random.chance(0.2)
          ? store.setLifted([key])
          : store.put({ key, path: "ring", numbers: Float32Array.from(ring(random, ...at, 12, 9)), style: key % 2 });
      store.setOrder(Array.from({ length: 12 }, (_, k) => k));
      for (const rect of changed) {
        const clip = clipOf(frame, rect);
        for (let row = clip.top; row < clip.bottom; row++) {
          const [from, to] = [(row * 100 + clip.left) * 4, (row * 100 + clip.right) * 4];
          if (to > from) kept.pixels.set(base.pixels.subarray(from, to), from);
        }
        draw(kept, clip);
      }
    }
    const fresh: Surface = { ...base, pixels: base.pixels.slice() };
    draw(fresh, whole(fresh));
    expect(differing(kept, fresh)).toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Random } from "../testing/random";
import { ring } from "../testing/scenes";
import type { CanvasMaker } from "./image-source";
import { type PaintItem, pack } from "./paint";
import type { Frame } from "./painter";
import type { RenderReply, RenderRequest } from "./protocol";
import type { Surface } from "./raster";
import { RenderLoop } from "./render-loop";

const frame = (x: number, width = 200): Frame => ({ x, y: 0, scale: 1, pixelRatio: 1, width, height: 120 });

let samples = 0;

/** A canvas that knows no more than its ground. */
const makeCanvas: CanvasMaker = (width, height) => {
  const context = {
    canvas: { width, height },
    fillStyle: "",
    fillRect: () => undefined,
    setTransform: () => undefined,
    drawImage: () => undefined,
    getImageData: (_x: number, _y: number, w: number, h: number) => {
      samples++;
      return { data: new Uint8ClampedArray(w * h * 4).fill(255) };
    },
  };
  return { width, height, getContext: () => context } as unknown as HTMLCanvasElement;
};

/** A loop whose clock stands still unless told, whose pauses last until let go, and whose pictures are their pixels. */
class Bench {
  readonly pictures: (RenderReply & { kind: "picture" })[] = [];
  readonly told: string[] = [];
  #now = 0;
  /** How much time passes at each look at the clock. */
  pace = 0;
  #paused: (() => void)[] = [];
  readonly loop = new RenderLoop({
    makeCanvas,
    now: () => {
      this.#now += this.pace;
      return this.#now;
    },
    pause: () => new Promise(resolve => this.#paused.push(resolve)),
    toBitmap: (surface: Surface) => Promise.resolve({ pixels: surface.pixels.slice() } as unknown as ImageBitmap),
    reply: reply => {
      this.told.push(reply.kind === "picture" ? reply.layer : reply.kind);
      if (reply.kind === "picture") this.pictures.push(reply);
    },
    stretch: 10,
  });

  say(request: RenderRequest): void {
    void this.loop.handle(request);
  }

  /** Lets it work until it waits for nothing more. */
  async settle(): Promise<void> {
    for (let idle = 0; idle < 30; idle++) {
      await Promise.resolve();
      if (this.#paused.length > 0) idle = 0;
      for (const resume of this.#paused.splice(0)) resume();
    }
  }

  /** Lets it go on for one pause. */
  async once(): Promise<void> {
    for (let i = 0; i < 30; i++) await Promise.resolve();
    for (const resume of this.#paused.splice(0)) resume();
    for (let i = 0; i < 30; i++) await Promise.resolve();
  }

  get last(): Uint8ClampedArray {
    const picture = this.pictures[this.pictures.length - 1];
    if (!picture) throw new Error("Nothing was drawn.");
    return (picture.bitmap as unknown as { pixels: Uint8ClampedArray }).pixels;
  }
}

const style = { colour: "#ff0000", dashed: false, opacity: 1, limbs: [] };

const someItems = (random: Random, count: number): PaintItem[] =>
  Array.from({ length: count }, (_, key) => ({
    key,
    path: "ring",
    numbers: ring(random, random.between(0, 400), random.between(0, 120), 10, 9),
    style: 0,
  }));

const items = (put: readonly PaintItem[], revision: number, more: Partial<RenderRequest & { kind: "items" }> = {}): RenderRequest => ({
  kind: "items",
  revision,
  put: pack(put),
  gone: new Int32Array(),
  styles: [style],
  order: Int32Array.from({ length: 500 }, (_, i) => i),
  ...more,
});

const differing = (a: Uint8ClampedArray, b: Uint8ClampedArray) => a.reduce((sum, value, i) => sum + (value === b[i] ? 0 : 1), 0);

describe("the render loop", () => {
  it("draws a view, then the overview", async () => {
    const bench = new Bench();
    bench.say({ kind: "open", image: null, epoch: 1 });
    bench.say(items(someItems(new Random(1), 50), 1));
    bench.say({ kind: "overview", frame: frame(0, 400) });
    bench.say({ kind: "view", frame: frame(0) });
    await bench.settle();
    expect(bench.pictures.map(({ layer, revision, epoch }) => [layer, revision, epoch])).toEqual([
      ["sharp", 1, 1],
      ["overview", 1, 1],
    ]);
    expect(bench.pictures[0]?.frame).toEqual(frame(0));
  });

  it("draws again only what changed, to the same pixels as all anew", async () => {
    const random = new Random(2);
    const shapes = someItems(random, 80);
    const bench = new Bench();
    bench.say(items(shapes, 1));
    bench.say({ kind: "view", frame: frame(0) });
    await bench.settle();
    const changed = shapes.map(item => (item.key % 9 === 0 ? { ...item, numbers: ring(random, random.between(0, 200), 60, 14, 7) } : item));
    bench.say(
      items(
        changed.filter(item => item.key % 9 === 0),
        2,
        { gone: Int32Array.of(5, 6), lifted: Int32Array.of(20) },
      ),
    );
    await bench.settle();
    const fresh = new Bench();
    fresh.say(
      items(
        changed.filter(({ key }) => ![5, 6, 20].includes(key)),
        2,
      ),
    );
    fresh.say({ kind: "view", frame: frame(0) });
    await fresh.settle();
    expect(bench.pictures.at(-1)?.revision).toBe(2);
    expect(differing(bench.last, fresh.last)).toBe(0);
  });

  it("leaves off a view that is wanted no more", async () => {
    const bench = new Bench();
    bench.pace = 11;
    bench.say(items(someItems(new Random(3), 400), 1));
    bench.say({ kind: "view", frame: frame(0) });
    await bench.once();
    bench.say({ kind: "view", frame: frame(150) });
    await bench.settle();
    expect(bench.pictures.map(picture => picture.frame.x)).toEqual([150]);
  });

  it("goes on with a view while shapes change, and then draws what changed", async () => {
    const random = new Random(4);
    const shapes = someItems(random, 400);
    const bench = new Bench();
    bench.pace = 11;
    bench.say(items(shapes, 1));
    bench.say({ kind: "view", frame: frame(0) });
    await bench.once();
    const moved = shapes.slice(0, 5).map(item => ({ ...item, numbers: ring(random, 100, 60, 20, 8) }));
    bench.say(items(moved, 2));
    await bench.settle();
    expect(bench.pictures.map(picture => picture.revision)).toEqual([1, 2]);
    const fresh = new Bench();
    fresh.say(items([...moved, ...shapes.slice(5)], 2));
    fresh.say({ kind: "view", frame: frame(0) });
    await fresh.settle();
    expect(differing(bench.last, fresh.last)).toBe(0);
  });

  describe("with an image foreseen", () => {
    const begin = async (): Promise<Bench> => {
      const bench = new Bench();
      for (const image of [1, 2]) bench.say({ kind: "decode", image, blob: new Blob(), size: { width: 400, height: 120 } });
      bench.say({ kind: "open", image: 1, epoch: 1 });
      bench.say({ kind: "foresee", image: 2, number: 1, frame: frame(0) });
      bench.say({ kind: "overview", frame: frame(0, 400) });
      bench.say({ kind: "view", frame: frame(0) });
      await bench.settle();
      return bench;
    };
    const open = async (bench: Bench, at: Frame): Promise<number> => {
      samples = 0;
      bench.say({ kind: "open", image: 2, epoch: 2 });
      bench.say(items(someItems(new Random(6), 40), 1));
      bench.say({ kind: "view", frame: at });
      await bench.settle();
      expect(bench.pictures.at(-1)).toMatchObject({ epoch: 2, revision: 1, withImage: true, frame: at });
      return samples;
    };
    const decode = globalThis.createImageBitmap;

    beforeEach(() => {
      globalThis.createImageBitmap = async () => ({ width: 400, height: 120, close: () => undefined });
    });
    afterEach(() => {
      globalThis.createImageBitmap = decode;
    });

    it("draws it when all that is seen is drawn", async () => {
      const bench = await begin();
      expect(bench.told).toEqual(["decoded", "decoded", "sharp", "overview", "foreseen"]);
    });

    it("opens it with the pixels that are there, and with shapes over them", async () => {
      const bench = await begin();
      expect(await open(bench, frame(0))).toBe(0);
      const fresh = new Bench();
      fresh.say(items(someItems(new Random(6), 40), 1));
      fresh.say({ kind: "view", frame: frame(0) });
      await fresh.settle();
      expect(differing(bench.last, fresh.last)).toBe(0);
    });

    it("draws it anew in another frame, or once it looks otherwise", async () => {
      expect(await open(await begin(), frame(10))).toBe(1);
      const bench = await begin();
      bench.say({ kind: "display", display: { brightness: 2, contrast: 1, background: "#000000" } });
      await bench.settle();
      expect(await open(bench, frame(0))).toBe(1);
    });
  });

  it("says which revision it shows also where nothing of it is seen", async () => {
    const bench = new Bench();
    bench.say(items(someItems(new Random(5), 5), 1));
    bench.say({ kind: "view", frame: frame(0) });
    await bench.settle();
    bench.say(items([{ key: 900, path: "ring", numbers: [5000, 5000, 5010, 5000, 5010, 5010], style: 0 }], 2));
    await bench.settle();
    expect(bench.pictures.at(-1)?.revision).toBe(2);
  });
});

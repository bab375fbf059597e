import { createWorkbenchEngine, type WorkbenchEngine, writeAnswers } from "../src/engine";
import { SceneIndex } from "../src/engine/spatial/scene-index";
import { Random } from "../src/engine/testing/random";
import { crowdedScene } from "../src/engine/testing/scenes";

/** What the measuring program drives: the engine with many polygons over a picture of noise, and a clock for frames. */
declare global {
  interface Window {
    bench?: { readonly engine: WorkbenchEngine; readonly frames: FrameClock; readonly rest: RestClock; hit(): number };
  }
}

/** Behind the picture all is pure magenta, which the picture has nowhere: where it shows, the canvas is blank. */
const BEHIND = "#ff00ff";

/** From an input's handler to the pixels of both canvases, read back so that nothing is still to be drawn. */
class FrameClock {
  readonly #canvases: readonly CanvasRenderingContext2D[];
  #durations: number[] = [];
  #blank = 0;
  #fences = true;
  #since: number | null = null;
  #asked = false;

  constructor(container: HTMLElement) {
    this.#canvases = [...container.querySelectorAll("canvas")].map(canvas => canvas.getContext("2d")).filter(context => context !== null);
    for (const kind of ["pointermove", "pointerdown", "wheel"] as const) {
      container.addEventListener(kind, () => this.#begin(), { capture: true, passive: true });
      // The engine's own listener was there before this one and has asked for its frame: what is asked for now comes after it.
      container.addEventListener(kind, () => this.#follow(), { passive: true });
    }
  }

  /** @param fences Whether pixels are read back; without, only the handlers' and the frame's own work is in the durations. */
  reset(fences: boolean): void {
    this.#durations = [];
    this.#blank = 0;
    this.#fences = fences;
  }

  take(): { durations: readonly number[]; blank: number } {
    return { durations: this.#durations, blank: this.#blank };
  }

  #begin(): void {
    this.#since ??= performance.now();
  }

  #follow(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => this.#end());
  }

  #end(): void {
    if (this.#fences) for (const context of this.#canvases) context.getImageData(0, 0, 1, 1);
    this.#durations.push(performance.now() - (this.#since ?? 0));
    this.#since = null;
    this.#asked = false;
    if (this.#fences && this.#isBlank()) this.#blank++;
  }

  /** Looks along the canvas's edges. */
  #isBlank(): boolean {
    const base = this.#canvases[0];
    if (!base) return true;
    const { width, height } = base.canvas;
    const strips = [
      [0, 0, width, 1],
      [0, height - 1, width, 1],
      [0, 0, 1, height],
      [width - 1, 0, 1, height],
    ] as const;
    return strips.some(([x, y, w, h]) => {
      const { data } = base.getImageData(x, y, w, h);
      for (let i = 0; i < data.length; i += 4) if (data[i] === 255 && data[i + 1] === 0 && data[i + 2] === 255) return true;
      return false;
    });
  }
}

/** From the last input to a picture drawn for just this view; meanwhile how long the page's own thread was busy at a stretch. */
class RestClock {
  readonly #engine: WorkbenchEngine;
  #last = 0;
  #sharp = 0;
  #beat = 0;
  #longest = 0;

  constructor(engine: WorkbenchEngine, container: HTMLElement) {
    this.#engine = engine;
    for (const kind of ["pointermove", "wheel"] as const)
      container.addEventListener(kind, () => this.#moved(), { capture: true, passive: true });
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      if (this.#last > 0 && this.#sharp === 0) this.#longest = Math.max(this.#longest, now - this.#beat);
      this.#beat = now;
      setTimeout(() => port2.postMessage(null), 1);
    };
    port2.postMessage(null);
  }

  reset(): void {
    this.#last = 0;
    this.#sharp = 0;
    this.#longest = 0;
  }

  get sharpAfter(): number {
    return this.#sharp - this.#last;
  }

  get isSharp(): boolean {
    return this.#sharp > 0;
  }

  get longestTask(): number {
    return this.#longest;
  }

  #moved(): void {
    this.#last = performance.now();
    this.#sharp = 0;
    this.#longest = 0;
    const look = () => {
      if (!this.#engine.getState().sharp) requestAnimationFrame(look);
      else if (this.#sharp === 0) this.#sharp = performance.now();
    };
    // The view changes in the engine's handler, which runs after this one.
    setTimeout(() => requestAnimationFrame(look));
  }
}

async function noise(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("No canvas.");
  const random = new Random(5);
  context.fillStyle = "#405050";
  context.fillRect(0, 0, width, height);
  for (let i = 0; i < 4000; i++) {
    context.fillStyle = `hsl(${random.whole(150)} 30% ${20 + random.whole(40)}%)`;
    context.fillRect(random.between(0, width), random.between(0, height), random.between(4, 200), random.between(4, 120));
  }
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
}

const parameters = new URLSearchParams(location.search);
const count = Number(parameters.get("count") ?? 5000);
const size = { width: Number(parameters.get("width") ?? 4000), height: Number(parameters.get("height") ?? 2500) };
const container = document.querySelector<HTMLElement>("#stage");
if (!container) throw new Error("No stage.");

const scene = crowdedScene(new Random(1), count, size);
const blob = await noise(size.width, size.height);
const engine = createWorkbenchEngine({
  container,
  label: "Bench",
  display: { background: BEHIND },
  worker: parameters.get("worker") !== "no",
  task: { ontology: scene.ontology.ontology, image: { blob, size }, answers: writeAnswers(scene) },
});

/** Milliseconds to find the topmost shape under a pointer, the mean of 10,000 places. */
function hit(): number {
  const index = new SceneIndex(scene);
  const random = new Random(3);
  const places = Array.from({ length: 10_000 }, () => ({ x: random.between(0, size.width), y: random.between(0, size.height) }));
  const start = performance.now();
  for (const at of places) index.shapeAt(at, 5);
  return (performance.now() - start) / places.length;
}

window.bench = { engine, frames: new FrameClock(container), rest: new RestClock(engine, container), hit };

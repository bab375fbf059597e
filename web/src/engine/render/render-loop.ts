import { type CanvasMaker, type Display, ImageSource, PLAIN, Sampler } from "./image-source";
import { unpack } from "./paint";
import { clipOf, type Frame, ItemStore, paintItems, sameFrame } from "./painter";
import type { Layer, RenderReply, RenderRequest } from "./protocol";
import { type Clip, Scratch, type Surface } from "./raster";

/** What the loop needs of where it runs. */
export interface Surroundings {
  readonly makeCanvas: CanvasMaker;
  readonly now: () => number;
  /** Lets other work in between, such as messages that make this work worthless. */
  readonly pause: () => Promise<void>;
  readonly toBitmap: (surface: Surface) => Promise<ImageBitmap>;
  readonly reply: (reply: RenderReply, transfer: Transferable[]) => void;
  /** How long it may draw at a stretch, in milliseconds. */
  readonly stretch: number;
}

/** As every browser makes one. */
export const toBitmap = ({ pixels, width, height }: Surface): Promise<ImageBitmap> =>
  createImageBitmap(new ImageData(pixels, width, height));

/** More changed places than this are redrawn as one. */
const MOST_PATCHES = 12;

/** One kept picture: the bare image, and the image with shapes over it. */
interface Picture {
  readonly frame: Frame;
  readonly bare: Uint8ClampedArray<ArrayBuffer>;
  readonly surface: Surface;
}

/** What is to be done for one layer. */
interface Plan {
  wanted: Frame | null;
  picture: Picture | null;
  dirty: Clip[];
}

/** An image that is likely to be opened next, and its pixels in a frame once they are there. */
interface Foreseen {
  readonly image: number;
  readonly number: number;
  readonly frame: Frame;
  bare: Uint8ClampedArray<ArrayBuffer> | null;
}

/**
 * Draws the resting scene, one job at a time: first what is seen, then the overview beneath it, then the image that comes next. A change of shapes redraws only the places that
 * changed. A new view makes the one under way worthless: it is left off at the next pause.
 */
export class RenderLoop {
  readonly #around: Surroundings;
  readonly #sampler: Sampler;
  readonly #store = new ItemStore();
  readonly #scratch = new Scratch();
  readonly #images = new Map<number, Promise<ImageSource>>();
  readonly #plans: Record<Layer, Plan> = { sharp: newPlan(), overview: newPlan() };
  #display: Display = PLAIN;
  #image: ImageSource | null = null;
  /** The number of the image at hand. */
  #key: number | null = null;
  #foreseen: Foreseen | null = null;
  /** While an image is being decoded nothing is drawn: shapes on bare ground would only delay it. */
  #waiting = false;
  #epoch = 0;
  #revision = 0;
  #running = false;
  /** Whether something was asked since the loop last looked for work. */
  #asked = false;
  /** Whether somebody waits to hear that a revision is drawn, also where nothing of what is seen changed. */
  #tell = false;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#sampler = new Sampler(around.makeCanvas);
  }

  async handle(request: RenderRequest): Promise<void> {
    switch (request.kind) {
      case "decode":
        return this.#decode(request.image, request.blob, request.size);
      case "forget":
        return this.#forget(request.image);
      case "open":
        await this.#open(request.image, request.epoch);
        break;
      case "items":
        this.#change(request);
        break;
      case "display":
        this.#display = request.display;
        this.#foreseen = null;
        this.#plans.sharp = { ...newPlan(), wanted: this.#frameOf("sharp") };
        this.#plans.overview = { ...newPlan(), wanted: this.#frameOf("overview") };
        break;
      case "view":
        this.#plans.sharp.wanted = request.frame;
        break;
      case "overview":
        this.#plans.overview.wanted = request.frame;
        break;
      case "foresee":
        this.#foreseen = { ...request, bare: null };
        break;
    }
    await this.#run();
  }

  async #decode(key: number, blob: Blob, size: { width: number; height: number }): Promise<void> {
    const source = ImageSource.decode(blob, size);
    this.#images.set(key, source);
    try {
      const { decoded } = await source;
      this.#around.reply({ kind: "decoded", image: key, size: decoded }, []);
    } catch (error) {
      this.#images.delete(key);
      this.#around.reply({ kind: "undecodable", image: key, reason: error instanceof Error ? error.message : String(error) }, []);
    }
  }

  async #forget(key: number): Promise<void> {
    const source = this.#images.get(key);
    this.#images.delete(key);
    if (this.#foreseen?.image === key) this.#foreseen = null;
    try {
      (await source)?.close();
    } catch {
      // It could not be decoded, which was said when it was.
    }
  }

  async #open(key: number | null, epoch: number): Promise<void> {
    this.#epoch = epoch;
    this.#store.clear();
    this.#plans.sharp = newPlan();
    this.#plans.overview = newPlan();
    this.#image = null;
    this.#key = key;
    const source = key === null ? undefined : this.#images.get(key);
    this.#waiting = source !== undefined;
    try {
      const image = await source;
      if (this.#epoch === epoch) this.#image = image ?? null;
    } catch {
      // It could not be decoded, which was said when it was; shapes are drawn on bare ground.
    }
    if (this.#epoch === epoch) this.#waiting = false;
  }

  #change(request: RenderRequest & { kind: "items" }): void {
    this.#revision = request.revision;
    if (request.styles) this.#store.setStyles(request.styles);
    const changed = [...request.gone].flatMap(key => this.#store.delete(key));
    for (const item of unpack(request.put)) changed.push(...this.#store.put(item));
    if (request.order) this.#store.setOrder(request.order);
    if (request.lifted) changed.push(...this.#store.setLifted(request.lifted));
    for (const plan of Object.values(this.#plans)) {
      if (!plan.picture) continue;
      const { frame } = plan.picture;
      for (const rect of changed) {
        const clip = clipOf(frame, rect);
        if (clip.right > clip.left && clip.bottom > clip.top) plan.dirty.push(clip);
      }
      if (plan.dirty.length > MOST_PATCHES) plan.dirty = [plan.dirty.reduce(hull)];
    }
    this.#tell = true;
  }

  #frameOf(layer: Layer): Frame | null {
    const plan = this.#plans[layer];
    return plan.wanted ?? plan.picture?.frame ?? null;
  }

  async #run(): Promise<void> {
    this.#asked = true;
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#asked) {
        this.#asked = false;
        while (await this.#step()) await this.#around.pause();
      }
    } catch (error) {
      this.#around.reply({ kind: "failed", reason: error instanceof Error ? error.message : String(error) }, []);
    } finally {
      this.#running = false;
    }
  }

  /** Does the most pressing job; false where none is left. */
  async #step(): Promise<boolean> {
    if (this.#waiting) return false;
    for (const layer of ["sharp", "overview"] as const) {
      const plan = this.#plans[layer];
      if (plan.wanted) return this.#drawWhole(layer, plan, plan.wanted);
      if (plan.picture && (plan.dirty.length > 0 || (layer === "sharp" && this.#tell))) return this.#patch(layer, plan, plan.picture);
    }
    if (this.#foreseen && !this.#foreseen.bare && this.#foreseen.image !== this.#key) return this.#drawNext(this.#foreseen);
    return false;
  }

  async #drawNext(next: Foreseen): Promise<boolean> {
    const image = await this.#images.get(next.image)?.catch(() => null);
    await image?.prepare(next.frame.scale);
    if (this.#foreseen !== next) return true;
    if (!image) {
      this.#foreseen = null;
      return true;
    }
    const { width, height } = next.frame;
    next.bare = this.#sampler.sample(image, next.frame, this.#display);
    const bitmap = await this.#around.toBitmap({ width, height, pixels: next.bare });
    this.#around.reply({ kind: "foreseen", number: next.number, bitmap }, [bitmap]);
    return true;
  }

  /** The image in this frame without shapes: as it was foreseen, or drawn now. */
  #bare(frame: Frame): Uint8ClampedArray<ArrayBuffer> {
    const next = this.#foreseen;
    if (next?.image !== this.#key) return this.#sampler.sample(this.#image, frame, this.#display);
    this.#foreseen = null;
    return next.bare && sameFrame(next.frame, frame) ? next.bare : this.#sampler.sample(this.#image, frame, this.#display);
  }

  async #drawWhole(layer: Layer, plan: Plan, frame: Frame): Promise<boolean> {
    const image = this.#image;
    await image?.prepare(frame.scale);
    if (this.#plans[layer] !== plan || plan.wanted !== frame) return true;
    const bare = this.#bare(frame);
    const surface: Surface = { width: frame.width, height: frame.height, pixels: bare.slice() };
    plan.picture = { frame, bare, surface };
    plan.dirty = [{ left: 0, top: 0, right: frame.width, bottom: frame.height }];
    plan.wanted = null;
    // The bare image is in the surface already: only the shapes are missing.
    return this.#patch(layer, plan, plan.picture, true);
  }

  async #patch(layer: Layer, plan: Plan, picture: Picture, fresh = false): Promise<boolean> {
    const clips = plan.dirty;
    const epoch = this.#epoch;
    const revision = this.#revision;
    plan.dirty = [];
    if (layer === "sharp") this.#tell = false;
    for (const clip of clips) {
      if (!fresh) restore(picture, clip);
      if (!(await this.#paint(plan, picture, clip))) {
        // Left off: what was begun is no longer whole, so it is done again if it is still wanted.
        if (plan.picture === picture) plan.dirty.push(...clips);
        return true;
      }
    }
    const bitmap = await this.#around.toBitmap(picture.surface);
    this.#around.reply({ kind: "picture", layer, epoch, frame: picture.frame, revision, withImage: this.#image !== null, bitmap }, [
      bitmap,
    ]);
    return true;
  }

  /** Draws shapes where the clip is; false where something more pressing came in between. */
  async #paint(plan: Plan, picture: Picture, clip: Clip): Promise<boolean> {
    const work = paintItems(this.#store, picture.frame, picture.surface, clip, this.#scratch);
    let until = this.#around.now() + this.#around.stretch;
    while (!work.next().done) {
      if (this.#around.now() < until) continue;
      await this.#around.pause();
      // Shapes that change meanwhile are no reason: their places are marked and drawn again after this.
      const overtaken = plan.wanted !== null || plan.picture !== picture;
      if (overtaken || (plan === this.#plans.overview && this.#isSharpWanted())) return false;
      until = this.#around.now() + this.#around.stretch;
    }
    return true;
  }

  #isSharpWanted(): boolean {
    const { wanted, dirty } = this.#plans.sharp;
    return wanted !== null || dirty.length > 0;
  }
}

const newPlan = (): Plan => ({ wanted: null, picture: null, dirty: [] });

const hull = (a: Clip, b: Clip): Clip => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/** Lays the bare image back where the clip is. */
function restore({ bare, surface }: Picture, clip: Clip): void {
  for (let row = clip.top; row < clip.bottom; row++) {
    const from = (row * surface.width + clip.left) * 4;
    surface.pixels.set(bare.subarray(from, (row * surface.width + clip.right) * 4), from);
  }
}

import { contains, type Rect } from "../coordinates";
import { fitView, type ViewTransform, visible } from "../view";
import type { Display } from "./image-source";
import { type ImageRef, NextPicture } from "./next-picture";
import { coverage, type Frame, sameFrame } from "./painter";
import type { Layer, RenderReply, RenderRequest } from "./protocol";

/** How long a view rests before it is drawn sharp, in milliseconds. */
const REST = 40;

/** How far the drawn picture reaches beyond the viewport, of the viewport's length on each side, where memory allows. */
const MARGIN = 0.25;

/** How far shapes at the picture's border may reach beyond it, in CSS pixels. */
const BORDER = 8;

/** The most pixels that the drawn picture has. */
const MOST_PIXELS = 6_000_000;

/** The most pixels of the overview. */
const OVERVIEW_PIXELS = 2_000_000;

/** While zooming, a picture is good enough until it is shown larger or smaller by so much. */
const STRETCHABLE = 1.8;

/** The revision of a picture that shows no shapes. */
const NO_SHAPES = -1;

interface Shown {
  readonly frame: Frame;
  readonly revision: number;
  readonly bitmap: ImageBitmap;
}

/**
 * Shows the resting scene on a canvas as large as the viewport: the picture drawn last, moved and scaled as the view is, over a small
 * picture of the whole, so that no place is ever blank. Asks for a sharp picture when the view rests, and for another one
 * while it moves when it leaves what is drawn.
 */
export class Presenter {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #post: (request: RenderRequest) => void;
  readonly #next: NextPicture;
  #pictures: Record<Layer, Shown | null> = { sharp: null, overview: null };
  #epoch = 0;
  #view: ViewTransform;
  #asked: Frame | null = null;
  #askedOverview = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #background = "#000000";

  constructor(canvas: HTMLCanvasElement, view: ViewTransform, post: (request: RenderRequest) => void) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("This browser gives no 2D canvas.");
    this.canvas = canvas;
    this.#context = context;
    this.#view = view;
    this.#post = post;
    this.#next = new NextPicture(post);
  }

  /** Shows another image from now on: at once, without shapes, where it was foreseen. Whoever draws is to be told of the shapes before `begin`. */
  open(image: number | null, view: ViewTransform): void {
    this.#epoch++;
    this.#drop("sharp");
    this.#drop("overview");
    this.#asked = null;
    this.#askedOverview = false;
    this.setView(view);
    const frame = frameFor(view);
    const bitmap = this.#next.give(image, frame);
    if (bitmap) this.#pictures.sharp = { frame, revision: NO_SHAPES, bitmap };
    this.#post({ kind: "open", image, epoch: this.#epoch });
  }

  /** Asks for the first picture of what was opened; where it is seen already, not before that one was painted. */
  begin(): void {
    if (!this.hasPicture) this.#ask();
  }

  /** Has an image drawn that is likely to be opened next. */
  foresee(image: ImageRef): void {
    const { viewport, pixelRatio } = this.#view;
    // What is decoded first is opened right away.
    if (this.#epoch > 0 && viewport.width > 1 && viewport.height > 1)
      this.#next.want(image, frameFor(fitView(viewport, image.size, pixelRatio)));
  }

  /** Takes an image that was drawn ahead. */
  foreseen(reply: RenderReply & { kind: "foreseen" }): void {
    this.#next.take(reply);
  }

  /** An image is gone: it is foreseen no more. */
  forget(image: number): void {
    if (this.#next.image?.key === image) this.#next.drop();
  }

  /** Which change of the shapes the picture shows. */
  get revision(): number {
    return this.#pictures.sharp?.revision ?? NO_SHAPES;
  }

  /** Whether what is shown was drawn for just this view. */
  get isSharp(): boolean {
    return this.#pictures.sharp !== null && isExact(this.#pictures.sharp.frame, this.#view);
  }

  get hasPicture(): boolean {
    return this.#pictures.sharp !== null;
  }

  setDisplay(display: Display): void {
    this.#background = display.background;
    this.#post({ kind: "display", display });
    const { image } = this.#next;
    this.#next.drop();
    if (image) this.foresee(image);
  }

  setView(view: ViewTransform): void {
    const resized = view.viewport !== this.#view.viewport || view.pixelRatio !== this.#view.pixelRatio;
    this.#view = view;
    if (resized || this.canvas.width === 0) {
      this.canvas.width = Math.round(view.viewport.width * view.pixelRatio);
      this.canvas.height = Math.round(view.viewport.height * view.pixelRatio);
    }
    const sharp = this.#pictures.sharp;
    // While it moves: ask early when it leaves what is drawn or is stretched too far, one at a time.
    if (sharp && !this.#asked && !isGoodEnough(sharp.frame, view)) this.#ask();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), REST);
  }

  /** Takes a picture that was drawn; false where it is of no use. */
  take(reply: RenderReply & { kind: "picture" }): boolean {
    if (reply.epoch !== this.#epoch) {
      reply.bitmap.close();
      return false;
    }
    this.#drop(reply.layer);
    this.#pictures[reply.layer] = reply;
    if (reply.layer === "sharp") {
      if (this.#asked && sameFrame(this.#asked, reply.frame)) this.#asked = null;
      if (!this.#askedOverview) this.#askOverview();
    }
    return true;
  }

  /** Draws what there is as the view is now. */
  draw(): void {
    const { sharp, overview } = this.#pictures;
    const context = this.#context;
    const seen = visible(this.#view);
    if (!sharp || !contains(coverage(sharp.frame), seen)) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = this.#background;
      context.fillRect(0, 0, this.canvas.width, this.canvas.height);
      // Beyond the image there is the ground alone.
      if (overview && !(sharp && contains(coverage(sharp.frame), clipTo(seen, this.#view)))) this.#lay(overview);
    }
    if (sharp) this.#lay(sharp);
  }

  /** The part of the viewport, from 0 to 1, that no picture covers where the image is; for measurements. */
  uncovered(): number {
    const { sharp, overview } = this.#pictures;
    if (overview) return 0;
    return sharp && contains(coverage(sharp.frame), clipTo(visible(this.#view), this.#view)) ? 0 : 1;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#drop("sharp");
    this.#drop("overview");
    this.#next.drop();
  }

  #lay({ frame, bitmap }: Shown): void {
    const { x, y, scale, pixelRatio } = this.#view;
    const factor = (scale * pixelRatio) / frame.scale;
    let left = (x + frame.x * scale) * pixelRatio;
    let top = (y + frame.y * scale) * pixelRatio;
    const exact = Math.abs(factor - 1) < 1e-9;
    if (exact) {
      left = Math.round(left);
      top = Math.round(top);
    }
    this.#context.imageSmoothingEnabled = !exact;
    this.#context.imageSmoothingQuality = "low";
    this.#context.setTransform(exact ? 1 : factor, 0, 0, exact ? 1 : factor, left, top);
    this.#context.drawImage(bitmap, 0, 0);
  }

  #drop(layer: Layer): void {
    this.#pictures[layer]?.bitmap.close();
    this.#pictures[layer] = null;
  }

  #rest(): void {
    // In a viewport of another size the next image will lie otherwise.
    if (this.#next.image) this.foresee(this.#next.image);
    const sharp = this.#pictures.sharp;
    const exact = sharp !== null && isExact(sharp.frame, this.#view);
    const coming = this.#asked !== null && isExact(this.#asked, this.#view);
    if (!coming && (!exact || sharp.revision === NO_SHAPES || isNearEdge(sharp.frame, this.#view))) this.#ask();
  }

  #ask(): void {
    const { viewport, picture } = this.#view;
    // Before anything is opened there is nothing to draw.
    if (this.#epoch === 0 || viewport.width < 1 || viewport.height < 1 || picture.width < 1) return;
    this.#asked = frameFor(this.#view);
    this.#post({ kind: "view", frame: this.#asked });
  }

  #askOverview(): void {
    this.#askedOverview = true;
    const { picture } = this.#view;
    const scale = Math.min(1, Math.sqrt(OVERVIEW_PIXELS / (picture.width * picture.height)));
    const width = Math.max(1, Math.ceil(picture.width * scale));
    const height = Math.max(1, Math.ceil(picture.height * scale));
    this.#post({ kind: "overview", frame: { x: 0, y: 0, scale, pixelRatio: 1, width, height } });
  }
}

/**
 * The frame to draw for a view: the viewport and a margin around it, its pixels lying on the screen's. The margin reaches no further than the picture
 * does, so that a picture that fits is drawn no larger than it is seen.
 */
export function frameFor(view: ViewTransform): Frame {
  const { pixelRatio, picture } = view;
  const scale = view.scale * pixelRatio;
  const width = Math.round(view.viewport.width * pixelRatio);
  const height = Math.round(view.viewport.height * pixelRatio);
  const room = Math.sqrt(MOST_PIXELS / (width * height));
  const margin = Math.max(0, Math.min(MARGIN, (room - 1) / 2));
  // One pixel at least, since the viewport need not be a whole number of them.
  const within = (length: number, beyond: number) =>
    Math.max(1, Math.min(Math.round(length * margin), Math.ceil(beyond + BORDER * pixelRatio)));
  const [x, y] = [view.x * pixelRatio, view.y * pixelRatio];
  const left = within(width, -x);
  const top = within(height, -y);
  return {
    x: -(left + x) / scale,
    y: -(top + y) / scale,
    scale,
    pixelRatio,
    width: left + width + within(width, x + picture.width * scale - width),
    height: top + height + within(height, y + picture.height * scale - height),
  };
}

const isSameScale = (frame: Frame, view: ViewTransform): boolean => Math.abs((view.scale * view.pixelRatio) / frame.scale - 1) < 1e-9;

/** Whether a frame shows a view pixel by pixel. */
function isExact(frame: Frame, view: ViewTransform): boolean {
  if (!isSameScale(frame, view) || !contains(looser(coverage(frame)), visible(view))) return false;
  const left = (view.x + frame.x * view.scale) * view.pixelRatio;
  const top = (view.y + frame.y * view.scale) * view.pixelRatio;
  return Math.abs(left - Math.round(left)) < 0.05 && Math.abs(top - Math.round(top)) < 0.05;
}

/** Rounding may take a hair of what a frame covers. */
const looser = (rect: Rect): Rect => ({
  left: rect.left - 1e-6,
  top: rect.top - 1e-6,
  right: rect.right + 1e-6,
  bottom: rect.bottom + 1e-6,
});

function isGoodEnough(frame: Frame, view: ViewTransform): boolean {
  const stretch = (view.scale * view.pixelRatio) / frame.scale;
  if (stretch > STRETCHABLE || stretch < 1 / STRETCHABLE) return false;
  return contains(coverage(frame), clipTo(visible(view), view));
}

/** Whether a view comes so near a frame's edge that the next pan would leave it. */
function isNearEdge(frame: Frame, view: ViewTransform): boolean {
  const seen = visible(view);
  const reach = (frame.width / frame.scale - (seen.right - seen.left)) / 6;
  const wanted = clipTo({ left: seen.left - reach, top: seen.top - reach, right: seen.right + reach, bottom: seen.bottom + reach }, view);
  return !contains(coverage(frame), wanted);
}

/** What of a rectangle lies in the picture: beyond it there is nothing to see. */
const clipTo = (rect: Rect, { picture }: ViewTransform): Rect => ({
  left: Math.max(0, Math.min(rect.left, picture.width)),
  top: Math.max(0, Math.min(rect.top, picture.height)),
  right: Math.min(picture.width, Math.max(rect.right, 0)),
  bottom: Math.min(picture.height, Math.max(rect.bottom, 0)),
});

import type { Size } from "../coordinates";
import type { Frame } from "./painter";

/** How the image itself is shown. */
export interface Display {
  /** 1 is as it is. */
  readonly brightness: number;
  readonly contrast: number;
  /** What lies beyond the picture, `#rrggbb`. */
  readonly background: string;
}

export const PLAIN: Display = { brightness: 1, contrast: 1, background: "#1b1f23" };

/** From so many screen pixels a pixel on, pixels are shown as squares. */
const SQUARE_PIXELS_FROM = 3;

/** Pictures are halved until no side is longer. */
const SMALLEST_LEVEL = 1024;

type Canvas2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Makes a canvas of the kind that the surroundings have. */
export type CanvasMaker = (width: number, height: number) => HTMLCanvasElement | OffscreenCanvas;

/**
 * A decoded picture with smaller and smaller copies, each half of the one before, made when a view first needs one. So a panorama of 20,000 pixels
 * is drawn at any zoom from a level not much larger than what is seen of it.
 */
export class ImageSource {
  readonly size: Size;
  readonly #levels: (ImageBitmap | null)[];

  private constructor(size: Size, full: ImageBitmap) {
    this.size = size;
    const count = 1 + Math.max(0, Math.ceil(Math.log2(Math.max(size.width, size.height) / SMALLEST_LEVEL)));
    this.#levels = Array.from({ length: count }, (_, i) => (i === 0 ? full : null));
  }

  /**
   * Decodes a file, upright as its EXIF orientation says. Where the picture is too large for this browser to hold, it is decoded smaller.
   * @throws What the browser says of a file that it cannot decode.
   */
  static async decode(blob: Blob, size: Size): Promise<ImageSource> {
    const options: ImageBitmapOptions = { imageOrientation: "from-image", premultiplyAlpha: "none" };
    try {
      return new ImageSource(size, await createImageBitmap(blob, options));
    } catch (error) {
      if (size.width * size.height < 64_000_000) throw error;
      const smaller = {
        resizeWidth: Math.ceil(size.width / 2),
        resizeHeight: Math.ceil(size.height / 2),
        resizeQuality: "medium",
      } as const;
      return new ImageSource(size, await createImageBitmap(blob, { ...options, ...smaller }));
    }
  }

  /** The size of the pixels that were decoded, for comparing with what the server says of the file. */
  get decoded(): Size {
    const full = this.#levels[0] as ImageBitmap;
    return { width: full.width, height: full.height };
  }

  /** Makes the level that a scale needs. */
  async prepare(scale: number): Promise<void> {
    const level = this.#levelFor(scale);
    if (this.#levels[level]) return;
    const nearest = this.#levels.slice(0, level).findLast(bitmap => bitmap !== null) as ImageBitmap;
    this.#levels[level] = await createImageBitmap(nearest, {
      resizeWidth: Math.max(1, Math.round(this.size.width / 2 ** level)),
      resizeHeight: Math.max(1, Math.round(this.size.height / 2 ** level)),
      resizeQuality: "medium",
    });
  }

  draw(context: Canvas2D, frame: Frame): void {
    const wanted = this.#levelFor(frame.scale);
    const bitmap = this.#levels[wanted] ?? (this.#levels.slice(0, wanted).findLast(level => level !== null) as ImageBitmap);
    context.imageSmoothingEnabled = frame.scale / frame.pixelRatio < SQUARE_PIXELS_FROM;
    context.imageSmoothingQuality = "low";
    context.setTransform(
      (frame.scale * this.size.width) / bitmap.width,
      0,
      0,
      (frame.scale * this.size.height) / bitmap.height,
      -frame.x * frame.scale,
      -frame.y * frame.scale,
    );
    context.drawImage(bitmap, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }

  close(): void {
    for (const level of this.#levels) level?.close();
  }

  /** The smallest level that still has a pixel for each pixel shown. */
  #levelFor(scale: number): number {
    const level = Math.floor(Math.log2(1 / Math.max(scale, 1e-6)));
    return Math.min(Math.max(level, 0), this.#levels.length - 1);
  }
}

/** Reads the pixels of a frame of an image. */
export class Sampler {
  readonly #makeCanvas: CanvasMaker;
  #context: Canvas2D | null = null;

  constructor(makeCanvas: CanvasMaker) {
    this.#makeCanvas = makeCanvas;
  }

  /** The image as this frame shows it, opaque. */
  sample(image: ImageSource | null, frame: Frame, display: Display): Uint8ClampedArray<ArrayBuffer> {
    const context = this.#canvas(frame.width, frame.height);
    context.fillStyle = display.background;
    context.fillRect(0, 0, frame.width, frame.height);
    image?.draw(context, frame);
    const { data } = context.getImageData(0, 0, frame.width, frame.height);
    const pixels = data as Uint8ClampedArray<ArrayBuffer>;
    if (image) adjust(pixels, frame, image.size, display);
    return pixels;
  }

  #canvas(width: number, height: number): Canvas2D {
    const known = this.#context?.canvas;
    if (this.#context && known && known.width >= width && known.height >= height) return this.#context;
    const canvas = this.#makeCanvas(Math.max(width, known?.width ?? 0), Math.max(height, known?.height ?? 0));
    // Read back at once each time, so it is kept where the processor can read it.
    const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false }) as Canvas2D | null;
    if (!context) throw new Error("This browser gives no 2D canvas.");
    this.#context = context;
    return context;
  }
}

/** Brightness and contrast of the pixels that the image covers; what lies beyond stays as it is. */
function adjust(pixels: Uint8ClampedArray, frame: Frame, size: Size, { brightness, contrast }: Display): void {
  if (brightness === 1 && contrast === 1) return;
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => ((value - 128) * contrast + 128) * brightness);
  const left = Math.max(0, Math.round(-frame.x * frame.scale));
  const top = Math.max(0, Math.round(-frame.y * frame.scale));
  const right = Math.min(frame.width, Math.round((size.width - frame.x) * frame.scale));
  const bottom = Math.min(frame.height, Math.round((size.height - frame.y) * frame.scale));
  for (let y = top; y < bottom; y++) {
    const end = (y * frame.width + right) * 4;
    for (let p = (y * frame.width + left) * 4; p < end; p += 4) {
      pixels[p] = table[pixels[p] as number] as number;
      pixels[p + 1] = table[pixels[p + 1] as number] as number;
      pixels[p + 2] = table[pixels[p + 2] as number] as number;
    }
  }
}

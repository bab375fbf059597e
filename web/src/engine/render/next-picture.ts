import type { Size } from "../coordinates";
import { type Frame, sameFrame } from "./painter";
import type { RenderReply, RenderRequest } from "./protocol";

/** An image that is known to whoever draws, by its number. */
export interface ImageRef {
  readonly key: number;
  readonly size: Size;
}

/**
 * Has the image that comes next drawn while the one at hand is looked at: without shapes, as it will be seen first. So opening it shows it at once, and
 * its shapes are drawn over it until there is a picture with them.
 */
export class NextPicture {
  readonly #post: (request: RenderRequest) => void;
  #image: ImageRef | null = null;
  #asked: { readonly number: number; readonly frame: Frame } | null = null;
  #bitmap: ImageBitmap | null = null;
  #number = 0;

  constructor(post: (request: RenderRequest) => void) {
    this.#post = post;
  }

  get image(): ImageRef | null {
    return this.#image;
  }

  /** Wants this image in this frame; nothing is done where that is drawn or asked for already. */
  want(image: ImageRef, frame: Frame): void {
    if (this.#image?.key === image.key && this.#asked && sameFrame(this.#asked.frame, frame)) return;
    this.drop();
    this.#image = image;
    this.#asked = { number: ++this.#number, frame };
    this.#post({ kind: "foresee", image: image.key, number: this.#number, frame });
  }

  /** Takes what was drawn, unless it is wanted no more. */
  take({ number, bitmap }: RenderReply & { kind: "foreseen" }): void {
    if (this.#asked?.number === number) this.#bitmap = bitmap;
    else bitmap.close();
  }

  /** Gives the picture away, if it is there and is just this one; in any case it is wanted no more. */
  give(image: number | null, frame: Frame): ImageBitmap | null {
    const fits = this.#image?.key === image && this.#asked !== null && sameFrame(this.#asked.frame, frame);
    const bitmap = fits ? this.#bitmap : null;
    if (bitmap) this.#bitmap = null;
    this.drop();
    return bitmap;
  }

  drop(): void {
    this.#bitmap?.close();
    this.#bitmap = null;
    this.#image = null;
    this.#asked = null;
  }
}

import type { Size } from "../coordinates";
import type { Display } from "./image-source";
import type { PackedItems, PaintStyle } from "./paint";
import type { Frame } from "./painter";

/** What is said to whoever draws the resting scene, in a worker or beside. */
export type RenderRequest =
  /** Decode a file and keep it under a number. */
  | { readonly kind: "decode"; readonly image: number; readonly blob: Blob; readonly size: Size }
  | { readonly kind: "forget"; readonly image: number }
  /** Show this image from now on, with no shapes yet; pictures of the one before are worth nothing. */
  | { readonly kind: "open"; readonly image: number | null; readonly epoch: number }
  | {
      readonly kind: "items";
      /** Grows with each change; pictures say which they show. */
      readonly revision: number;
      readonly styles?: readonly PaintStyle[];
      readonly put: PackedItems;
      readonly gone: Int32Array<ArrayBuffer>;
      /** From the bottom up, where it changed. */
      readonly order?: Int32Array<ArrayBuffer>;
      /** Keys that are drawn elsewhere for now, where that changed. */
      readonly lifted?: Int32Array<ArrayBuffer>;
    }
  | { readonly kind: "display"; readonly display: Display }
  /** Draw this frame; what was asked before and is not done need not be. */
  | { readonly kind: "view"; readonly frame: Frame }
  /** Draw the whole picture small, to lie beneath. */
  | { readonly kind: "overview"; readonly frame: Frame }
  /** Draw another image in this frame, without shapes, once there is nothing else to do: it is likely to be opened so. */
  | { readonly kind: "foresee"; readonly image: number; readonly number: number; readonly frame: Frame };

export type Layer = "sharp" | "overview";

/** What comes back. */
export type RenderReply =
  | { readonly kind: "decoded"; readonly image: number; readonly size: Size }
  | { readonly kind: "undecodable"; readonly image: number; readonly reason: string }
  | {
      readonly kind: "picture";
      readonly layer: Layer;
      readonly epoch: number;
      readonly frame: Frame;
      readonly revision: number;
      /** Whether the image is in it, and not shapes alone. */
      readonly withImage: boolean;
      readonly bitmap: ImageBitmap;
    }
  | { readonly kind: "foreseen"; readonly number: number; readonly bitmap: ImageBitmap }
  | { readonly kind: "failed"; readonly reason: string };

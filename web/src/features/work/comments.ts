import { isRecord } from "../../api/client";
import type { Scene, ShapeId } from "../../engine";
import { shapeByWireId } from "../canvas/faults";

/** What a reviewer said of work that came back, with the shape that it is about. */
export interface PinnedComment {
  readonly text: string;
  readonly question: string | null;
  /** Null where it is about no shape, or about one that is there no more. */
  readonly place: ShapeId | null;
  /** A place in the picture, in its pixels. */
  readonly at: { readonly x: number; readonly y: number } | null;
}

export function readComments(comments: unknown, scene: Scene | undefined): PinnedComment[] {
  if (!Array.isArray(comments)) return [];
  return comments.filter(isRecord).flatMap(({ text, question, shape, at }) => {
    if (typeof text !== "string") return [];
    const of = typeof question === "string" ? question : null;
    return [{ text, question: of, place: scene && typeof shape === "string" ? shapeByWireId(scene, of, shape) : null, at: placeOf(at) }];
  });
}

const placeOf = (at: unknown): PinnedComment["at"] =>
  isRecord(at) && typeof at.x === "number" && typeof at.y === "number" ? { x: at.x, y: at.y } : null;

import { isRecord } from "../../api/client";
import type { Scene, ShapeId } from "../../engine";
import { shapeByWireId } from "../canvas/faults";

/** What a reviewer said of work that came back, with the shape that it is about. */
export interface PinnedComment {
  readonly text: string;
  readonly question: string | null;
  /** Null where it is about no shape, or about one that is there no more. */
  readonly place: ShapeId | null;
}

export function readComments(comments: unknown, scene: Scene | undefined): PinnedComment[] {
  if (!Array.isArray(comments)) return [];
  return comments.filter(isRecord).flatMap(({ text, question, shape }) => {
    if (typeof text !== "string") return [];
    const of = typeof question === "string" ? question : null;
    return [{ text, question: of, place: scene && typeof shape === "string" ? shapeByWireId(scene, of, shape) : null }];
  });
}

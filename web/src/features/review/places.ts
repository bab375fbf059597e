import type { Rect, ShapeRef } from "../../engine";
import type { Point } from "./points";
import { type Case, CONSENSUS } from "./sides";
import { shownAt } from "./take";

/** Everybody's shape of the object at a point. */
export const refsAt = (of: Case, point: Point): readonly ShapeRef[] =>
  of.sides.flatMap(side => {
    const shape = shownAt(of, point, side.id);
    return shape && side.id !== CONSENSUS ? [{ layer: side.id, shape: shape.id }] : [];
  });

/** An object with what stands around it: something small is not blown up until nobody knows it. */
export function around(bounds: Rect, of: Case): Rect {
  const least = Math.max(of.size.width, of.size.height) / 8;
  const padX = Math.max(0, (least - (bounds.right - bounds.left)) / 2);
  const padY = Math.max(0, (least - (bounds.bottom - bounds.top)) / 2);
  return { left: bounds.left - padX, top: bounds.top - padY, right: bounds.right + padX, bottom: bounds.bottom + padY };
}

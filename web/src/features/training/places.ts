import {
  formOf,
  type JsonValue,
  type OntologyIndex,
  type Rect,
  readAnswers,
  type Scene,
  type Shape,
  type ShapeRef,
  type Size,
  wireId,
} from "../../engine";
import type { TrainingDifference } from "./server";

/** The layer on which the known answers lie. */
export const KNOWN = "known";

/** Blue: far from red and green alike, and seen on light and dark pictures. */
export const KNOWN_COLOUR = "#56b4e9";

export const knownShapes = (ontology: OntologyIndex, size: Size, known: JsonValue): readonly Shape[] =>
  readAnswers(ontology, size, known).scene.shapes;

const named = (shapes: readonly Shape[], question: string, id: string | null): Shape | undefined =>
  id === null ? undefined : shapes.find(shape => shape.question === question && wireId(shape) === id);

/** The shapes that a difference is about, one's own and the known one. */
export function shapesAt(
  scene: Scene,
  known: readonly Shape[],
  of: TrainingDifference,
): { refs: readonly ShapeRef[]; bounds: Rect | null } {
  const own = named(scene.shapes, of.question, of.shape);
  const other = named(known, of.question, of.known_shape);
  const refs: ShapeRef[] = [];
  if (own) refs.push({ layer: null, shape: own.id });
  if (other) refs.push({ layer: KNOWN, shape: other.id });
  const bounds = [own, other].flatMap(shape => (shape ? [formOf(shape.geometry).bounds(shape.geometry)] : []));
  return { refs, bounds: bounds.length === 0 ? null : bounds.reduce(joined) };
}

const joined = (a: Rect, b: Rect): Rect => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/** With what stands around it: something small is not blown up until nobody knows it. */
export function withSurroundings(bounds: Rect, size: Size): Rect {
  const least = Math.max(size.width, size.height) / 6;
  const padX = Math.max((bounds.right - bounds.left) * 0.2, (least - (bounds.right - bounds.left)) / 2);
  const padY = Math.max((bounds.bottom - bounds.top) * 0.2, (least - (bounds.bottom - bounds.top)) / 2);
  return { left: bounds.left - padX, top: bounds.top - padY, right: bounds.right + padX, bottom: bounds.bottom + padY };
}

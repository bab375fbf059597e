import type { Size } from "../coordinates";
import type { Geometry } from "../geometry/geometry";
import { roomOf } from "../geometry/points";
import type { AnswerValue, OntologyIndex, ShapeClass } from "../ontology/ontology";

declare const shapeIdBrand: unique symbol;

/**
 * Names a shape in its scene: the id in the answers, or `question/id` where two questions use one id.
 */
export type ShapeId = string & { readonly [shapeIdBrand]: true };

export const shapeId = (text: string): ShapeId => text as ShapeId;

export interface Shape {
  readonly id: ShapeId;
  readonly question: string;
  readonly class: string;
  readonly geometry: Geometry;
  readonly attributes: Readonly<Record<string, AnswerValue>>;
  /** Not drawn and not to be hit; no part of the answers. */
  readonly hidden: boolean;
  /** Not to be changed or hit; no part of the answers. */
  readonly locked: boolean;
}

/** All that one person has said about one picture. Never changed: commands give another. */
export interface Scene {
  readonly ontology: OntologyIndex;
  readonly image: Size;
  /** From the bottom up. */
  readonly shapes: readonly Shape[];
  /** Answers to the questions that are not shapes. */
  readonly answers: Readonly<Record<string, AnswerValue>>;
  readonly selection: readonly ShapeId[];
}

export const NO_ATTRIBUTES: Readonly<Record<string, AnswerValue>> = {};

export const emptyScene = (ontology: OntologyIndex, image: Size): Scene => ({ ontology, image, shapes: [], answers: {}, selection: [] });

const positions = new WeakMap<readonly Shape[], ReadonlyMap<ShapeId, number>>();

/** Where each shape stands, from the bottom up. Made once for each list of shapes. */
export function positionsOf(shapes: readonly Shape[]): ReadonlyMap<ShapeId, number> {
  const known = positions.get(shapes);
  if (known) return known;
  const made = new Map(shapes.map((shape, i) => [shape.id, i]));
  positions.set(shapes, made);
  return made;
}

/** Says that a list has the same ids at the same places as another, so that nothing is counted anew. */
export function sharePositions(from: readonly Shape[], to: readonly Shape[]): void {
  const known = positions.get(from);
  if (known) positions.set(to, known);
}

export function shapeOf(scene: Scene, id: ShapeId): Shape | undefined {
  const position = positionsOf(scene.shapes).get(id);
  return position === undefined ? undefined : scene.shapes[position];
}

export const classOf = (scene: Scene, shape: Pick<Shape, "question" | "class">): ShapeClass | undefined =>
  scene.ontology.class(shape.question, shape.class);

export const roomIn = (scene: Scene, shape: Pick<Shape, "question" | "class">) => roomOf(scene.image, classOf(scene, shape));

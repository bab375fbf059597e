import { type AnswerValue, type JsonValue, type Question, readAnswers, type Scene, type Shape, type ShapeId, shapeOf } from "../../engine";
import type { Lease } from "./server";

/** What the work began with, as far as it stands unchanged. */
export interface Proposals {
  /** Whose it is: a model with its version, or where it came from. */
  readonly origin: string;
  readonly shapes: readonly ShapeId[];
  /** Questions that are answered as proposed. */
  readonly questions: readonly Question[];
}

/** What was proposed for a task, in the form of a scene: read once for each task. */
export function proposedScene(lease: Lease, scene: Scene): Scene | null {
  if (!lease.prelabel) return null;
  return readAnswers(scene.ontology, scene.image, lease.prelabel.answers as JsonValue).scene;
}

/** What of it stands unchanged; null once nothing does. Undo brings it back, since it is found by what stands there. */
export function untouched(origin: string, proposed: Scene, scene: Scene): Proposals | null {
  const shapes = proposed.shapes.filter(shape => {
    const now = shapeOf(scene, shape.id);
    return now !== undefined && isSame(now, shape);
  });
  const questions = scene.ontology.ontology.questions.filter(
    question => question.id in proposed.answers && sameValue(proposed.answers[question.id], scene.answers[question.id]),
  );
  return shapes.length + questions.length === 0 ? null : { origin, shapes: shapes.map(shape => shape.id), questions };
}

const isSame = (one: Shape, other: Shape): boolean =>
  one === other ||
  (one.class === other.class &&
    JSON.stringify(one.geometry) === JSON.stringify(other.geometry) &&
    Object.keys({ ...one.attributes, ...other.attributes }).every(name => sameValue(one.attributes[name], other.attributes[name])));

const sameValue = (one: AnswerValue | undefined, other: AnswerValue | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

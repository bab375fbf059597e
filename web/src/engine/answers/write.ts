import { formOf } from "../geometry/registry";
import type { JsonObject, JsonValue } from "../json";
import type { Question } from "../ontology/ontology";
import { answersOf, isAsked } from "../scene/pruning";
import type { Scene, Shape } from "../scene/scene";

/**
 * The answers as the server takes them: questions in the ontology's order. A shapes question that is asked is always answered, by an
 * empty list where nothing was marked: the picture was looked at.
 */
export function writeAnswers(scene: Scene): JsonObject {
  const questions = scene.ontology.ontology.questions;
  const lookup = answersOf(scene, id => scene.ontology.question(id)?.kind === "shapes");
  const written: Record<string, JsonValue> = {};
  for (const question of questions) {
    const answer = answerTo(scene, question);
    if (answer !== undefined && isAsked(question, lookup)) written[question.id] = answer;
  }
  return written;
}

function answerTo(scene: Scene, question: Question): JsonValue | undefined {
  if (question.kind !== "shapes") return scene.answers[question.id] as JsonValue | undefined;
  return scene.shapes.filter(shape => shape.question === question.id).map(writeShape);
}

export function writeShape(shape: Shape): JsonObject {
  return {
    id: wireId(shape),
    class: shape.class,
    [shape.geometry.kind]: formOf(shape.geometry).write(shape.geometry),
    ...(Object.keys(shape.attributes).length > 0 ? { attributes: shape.attributes as JsonObject } : {}),
  };
}

/** The id that a shape has in the answers. Ids hold no slash. */
export const wireId = (shape: Pick<Shape, "id" | "question">): string =>
  shape.id.startsWith(`${shape.question}/`) ? shape.id.slice(shape.question.length + 1) : shape.id;

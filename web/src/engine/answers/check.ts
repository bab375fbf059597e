import type { GeometryFault } from "../geometry/geometry";
import { formOf } from "../geometry/registry";
import type { AnswerValue, ScalarQuestion, ShapesQuestion } from "../ontology/ontology";
import { faultOf, type ValueFault } from "../ontology/values";
import { answersOf, isAsked } from "../scene/pruning";
import type { Scene, Shape, ShapeId } from "../scene/scene";
import { pointerOf } from "./read";

/** What the server would refuse, said before it is asked, with the shape that it is about. */
export interface AnswerFault {
  /** JSON pointer into the answers, as the server writes it. */
  readonly pointer: string;
  readonly code: "required" | "shapes_below" | "shapes_above" | GeometryFault["code"] | ValueFault["code"];
  readonly question: string;
  readonly shape?: ShapeId;
  readonly attribute?: string;
  readonly limit?: number;
  readonly found?: number;
}

type Lookup = (id: string) => ReturnType<ReturnType<typeof answersOf>>;

/** All faults of a scene's answers, in the ontology's order. The server has the last word. */
export function checkScene(scene: Scene): AnswerFault[] {
  const lookup = answersOf(scene, id => scene.ontology.question(id)?.kind === "shapes");
  const faults: AnswerFault[] = [];
  for (const question of scene.ontology.ontology.questions) {
    if (!isAsked(question, lookup)) continue;
    if (question.kind === "shapes") faults.push(...checkShapes(scene, question, lookup));
    else faults.push(...checkValue(question, scene.answers[question.id], pointerOf(question.id), { question: question.id }));
  }
  return faults;
}

/** The faults of one shape, for its place in the list of objects. */
export function checkShape(scene: Scene, shape: Shape, pointer = "", lookup?: Lookup): AnswerFault[] {
  const shapeClass = scene.ontology.class(shape.question, shape.class);
  if (!shapeClass) return [];
  const look = lookup ?? answersOf(scene, id => scene.ontology.question(id)?.kind === "shapes");
  const place = { question: shape.question, shape: shape.id };
  const geometry = formOf(shape.geometry).check(shape.geometry, shapeClass, scene.image);
  const faults: AnswerFault[] = geometry.map(fault => ({ ...fault, ...place, pointer: pointer + pointerOf(shape.geometry.kind) }));
  for (const attribute of shapeClass.attributes ?? []) {
    if (!isAsked(attribute, look, shape.attributes)) continue;
    const at = pointer + pointerOf("attributes", attribute.id);
    faults.push(...checkValue(attribute, shape.attributes[attribute.id], at, { ...place, attribute: attribute.id }));
  }
  return faults;
}

function checkShapes(scene: Scene, question: ShapesQuestion, lookup: Lookup): AnswerFault[] {
  const shapes = scene.shapes.filter(shape => shape.question === question.id);
  const faults: AnswerFault[] = [];
  const place = { question: question.id, pointer: pointerOf(question.id), found: shapes.length };
  if (question.min_count !== undefined && shapes.length < question.min_count)
    faults.push({ ...place, code: "shapes_below", limit: question.min_count });
  if (question.max_count !== undefined && shapes.length > question.max_count)
    faults.push({ ...place, code: "shapes_above", limit: question.max_count });
  for (const [i, shape] of shapes.entries()) faults.push(...checkShape(scene, shape, pointerOf(question.id, i), lookup));
  return faults;
}

function checkValue(
  question: ScalarQuestion,
  value: AnswerValue | undefined,
  pointer: string,
  place: Pick<AnswerFault, "question" | "shape" | "attribute">,
): AnswerFault[] {
  if (value === undefined) return question.required ? [{ ...place, pointer, code: "required" }] : [];
  const fault = faultOf(question, value);
  return fault ? [{ ...place, ...fault, pointer }] : [];
}

import type { Size } from "../coordinates";
import type { Geometry } from "../geometry/geometry";
import { formOf, isGeometryKind } from "../geometry/registry";
import { isList, isObject, type JsonObject, type JsonValue } from "../json";
import type { AnswerValue, OntologyIndex, ShapeClass, ShapesQuestion } from "../ontology/ontology";
import { canonicalValue } from "../ontology/values";
import { MAX_SHAPES } from "../scene/reduce";
import { emptyScene, NO_ATTRIBUTES, type Scene, type Shape, type ShapeId, shapeId } from "../scene/scene";

/** Something of stored answers that does not fit the ontology and was left out. */
export interface ReadFault {
  /** JSON pointer into the answers. */
  readonly pointer: string;
  readonly code:
    | "not_an_object"
    | "unknown_question"
    | "not_a_list"
    | "too_many"
    | "unknown_class"
    | "bad_id"
    | "bad_geometry"
    | "bad_attribute"
    | "bad_answer";
}

export interface Reading {
  readonly scene: Scene;
  readonly faults: readonly ReadFault[];
}

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** Reads answers as stored or drafted. What is bad is left out and told; the rest comes in. */
export function readAnswers(ontology: OntologyIndex, image: Size, answers: JsonValue | undefined): Reading {
  const faults: ReadFault[] = [];
  const empty = emptyScene(ontology, image);
  if (answers === undefined || answers === null) return { scene: empty, faults };
  if (!isObject(answers)) return { scene: empty, faults: [{ pointer: "", code: "not_an_object" }] };

  for (const name of Object.keys(answers)) {
    if (!ontology.question(name)) faults.push({ pointer: pointerOf(name), code: "unknown_question" });
  }
  const shapes: Shape[] = [];
  const taken = new Set<string>();
  for (const question of ontology.shapes) {
    const value = answers[question.id];
    if (value === undefined) continue;
    if (isList(value)) shapes.push(...readShapes(ontology, question, value, taken, faults));
    else faults.push({ pointer: pointerOf(question.id), code: "not_a_list" });
  }
  return { scene: { ...empty, shapes, answers: readScalars(ontology, answers, faults) }, faults };
}

function readScalars(ontology: OntologyIndex, answers: JsonObject, faults: ReadFault[]): Record<string, AnswerValue> {
  const read: Record<string, AnswerValue> = {};
  for (const question of ontology.ontology.questions) {
    const value = answers[question.id];
    if (question.kind === "shapes" || value === undefined) continue;
    const answer = canonicalValue(question, value);
    if (answer === null) faults.push({ pointer: pointerOf(question.id), code: "bad_answer" });
    else read[question.id] = answer;
  }
  return read;
}

function readShapes(
  ontology: OntologyIndex,
  question: ShapesQuestion,
  list: readonly JsonValue[],
  taken: Set<string>,
  faults: ReadFault[],
): Shape[] {
  const shapes: Shape[] = [];
  const own = new Set<string>();
  for (const [i, item] of list.entries()) {
    const pointer = pointerOf(question.id, i);
    if (shapes.length >= MAX_SHAPES) {
      faults.push({ pointer, code: "too_many" });
      break;
    }
    const shape = readShape(ontology, question, item, pointer, own, faults);
    if (!shape) continue;
    own.add(shape.id);
    const id = taken.has(shape.id) ? shapeId(`${question.id}/${shape.id}`) : shape.id;
    taken.add(id);
    shapes.push(id === shape.id ? shape : { ...shape, id });
  }
  return shapes;
}

function readShape(
  ontology: OntologyIndex,
  question: ShapesQuestion,
  item: JsonValue,
  pointer: string,
  own: ReadonlySet<string>,
  faults: ReadFault[],
): Shape | null {
  const fail = (code: ReadFault["code"]) => {
    faults.push({ pointer, code });
    return null;
  };
  if (!isObject(item)) return fail("not_an_object");
  if (typeof item.id !== "string" || !ID.test(item.id) || own.has(item.id)) return fail("bad_id");
  const shapeClass = typeof item.class === "string" ? ontology.class(question.id, item.class) : undefined;
  if (!shapeClass) return fail("unknown_class");
  const geometry = readGeometry(item, shapeClass);
  if (!geometry) return fail("bad_geometry");
  const attributes = readAttributes(shapeClass, item.attributes, pointer, faults);
  return { id: item.id as ShapeId, question: question.id, class: shapeClass.id, geometry, attributes, hidden: false, locked: false };
}

function readGeometry(item: JsonObject, shapeClass: ShapeClass): Geometry | null {
  const kinds = Object.keys(item).filter(isGeometryKind);
  const kind = kinds[0];
  if (kinds.length !== 1 || kind === undefined || !shapeClass.geometries.includes(kind)) return null;
  const form = formOf({ kind });
  const read = form.read(item[kind] ?? null, shapeClass);
  return read && form.canonical(read);
}

function readAttributes(
  shapeClass: ShapeClass,
  value: JsonValue | undefined,
  pointer: string,
  faults: ReadFault[],
): Readonly<Record<string, AnswerValue>> {
  if (value === undefined) return NO_ATTRIBUTES;
  if (!isObject(value)) {
    faults.push({ pointer: `${pointer}/attributes`, code: "bad_attribute" });
    return NO_ATTRIBUTES;
  }
  const read: Record<string, AnswerValue> = {};
  for (const attribute of shapeClass.attributes ?? []) {
    if (value[attribute.id] === undefined) continue;
    const answer = canonicalValue(attribute, value[attribute.id]);
    if (answer !== null) read[attribute.id] = answer;
  }
  for (const name of Object.keys(value)) {
    if (read[name] === undefined) faults.push({ pointer: `${pointer}/attributes${pointerOf(name)}`, code: "bad_attribute" });
  }
  return read;
}

/** RFC 6901. */
export const pointerOf = (...steps: readonly (string | number)[]): string =>
  steps.map(step => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

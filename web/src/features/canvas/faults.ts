import { type AnswerFault, classOf, type Scene, type ShapeId, shapeOf, titleOf, wireId } from "../../engine";
import { faultSentence, canvas as m } from "../../messages/en/canvas";

/** A fault as it is shown: at its shape or question, in words. */
export interface ShownFault {
  readonly question: string | null;
  readonly shape: ShapeId | null;
  readonly attribute: string | null;
  /** What it is about, such as "Car 3, Parked"; empty for the whole. */
  readonly about: string;
  /** What is wrong. */
  readonly text: string;
}

export const faultLine = ({ about, text }: ShownFault): string => (about === "" ? text : m.atQuestion(about, text));

/** What the engine found before the server was asked. */
export function shownFault(scene: Scene, fault: AnswerFault): ShownFault {
  const place = { question: fault.question, shape: fault.shape ?? null, attribute: fault.attribute ?? null };
  return { ...place, about: aboutOf(scene, place), text: faultSentence[fault.code](fault.limit, fault.found) };
}

/** What the server found, by its pointer into the answers, such as /objects/3/attributes/occluded. */
export function refusedFault(scene: Scene, pointer: string, text: string): ShownFault {
  const place = placeAt(scene, pointer);
  return { ...place, about: aboutOf(scene, place), text };
}

interface Place {
  readonly question: string | null;
  readonly shape: ShapeId | null;
  readonly attribute: string | null;
}

function aboutOf(scene: Scene, place: Place): string {
  const shape = place.shape ? shapeOf(scene, place.shape) : undefined;
  if (!shape) {
    const question = place.question ? scene.ontology.question(place.question) : undefined;
    return question ? titleOf(question) : "";
  }
  const shapeClass = classOf(scene, shape);
  const name = m.object(titleOf(shapeClass ?? { id: shape.class }), scene.shapes.indexOf(shape) + 1);
  const attribute = shapeClass?.attributes?.find(each => each.id === place.attribute);
  return attribute ? m.attributeOf(name, titleOf(attribute)) : name;
}

/** Where in a scene a JSON pointer into answers leads, such as /objects/3/attributes/occluded. */
export function placeAt(scene: Scene, pointer: string): Place {
  const [question = "", index, member, attribute] = pointer
    .split("/")
    .slice(1)
    .map(step => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (!scene.ontology.question(question)) return { question: null, shape: null, attribute: null };
  const shapes = scene.shapes.filter(shape => shape.question === question);
  const shape = index !== undefined && /^\d+$/.test(index) ? shapes[Number(index)] : undefined;
  return { question, shape: shape?.id ?? null, attribute: shape && member === "attributes" ? (attribute ?? null) : null };
}

/** The shape that the answers call by this id. */
export const shapeByWireId = (scene: Scene, question: string | null | undefined, id: string): ShapeId | null =>
  scene.shapes.find(shape => wireId(shape) === id && (!question || shape.question === question))?.id ?? null;

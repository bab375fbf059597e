import { type AnswerFault, classOf, type OntologyIndex, type Scene, type ShapeId, shapeOf, titleOf, wireId } from "../../engine";
import { faultSentence, canvas as m } from "../../messages/en/canvas";

/** A fault as it is shown: at its shape or question, in words. */
export interface ShownFault {
  readonly question: string | null;
  readonly shape: ShapeId | null;
  readonly attribute: string | null;
  readonly text: string;
}

/** What the engine found before the server was asked. */
export function shownFault(ontology: OntologyIndex, fault: AnswerFault, scene?: Scene): ShownFault {
  const said = faultSentence[fault.code](fault.limit, fault.found);
  const shape = fault.shape && scene ? shapeOf(scene, fault.shape) : undefined;
  const attribute = fault.attribute && shape && classOf(scene as Scene, shape)?.attributes?.find(each => each.id === fault.attribute);
  const question = ontology.question(fault.question);
  const about = attribute ? titleOf(attribute) : fault.shape ? null : question ? titleOf(question) : fault.question;
  return {
    question: fault.question,
    shape: fault.shape ?? null,
    attribute: fault.attribute ?? null,
    text: about === null ? said : m.atQuestion(about, said),
  };
}

/** Where in a scene a JSON pointer into answers leads, such as /objects/3/attributes/occluded. */
export function placeAt(scene: Scene, pointer: string): Omit<ShownFault, "text"> {
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

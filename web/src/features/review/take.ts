import { type AnswerValue, type Command, formOf, type Scene, type Shape, type ShapeId, shapeOf } from "../../engine";
import { decidedObject, objectOf, type Point, saidBy } from "./points";
import { type Case, CONSENSUS, shapeIn, sideOf } from "./sides";

/**
 * What makes the decision say at a point what a side says there: one step of undo. An object that comes in keeps the id of the consensus, so that it
 * stays the same object whoever's shape it takes. Null where there is nothing to do or the side says nothing.
 */
export function takeCommand(of: Case, scene: Scene, point: Point, sideId: string): Command | null {
  const side = sideOf(of, sideId);
  const said = side && saidBy(of, point, side);
  if (!side || !said) return null;
  if (said.kind === "answer") return { kind: "setAnswer", question: point.question, value: said.value };
  const shape = said.shape;
  const decided = decidedObject(scene, point);
  if (!shape) return decided && { kind: "delete", shapes: [decided.id] };
  if (!decided) return addCommand(scene, point, shape);
  switch (said.kind) {
    case "existence":
      return replacing(scene, decided, shape);
    case "class":
      return withClass(scene, decided, shape);
    case "geometry":
      return fits(scene, decided, shape)
        ? { kind: "setGeometry", shape: decided.id, geometry: shape.geometry }
        : replacing(scene, decided, shape);
    case "attribute":
      return point.attribute === null ? null : withAttribute(scene, decided, shape, point.attribute, said.value);
  }
}

/** All that somebody said, for a decision that begins with nothing. */
export function startCommand(of: Case, sideId: string): Command | null {
  const side = sideOf(of, sideId);
  if (!side) return null;
  return {
    kind: "batch",
    commands: [
      ...Object.entries(side.answers).map(([question, value]): Command => ({ kind: "setAnswer", question, value })),
      ...side.shapes.map(
        (shape): Command => ({
          kind: "add",
          shape: { id: shape.id, question: shape.question, class: shape.class, geometry: shape.geometry, attributes: shape.attributes },
        }),
      ),
    ],
  };
}

/** Takes the object of a point out of the decision. */
export function dropCommand(scene: Scene, point: Point): Command | null {
  const decided = decidedObject(scene, point);
  return decided && { kind: "delete", shapes: [decided.id] };
}

/** A class asks for other attributes: they come with it. What it cannot draw takes the whole shape. */
function withClass(scene: Scene, decided: Shape, shape: Shape): Command {
  const next = scene.ontology.class(shape.question, shape.class);
  if (!next?.geometries.includes(decided.geometry.kind)) return replacing(scene, decided, shape);
  return {
    kind: "batch",
    commands: [{ kind: "setClass", shapes: [decided.id], class: shape.class }, ...attributesOf(decided, shape)],
  };
}

/** What is only asked after this attribute comes with it, unless the decision has it. */
function withAttribute(scene: Scene, decided: Shape, shape: Shape, attribute: string, value: AnswerValue | null): Command {
  const set = (id: string, to: AnswerValue | null): Command => ({ kind: "setAttribute", shapes: [decided.id], attribute: id, value: to });
  const asked = scene.ontology.class(decided.question, decided.class)?.attributes ?? [];
  const after = asked.flatMap(({ id, when }) => {
    const said = shape.attributes[id];
    return when && id !== attribute && said !== undefined && decided.attributes[id] === undefined ? [set(id, said)] : [];
  });
  return after.length === 0 ? set(attribute, value) : { kind: "batch", commands: [set(attribute, value), ...after] };
}

function replacing(scene: Scene, decided: Shape, shape: Shape): Command {
  if (!fits(scene, decided, shape) || !scene.ontology.class(decided.question, shape.class)?.geometries.includes(decided.geometry.kind))
    return {
      kind: "batch",
      commands: [
        { kind: "delete", shapes: [decided.id] },
        {
          kind: "add",
          shape: { id: decided.id, question: shape.question, class: shape.class, geometry: shape.geometry, attributes: shape.attributes },
        },
      ],
    };
  return {
    kind: "batch",
    commands: [
      { kind: "setClass", shapes: [decided.id], class: shape.class },
      { kind: "setGeometry", shape: decided.id, geometry: shape.geometry },
      ...attributesOf(decided, shape),
    ],
  };
}

const fits = (scene: Scene, decided: Shape, shape: Shape): boolean =>
  scene.ontology.class(decided.question, decided.class)?.geometries.includes(shape.geometry.kind) === true &&
  decided.geometry.kind === shape.geometry.kind;

/** What the shape does not answer is taken away first; the rest comes in the class's order, since conditions look at what stands before. */
function attributesOf(decided: Shape, shape: Shape): Command[] {
  const set = (attribute: string, value: AnswerValue | null): Command => ({ kind: "setAttribute", shapes: [decided.id], attribute, value });
  const gone = Object.keys(decided.attributes).filter(attribute => shape.attributes[attribute] === undefined);
  return [
    ...gone.map(attribute => set(attribute, null)),
    ...Object.entries(shape.attributes).map(([attribute, value]) => set(attribute, value)),
  ];
}

function addCommand(scene: Scene, { question, object }: Point, shape: Shape): Command | null {
  if (object === null) return null;
  const taken = shapeOf(scene, object as ShapeId) !== undefined;
  const id = (taken ? `${question}/${object}` : object) as ShapeId;
  return { kind: "add", shape: { id, question, class: shape.class, geometry: shape.geometry, attributes: shape.attributes } };
}

/** The shape by which a side's word at a point is told from its other words; of what the consensus leaves out, as it would have it. */
export function shownAt(of: Case, point: Point, sideId: string): Shape | undefined {
  const side = sideOf(of, sideId);
  if (!side || point.object === null) return undefined;
  return (
    objectOf(of, side, point.question, point.object) ??
    (sideId === CONSENSUS ? shapeIn(of.rejected, point.question, point.object) : undefined)
  );
}

export const centreOf = (shape: Pick<Shape, "geometry">): { x: number; y: number } => {
  const { left, top, right, bottom } = formOf(shape.geometry).bounds(shape.geometry);
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
};

import type { Schemas } from "../../api/client";
import {
  type AnswerValue,
  formOf,
  type JsonValue,
  type Rect,
  type ScalarQuestion,
  type Scene,
  type Shape,
  shapeOf,
  titleOf,
  wireId,
} from "../../engine";
import { pointText } from "../../messages/en/review";
import { valueText } from "./answerText";
import { type Case, CONSENSUS, type Side, shapeIn } from "./sides";

type Difference = Schemas["Difference"];
type ObjectDetail = Schemas["ConsensusDetailObjectDetail"];

export type PointKind = "existence" | "class" | "geometry" | "attribute" | "answer";

/** What some sides say alike. */
export interface Choice {
  readonly sides: readonly string[];
  readonly text: string;
  /** Equal for what says the same. */
  readonly gist: string;
}

/** One thing on which the responses differ: what the reviewer looks at, one after another. */
export interface Point {
  readonly key: string;
  readonly kind: PointKind;
  readonly question: string;
  /** The object's id in the consensus, or among what it leaves out. */
  readonly object: string | null;
  readonly attribute: string | null;
  /** The object's class, or the question. */
  readonly title: string;
  /** How sure the consensus is there. */
  readonly confidence: number;
  /** Of the two outlines that are least alike. */
  readonly similarity: number | null;
  /** What the consensus says first, then what most say. */
  readonly choices: readonly Choice[];
  /** What to look at in the picture. */
  readonly bounds: Rect | null;
}

const ORDER: readonly PointKind[] = ["existence", "class", "geometry", "attribute", "answer"];

/** The differences of a case: the least sure object first, and all of one object together. */
export function pointsOf(of: Case): readonly Point[] {
  const points = (of.lease.consensus?.differences ?? []).filter(each => isKind(each.kind)).map(each => pointOf(of, each));
  const groupOf = (point: Point) => `${point.question}/${point.object ?? ""}`;
  const least = new Map<string, number>();
  for (const point of points) least.set(groupOf(point), Math.min(point.confidence, least.get(groupOf(point)) ?? Number.POSITIVE_INFINITY));
  return points.toSorted(
    (a, b) =>
      (least.get(groupOf(a)) ?? 0) - (least.get(groupOf(b)) ?? 0) ||
      compare(groupOf(a), groupOf(b)) ||
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      a.confidence - b.confidence ||
      compare(a.key, b.key),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isKind = (kind: string): kind is PointKind => (ORDER as readonly string[]).includes(kind);

function pointOf(of: Case, difference: Difference): Point {
  const { question, shape: object, attribute, confidence, similarity } = difference;
  const kind = difference.kind as PointKind;
  const bare = { kind, question, object, attribute };
  const asked = of.ontology.question(question);
  const marked = object === null ? [] : of.sides.map(side => objectOf(of, side, question, object)).filter(shape => shape !== undefined);
  const rejected = object === null ? undefined : shapeIn(of.rejected, question, object);
  const named = marked[0] ?? rejected;
  const title = named ? titleOf(of.ontology.class(question, named.class) ?? { id: named.class }) : titleOf(asked ?? { id: question });
  return {
    ...bare,
    key: [question, kind, object ?? "", attribute ?? ""].join("/"),
    title,
    confidence,
    similarity,
    choices: choicesOf(of, bare),
    bounds: [...marked, ...(rejected ? [rejected] : [])].map(boundsOf).reduce<Rect | null>(joined, null),
  };
}

type Place = Pick<Point, "kind" | "question" | "object" | "attribute">;

function choicesOf(of: Case, place: Place): readonly Choice[] {
  const groups = new Map<string, { sides: string[]; text: string }>();
  for (const side of of.sides) {
    const said = saidBy(of, place, side);
    if (said === null) continue;
    const gist = gistOf(said);
    const group = groups.get(gist);
    if (group) group.sides.push(side.id);
    else groups.set(gist, { sides: [side.id], text: textOf(of, place, said) });
  }
  return [...groups]
    .map(([gist, { sides, text }]) => ({ gist, sides, text }))
    .toSorted((a, b) => Number(b.sides.includes(CONSENSUS)) - Number(a.sides.includes(CONSENSUS)) || b.sides.length - a.sides.length);
}

/** What somebody says at a point. */
export type Said =
  | { readonly kind: "existence"; readonly shape: Shape | null }
  | { readonly kind: "class" | "geometry"; readonly shape: Shape }
  | { readonly kind: "attribute" | "answer"; readonly value: AnswerValue | null; readonly shape: Shape | null };

/** Null where a side says nothing to the point. */
export function saidBy(of: Case, place: Place, side: Side): Said | null {
  const { kind, question, object, attribute } = place;
  if (kind === "answer") {
    const value = side.answers[question];
    return value === undefined ? null : { kind, value, shape: null };
  }
  const shape = (object === null ? undefined : objectOf(of, side, question, object)) ?? null;
  if (kind === "existence") return looked(of, side, question) ? { kind, shape } : null;
  return shape && saidOf(place, shape, attribute);
}

/** What the decision says at a point; null where it has no such object. */
export function decidedAt(scene: Scene, place: Place): Said | null {
  const { kind, question, attribute } = place;
  if (kind === "answer") return { kind, value: scene.answers[question] ?? null, shape: null };
  const shape = decidedObject(scene, place);
  if (kind === "existence") return { kind, shape };
  return shape && saidOf(place, shape, attribute);
}

function saidOf({ kind }: Place, shape: Shape, attribute: string | null): Said {
  if (kind === "attribute") return { kind, value: (attribute === null ? undefined : shape.attributes[attribute]) ?? null, shape };
  return { kind: kind === "class" ? "class" : "geometry", shape };
}

/** The decision's shape for an object: it keeps the id that the consensus gave it. */
export function decidedObject(scene: Scene, { question, object }: Pick<Place, "question" | "object">): Shape | null {
  if (object === null) return null;
  return (
    scene.shapes.find(shape => shape.question === question && wireId(shape) === object) ??
    shapeOf(scene, `${question}/${object}` as Shape["id"]) ??
    null
  );
}

export function gistOf(said: Said): string {
  switch (said.kind) {
    case "existence":
      return said.shape ? "marked" : "not marked";
    case "class":
      return said.shape.class;
    case "geometry":
      return JSON.stringify(formOf(said.shape.geometry).write(said.shape.geometry));
    case "attribute":
    case "answer":
      return JSON.stringify(said.value as JsonValue);
  }
}

function textOf(of: Case, place: Place, said: Said): string {
  switch (said.kind) {
    case "existence":
      return said.shape ? pointText.marked : pointText.notMarked;
    case "class":
      return titleOf(of.ontology.class(place.question, said.shape.class) ?? { id: said.shape.class });
    case "geometry": {
      const { left, top, right, bottom } = boundsOf(said.shape);
      return pointText.size(Math.round(right - left), Math.round(bottom - top));
    }
    case "attribute":
    case "answer":
      return said.value === null ? pointText.unanswered : valueText(questionAt(of, place, said.shape), said.value);
  }
}

function questionAt(of: Case, { question, attribute }: Place, shape: Shape | null): ScalarQuestion | undefined {
  if (shape) return of.ontology.class(question, shape.class)?.attributes?.find(each => each.id === attribute);
  const asked = of.ontology.question(question);
  return asked?.kind === "shapes" ? undefined : asked;
}

/** The title of an attribute of whoever has it. */
export function attributeTitle(of: Case, { question, attribute }: Pick<Place, "question" | "attribute">): string {
  const asked = of.ontology.question(question);
  const found =
    asked?.kind === "shapes" ? asked.classes.flatMap(each => each.attributes ?? []).find(each => each.id === attribute) : undefined;
  return titleOf(found ?? { id: attribute ?? "" });
}

const looked = (of: Case, side: Side, question: string): boolean =>
  side.id === CONSENSUS || Array.isArray(answersOfResponse(of, side.id)?.[question]);

function answersOfResponse(of: Case, id: string): Record<string, unknown> | undefined {
  const answers = of.lease.responses.find(each => each.response === id)?.answers;
  return typeof answers === "object" && answers !== null ? (answers as Record<string, unknown>) : undefined;
}

/** A side's shape for an object of the consensus, or of what it leaves out. */
export function objectOf(of: Case, side: Side, question: string, object: string): Shape | undefined {
  if (side.id === CONSENSUS) return shapeIn(side.shapes, question, object);
  const support = detailOf(of, question, object)?.support.find(each => each.response === side.id);
  return support && shapeIn(side.shapes, question, support.shape);
}

function detailOf(of: Case, question: string, object: string): ObjectDetail | undefined {
  const detail = of.lease.consensus?.detail;
  const isIt = (each: ObjectDetail) => each.question === question && each.shape === object;
  return detail?.objects.find(isIt) ?? detail?.rejected.find(isIt);
}

export const boundsOf = (shape: Pick<Shape, "geometry">): Rect => formOf(shape.geometry).bounds(shape.geometry);

const joined = (a: Rect | null, b: Rect): Rect =>
  a === null
    ? b
    : {
        left: Math.min(a.left, b.left),
        top: Math.min(a.top, b.top),
        right: Math.max(a.right, b.right),
        bottom: Math.max(a.bottom, b.bottom),
      };

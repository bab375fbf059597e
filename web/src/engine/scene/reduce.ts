import type { Geometry, GeometryForm } from "../geometry/geometry";
import { withVisibility } from "../geometry/keypoints";
import { formOf } from "../geometry/registry";
import type { AnswerValue, ShapeClass } from "../ontology/ontology";
import { canonicalValue } from "../ontology/values";
import type { Command, CommandKind } from "./commands";
import { type Delta, Draft } from "./delta";
import { answersOf, isAsked, prune } from "./pruning";
import { NO_ATTRIBUTES, positionsOf, roomIn, type Scene, type Shape, type ShapeId } from "./scene";

/** The most shapes of one scene: as many as the server takes in one answer. */
export const MAX_SHAPES = 10_000;

/** The next scene, and what changed; null where the command does nothing. */
export interface Reduction {
  readonly scene: Scene;
  readonly delta: Delta | null;
}

/** Does a command. Pure, and total: what cannot be done is not done. */
export function reduce(scene: Scene, command: Command): Reduction {
  const draft = new Draft(scene);
  perform(draft, command);
  if (draft.changes.length > 0) prune(draft);
  return draft.finish();
}

type Handlers = { readonly [K in CommandKind]: (draft: Draft, command: Extract<Command, { kind: K }>) => void };

const handlers: Handlers = {
  add: (draft, { shape }) => add(draft, { ...shape, attributes: shape.attributes ?? NO_ATTRIBUTES, hidden: false, locked: false }),

  delete(draft, { shapes }) {
    for (const [index, shape] of found(draft, shapes).reverse()) if (!shape.locked) draft.remove(index);
  },

  duplicate(draft, { shapes, ids, dx, dy }) {
    const copies: ShapeId[] = [];
    const originals = found(draft, shapes);
    for (const [i, [, shape]] of originals.entries()) {
      const id = ids[i];
      if (id === undefined) continue;
      const geometry = formOf(shape.geometry).move(shape.geometry, dx, dy, roomIn(draft.scene, shape));
      if (add(draft, { ...shape, id, geometry, hidden: false, locked: false })) copies.push(id);
    }
    if (copies.length > 0) draft.select(copies);
  },

  move: (draft, { shapes, dx, dy }) =>
    reshape(draft, shapes, (form, shape) => form.move(shape.geometry, dx, dy, roomIn(draft.scene, shape))),

  resize: (draft, { shape, side, to, aspect }) =>
    reshape(draft, [shape], (form, old) => form.resize(old.geometry, side, to, { aspect: aspect ?? false }, roomIn(draft.scene, old))),

  rotate: (draft, { shapes, by }) => reshape(draft, shapes, (form, shape) => form.rotate(shape.geometry, by, roomIn(draft.scene, shape))),

  moveVertex: (draft, { shape, index, to }) =>
    reshape(draft, [shape], (form, old) => form.moveVertex(old.geometry, index, to, roomIn(draft.scene, old))),

  insertVertex: (draft, { shape, index, at }) =>
    reshape(draft, [shape], (form, old) => form.insertVertex(old.geometry, index, at, roomIn(draft.scene, old))),

  deleteVertex: (draft, { shape, index }) => reshape(draft, [shape], (form, old) => form.deleteVertex(old.geometry, index)),

  setVisibility: (draft, { shape, index, visibility }) =>
    reshape(draft, [shape], (_, old) => (old.geometry.kind === "keypoints" ? withVisibility(old.geometry, index, visibility) : null)),

  setGeometry: (draft, { shape, geometry }) =>
    reshape(draft, [shape], (_, old) => (allows(draft, old, geometry) ? settled(draft, old, geometry) : null)),

  setClass(draft, { shapes, class: id }) {
    for (const [index, shape] of unlocked(draft, shapes)) {
      const next = { ...shape, class: id };
      const shapeClass = draft.scene.ontology.class(shape.question, id);
      if (!shapeClass || shape.class === id || !allows(draft, next, shape.geometry)) continue;
      const geometry = settled(draft, next, shape.geometry);
      if (geometry) draft.replace(index, { ...next, geometry, attributes: fitting(shapeClass, shape.attributes) });
    }
  },

  setAttribute(draft, { shapes, attribute, value }) {
    for (const [index, shape] of unlocked(draft, shapes)) {
      const attributes = withAttribute(draft, shape, attribute, value);
      if (attributes) draft.replace(index, { ...shape, attributes });
    }
  },

  setAnswer(draft, { question: id, value }) {
    const question = draft.scene.ontology.question(id);
    if (!question || question.kind === "shapes") return;
    const next = value === null ? null : canonicalValue(question, value);
    if ((value !== null && next === null) || same(draft.answers[id] ?? null, next)) return;
    if (next === null || isAsked(question, lookup(draft))) draft.setAnswer(id, next);
  },

  reorder: (draft, { shapes, to }) => reorder(draft, shapes, to),

  hide(draft, { shapes, hidden }) {
    for (const [index, shape] of found(draft, shapes)) if (shape.hidden !== hidden) draft.replace(index, { ...shape, hidden });
    if (hidden) draft.select(draft.selection.filter(id => !shapes.includes(id)));
  },

  lock(draft, { shapes, locked }) {
    for (const [index, shape] of found(draft, shapes)) if (shape.locked !== locked) draft.replace(index, { ...shape, locked });
  },

  select(draft, { shapes }) {
    const known = positionsOf(draft.shapes);
    draft.select([...new Set(shapes)].filter(id => known.has(id)));
  },

  batch(draft, { commands }) {
    for (const command of commands) perform(draft, command);
  },
};

function perform<K extends CommandKind>(draft: Draft, command: Extract<Command, { kind: K }>): void {
  const handler = handlers[command.kind] as (draft: Draft, command: Command) => void;
  handler(draft, command);
}

/** The shapes named, with their places, from the bottom up. */
function found(draft: Draft, ids: readonly ShapeId[]): [number, Shape][] {
  const wanted = new Set(ids);
  if (draft.changes.length === 0) {
    const positions = positionsOf(draft.shapes);
    const places = [...wanted].map(id => positions.get(id)).filter(place => place !== undefined);
    return places.sort((a, b) => a - b).map(place => [place, draft.shapes[place] as Shape]);
  }
  return [...draft.shapes.entries()].filter(([, shape]) => wanted.has(shape.id));
}

const unlocked = (draft: Draft, ids: readonly ShapeId[]): [number, Shape][] => found(draft, ids).filter(([, shape]) => !shape.locked);

function add(draft: Draft, shape: Shape): boolean {
  const { scene, shapes } = draft;
  const shapeClass = scene.ontology.class(shape.question, shape.class);
  if (!shapeClass || shapes.length >= MAX_SHAPES || !allows(draft, shape, shape.geometry)) return false;
  if (shapes.some(other => other.id === shape.id)) return false;
  const question = scene.ontology.question(shape.question);
  if (!question || !isAsked(question, lookup(draft))) return false;
  const geometry = settled(draft, shape, shape.geometry);
  if (!geometry) return false;
  draft.insert(shapes.length, { ...shape, geometry, attributes: fitting(shapeClass, shape.attributes) });
  return true;
}

/** A geometry from anywhere as the scene keeps it: in its room and rounded; null where nothing is left of it. */
function settled(draft: Draft, shape: Pick<Shape, "question" | "class">, geometry: Geometry): Geometry | null {
  const form = formOf(geometry);
  return form.confine(form.canonical(geometry), roomIn(draft.scene, shape));
}

function allows(draft: Draft, shape: Pick<Shape, "question" | "class">, geometry: Geometry): boolean {
  const shapeClass = draft.scene.ontology.class(shape.question, shape.class);
  if (!shapeClass?.geometries.includes(geometry.kind)) return false;
  return geometry.kind !== "keypoints" || geometry.xyv.length === 3 * (shapeClass.keypoints?.names.length ?? 0);
}

function reshape(draft: Draft, ids: readonly ShapeId[], change: (form: GeometryForm, shape: Shape) => Geometry | null): void {
  for (const [index, shape] of unlocked(draft, ids)) {
    const geometry = change(formOf(shape.geometry), shape);
    if (geometry && !same(geometry, shape.geometry)) draft.replace(index, { ...shape, geometry });
  }
}

/** What of a shape's attributes its class asks for too, in the class's order. */
function fitting(shapeClass: ShapeClass, attributes: Readonly<Record<string, AnswerValue>>): Readonly<Record<string, AnswerValue>> {
  const kept: Record<string, AnswerValue> = {};
  for (const attribute of shapeClass.attributes ?? []) {
    const value = attributes[attribute.id];
    const fits = value === undefined ? null : canonicalValue(attribute, value);
    if (fits !== null) kept[attribute.id] = fits;
  }
  return kept;
}

function withAttribute(draft: Draft, shape: Shape, id: string, value: AnswerValue | null): Readonly<Record<string, AnswerValue>> | null {
  const shapeClass = draft.scene.ontology.class(shape.question, shape.class);
  const attribute = shapeClass?.attributes?.find(candidate => candidate.id === id);
  if (!shapeClass || !attribute) return null;
  const next = value === null ? null : canonicalValue(attribute, value);
  if ((value !== null && next === null) || same(shape.attributes[id] ?? null, next)) return null;
  if (next !== null && !isAsked(attribute, lookup(draft), shape.attributes)) return null;
  const { [id]: _, ...others } = shape.attributes;
  return fitting(shapeClass, next === null ? others : { ...others, [id]: next });
}

const lookup = (draft: Draft) => answersOf(draft, id => draft.scene.ontology.question(id)?.kind === "shapes");

function reorder(draft: Draft, ids: readonly ShapeId[], to: "front" | "back" | "forward" | "backward"): void {
  const chosen = found(draft, ids);
  const count = draft.shapes.length;
  if (to === "front") for (const [step, [index]] of chosen.entries()) moveTo(draft, index - step, count - 1);
  if (to === "back") for (const [step, [index]] of chosen.reverse().entries()) moveTo(draft, index + step, 0);
  if (to === "forward") {
    for (const [step, [index]] of chosen.reverse().entries()) moveTo(draft, index, Math.min(index + 1, count - 1 - step));
  }
  if (to === "backward") for (const [step, [index]] of chosen.entries()) moveTo(draft, index, Math.max(index - 1, step));
}

function moveTo(draft: Draft, from: number, to: number): void {
  const shape = draft.shapes[from];
  if (!shape || from === to) return;
  draft.apply({ kind: "remove", index: from, shape });
  draft.insert(to, shape);
}

/** Whether two plain values are alike. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(name => same((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
  );
}

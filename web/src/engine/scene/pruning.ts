import { type Answers, holds } from "../ontology/conditions";
import type { AnswerValue, Question, ScalarQuestion, ShapeClass } from "../ontology/ontology";
import type { Draft } from "./delta";
import type { Shape } from "./scene";

/**
 * Drops the answers whose condition no longer holds, since the server refuses them. A condition looks only at what stands before its
 * own question, so one pass in the ontology's order is enough. What is dropped is part of the command's delta, and comes back with undo.
 */
export function prune(draft: Draft): void {
  const { ontology } = draft.scene;
  if (!ontology.hasConditions) return;
  const sweep = new Sweep(draft);
  for (const question of ontology.ontology.questions) sweep.visit(question);
}

/** The attributes of a shape that are asked, given the answers; those that are answered but not asked are left out. */
export function askedAttributes(
  shapeClass: ShapeClass,
  attributes: Readonly<Record<string, AnswerValue>>,
  question: Answers["question"],
): Readonly<Record<string, AnswerValue>> {
  const kept: Record<string, AnswerValue> = {};
  let dropped = false;
  for (const attribute of shapeClass.attributes ?? []) {
    const value = attributes[attribute.id];
    if (value === undefined) continue;
    if (isAsked(attribute, question, kept)) kept[attribute.id] = value;
    else dropped = true;
  }
  return dropped ? kept : attributes;
}

export const isAsked = (
  question: Question | ScalarQuestion,
  questions: Answers["question"],
  attributes: Readonly<Record<string, AnswerValue>> = {},
): boolean => question.when === undefined || holds(question.when, { question: questions, attribute: id => attributes[id] });

/** Looks up answers of a scene as conditions see them. Of shapes it counts the classes once. */
export function answersOf(
  draft: { readonly shapes: readonly Shape[]; readonly answers: Readonly<Record<string, AnswerValue>> },
  isShapes: (id: string) => boolean,
): Answers["question"] {
  let classes: Map<string, Set<string>> | null = null;
  return id => {
    if (!isShapes(id)) return draft.answers[id];
    classes ??= countClasses(draft.shapes);
    return { classes: classes.get(id) ?? new Set() };
  };
}

function countClasses(shapes: readonly Shape[]): Map<string, Set<string>> {
  const classes = new Map<string, Set<string>>();
  for (const shape of shapes) {
    const known = classes.get(shape.question);
    if (known) known.add(shape.class);
    else classes.set(shape.question, new Set([shape.class]));
  }
  return classes;
}

class Sweep {
  readonly #draft: Draft;
  readonly #unasked = new Set<string>();
  #lookup: Answers["question"];

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#lookup = this.#look();
  }

  visit(question: Question): void {
    if (!isAsked(question, this.#lookup)) this.#drop(question);
    else if (question.kind === "shapes" && question.classes.some(c => c.attributes?.some(a => a.when))) this.#pruneShapes(question.id);
  }

  #look(): Answers["question"] {
    const isShapes = (id: string) => this.#draft.scene.ontology.question(id)?.kind === "shapes";
    const look = answersOf(this.#draft, isShapes);
    return id => (this.#unasked.has(id) ? undefined : look(id));
  }

  #drop(question: Question): void {
    const draft = this.#draft;
    this.#unasked.add(question.id);
    if (question.kind !== "shapes") {
      if (draft.answers[question.id] !== undefined) draft.setAnswer(question.id, null);
      return;
    }
    for (let i = draft.shapes.length - 1; i >= 0; i--) if (draft.shapes[i]?.question === question.id) draft.remove(i);
    this.#lookup = this.#look();
  }

  #pruneShapes(question: string): void {
    const draft = this.#draft;
    const touched = draft.scene.ontology.attributesLookAtQuestions && mayTouchAll(draft) ? null : touchedIn(draft);
    for (let i = 0; i < draft.shapes.length; i++) {
      const shape = draft.shapes[i];
      if (!shape || shape.question !== question || (touched && !touched.has(shape.id))) continue;
      const shapeClass = draft.scene.ontology.class(shape.question, shape.class);
      if (!shapeClass) continue;
      const attributes = askedAttributes(shapeClass, shape.attributes, this.#lookup);
      if (attributes !== shape.attributes) draft.replace(i, { ...shape, attributes });
    }
  }
}

/** Whether something changed that attributes of other shapes may look at: an answer, or which classes are there. */
const mayTouchAll = (draft: Draft): boolean =>
  draft.changes.some(change => change.kind !== "replace" || change.before.class !== change.after.class);

function touchedIn(draft: Draft): Set<string> {
  const touched = new Set<string>();
  for (const change of draft.changes) {
    if (change.kind === "insert") touched.add(change.shape.id);
    else if (change.kind === "replace") touched.add(change.after.id);
  }
  return touched;
}

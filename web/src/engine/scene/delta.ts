import type { AnswerValue } from "../ontology/ontology";
import { type Scene, type Shape, type ShapeId, sharePositions } from "./scene";

/** One thing that changed, with all that is needed to take it back. */
export type Change =
  | { readonly kind: "insert"; readonly index: number; readonly shape: Shape }
  | { readonly kind: "remove"; readonly index: number; readonly shape: Shape }
  | { readonly kind: "replace"; readonly index: number; readonly before: Shape; readonly after: Shape }
  | { readonly kind: "answer"; readonly question: string; readonly before: AnswerValue | null; readonly after: AnswerValue | null };

/** What a command did, in order. */
export interface Delta {
  readonly changes: readonly Change[];
  readonly selection: { readonly before: readonly ShapeId[]; readonly after: readonly ShapeId[] } | null;
}

export function invert(delta: Delta): Delta {
  return {
    changes: delta.changes.map(invertChange).reverse(),
    selection: delta.selection && { before: delta.selection.after, after: delta.selection.before },
  };
}

function invertChange(change: Change): Change {
  switch (change.kind) {
    case "insert":
      return { ...change, kind: "remove" };
    case "remove":
      return { ...change, kind: "insert" };
    case "replace":
    case "answer":
      return { ...change, before: change.after, after: change.before } as Change;
  }
}

export function apply(scene: Scene, delta: Delta): Scene {
  const draft = new Draft(scene);
  for (const change of delta.changes) draft.apply(change);
  if (delta.selection) draft.select(delta.selection.after);
  return draft.finish().scene;
}

/** One delta for two, one after the other. Repeated replacing of a shape keeps only where it began and where it ended. */
export function compose(first: Delta, second: Delta): Delta {
  const changes = [...first.changes];
  for (const change of second.changes) {
    const last = changes[changes.length - 1];
    if (change.kind === "replace" && last?.kind === "replace" && last.after === change.before) {
      changes[changes.length - 1] = { ...last, after: change.after };
    } else changes.push(change);
  }
  const selection =
    first.selection && second.selection
      ? { before: first.selection.before, after: second.selection.after }
      : (second.selection ?? first.selection);
  return { changes, selection };
}

/** A scene while a command works upon it; records each change. */
export class Draft {
  readonly scene: Scene;
  #shapes: Shape[] | null = null;
  #answers: Record<string, AnswerValue> | null = null;
  #selection: readonly ShapeId[];
  #changes: Change[] = [];
  #restructured = false;

  constructor(scene: Scene) {
    this.scene = scene;
    this.#selection = scene.selection;
  }

  get shapes(): readonly Shape[] {
    return this.#shapes ?? this.scene.shapes;
  }

  get answers(): Readonly<Record<string, AnswerValue>> {
    return this.#answers ?? this.scene.answers;
  }

  get selection(): readonly ShapeId[] {
    return this.#selection;
  }

  get changes(): readonly Change[] {
    return this.#changes;
  }

  insert(index: number, shape: Shape): void {
    this.apply({ kind: "insert", index, shape });
  }

  /** Takes a shape away; it is selected no more. */
  remove(index: number): void {
    const shape = this.shapes[index];
    if (!shape) return;
    this.apply({ kind: "remove", index, shape });
    if (this.#selection.includes(shape.id)) this.select(this.#selection.filter(id => id !== shape.id));
  }

  replace(index: number, after: Shape): void {
    const before = this.shapes[index];
    if (before && before !== after) this.apply({ kind: "replace", index, before, after });
  }

  setAnswer(question: string, after: AnswerValue | null): void {
    this.apply({ kind: "answer", question, before: this.answers[question] ?? null, after });
  }

  select(shapes: readonly ShapeId[]): void {
    const same = shapes.length === this.#selection.length && shapes.every((id, i) => id === this.#selection[i]);
    if (!same) this.#selection = shapes;
  }

  apply(change: Change): void {
    this.#changes.push(change);
    if (change.kind === "answer") {
      this.#answers ??= { ...this.scene.answers };
      if (change.after === null) delete this.#answers[change.question];
      else this.#answers[change.question] = change.after;
      return;
    }
    this.#shapes ??= [...this.scene.shapes];
    if (change.kind === "replace") this.#shapes[change.index] = change.after;
    else {
      this.#restructured = true;
      if (change.kind === "insert") this.#shapes.splice(change.index, 0, change.shape);
      else this.#shapes.splice(change.index, 1);
    }
  }

  finish(): { scene: Scene; delta: Delta | null } {
    const before = this.scene;
    const selected = this.#selection !== before.selection;
    if (this.#changes.length === 0 && !selected) return { scene: before, delta: null };
    if (this.#shapes && !this.#restructured) sharePositions(before.shapes, this.#shapes);
    return {
      scene: { ...before, shapes: this.shapes, answers: this.answers, selection: this.#selection },
      delta: { changes: this.#changes, selection: selected ? { before: before.selection, after: this.#selection } : null },
    };
  }
}

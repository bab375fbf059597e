import {
  type AnswerValue,
  answersOf,
  type ChoiceOption,
  canonicalValue,
  classOf,
  isAsked,
  type OntologyIndex,
  type Question,
  type ScalarQuestion,
  type Scene,
  type Shape,
  type ShapeId,
  shapeOf,
  type WorkbenchEngine,
} from "../../engine";

type ChoiceQuestion = ScalarQuestion & { kind: "choice" };

/** What an answer is given to: a question, or an attribute of shapes. */
export type AnswerTarget = { readonly question: string } | { readonly shapes: readonly ShapeId[]; readonly attribute: string };

export function setAnswer(engine: WorkbenchEngine, target: AnswerTarget, value: AnswerValue | null, gesture?: string): void {
  const merging = gesture === undefined ? {} : { gesture };
  if ("question" in target) engine.dispatch({ kind: "setAnswer", question: target.question, value, ...merging });
  else engine.dispatch({ kind: "setAttribute", shapes: target.shapes, attribute: target.attribute, value, ...merging });
}

/** An option with the way to it; the way is its own id alone where there are no levels. */
export interface PlacedOption {
  readonly option: ChoiceOption;
  readonly path: readonly string[];
}

export function placedOptions(options: readonly ChoiceOption[], above: readonly string[] = []): PlacedOption[] {
  return options.flatMap(option => {
    const path = [...above, option.id];
    return [{ option, path }, ...placedOptions(option.children ?? [], path)];
  });
}

const sameWay = (value: unknown, question: ChoiceQuestion, path: readonly string[]): boolean =>
  question.taxonomy ? Array.isArray(value) && value.join("/") === path.join("/") : value === path[path.length - 1];

export function isChosen(question: ChoiceQuestion, value: AnswerValue | undefined, path: readonly string[]): boolean {
  if (value === undefined) return false;
  if (question.multiple) return Array.isArray(value) && value.some(each => sameWay(each, question, path));
  return sameWay(value, question, path);
}

/** The answer after an option was pressed: chosen if it was not, taken back if it was. */
export function pressed(question: ChoiceQuestion, value: AnswerValue | undefined, path: readonly string[]): AnswerValue | null {
  const chosen = question.taxonomy ? path : (path[path.length - 1] as string);
  const was = isChosen(question, value, path);
  if (!question.multiple) return was ? null : chosen;
  const before = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const after = was ? before.filter(each => !sameWay(each, question, path)) : [...before, chosen];
  return after.length === 0 ? null : canonicalValue(question, after as never);
}

/** The questions that are asked now, beside shapes, with their answers. */
export function askedQuestions(scene: Scene): { question: ScalarQuestion; value: AnswerValue | undefined }[] {
  const lookup = lookupIn(scene);
  return scene.ontology.ontology.questions
    .filter((question): question is ScalarQuestion & Question => question.kind !== "shapes" && isAsked(question, lookup))
    .map(question => ({ question, value: scene.answers[question.id] }));
}

/** The attributes that are asked of all these shapes, with the answer that they share. */
export function askedAttributes(scene: Scene, shapes: readonly Shape[]): { question: ScalarQuestion; value: AnswerValue | undefined }[] {
  const [first] = shapes;
  const attributes = first && classOf(scene, first)?.attributes;
  if (!first || !attributes || shapes.some(shape => shape.class !== first.class || shape.question !== first.question)) return [];
  const lookup = lookupIn(scene);
  return attributes
    .filter(attribute => shapes.every(shape => isAsked(attribute, lookup, shape.attributes)))
    .map(question => {
      const value = first.attributes[question.id];
      const shared = shapes.every(shape => JSON.stringify(shape.attributes[question.id]) === JSON.stringify(value));
      return { question, value: shared ? value : undefined };
    });
}

export const selectedShapes = (scene: Scene): readonly Shape[] =>
  scene.selection.map(id => shapeOf(scene, id)).filter(shape => shape !== undefined);

const lookupIn = (scene: Scene) => answersOf(scene, id => scene.ontology.question(id)?.kind === "shapes");

/** What the keys of classes and options do now: those of attributes only while shapes of their class are selected. */
export function answerKeys(engine: WorkbenchEngine, ontology: OntologyIndex): ReadonlyMap<string, () => void> {
  const keys = new Map<string, () => void>();
  const choices = (
    asked: () => { question: ScalarQuestion; value: AnswerValue | undefined }[],
    question: ScalarQuestion,
    target: () => AnswerTarget,
  ) => {
    if (question.kind !== "choice") return;
    for (const { option, path } of placedOptions(question.options)) {
      if (option.hotkey === undefined) continue;
      const inner = keys.get(option.hotkey);
      keys.set(option.hotkey, () => {
        const now = asked().find(each => each.question === question);
        if (now) setAnswer(engine, target(), pressed(question, now.value, path));
        else inner?.();
      });
    }
  };
  for (const question of ontology.shapes) {
    for (const shapeClass of question.classes) {
      if (shapeClass.hotkey !== undefined) keys.set(shapeClass.hotkey, () => takeClass(engine, question.id, shapeClass.id));
    }
  }
  const scene = () => engine.getState().scene;
  for (const question of ontology.ontology.questions) {
    if (question.kind !== "shapes")
      choices(
        () => askedQuestions(scene()),
        question,
        () => ({ question: question.id }),
      );
    else {
      for (const attribute of question.classes.flatMap(each => each.attributes ?? [])) {
        choices(
          () => askedAttributes(scene(), selectedShapes(scene())),
          attribute,
          () => ({ shapes: scene().selection, attribute: attribute.id }),
        );
      }
    }
  }
  return keys;
}

/** A class was chosen: what is selected becomes of it while nothing is being drawn; else it is what is drawn next. */
export function takeClass(engine: WorkbenchEngine, question: string, id: string): void {
  const { scene, tool, readOnly } = engine.getState();
  const fitting = selectedShapes(scene).filter(
    shape => shape.question === question && scene.ontology.class(question, id)?.geometries.includes(shape.geometry.kind),
  );
  if (tool === "select" && fitting.length > 0 && !readOnly) {
    engine.dispatch({ kind: "setClass", shapes: fitting.map(shape => shape.id), class: id });
    engine.setActiveClass({ question, class: id }, { keepTool: true });
  } else engine.setActiveClass({ question, class: id });
}

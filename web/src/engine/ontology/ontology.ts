import type { GeometryKind } from "../geometry/geometry";

/** An ontology as the server writes it: what is at its default is left out. */
export interface Ontology {
  readonly questions: readonly Question[];
}

export type Question = ShapesQuestion | ScalarQuestion;

/** Questions whose answers are plain values; also the attributes of shapes. */
export type ScalarQuestion = ChoiceQuestion | BooleanQuestion | RatingQuestion | TextQuestion | NumberQuestion;

interface QuestionBase {
  readonly id: string;
  readonly title?: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly when?: Condition;
}

export interface ShapesQuestion extends QuestionBase {
  readonly kind: "shapes";
  readonly classes: readonly ShapeClass[];
  readonly min_count?: number;
  readonly max_count?: number;
}

export interface ChoiceQuestion extends QuestionBase {
  readonly kind: "choice";
  readonly options: readonly ChoiceOption[];
  readonly multiple?: boolean;
  readonly taxonomy?: boolean;
  readonly leaves_only?: boolean;
  readonly min_selected?: number;
  readonly max_selected?: number;
}

export interface BooleanQuestion extends QuestionBase {
  readonly kind: "boolean";
}

export interface RatingQuestion extends QuestionBase {
  readonly kind: "rating";
  readonly min: number;
  readonly max: number;
  readonly labels?: readonly { readonly value: number; readonly title: string }[];
}

export interface TextQuestion extends QuestionBase {
  readonly kind: "text";
  readonly min_length?: number;
  readonly max_length?: number;
  readonly multiline?: boolean;
  readonly pattern?: string;
}

export interface NumberQuestion extends QuestionBase {
  readonly kind: "number";
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly integer?: boolean;
  readonly unit?: string;
}

export interface ChoiceOption {
  readonly id: string;
  readonly title?: string;
  readonly help?: string;
  readonly colour?: string;
  readonly hotkey?: string;
  readonly children?: readonly ChoiceOption[];
}

export interface ShapeClass {
  readonly id: string;
  readonly title?: string;
  readonly help?: string;
  readonly colour: string;
  readonly hotkey?: string;
  readonly geometries: readonly GeometryKind[];
  readonly limits?: ShapeLimits;
  readonly keypoints?: KeypointLayout;
  readonly attributes?: readonly ScalarQuestion[];
  readonly supercategory?: string;
}

export interface ShapeLimits {
  readonly min_width?: number;
  readonly max_width?: number;
  readonly min_height?: number;
  readonly max_height?: number;
  readonly min_area?: number;
  readonly max_area?: number;
  readonly min_vertices?: number;
  readonly max_vertices?: number;
  readonly may_leave_image?: boolean;
}

export interface KeypointLayout {
  readonly names: readonly string[];
  readonly skeleton?: readonly (readonly [string, string])[];
  readonly sigmas?: readonly number[];
}

export type ConditionValue = string | number | boolean;

/** When a question is asked. What is not answered equals nothing, is in no list and contains nothing. */
export type Condition =
  | { readonly question?: string; readonly attribute?: string; readonly equals: ConditionValue }
  | { readonly question?: string; readonly attribute?: string; readonly in: readonly ConditionValue[] }
  | { readonly question?: string; readonly attribute?: string; readonly contains: string }
  | { readonly question?: string; readonly attribute?: string; readonly answered: boolean }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** An answer to a question that is not shapes: an option's id, a path, several of either, yes or no, a number or a text. */
export type AnswerValue = string | number | boolean | readonly string[] | readonly (readonly string[])[];

export const titleOf = (thing: { readonly id: string; readonly title?: string }): string => thing.title ?? thing.id;

/** A class and the question that it belongs to. */
export interface ClassRef {
  readonly question: string;
  readonly class: string;
}

/** An ontology with what is looked up in it again and again. */
export interface OntologyIndex {
  readonly ontology: Ontology;
  readonly shapes: readonly ShapesQuestion[];
  question(id: string): Question | undefined;
  class(question: string, id: string): ShapeClass | undefined;
  /** The limbs of a keypoints class, as positions of points. */
  limbs(shapeClass: ShapeClass): readonly (readonly [number, number])[];
  /** Whether any question or attribute is asked only under a condition. */
  readonly hasConditions: boolean;
  /** Whether attributes depend on answers to questions, so that changing one touches every shape. */
  readonly attributesLookAtQuestions: boolean;
}

const NO_LIMBS: readonly (readonly [number, number])[] = [];

export function indexOntology(ontology: Ontology): OntologyIndex {
  const questions = new Map(ontology.questions.map(question => [question.id, question]));
  const shapes = ontology.questions.filter(question => question.kind === "shapes");
  const classes = new Map(shapes.map(question => [question.id, new Map(question.classes.map(c => [c.id, c]))]));
  const limbs = new Map<ShapeClass, readonly (readonly [number, number])[]>();
  const attributes = shapes.flatMap(question => question.classes.flatMap(c => c.attributes ?? []));
  return {
    ontology,
    shapes,
    question: id => questions.get(id),
    class: (question, id) => classes.get(question)?.get(id),
    limbs(shapeClass) {
      const known = limbs.get(shapeClass);
      if (known) return known;
      const found = limbsOf(shapeClass);
      limbs.set(shapeClass, found);
      return found;
    },
    hasConditions: [...ontology.questions, ...attributes].some(question => question.when !== undefined),
    attributesLookAtQuestions: attributes.some(attribute => attribute.when !== undefined && looksAtQuestions(attribute.when)),
  };
}

function limbsOf(shapeClass: ShapeClass): readonly (readonly [number, number])[] {
  const layout = shapeClass.keypoints;
  if (!layout?.skeleton) return NO_LIMBS;
  return layout.skeleton.map(([from, to]) => [layout.names.indexOf(from), layout.names.indexOf(to)] as const);
}

function looksAtQuestions(condition: Condition): boolean {
  if ("all" in condition) return condition.all.some(looksAtQuestions);
  if ("any" in condition) return condition.any.some(looksAtQuestions);
  if ("not" in condition) return looksAtQuestions(condition.not);
  return condition.question !== undefined;
}

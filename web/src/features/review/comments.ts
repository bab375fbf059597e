import type { Schemas } from "../../api/client";
import { formOf, type Shape, titleOf, wireId } from "../../engine";
import { review as m } from "../../messages/en/review";
import type { Point } from "./points";
import { type Case, CONSENSUS, type Side } from "./sides";
import { centreOf, shownAt } from "./take";

type Comment = Schemas["DecideReviewComment"];

/** What a comment points at. */
export type About =
  | { readonly kind: "all" }
  | { readonly kind: "question"; readonly question: string }
  | { readonly kind: "shape"; readonly question: string; readonly shape: string }
  | { readonly kind: "place"; readonly x: number; readonly y: number };

export interface Draft {
  readonly text: string;
  readonly about: About;
}

export const ALL: About = { kind: "all" };

/** As the value of a field. */
export function aboutKey(about: About): string {
  switch (about.kind) {
    case "all":
      return "all";
    case "question":
      return `question ${about.question}`;
    case "shape":
      return `shape ${about.question} ${about.shape}`;
    case "place":
      return `place ${about.x} ${about.y}`;
  }
}

/** All that a comment upon a response may point at, in words: its shapes and the questions, beside what it points at now. */
export function aboutChoices(of: Case, side: Side | undefined, now: About): { readonly about: About; readonly text: string }[] {
  const places: readonly About[] = now.kind === "place" ? [now] : [];
  const shapes: readonly About[] = (side?.shapes ?? []).map(shape => ({ kind: "shape", question: shape.question, shape: wireId(shape) }));
  const questions: readonly About[] = of.ontology.ontology.questions.map(question => ({ kind: "question", question: question.id }));
  return [ALL, ...places, ...shapes, ...questions].map(about => ({ about, text: aboutText(of, side, about) }));
}

export function aboutText(of: Case, side: Side | undefined, about: About): string {
  switch (about.kind) {
    case "all":
      return m.aboutAll;
    case "question":
      return m.aboutQuestion(titleOf(of.ontology.question(about.question) ?? { id: about.question }));
    case "shape": {
      const number = side?.shapes.findIndex(shape => isShape(shape, about)) ?? -1;
      const shape = side?.shapes[number];
      return m.aboutShape(titleOf((shape && of.ontology.class(shape.question, shape.class)) ?? { id: about.shape }), number + 1);
    }
    case "place":
      return m.aboutPlace(Math.round(about.x), Math.round(about.y));
  }
}

const isShape = (shape: Shape, about: { readonly question: string; readonly shape: string }): boolean =>
  shape.question === about.question && wireId(shape) === about.shape;

/** What of a response lies under a place: its smallest shape there, or the place itself. */
export function aboutAt(side: Side | undefined, at: { readonly x: number; readonly y: number }): About {
  const area = (shape: Shape): number => {
    const { left, top, right, bottom } = formOf(shape.geometry).bounds(shape.geometry);
    return (right - left) * (bottom - top);
  };
  const hit = (side?.shapes ?? []).filter(shape => {
    const { left, top, right, bottom } = formOf(shape.geometry).bounds(shape.geometry);
    return at.x >= left && at.x <= right && at.y >= top && at.y <= bottom;
  });
  const smallest = hit.toSorted((a, b) => area(a) - area(b))[0];
  if (smallest) return { kind: "shape", question: smallest.question, shape: wireId(smallest) };
  return { kind: "place", x: round(at.x), y: round(at.y) };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Where a comment's pin stands; null for what has no place. */
export function placeOf(side: Side | undefined, about: About): { x: number; y: number } | null {
  if (about.kind === "place") return { x: about.x, y: about.y };
  const shape = about.kind === "shape" ? side?.shapes.find(each => isShape(each, about)) : undefined;
  return shape ? centreOf(shape) : null;
}

/** Who is to do it again, and about what, when sending back begins at a point: somebody who says otherwise than the consensus there. */
export function beginningAt(of: Case, point: Point | null): { readonly side: string | null; readonly about: About } {
  const people = of.sides.filter(side => side.id !== CONSENSUS);
  const only = people.length === 1 ? (people[0]?.id ?? null) : null;
  if (!point) return { side: only, about: ALL };
  const others = point.choices.filter(choice => !choice.sides.includes(CONSENSUS)).flatMap(choice => choice.sides);
  const side = others[0] ?? only;
  return { side, about: side ? aboutPoint(of, point, side) : ALL };
}

/** What a comment upon somebody's response points at when it is made at a point. */
export function aboutPoint(of: Case, point: Point, side: string): About {
  if (point.kind === "answer") return { kind: "question", question: point.question };
  const shape = shownAt(of, point, side);
  if (shape) return { kind: "shape", question: shape.question, shape: wireId(shape) };
  if (!point.bounds) return ALL;
  const { left, top, right, bottom } = point.bounds;
  const within = (value: number, most: number) => Math.max(0, Math.min(value, most));
  return { kind: "place", x: round(within((left + right) / 2, of.size.width)), y: round(within((top + bottom) / 2, of.size.height)) };
}

/** A comment as the server takes it. */
export function wireComment({ text, about }: Draft): Comment {
  const said = { text: text.trim() };
  switch (about.kind) {
    case "all":
      return said;
    case "question":
      return { ...said, question: about.question };
    case "shape":
      return { ...said, question: about.question, shape: about.shape };
    case "place":
      return { ...said, at: { x: about.x, y: about.y } };
  }
}

import type { Point } from "../coordinates";
import type { Geometry, Side, Visibility } from "../geometry/geometry";
import type { AnswerValue } from "../ontology/ontology";
import type { ShapeId } from "./scene";

/** Commands of one gesture become one step of undo. */
interface Merging {
  readonly gesture?: string;
}

export interface NewShape {
  readonly id: ShapeId;
  readonly question: string;
  readonly class: string;
  readonly geometry: Geometry;
  readonly attributes?: Readonly<Record<string, AnswerValue>>;
}

/**
 * All that can be done to a scene. Plain JSON: a journal keeps commands, and a scene comes again by replaying them. What a command
 * names and is not there (or is locked) is passed over, so that replaying never fails.
 */
export type Command =
  | { readonly kind: "add"; readonly shape: NewShape }
  | { readonly kind: "delete"; readonly shapes: readonly ShapeId[] }
  | {
      readonly kind: "duplicate";
      readonly shapes: readonly ShapeId[];
      readonly ids: readonly ShapeId[];
      readonly dx: number;
      readonly dy: number;
    }
  | ({ readonly kind: "move"; readonly shapes: readonly ShapeId[]; readonly dx: number; readonly dy: number } & Merging)
  | ({ readonly kind: "resize"; readonly shape: ShapeId; readonly side: Side; readonly to: Point; readonly aspect?: boolean } & Merging)
  | ({ readonly kind: "rotate"; readonly shapes: readonly ShapeId[]; readonly by: number } & Merging)
  | ({ readonly kind: "moveVertex"; readonly shape: ShapeId; readonly index: number; readonly to: Point } & Merging)
  | ({ readonly kind: "insertVertex"; readonly shape: ShapeId; readonly index: number; readonly at: Point } & Merging)
  | { readonly kind: "deleteVertex"; readonly shape: ShapeId; readonly index: number }
  | { readonly kind: "setVisibility"; readonly shape: ShapeId; readonly index: number; readonly visibility: Visibility }
  | ({ readonly kind: "setGeometry"; readonly shape: ShapeId; readonly geometry: Geometry } & Merging)
  | { readonly kind: "setClass"; readonly shapes: readonly ShapeId[]; readonly class: string }
  | ({
      readonly kind: "setAttribute";
      readonly shapes: readonly ShapeId[];
      readonly attribute: string;
      readonly value: AnswerValue | null;
    } & Merging)
  | ({ readonly kind: "setAnswer"; readonly question: string; readonly value: AnswerValue | null } & Merging)
  | { readonly kind: "reorder"; readonly shapes: readonly ShapeId[]; readonly to: "front" | "back" | "forward" | "backward" }
  | { readonly kind: "hide"; readonly shapes: readonly ShapeId[]; readonly hidden: boolean }
  | { readonly kind: "lock"; readonly shapes: readonly ShapeId[]; readonly locked: boolean }
  | { readonly kind: "select"; readonly shapes: readonly ShapeId[] }
  /** Several as one step. */
  | ({ readonly kind: "batch"; readonly commands: readonly Command[] } & Merging);

export type CommandKind = Command["kind"];

/** What can be done to a session: to its scene, or to its history. */
export type SessionCommand = Command | { readonly kind: "undo" } | { readonly kind: "redo" };

export const gestureOf = (command: Command): string | undefined => ("gesture" in command ? command.gesture : undefined);

import type { ImagePoint, Rect } from "../coordinates";
import { clamp, distance } from "../coordinates";
import type { Geometry, GeometryKind, Grip } from "../geometry/geometry";
import type { ClassRef } from "../ontology/ontology";
import type { Command } from "../scene/commands";
import type { Scene, ShapeId } from "../scene/scene";
import type { SceneIndex } from "../spatial/scene-index";

export type ToolId = "select" | "pan" | "box" | "extreme_box" | "rotated_box" | "polygon" | "polyline" | "keypoints";

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  /** Control, or Command on a Mac. */
  readonly primary: boolean;
}

export const NO_MODIFIERS: Modifiers = { shift: false, alt: false, primary: false };

export interface PointerInput {
  readonly kind: "down" | "move" | "up" | "cancel";
  /** In the picture's pixels; may lie beyond it. */
  readonly at: ImagePoint;
  /** How many clicks follow one another at this place: 2 for a double click. */
  readonly clicks: number;
  readonly modifiers: Modifiers;
}

export interface KeyInput {
  readonly kind: "key";
  /** As KeyboardEvent.key names it. */
  readonly key: string;
  readonly modifiers: Modifiers;
}

export type ToolInput = PointerInput | KeyInput;

/** What tools look at. */
export interface ToolContext {
  readonly scene: Scene;
  readonly index: SceneIndex;
  /** Pixels of the picture to one CSS pixel. */
  readonly pixel: number;
  readonly activeClass: ClassRef | null;
  readonly newId: () => ShapeId;
  /** A name for commands that become one step of undo. */
  readonly newGesture: () => string;
}

/** Something half drawn. */
export interface DraftDrawing {
  /** What it will be, if it ended here. */
  readonly geometry: Geometry | null;
  /** Points put so far, as x, y, x, y ... */
  readonly points: readonly number[];
  /** The line that follows the pointer. */
  readonly line: readonly number[];
  /** Whether a click now closes the ring. */
  readonly closing: boolean;
  /** Of keypoints: the position of the next point. */
  readonly nextPoint?: number;
}

/** What a tool shows while it is at work. */
export interface ToolDisplay {
  /** Commands that would be done, if it ended here; shown as if they were. */
  readonly pending: readonly Command[];
  readonly draft: DraftDrawing | null;
  readonly marquee: Rect | null;
  /** Where the pointer is drawn to. */
  readonly snap: ImagePoint | null;
  readonly focus: { readonly shape: ShapeId; readonly grip: Grip } | null;
  readonly cursor: string;
}

export const NOTHING: ToolDisplay = { pending: [], draft: null, marquee: null, snap: null, focus: null, cursor: "default" };

export interface ToolStep<State> {
  readonly state: State;
  readonly commands?: readonly Command[];
  /** Whether the input meant something to the tool. */
  readonly handled: boolean;
}

/** A state machine: from a state and an input to the next state and the commands to do. Pure. */
export interface Tool<State> {
  readonly id: ToolId;
  /** What it draws, if it draws. */
  readonly draws: GeometryKind | null;
  start(): State;
  step(state: State, input: ToolInput, context: ToolContext): ToolStep<State>;
  show(state: State, context: ToolContext): ToolDisplay;
  /** Whether something is under way that Escape would end. */
  isBusy(state: State): boolean;
}

/** How near the first point a click closes a ring, in CSS pixels. */
export const HANDLE = 8;

/** How far a pointer may move between down and up and still have clicked, in CSS pixels. */
export const CLICK_SLACK = 3;

/** How near a vertex or edge of the picture must be to draw the pointer to it, in CSS pixels. */
export const SNAP_REACH = 10;

export interface Placed {
  readonly at: ImagePoint;
  readonly snapped: boolean;
}

/** A place to put a point: within the picture, and with the primary key held at the nearest vertex or edge of the picture. */
export function place(input: Pick<PointerInput, "at" | "modifiers">, context: ToolContext, except?: ShapeId): Placed {
  const { width, height } = context.scene.image;
  const inside = mayLeave(context) ? input.at : { x: clamp(input.at.x, 0, width), y: clamp(input.at.y, 0, height) };
  if (!input.modifiers.primary) return { at: inside, snapped: false };
  const reach = SNAP_REACH * context.pixel;
  const vertex = context.index.nearestVertex(inside, reach, except);
  if (vertex) return { at: vertex, snapped: true };
  const edge = { x: toEdge(inside.x, width, reach), y: toEdge(inside.y, height, reach) };
  return { at: edge, snapped: edge.x !== inside.x || edge.y !== inside.y };
}

const toEdge = (value: number, length: number, reach: number): number =>
  Math.abs(value) <= reach ? 0 : Math.abs(value - length) <= reach ? length : value;

function mayLeave({ scene, activeClass }: ToolContext): boolean {
  const shapeClass = activeClass && scene.ontology.class(activeClass.question, activeClass.class);
  return shapeClass?.limits?.may_leave_image ?? false;
}

/** The commands that add a drawn shape and select it; none where no class is chosen. */
export function addShape(geometry: Geometry, { activeClass, newId }: ToolContext): Command[] {
  if (!activeClass) return [];
  const id = newId();
  return [
    { kind: "add", shape: { id, question: activeClass.question, class: activeClass.class, geometry } },
    { kind: "select", shapes: [id] },
  ];
}

export const isNear = (a: ImagePoint, b: ImagePoint, context: ToolContext, reach: number): boolean =>
  distance(a, b) <= reach * context.pixel;

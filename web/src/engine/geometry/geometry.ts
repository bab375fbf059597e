import type { Point, Rect, Size } from "../coordinates";
import type { JsonValue } from "../json";
import type { ShapeClass } from "../ontology/ontology";

/** An upright box: left, top, width and height in pixels. */
export interface Box {
  readonly kind: "box";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box turned about its centre by radians, positive clockwise on screen. */
export interface RotatedBox {
  readonly kind: "rotated_box";
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** A closed ring; the last point joins the first. `xy` is x, y, x, y ... */
export interface Polygon {
  readonly kind: "polygon";
  readonly xy: readonly number[];
}

/** An open line. */
export interface Polyline {
  readonly kind: "polyline";
  readonly xy: readonly number[];
}

/** Named points in the class's order, as x, y, visibility; 0, 0, 0 where a point is not labelled. */
export interface Keypoints {
  readonly kind: "keypoints";
  readonly xyv: readonly number[];
}

export type Geometry = Box | RotatedBox | Polygon | Polyline | Keypoints;

export type GeometryKind = Geometry["kind"];

/** COCO's keypoint visibility: not labelled, hidden, visible. */
export type Visibility = 0 | 1 | 2;

/** Sides and corners that a box is resized by, by compass. */
export type Side = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w";

export const SIDES: readonly Side[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

/** Something of a shape that one can take hold of. */
export type Grip =
  | { readonly kind: "side"; readonly side: Side }
  | { readonly kind: "rotate" }
  | { readonly kind: "vertex"; readonly index: number }
  /** The middle of an edge; pulling it inserts a vertex at `index`. */
  | { readonly kind: "edge"; readonly index: number };

export interface Handle {
  readonly grip: Grip;
  readonly at: Point;
}

/** Where shapes may lie. */
export interface Room {
  readonly image: Size;
  readonly mayLeave: boolean;
}

/** What to draw: a closed ring, an open line, or points joined by limbs (then x, y, visibility). */
export type Outline =
  | { readonly path: "ring"; readonly xy: readonly number[] }
  | { readonly path: "line"; readonly xy: readonly number[] }
  | { readonly path: "points"; readonly xyv: readonly number[] };

export interface ResizeOptions {
  /** Keep the ratio of width to height. */
  readonly aspect?: boolean;
}

/** What is wrong with a geometry, as the server would say. */
export interface GeometryFault {
  readonly code:
    | "too_narrow"
    | "too_low"
    | "width_below"
    | "width_above"
    | "height_below"
    | "height_above"
    | "area_below"
    | "area_above"
    | "points_below"
    | "points_above"
    | "no_area"
    | "crosses_itself"
    | "ring_closed_twice"
    | "no_length"
    | "no_point"
    | "outside";
  readonly limit?: number;
  readonly found?: number;
}

/**
 * Everything that the engine does with one kind of geometry. All of it is pure; a null says that the change cannot be made.
 * Results are canonical: pixels rounded to 3 decimals, angles to 6, as the server stores them.
 */
export interface GeometryForm<G extends Geometry = Geometry> {
  readonly kind: G["kind"];
  bounds(geometry: G): Rect;
  outline(geometry: G): Outline;
  handles(geometry: G, rotateArm: number): readonly Handle[];
  /** Points that others may snap to, as x, y, x, y ... */
  vertices(geometry: G): readonly number[];
  /** How far a place is from the shape's line, and whether it lies within. */
  hit(geometry: G, at: Point, limbs: readonly (readonly [number, number])[]): { readonly distance: number; readonly inside: boolean };
  canonical(geometry: G): G;
  /** The geometry brought into its room; null where nothing of it would be left. */
  confine(geometry: G, room: Room): G | null;
  move(geometry: G, dx: number, dy: number, room: Room): G;
  resize(geometry: G, side: Side, to: Point, options: ResizeOptions, room: Room): G | null;
  rotate(geometry: G, by: number, room: Room): G | null;
  moveVertex(geometry: G, index: number, to: Point, room: Room): G | null;
  insertVertex(geometry: G, index: number, at: Point, room: Room): G | null;
  deleteVertex(geometry: G, index: number): G | null;
  read(value: JsonValue, shapeClass: ShapeClass): G | null;
  write(geometry: G): JsonValue;
  check(geometry: G, shapeClass: ShapeClass, image: Size): GeometryFault[];
}

/** The least width, height or length of a shape, in pixels. */
export const MIN_EXTENT = 0.01;

/** The least width and height that pulling a side gives. */
export const MIN_PULLED = 1;

/** How far a shape may reach beyond the picture's edge. */
export const EDGE_TOLERANCE = 0.5;

/** The most points of one polygon or polyline. */
export const MAX_VERTICES = 10_000;

/** Coordinates beyond this are no pixels of any picture. */
export const MAX_COORDINATE = 10_000_000;

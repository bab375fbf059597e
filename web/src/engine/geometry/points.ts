import { boundsOf, clamp, type Point, type Rect, type Size } from "../coordinates";
import type { JsonValue } from "../json";
import { isList, isNumber } from "../json";
import type { ShapeClass } from "../ontology/ontology";
import { EDGE_TOLERANCE, type GeometryFault, MAX_COORDINATE, MIN_PULLED, type Room, type Side } from "./geometry";

/** Pixels as they are stored: 3 decimals, no negative zero. */
export const px = (value: number): number => Math.round(value * 1000) / 1000 + 0;

/** Radians as they are stored: 6 decimals, above -π and at most π. */
export function radians(value: number): number {
  const turns = value - 2 * Math.PI * Math.ceil((value - Math.PI) / (2 * Math.PI));
  return Math.round(turns * 1e6) / 1e6 + 0;
}

export const at = (xy: readonly number[], index: number): Point => ({ x: xy[2 * index] as number, y: xy[2 * index + 1] as number });

export const roomOf = (image: Size, shapeClass: ShapeClass | undefined): Room => ({
  image,
  mayLeave: shapeClass?.limits?.may_leave_image ?? false,
});

/** A point brought into the room; where shapes may leave the picture only within what counts as a coordinate. */
export const confinePoint = (point: Point, room: Room): Point =>
  room.mayLeave
    ? { x: clamp(point.x, -MAX_COORDINATE, MAX_COORDINATE), y: clamp(point.y, -MAX_COORDINATE, MAX_COORDINATE) }
    : { x: clamp(point.x, 0, room.image.width), y: clamp(point.y, 0, room.image.height) };

/** How far bounds may really move: a shape stays inside, or where it may leave, it keeps a pixel in the picture. */
export function confineMove(bounds: Rect, dx: number, dy: number, room: Room): Point {
  const { width, height } = room.image;
  return room.mayLeave
    ? { x: within(dx, 1 - bounds.right, width - 1 - bounds.left), y: within(dy, 1 - bounds.bottom, height - 1 - bounds.top) }
    : { x: within(dx, -bounds.left, width - bounds.right), y: within(dy, -bounds.top, height - bounds.bottom) };
}

/** A shape wider than its room lies where it lies. */
const within = (value: number, least: number, most: number): number => (least > most ? 0 : clamp(value, least, most));

export function shift(xy: readonly number[], dx: number, dy: number): number[] {
  return xy.map((value, i) => px(value + (i % 2 === 0 ? dx : dy)));
}

/** Turns points about a centre. */
export function turn(xy: readonly number[], about: Point, by: number): number[] {
  const sin = Math.sin(by);
  const cos = Math.cos(by);
  const turned: number[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = (xy[i] as number) - about.x;
    const y = (xy[i + 1] as number) - about.y;
    turned.push(px(about.x + x * cos - y * sin), px(about.y + x * sin + y * cos));
  }
  return turned;
}

/** The bounds that come of pulling a side or corner to a place; they turn over where it passes the other side. */
export function pull(bounds: Rect, side: Side, to: Point, aspect: boolean): Rect {
  const west = side.includes("w");
  const north = side.includes("n");
  const horizontal = west || side.includes("e");
  const vertical = north || side.includes("s");
  const fixedX = west ? bounds.right : bounds.left;
  const fixedY = north ? bounds.bottom : bounds.top;
  let dx = to.x - fixedX;
  let dy = to.y - fixedY;
  if (aspect && horizontal && vertical) {
    const width = Math.max(bounds.right - bounds.left, 1e-9);
    const height = Math.max(bounds.bottom - bounds.top, 1e-9);
    const factor = Math.max(Math.abs(dx) / width, Math.abs(dy) / height);
    dx = (dx < 0 ? -1 : 1) * width * factor;
    dy = (dy < 0 ? -1 : 1) * height * factor;
  }
  const [left, right] = horizontal ? span(fixedX, atLeast(dx, west)) : [bounds.left, bounds.right];
  const [top, bottom] = vertical ? span(fixedY, atLeast(dy, north)) : [bounds.top, bounds.bottom];
  return { left, top, right, bottom };
}

const span = (from: number, by: number): [number, number] => (by < 0 ? [from + by, from] : [from, from + by]);

function atLeast(by: number, backwards: boolean): number {
  if (Math.abs(by) >= MIN_PULLED) return by;
  return backwards ? -MIN_PULLED : MIN_PULLED;
}

/** Points carried along as their bounds change. */
export function rescale(xy: readonly number[], from: Rect, to: Rect): number[] {
  const map = (value: number, a: number, b: number, c: number, d: number) => (b - a < 1e-9 ? c : c + ((value - a) * (d - c)) / (b - a));
  return xy.map((value, i) =>
    px(i % 2 === 0 ? map(value, from.left, from.right, to.left, to.right) : map(value, from.top, from.bottom, to.top, to.bottom)),
  );
}

export function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0, 1);
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

export function distanceToLine(p: Point, xy: readonly number[], closed: boolean): number {
  const count = xy.length / 2;
  let least = count === 1 ? Math.hypot(p.x - (xy[0] as number), p.y - (xy[1] as number)) : Infinity;
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    least = Math.min(least, distanceToSegment(p, at(xy, i), at(xy, (i + 1) % count)));
  }
  return least;
}

/** Whether a place lies within a ring, by the even-odd rule. */
export function insideRing(p: Point, xy: readonly number[]): boolean {
  let inside = false;
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
    const yi = xy[i + 1] as number;
    const yj = xy[j + 1] as number;
    if (yi > p.y === yj > p.y) continue;
    const xi = xy[i] as number;
    if (p.x < (((xy[j] as number) - xi) * (p.y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export function areaOf(xy: readonly number[]): number {
  let sum = 0;
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
    sum += (xy[j] as number) * (xy[i + 1] as number) - (xy[i] as number) * (xy[j + 1] as number);
  }
  return Math.abs(sum) / 2;
}

/** Reads a list of tuples of finite numbers into one flat list. */
export function readTuples(value: JsonValue, arity: number, least: number, most: number): number[] | null {
  if (!isList(value) || value.length < least || value.length > most) return null;
  const flat: number[] = [];
  for (const item of value) {
    if (!isList(item) || item.length !== arity) return null;
    for (const number of item) {
      if (!isNumber(number) || Math.abs(number) > MAX_COORDINATE) return null;
      flat.push(number);
    }
  }
  return flat;
}

export function tuples(flat: readonly number[], arity: number): number[][] {
  const list: number[][] = [];
  for (let i = 0; i < flat.length; i += arity) list.push(flat.slice(i, i + arity));
  return list;
}

export interface Measure {
  readonly bounds: Rect;
  readonly width: number;
  readonly height: number;
  readonly area?: number;
  readonly points?: number;
}

export function measureOf(xy: readonly number[]): Measure {
  const bounds = boundsOf(xy);
  return { bounds, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
}

/** What of a class's limits and of the picture's edges a shape breaks. */
export function checkMeasure(measure: Measure, shapeClass: ShapeClass, image: Size): GeometryFault[] {
  const limits = shapeClass.limits ?? {};
  const faults: GeometryFault[] = [];
  const least = (code: GeometryFault["code"], found: number | undefined, limit: number | undefined) => {
    if (found !== undefined && limit !== undefined && found < limit) faults.push({ code, limit, found });
  };
  const most = (code: GeometryFault["code"], found: number | undefined, limit: number | undefined) => {
    if (found !== undefined && limit !== undefined && found > limit) faults.push({ code, limit, found });
  };
  least("width_below", measure.width, limits.min_width);
  most("width_above", measure.width, limits.max_width);
  least("height_below", measure.height, limits.min_height);
  most("height_above", measure.height, limits.max_height);
  least("area_below", measure.area, limits.min_area);
  most("area_above", measure.area, limits.max_area);
  least("points_below", measure.points, limits.min_vertices);
  most("points_above", measure.points, limits.max_vertices);
  if (!isInPlace(measure.bounds, limits.may_leave_image ?? false, image)) faults.push({ code: "outside" });
  return faults;
}

function isInPlace(bounds: Rect, mayLeave: boolean, image: Size): boolean {
  if (mayLeave) return bounds.right > 0 && bounds.bottom > 0 && bounds.left < image.width && bounds.top < image.height;
  return (
    bounds.left >= -EDGE_TOLERANCE &&
    bounds.top >= -EDGE_TOLERANCE &&
    bounds.right <= image.width + EDGE_TOLERANCE &&
    bounds.bottom <= image.height + EDGE_TOLERANCE
  );
}

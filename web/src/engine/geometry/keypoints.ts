import { boundsOf, type Point } from "../coordinates";
import type { GeometryForm, Handle, Keypoints, Room, Visibility } from "./geometry";
import { movePath, resizePath, rotatePath } from "./path";
import { checkMeasure, confinePoint, distanceToSegment, measureOf, px, readTuples, tuples } from "./points";

const isLabelled = (xyv: readonly number[], index: number): boolean => (xyv[3 * index + 2] as number) > 0;

const place = (xyv: readonly number[], index: number): Point => ({ x: xyv[3 * index] as number, y: xyv[3 * index + 1] as number });

/** The labelled points as x, y, x, y ... */
export function labelled(xyv: readonly number[]): number[] {
  const xy: number[] = [];
  for (let i = 0; 3 * i < xyv.length; i++) if (isLabelled(xyv, i)) xy.push(xyv[3 * i] as number, xyv[3 * i + 1] as number);
  return xy;
}

/** The same points with the labelled ones laid elsewhere. */
function replaced(xyv: readonly number[], xy: readonly number[] | null): Keypoints | null {
  if (!xy) return null;
  const next: number[] = [];
  let from = 0;
  for (let i = 0; 3 * i < xyv.length; i++) {
    if (isLabelled(xyv, i)) next.push(xy[from++] as number, xy[from++] as number, xyv[3 * i + 2] as number);
    else next.push(0, 0, 0);
  }
  return { kind: "keypoints", xyv: next };
}

function set(xyv: readonly number[], index: number, point: Point, visibility: Visibility): Keypoints | null {
  if (!Number.isInteger(index) || index < 0 || 3 * index >= xyv.length) return null;
  const next = [...xyv];
  const gone = visibility === 0;
  next.splice(3 * index, 3, gone ? 0 : px(point.x), gone ? 0 : px(point.y), visibility);
  return labelled(next).length === 0 ? null : { kind: "keypoints", xyv: next };
}

/** A point with another visibility; null where the point has no place yet or would be the last to go. */
export function withVisibility(points: Keypoints, index: number, visibility: Visibility): Keypoints | null {
  if (visibility > 0 && !isLabelled(points.xyv, index)) return null;
  return set(points.xyv, index, place(points.xyv, index), visibility);
}

function confined(points: Keypoints, room: Room): Keypoints | null {
  const xy = labelled(points.xyv);
  if (xy.length === 0) return null;
  const kept: number[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const point = confinePoint({ x: xy[i] as number, y: xy[i + 1] as number }, room);
    kept.push(px(point.x), px(point.y));
  }
  return replaced(points.xyv, kept);
}

export const keypointsForm: GeometryForm<Keypoints> = {
  kind: "keypoints",
  bounds: points => boundsOf(labelled(points.xyv)),
  outline: points => ({ path: "points", xyv: points.xyv }),
  handles(points) {
    const handles: Handle[] = [];
    for (let i = 0; 3 * i < points.xyv.length; i++) {
      if (isLabelled(points.xyv, i)) handles.push({ grip: { kind: "vertex", index: i }, at: place(points.xyv, i) });
    }
    return handles;
  },
  vertices: points => labelled(points.xyv),
  hit(points, at, limbs) {
    let least = Infinity;
    const xy = labelled(points.xyv);
    for (let i = 0; i + 1 < xy.length; i += 2) least = Math.min(least, Math.hypot(at.x - (xy[i] as number), at.y - (xy[i + 1] as number)));
    for (const [from, to] of limbs) {
      if (!isLabelled(points.xyv, from) || !isLabelled(points.xyv, to)) continue;
      least = Math.min(least, distanceToSegment(at, place(points.xyv, from), place(points.xyv, to)));
    }
    return { distance: least, inside: false };
  },
  canonical: points => ({
    kind: "keypoints",
    xyv: points.xyv.map((value, i) => ((points.xyv[i - (i % 3) + 2] as number) === 0 ? 0 : i % 3 === 2 ? value : px(value))),
  }),
  confine: confined,
  move: (points, dx, dy, room) => replaced(points.xyv, movePath(labelled(points.xyv), dx, dy, room)) ?? points,
  resize: (points, side, to, options, room) => replaced(points.xyv, resizePath(labelled(points.xyv), side, to, options, room)),
  rotate: (points, by, room) => replaced(points.xyv, rotatePath(labelled(points.xyv), by, room)),
  moveVertex(points, index, to, room) {
    const visibility = ((points.xyv[3 * index + 2] as number) || 2) as Visibility;
    return set(points.xyv, index, confinePoint(to, room), visibility);
  },
  insertVertex: () => null,
  deleteVertex: (points, index) => (isLabelled(points.xyv, index) ? set(points.xyv, index, { x: 0, y: 0 }, 0) : null),
  read(value, shapeClass) {
    const count = shapeClass.keypoints?.names.length ?? 0;
    const xyv = readTuples(value, 3, count, count);
    if (!xyv || count === 0) return null;
    for (let i = 0; i < count; i++) {
      const visibility = xyv[3 * i + 2] as number;
      if (visibility !== 0 && visibility !== 1 && visibility !== 2) return null;
      if (visibility === 0 && (xyv[3 * i] !== 0 || xyv[3 * i + 1] !== 0)) return null;
    }
    return labelled(xyv).length === 0 ? null : { kind: "keypoints", xyv };
  },
  write: points => tuples(points.xyv, 3),
  check(points, shapeClass, image) {
    const xy = labelled(points.xyv);
    return xy.length === 0 ? [{ code: "no_point" }] : checkMeasure({ ...measureOf(xy), points: xy.length / 2 }, shapeClass, image);
  },
};

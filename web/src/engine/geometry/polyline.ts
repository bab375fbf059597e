import { boundsOf } from "../coordinates";
import { type GeometryForm, MAX_VERTICES, MIN_EXTENT, type Polyline } from "./geometry";
import { confinePath, deleteVertex, insertVertex, movePath, moveVertex, pathHandles, resizePath, rotatePath, withoutRepeats } from "./path";
import { checkMeasure, distanceToLine, measureOf, px, readTuples, tuples } from "./points";

const LEAST = 2;

const polyline = (xy: readonly number[] | null): Polyline | null => xy && { kind: "polyline", xy };

export const polylineForm: GeometryForm<Polyline> = {
  kind: "polyline",
  bounds: line => boundsOf(line.xy),
  outline: line => ({ path: "line", xy: line.xy }),
  handles: line => pathHandles(line.xy, false),
  vertices: line => line.xy,
  hit: (line, at) => ({ distance: distanceToLine(at, line.xy, false), inside: false }),
  canonical: line => ({ kind: "polyline", xy: line.xy.map(px) }),
  confine(line, room) {
    const xy = withoutRepeats(confinePath(line.xy, room), false);
    return xy.length >= 2 * LEAST ? { kind: "polyline", xy } : null;
  },
  move: (line, dx, dy, room) => ({ kind: "polyline", xy: movePath(line.xy, dx, dy, room) }),
  resize: (line, side, to, options, room) => polyline(resizePath(line.xy, side, to, options, room)),
  rotate: (line, by, room) => polyline(rotatePath(line.xy, by, room)),
  moveVertex: (line, index, to, room) => polyline(moveVertex(line.xy, index, to, room)),
  insertVertex: (line, index, at, room) => polyline(insertVertex(line.xy, index, at, room, MAX_VERTICES)),
  deleteVertex: (line, index) => polyline(deleteVertex(line.xy, index, LEAST)),
  read: value => polyline(readTuples(value, 2, LEAST, MAX_VERTICES)),
  write: line => tuples(line.xy, 2),
  check(line, shapeClass, image) {
    const measure = { ...measureOf(line.xy), points: line.xy.length / 2 };
    const short = Math.max(measure.width, measure.height) < MIN_EXTENT;
    return [...(short ? [{ code: "no_length" } as const] : []), ...checkMeasure(measure, shapeClass, image)];
  },
};

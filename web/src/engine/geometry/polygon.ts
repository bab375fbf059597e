import { boundsOf } from "../coordinates";
import { type GeometryFault, type GeometryForm, MAX_VERTICES, MIN_EXTENT, type Polygon } from "./geometry";
import { confinePath, deleteVertex, insertVertex, movePath, moveVertex, pathHandles, resizePath, rotatePath, withoutRepeats } from "./path";
import { areaOf, checkMeasure, distanceToLine, insideRing, measureOf, px, readTuples, tuples } from "./points";
import { crossesItself } from "./simple";

const LEAST = 3;

const polygon = (xy: readonly number[] | null): Polygon | null => xy && { kind: "polygon", xy };

export const polygonForm: GeometryForm<Polygon> = {
  kind: "polygon",
  bounds: ring => boundsOf(ring.xy),
  outline: ring => ({ path: "ring", xy: ring.xy }),
  handles: ring => pathHandles(ring.xy, true),
  vertices: ring => ring.xy,
  hit: (ring, at) => ({ distance: distanceToLine(at, ring.xy, true), inside: insideRing(at, ring.xy) }),
  canonical: ring => ({ kind: "polygon", xy: ring.xy.map(px) }),
  confine(ring, room) {
    const xy = withoutRepeats(confinePath(ring.xy, room), true);
    return xy.length >= 2 * LEAST ? { kind: "polygon", xy } : null;
  },
  move: (ring, dx, dy, room) => ({ kind: "polygon", xy: movePath(ring.xy, dx, dy, room) }),
  resize: (ring, side, to, options, room) => polygon(resizePath(ring.xy, side, to, options, room)),
  rotate: (ring, by, room) => polygon(rotatePath(ring.xy, by, room)),
  moveVertex: (ring, index, to, room) => polygon(moveVertex(ring.xy, index, to, room)),
  insertVertex: (ring, index, at, room) => polygon(insertVertex(ring.xy, index, at, room, MAX_VERTICES)),
  deleteVertex: (ring, index) => polygon(deleteVertex(ring.xy, index, LEAST)),
  read: value => polygon(readTuples(value, 2, LEAST, MAX_VERTICES)),
  write: ring => tuples(ring.xy, 2),
  check(ring, shapeClass, image) {
    const { xy } = ring;
    if (xy[0] === xy[xy.length - 2] && xy[1] === xy[xy.length - 1]) return [{ code: "ring_closed_twice" }];
    const faults: GeometryFault[] = [];
    const area = areaOf(xy);
    if (area < MIN_EXTENT * MIN_EXTENT) faults.push({ code: "no_area" });
    else if (crossesItself(xy)) faults.push({ code: "crosses_itself" });
    return [...faults, ...checkMeasure({ ...measureOf(xy), area, points: xy.length / 2 }, shapeClass, image)];
  },
};

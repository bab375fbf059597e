import { boundsOf, type Point, type Rect } from "../coordinates";
import { extentFaults, readNumbers, sidePoint } from "./box";
import { type GeometryForm, type Handle, MIN_EXTENT, type Room, type RotatedBox, SIDES } from "./geometry";
import { checkMeasure, confineMove, confinePoint, distanceToLine, insideRing, pull, px, radians } from "./points";

/** A place of the box's own axes, from its centre, in the picture. */
function outwards(box: RotatedBox, u: number, v: number): Point {
  const sin = Math.sin(box.angle);
  const cos = Math.cos(box.angle);
  return { x: box.cx + u * cos - v * sin, y: box.cy + u * sin + v * cos };
}

/** A place of the picture in the box's own axes, from its centre. */
function inwards(box: RotatedBox, at: Point): Point {
  const sin = Math.sin(box.angle);
  const cos = Math.cos(box.angle);
  const x = at.x - box.cx;
  const y = at.y - box.cy;
  return { x: x * cos + y * sin, y: -x * sin + y * cos };
}

const own = (box: RotatedBox): Rect => ({ left: -box.width / 2, top: -box.height / 2, right: box.width / 2, bottom: box.height / 2 });

/** The four corners, clockwise on screen, beginning with the one that is top left at angle 0. */
export function cornersOf(box: RotatedBox): number[] {
  const { left, top, right, bottom } = own(box);
  return [outwards(box, left, top), outwards(box, right, top), outwards(box, right, bottom), outwards(box, left, bottom)].flatMap(p => [
    p.x,
    p.y,
  ]);
}

/** The box along the edge from `a` to `b` that reaches to `c`. */
export function rotatedBoxOf(a: Point, b: Point, c: Point): RotatedBox | null {
  const width = Math.hypot(b.x - a.x, b.y - a.y);
  if (width < MIN_EXTENT) return null;
  const ux = (b.x - a.x) / width;
  const uy = (b.y - a.y) / width;
  const reach = (c.x - a.x) * -uy + (c.y - a.y) * ux;
  if (Math.abs(reach) < MIN_EXTENT) return null;
  return canonical({
    kind: "rotated_box",
    cx: (a.x + b.x) / 2 - (uy * reach) / 2,
    cy: (a.y + b.y) / 2 + (ux * reach) / 2,
    width,
    height: Math.abs(reach),
    angle: Math.atan2(uy, ux),
  });
}

const canonical = (box: RotatedBox): RotatedBox => ({
  kind: "rotated_box",
  cx: px(box.cx),
  cy: px(box.cy),
  width: px(box.width),
  height: px(box.height),
  angle: radians(box.angle),
});

/** The centre stays in the picture: at an edge its corners have to leave it. */
function centred(box: RotatedBox, room: Room): RotatedBox {
  if (room.mayLeave) {
    const back = confineMove(boundsOf(cornersOf(box)), 0, 0, room);
    return back.x === 0 && back.y === 0 ? box : { ...box, cx: px(box.cx + back.x), cy: px(box.cy + back.y) };
  }
  const to = confinePoint({ x: box.cx, y: box.cy }, room);
  return to.x === box.cx && to.y === box.cy ? box : { ...box, cx: px(to.x), cy: px(to.y) };
}

export const rotatedBoxForm: GeometryForm<RotatedBox> = {
  kind: "rotated_box",
  bounds: box => boundsOf(cornersOf(box)),
  outline: box => ({ path: "ring", xy: cornersOf(box) }),
  handles(box, rotateArm) {
    const sides = SIDES.map((side): Handle => {
      const place = sidePoint(own(box), side);
      return { grip: { kind: "side", side }, at: outwards(box, place.x, place.y) };
    });
    return [...sides, { grip: { kind: "rotate" }, at: outwards(box, 0, -box.height / 2 - rotateArm) }];
  },
  vertices: cornersOf,
  hit(box, at) {
    const ring = cornersOf(box);
    return { distance: distanceToLine(at, ring, true), inside: insideRing(at, ring) };
  },
  canonical,
  confine: (box, room) => (box.width >= MIN_EXTENT && box.height >= MIN_EXTENT ? centred(box, room) : null),
  move(box, dx, dy, room) {
    const middle = { left: box.cx, top: box.cy, right: box.cx, bottom: box.cy };
    const by = confineMove(room.mayLeave ? boundsOf(cornersOf(box)) : middle, dx, dy, room);
    return { ...box, cx: px(box.cx + by.x), cy: px(box.cy + by.y) };
  },
  resize(box, side, to, options, room) {
    const pulled = pull(own(box), side, inwards(box, to), options.aspect ?? false);
    const middle = outwards(box, (pulled.left + pulled.right) / 2, (pulled.top + pulled.bottom) / 2);
    const next = { ...box, cx: middle.x, cy: middle.y, width: pulled.right - pulled.left, height: pulled.bottom - pulled.top };
    return centred(canonical(next), room);
  },
  rotate: (box, by) => canonical({ ...box, angle: box.angle + by }),
  moveVertex: () => null,
  insertVertex: () => null,
  deleteVertex: () => null,
  read(value) {
    const numbers = readNumbers(value, ["cx", "cy", "width", "height", "angle"]);
    return numbers && { kind: "rotated_box", ...numbers };
  },
  write: ({ cx, cy, width, height, angle }) => ({ cx, cy, width, height, angle }),
  check(box, shapeClass, image) {
    const faults = extentFaults(box.width, box.height);
    if (faults.length > 0) return faults;
    const middle = { left: box.cx, top: box.cy, right: box.cx, bottom: box.cy };
    const bounds = shapeClass.limits?.may_leave_image ? boundsOf(cornersOf(box)) : middle;
    return checkMeasure({ bounds, width: box.width, height: box.height, area: box.width * box.height }, shapeClass, image);
  },
};

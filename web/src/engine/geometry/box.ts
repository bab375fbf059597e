import { clamp, type Point, type Rect } from "../coordinates";
import { isNumber, isObject, type JsonValue } from "../json";
import {
  type Box,
  type GeometryFault,
  type GeometryForm,
  type Handle,
  MAX_COORDINATE,
  MIN_EXTENT,
  type Room,
  SIDES,
  type Side,
} from "./geometry";
import { checkMeasure, confineMove, confinePoint, distanceToLine, pull, px } from "./points";

export const boxOf = (rect: Rect): Box => {
  const x = px(rect.left);
  const y = px(rect.top);
  return { kind: "box", x, y, width: px(rect.right - x), height: px(rect.bottom - y) };
};

const bounds = (box: Box): Rect => ({ left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height });

export const ringOf = (rect: Rect): number[] => [
  rect.left,
  rect.top,
  rect.right,
  rect.top,
  rect.right,
  rect.bottom,
  rect.left,
  rect.bottom,
];

/** Where the sides and corners of a rectangle are taken hold of. */
export function sidePoint(rect: Rect, side: Side): Point {
  const x = side.includes("w") ? rect.left : side.includes("e") ? rect.right : (rect.left + rect.right) / 2;
  const y = side.includes("n") ? rect.top : side.includes("s") ? rect.bottom : (rect.top + rect.bottom) / 2;
  return { x, y };
}

/** Numbers of these names and no others, or null. */
export function readNumbers<Name extends string>(value: JsonValue, names: readonly Name[]): Record<Name, number> | null {
  if (!isObject(value) || Object.keys(value).length !== names.length) return null;
  const numbers = {} as Record<Name, number>;
  for (const name of names) {
    const number = value[name];
    if (!isNumber(number) || Math.abs(number) > MAX_COORDINATE) return null;
    numbers[name] = number;
  }
  return numbers;
}

export function extentFaults(width: number, height: number): GeometryFault[] {
  const faults: GeometryFault[] = [];
  if (width < MIN_EXTENT) faults.push({ code: "too_narrow", limit: MIN_EXTENT, found: width });
  if (height < MIN_EXTENT) faults.push({ code: "too_low", limit: MIN_EXTENT, found: height });
  return faults;
}

function resized(box: Box, side: Side, to: Point, aspect: boolean, room: Room): Box {
  let pulled = pull(bounds(box), side, confinePoint(to, room), aspect);
  if (!room.mayLeave && !isWithin(pulled, room)) pulled = shrunk(bounds(box), pulled, side, room, aspect);
  return boxOf(pulled);
}

const isWithin = (rect: Rect, room: Room): boolean =>
  rect.left >= 0 && rect.top >= 0 && rect.right <= room.image.width && rect.bottom <= room.image.height;

/** A box that keeps its ratio may stand out although the pointer does not: it is scaled about its fixed corner until it fits. */
function shrunk(old: Rect, pulled: Rect, side: Side, room: Room, aspect: boolean): Rect {
  const { width, height } = room.image;
  if (!aspect) return clipped(pulled, room);
  const fixedX = side.includes("w") ? old.right : old.left;
  const fixedY = side.includes("n") ? old.bottom : old.top;
  const roomX = pulled.left < fixedX ? fixedX / (fixedX - pulled.left) : (width - fixedX) / Math.max(pulled.right - fixedX, 1e-9);
  const roomY = pulled.top < fixedY ? fixedY / (fixedY - pulled.top) : (height - fixedY) / Math.max(pulled.bottom - fixedY, 1e-9);
  const factor = Math.max(0, Math.min(1, roomX, roomY));
  return clipped(
    {
      left: fixedX + (pulled.left - fixedX) * factor,
      right: fixedX + (pulled.right - fixedX) * factor,
      top: fixedY + (pulled.top - fixedY) * factor,
      bottom: fixedY + (pulled.bottom - fixedY) * factor,
    },
    room,
  );
}

const clipped = (rect: Rect, room: Room): Rect => ({
  left: clamp(rect.left, 0, room.image.width),
  top: clamp(rect.top, 0, room.image.height),
  right: clamp(rect.right, 0, room.image.width),
  bottom: clamp(rect.bottom, 0, room.image.height),
});

export const boxForm: GeometryForm<Box> = {
  kind: "box",
  bounds,
  outline: box => ({ path: "ring", xy: ringOf(bounds(box)) }),
  handles: box => SIDES.map((side): Handle => ({ grip: { kind: "side", side }, at: sidePoint(bounds(box), side) })),
  vertices: box => ringOf(bounds(box)),
  hit(box, at) {
    const rect = bounds(box);
    const inside = at.x >= rect.left && at.x <= rect.right && at.y >= rect.top && at.y <= rect.bottom;
    return { distance: distanceToLine(at, ringOf(rect), true), inside };
  },
  canonical: box => boxOf(bounds(box)),
  confine(box, room) {
    const kept = room.mayLeave ? box : boxOf(clipped(bounds(box), room));
    return kept.width >= MIN_EXTENT && kept.height >= MIN_EXTENT ? kept : null;
  },
  move(box, dx, dy, room) {
    const by = confineMove(bounds(box), dx, dy, room);
    return { ...box, x: px(box.x + by.x), y: px(box.y + by.y) };
  },
  resize(box, side, to, options, room) {
    const next = resized(box, side, to, options.aspect ?? false, room);
    return next.width >= MIN_EXTENT && next.height >= MIN_EXTENT ? next : null;
  },
  rotate: () => null,
  moveVertex: () => null,
  insertVertex: () => null,
  deleteVertex: () => null,
  read(value) {
    const numbers = readNumbers(value, ["x", "y", "width", "height"]);
    return numbers && { kind: "box", ...numbers };
  },
  write: ({ x, y, width, height }) => ({ x, y, width, height }),
  check(box, shapeClass, image) {
    const faults = extentFaults(box.width, box.height);
    if (faults.length > 0) return faults;
    return checkMeasure({ bounds: bounds(box), width: box.width, height: box.height, area: box.width * box.height }, shapeClass, image);
  },
};

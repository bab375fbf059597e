import { boundsOf, centre, type Point, type Rect } from "../coordinates";
import type { Handle, ResizeOptions, Room, Side } from "./geometry";
import { at, confineMove, confinePoint, pull, px, rescale, shift, turn } from "./points";

/** What rings and lines do alike with their points. Each takes and gives x, y, x, y ... */

export function pathHandles(xy: readonly number[], closed: boolean): Handle[] {
  const count = xy.length / 2;
  const handles: Handle[] = [];
  for (let i = 0; i < count; i++) handles.push({ grip: { kind: "vertex", index: i }, at: at(xy, i) });
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const a = at(xy, i);
    const b = at(xy, (i + 1) % count);
    handles.push({ grip: { kind: "edge", index: i + 1 }, at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } });
  }
  return handles;
}

export function movePath(xy: readonly number[], dx: number, dy: number, room: Room): number[] {
  const by = confineMove(boundsOf(xy), dx, dy, room);
  return shift(xy, by.x, by.y);
}

/** Turned about the middle and brought back into the picture; null where it does not fit there. */
export function rotatePath(xy: readonly number[], by: number, room: Room): number[] | null {
  const turned = turn(xy, centre(boundsOf(xy)), by);
  const bounds = boundsOf(turned);
  if (room.mayLeave) return turned;
  if (bounds.right - bounds.left > room.image.width || bounds.bottom - bounds.top > room.image.height) return null;
  const back = confineMove(bounds, 0, 0, room);
  return shift(turned, back.x, back.y);
}

export function resizePath(xy: readonly number[], side: Side, to: Point, options: ResizeOptions, room: Room): number[] | null {
  const from = boundsOf(xy);
  const pulled = pull(from, side, confinePoint(to, room), options.aspect ?? false);
  return room.mayLeave || fits(pulled, room) ? rescale(xy, from, pulled) : null;
}

const fits = (rect: Rect, room: Room): boolean =>
  rect.left >= 0 && rect.top >= 0 && rect.right <= room.image.width && rect.bottom <= room.image.height;

export function confinePath(xy: readonly number[], room: Room): number[] {
  const kept: number[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const point = confinePoint(at(xy, i / 2), room);
    kept.push(px(point.x), px(point.y));
  }
  return kept;
}

export function moveVertex(xy: readonly number[], index: number, to: Point, room: Room): number[] | null {
  if (!Number.isInteger(index) || index < 0 || index >= xy.length / 2) return null;
  const point = confinePoint(to, room);
  const next = [...xy];
  next[2 * index] = px(point.x);
  next[2 * index + 1] = px(point.y);
  return next;
}

export function insertVertex(xy: readonly number[], index: number, place: Point, room: Room, most: number): number[] | null {
  const count = xy.length / 2;
  if (!Number.isInteger(index) || index < 0 || index > count || count >= most) return null;
  const point = confinePoint(place, room);
  return [...xy.slice(0, 2 * index), px(point.x), px(point.y), ...xy.slice(2 * index)];
}

export function deleteVertex(xy: readonly number[], index: number, least: number): number[] | null {
  const count = xy.length / 2;
  if (!Number.isInteger(index) || index < 0 || index >= count || count <= least) return null;
  return [...xy.slice(0, 2 * index), ...xy.slice(2 * index + 2)];
}

/** Points that follow one another in the same place say nothing twice. */
export function withoutRepeats(xy: readonly number[], closed: boolean): number[] {
  const kept: number[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    if (kept.length > 0 && kept[kept.length - 2] === xy[i] && kept[kept.length - 1] === xy[i + 1]) continue;
    kept.push(xy[i] as number, xy[i + 1] as number);
  }
  while (closed && kept.length > 2 && kept[0] === kept[kept.length - 2] && kept[1] === kept[kept.length - 1]) kept.length -= 2;
  return kept;
}

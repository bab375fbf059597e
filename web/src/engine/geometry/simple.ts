/**
 * Whether a ring crosses or touches itself, which the server refuses (OGC Simple Features: a valid polygon's ring is simple).
 * Segments are swept from left to right and only those that overlap in x are compared: quick for what people draw, O(n²) at worst.
 */
export function crossesItself(xy: readonly number[]): boolean {
  const ring = dropRepeats(xy);
  const count = ring.length / 2;
  if (count < 3) return true;
  const order = Array.from({ length: count }, (_, i) => i);
  const left = (i: number) => Math.min(x(ring, i), x(ring, i + 1));
  const right = (i: number) => Math.max(x(ring, i), x(ring, i + 1));
  order.sort((a, b) => left(a) - left(b));
  for (let i = 0; i < count; i++) {
    const first = order[i] as number;
    for (let j = i + 1; j < count && left(order[j] as number) <= right(first); j++) {
      if (meet(ring, first, order[j] as number)) return true;
    }
  }
  return false;
}

/** Repeated points are no fault by themselves. */
function dropRepeats(xy: readonly number[]): number[] {
  const ring: number[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const n = ring.length;
    if (n > 0 && ring[n - 2] === xy[i] && ring[n - 1] === xy[i + 1]) continue;
    ring.push(xy[i] as number, xy[i + 1] as number);
  }
  return ring;
}

const x = (ring: readonly number[], i: number): number => ring[(2 * i) % ring.length] as number;

const y = (ring: readonly number[], i: number): number => ring[(2 * i + 1) % ring.length] as number;

/** Whether two edges share a place that they should not: neighbours may share their common end alone. */
function meet(ring: readonly number[], first: number, second: number): boolean {
  const count = ring.length / 2;
  if ((first + 1) % count === second) return foldsBack(ring, first, second);
  if ((second + 1) % count === first) return foldsBack(ring, second, first);
  return intersect(ring, first, second);
}

/** Of two edges one after the other: whether the second runs back along the first. */
function foldsBack(ring: readonly number[], first: number, second: number): boolean {
  const turned = turn(ring, first, first + 1, second + 1);
  if (turned !== 0) return false;
  const dx = x(ring, first + 1) - x(ring, first);
  const dy = y(ring, first + 1) - y(ring, first);
  return dx * (x(ring, second + 1) - x(ring, second)) + dy * (y(ring, second + 1) - y(ring, second)) < 0;
}

function intersect(ring: readonly number[], i: number, j: number): boolean {
  const a = Math.sign(turn(ring, i, i + 1, j));
  const b = Math.sign(turn(ring, i, i + 1, j + 1));
  const c = Math.sign(turn(ring, j, j + 1, i));
  const d = Math.sign(turn(ring, j, j + 1, i + 1));
  if (a !== b && c !== d) return true;
  return (
    (a === 0 && between(ring, i, i + 1, j)) ||
    (b === 0 && between(ring, i, i + 1, j + 1)) ||
    (c === 0 && between(ring, j, j + 1, i)) ||
    (d === 0 && between(ring, j, j + 1, i + 1))
  );
}

/** Twice the area of the triangle: positive, negative, or 0 where three points lie on a line. */
const turn = (ring: readonly number[], a: number, b: number, c: number): number =>
  (x(ring, b) - x(ring, a)) * (y(ring, c) - y(ring, a)) - (y(ring, b) - y(ring, a)) * (x(ring, c) - x(ring, a));

/** Whether a point known to lie on the line of an edge lies on the edge. */
const between = (ring: readonly number[], a: number, b: number, c: number): boolean =>
  x(ring, c) >= Math.min(x(ring, a), x(ring, b)) &&
  x(ring, c) <= Math.max(x(ring, a), x(ring, b)) &&
  y(ring, c) >= Math.min(y(ring, a), y(ring, b)) &&
  y(ring, c) <= Math.max(y(ring, a), y(ring, b));

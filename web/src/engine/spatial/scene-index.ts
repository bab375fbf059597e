import { contains, type ImagePoint, overlaps, type Point, type Rect } from "../coordinates";
import { distanceToLine, insideRing } from "../geometry/points";
import { formOf } from "../geometry/registry";
import type { Delta } from "../scene/delta";
import { classOf, positionsOf, type Scene, type Shape, type ShapeId, shapeOf } from "../scene/scene";
import { LooseGrid } from "./loose-grid";

/** Finds shapes of one scene by place. Kept up to date with each delta. */
export class SceneIndex {
  readonly #grid = new LooseGrid<ShapeId>();
  #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
    for (const shape of scene.shapes) this.#set(shape);
  }

  /** Follows a scene to the next one. */
  update(scene: Scene, delta: Delta): void {
    this.#scene = scene;
    for (const change of delta.changes) {
      if (change.kind === "insert") this.#set(change.shape);
      else if (change.kind === "remove") this.#grid.delete(change.shape.id);
      else if (change.kind === "replace" && change.after.geometry !== change.before.geometry) this.#set(change.after);
    }
  }

  boundsOf(id: ShapeId): Rect | undefined {
    return this.#grid.boundsOf(id);
  }

  /** Shapes under a place, the topmost first. `tolerance` is in pixels of the picture; hidden and locked shapes are not hit. */
  shapesAt(at: ImagePoint, tolerance: number): Shape[] {
    const around = { left: at.x - tolerance, top: at.y - tolerance, right: at.x + tolerance, bottom: at.y + tolerance };
    return this.#topDown(this.#grid.query(around)).filter(shape => !shape.hidden && !shape.locked && this.#isHit(shape, at, tolerance));
  }

  /** The topmost shape under a place. */
  shapeAt(at: ImagePoint, tolerance: number): Shape | undefined {
    return this.shapesAt(at, tolerance)[0];
  }

  /** Shapes that meet a rectangle, or with `whole` lie within it; from the bottom up. */
  shapesIn(rect: Rect, whole = false): Shape[] {
    const test = whole ? contains : overlaps;
    return this.#topDown(this.#grid.query(rect))
      .filter(shape => !shape.hidden && !shape.locked && test(rect, formOf(shape.geometry).bounds(shape.geometry)))
      .reverse();
  }

  /** The nearest vertex of any shape but one. */
  nearestVertex(at: ImagePoint, reach: number, except?: ShapeId): ImagePoint | null {
    let best: Point | null = null;
    let least = reach;
    const around = { left: at.x - reach, top: at.y - reach, right: at.x + reach, bottom: at.y + reach };
    for (const id of this.#grid.query(around)) {
      const shape = id === except ? undefined : shapeOf(this.#scene, id);
      if (!shape || shape.hidden) continue;
      const xy = formOf(shape.geometry).vertices(shape.geometry);
      for (let i = 0; i + 1 < xy.length; i += 2) {
        const distance = Math.hypot((xy[i] as number) - at.x, (xy[i + 1] as number) - at.y);
        if (distance > least) continue;
        least = distance;
        best = { x: xy[i] as number, y: xy[i + 1] as number };
      }
    }
    return best;
  }

  #set(shape: Shape): void {
    this.#grid.set(shape.id, formOf(shape.geometry).bounds(shape.geometry));
  }

  #isHit(shape: Shape, at: ImagePoint, tolerance: number): boolean {
    const shapeClass = classOf(this.#scene, shape);
    const limbs = shapeClass ? this.#scene.ontology.limbs(shapeClass) : [];
    const { distance, inside } = formOf(shape.geometry).hit(shape.geometry, at, limbs);
    return inside || distance <= tolerance;
  }

  #topDown(ids: readonly ShapeId[]): Shape[] {
    const positions = positionsOf(this.#scene.shapes);
    const places = ids.map(id => positions.get(id)).filter(place => place !== undefined);
    return places.sort((a, b) => b - a).map(place => this.#scene.shapes[place] as Shape);
  }
}

/** Whether a place is on a geometry drawn elsewhere than in the scene, such as one of another person's response. */
export function isOn(outline: ReturnType<ReturnType<typeof formOf>["outline"]>, at: Point, tolerance: number): boolean {
  if (outline.path === "ring") return insideRing(at, outline.xy) || distanceToLine(at, outline.xy, true) <= tolerance;
  if (outline.path === "line") return distanceToLine(at, outline.xy, false) <= tolerance;
  for (let i = 0; i < outline.xyv.length; i += 3) {
    if (outline.xyv[i + 2] && Math.hypot(at.x - (outline.xyv[i] as number), at.y - (outline.xyv[i + 1] as number)) <= tolerance)
      return true;
  }
  return false;
}

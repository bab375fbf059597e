import { describe, expect, it } from "vitest";
import { overlaps, type Rect } from "../coordinates";
import { formOf } from "../geometry/registry";
import { reduce } from "../scene/reduce";
import type { Scene, ShapeId } from "../scene/scene";
import { Random } from "../testing/random";
import { crowdedScene, everythingScene, randomCommand } from "../testing/scenes";
import { LooseGrid } from "./loose-grid";
import { SceneIndex } from "./scene-index";

describe("the loose grid", () => {
  it("finds what a plain loop finds, while rectangles come, move and go", { timeout: 60_000 }, () => {
    const random = new Random(99);
    const grid = new LooseGrid<number>();
    const plain = new Map<number, Rect>();
    const rect = (): Rect => {
      const left = random.between(-300, 2000);
      const top = random.between(-300, 2000);
      const extent = 2 ** random.between(-2, 11);
      return { left, top, right: left + extent * random.next(), bottom: top + extent };
    };
    for (let i = 0; i < 5_000; i++) {
      const key = random.whole(400);
      if (random.chance(0.25)) {
        expect(grid.delete(key)).toBe(plain.delete(key));
      } else {
        const bounds = rect();
        grid.set(key, bounds);
        plain.set(key, bounds);
      }
      if (i % 10 > 0) continue;
      const wanted = rect();
      const expected = [...plain].filter(([, bounds]) => overlaps(bounds, wanted)).map(([k]) => k);
      expect(grid.query(wanted).sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
    }
    expect(grid.size).toBe(plain.size);
  });
});

const hitByLoop = (scene: Scene, x: number, y: number, tolerance: number): ShapeId | undefined =>
  scene.shapes.findLast(shape => {
    if (shape.hidden || shape.locked) return false;
    const shapeClass = scene.ontology.class(shape.question, shape.class);
    const { inside, distance } = formOf(shape.geometry).hit(shape.geometry, { x, y }, shapeClass ? scene.ontology.limbs(shapeClass) : []);
    return inside || distance <= tolerance;
  })?.id;

describe("the scene's index", () => {
  it("hits what a plain loop hits, after every command", { timeout: 60_000 }, () => {
    const random = new Random(8);
    let scene = everythingScene();
    const index = new SceneIndex(scene);
    for (let i = 0; i < 3_000; i++) {
      const next = reduce(scene, randomCommand(random, scene));
      scene = next.scene;
      if (next.delta) index.update(scene, next.delta);
      const [x, y, tolerance] = [random.between(0, 800), random.between(0, 600), random.between(0, 12)];
      expect(index.shapeAt({ x, y }, tolerance)?.id).toBe(hitByLoop(scene, x, y, tolerance));
    }
  });

  it("finds the nearest vertex", () => {
    const random = new Random(9);
    const scene = crowdedScene(random, 300, { width: 2000, height: 1000 });
    const index = new SceneIndex(scene);
    for (let i = 0; i < 300; i++) {
      const at = { x: random.between(0, 2000), y: random.between(0, 1000) };
      let least = Infinity;
      for (const shape of scene.shapes) {
        const xy = formOf(shape.geometry).vertices(shape.geometry);
        for (let k = 0; k < xy.length; k += 2) least = Math.min(least, Math.hypot((xy[k] as number) - at.x, (xy[k + 1] as number) - at.y));
      }
      const found = index.nearestVertex(at, 40);
      if (least > 40) expect(found).toBeNull();
      else expect(found && Math.hypot(found.x - at.x, found.y - at.y)).toBeCloseTo(least, 9);
    }
  });
});

import { describe, expect, it } from "vitest";
import { Random } from "./testing/random";
import { fitView, MAX_SCALE, panBy, resized, reveal, toImage, toScreen, type ViewTransform, visible, zoomAt, zoomTo } from "./view";

const viewport = { width: 1000, height: 700 };
const picture = { width: 4000, height: 2000 };
const whole = fitView(viewport, picture, 1);

describe("the view", () => {
  it("fits the whole picture in the middle", () => {
    const seen = visible(whole);
    expect(seen.left).toBeLessThan(0);
    expect(seen.right).toBeGreaterThan(4000);
    expect((seen.left + seen.right) / 2).toBeCloseTo(2000);
    expect((seen.top + seen.bottom) / 2).toBeCloseTo(1000);
  });

  it("goes to the screen and back", () => {
    const random = new Random(1);
    let view: ViewTransform = whole;
    for (let i = 0; i < 500; i++) {
      view = random.chance(0.5)
        ? zoomAt(view, { x: random.between(0, 1000), y: random.between(0, 700) }, random.between(0.5, 2))
        : panBy(view, random.between(-300, 300), random.between(-300, 300));
      const at = { x: random.between(0, 4000), y: random.between(0, 2000) };
      const back = toImage(view, toScreen(view, at));
      expect(back.x).toBeCloseTo(at.x, 6);
      expect(back.y).toBeCloseTo(at.y, 6);
    }
  });

  it("keeps what lies under the pointer there while zooming", () => {
    const at = { x: 420, y: 333 };
    const before = toImage(whole, at);
    const after = toImage(zoomAt(whole, at, 3), at);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
  });

  it("neither loses the picture nor zooms without end", () => {
    const random = new Random(2);
    let view: ViewTransform = whole;
    for (let i = 0; i < 2000; i++) {
      view = random.chance(0.3)
        ? zoomAt(view, { x: random.between(0, 1000), y: random.between(0, 700) }, random.between(0.2, 5))
        : panBy(view, random.between(-5000, 5000), random.between(-5000, 5000));
      const seen = visible(view);
      expect(view.scale).toBeLessThanOrEqual(MAX_SCALE);
      expect(view.scale).toBeGreaterThanOrEqual(whole.scale / 2 - 1e-9);
      expect(Math.min(seen.right, 4000) - Math.max(seen.left, 0)).toBeGreaterThan(0);
      expect(Math.min(seen.bottom, 2000) - Math.max(seen.top, 0)).toBeGreaterThan(0);
    }
  });

  it("pans by whole device pixels, so that what is drawn stays crisp", () => {
    const view = panBy({ ...zoomAt(whole, { x: 1, y: 1 }, 4), pixelRatio: 1.5 }, -7.3, 2.2);
    const before = zoomAt(whole, { x: 1, y: 1 }, 4);
    const steps = (view.x - before.x) * 1.5;
    expect(steps).toBeCloseTo(Math.round(steps), 9);
  });

  it("shows a part with room around it, and brings a place into sight", () => {
    const part = { left: 100, top: 100, right: 300, bottom: 200 };
    const seen = visible(zoomTo(whole, part));
    expect(seen.left).toBeLessThan(100);
    expect(seen.right).toBeGreaterThan(300);
    const near = zoomTo(whole, part);
    const on = toScreen(reveal(near, { x: 2000, y: 1500 }), { x: 2000, y: 1500 });
    expect(on.x).toBeLessThanOrEqual(1000);
    expect(on.y).toBeLessThanOrEqual(700);
  });

  it("keeps the middle when the window changes its size", () => {
    const near = zoomTo(whole, { left: 1000, top: 800, right: 1400, bottom: 1000 });
    const middle = toImage(near, { x: 500, y: 350 });
    const after = toImage(resized(near, { width: 600, height: 500 }, 1), { x: 300, y: 250 });
    expect(after.x).toBeCloseTo(middle.x, 6);
    expect(after.y).toBeCloseTo(middle.y, 6);
  });
});

import { describe, expect, it } from "vitest";
import { Random } from "../testing/random";
import { ring } from "../testing/scenes";
import { boxForm } from "./box";
import { radians } from "./points";
import { polygonForm } from "./polygon";
import { cornersOf, rotatedBoxForm, rotatedBoxOf } from "./rotated-box";
import { crossesItself } from "./simple";

const room = { image: { width: 100, height: 80 }, mayLeave: false };

describe("a box", () => {
  const box = { kind: "box", x: 10, y: 10, width: 20, height: 10 } as const;

  it("is pulled by its corners and sides, and turns over", () => {
    expect(boxForm.resize(box, "se", { x: 50, y: 40 }, {}, room)).toEqual({ kind: "box", x: 10, y: 10, width: 40, height: 30 });
    expect(boxForm.resize(box, "n", { x: 99, y: 5 }, {}, room)).toEqual({ kind: "box", x: 10, y: 5, width: 20, height: 15 });
    expect(boxForm.resize(box, "e", { x: 4, y: 0 }, {}, room)).toEqual({ kind: "box", x: 4, y: 10, width: 6, height: 10 });
  });

  it("keeps its ratio when asked, also at the picture's edge", () => {
    expect(boxForm.resize(box, "se", { x: 50, y: 11 }, { aspect: true }, room)).toEqual({
      kind: "box",
      x: 10,
      y: 10,
      width: 40,
      height: 20,
    });
    const wide = boxForm.resize({ kind: "box", x: 10, y: 60, width: 20, height: 10 }, "se", { x: 100, y: 61 }, { aspect: true }, room);
    expect(wide).toEqual({ kind: "box", x: 10, y: 60, width: 40, height: 20 });
  });

  it("stops at the picture's edge", () => {
    expect(boxForm.move(box, 500, -500, room)).toEqual({ kind: "box", x: 80, y: 0, width: 20, height: 10 });
  });
});

describe("a rotated box", () => {
  it("is given by an edge and how far it reaches", () => {
    const box = rotatedBoxOf({ x: 10, y: 10 }, { x: 40, y: 10 }, { x: 99, y: 30 });
    expect(box).toEqual({ kind: "rotated_box", cx: 25, cy: 20, width: 30, height: 20, angle: 0 });
  });

  it("holds the opposite corner while one is pulled", () => {
    const random = new Random(5);
    for (let i = 0; i < 200; i++) {
      const box = rotatedBoxForm.canonical({ kind: "rotated_box", cx: 50, cy: 40, width: 30, height: 20, angle: random.between(-3, 3) });
      const corners = cornersOf(box);
      const pulled = rotatedBoxForm.resize(box, "se", { x: random.between(45, 60), y: random.between(35, 50) }, {}, room);
      if (!pulled) throw new Error("It can be pulled.");
      const after = cornersOf(pulled);
      const nearest = Math.min(
        ...[0, 2, 4, 6].map(k =>
          Math.hypot((after[k] as number) - (corners[0] as number), (after[k + 1] as number) - (corners[1] as number)),
        ),
      );
      expect(nearest).toBeLessThan(0.01);
    }
  });

  it("has its angle within half a turn", () => {
    expect(radians(Math.PI * 3)).toBeCloseTo(Math.PI, 5);
    expect(radians(-Math.PI)).toBeCloseTo(Math.PI, 5);
    expect(radians(7)).toBeCloseTo(7 - 2 * Math.PI, 5);
  });
});

describe("a ring", () => {
  it("around its middle does not cross itself", () => {
    const random = new Random(3);
    for (let i = 0; i < 200; i++) expect(crossesItself(ring(random, 0, 0, 50, 3 + random.whole(30)))).toBe(false);
  });

  it.each([
    ["a bow tie", [0, 0, 10, 10, 10, 0, 0, 10]],
    ["a point on another edge", [0, 0, 10, 0, 10, 10, 5, 0, 0, 10]],
    ["a spike", [0, 0, 10, 0, 20, 0, 10, 0, 10, 10]],
    ["two points in one place", [0, 0, 10, 0, 5, 5, 10, 10, 0, 10, 5, 5]],
  ])("that is %s crosses or touches itself", (_, xy) => expect(crossesItself(xy)).toBe(true));

  it.each([
    ["with a straight corner", [0, 0, 5, 0, 10, 0, 10, 10]],
    ["with a point said twice", [0, 0, 10, 0, 10, 0, 10, 10]],
    ["that is concave", [0, 0, 10, 0, 10, 10, 5, 2, 0, 10]],
  ])("%s does not", (_, xy) => expect(crossesItself(xy)).toBe(false));

  it("keeps three points at least", () => {
    expect(polygonForm.deleteVertex({ kind: "polygon", xy: [0, 0, 1, 0, 1, 1] }, 1)).toBeNull();
    expect(polygonForm.deleteVertex({ kind: "polygon", xy: [0, 0, 1, 0, 1, 1, 0, 1] }, 1)).toEqual({
      kind: "polygon",
      xy: [0, 0, 1, 1, 0, 1],
    });
  });
});

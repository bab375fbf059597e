import { expect, test, vi } from "vitest";
import { looksOf, shapesOf } from "./looks";
import { firstPlan } from "./plan";

// What is imported here asks where the pages came from.
vi.hoisted(() => vi.stubGlobal("location", { origin: "http://localhost" }));

const own = new Map([["car", { title: "Car", colour: "#56B4E9" }]]);
const classes = [
  { name: "Auto", objects: 2, marks: {}, target: "car" },
  { name: "tree", objects: 1, marks: {}, target: null },
];
const plan = firstPlan({ format: "coco", place: "" });

test("a class looks like the one that it becomes; others have none of the project's colours", () => {
  const looks = looksOf(classes, plan, own);
  expect(looks.get("Auto")).toEqual({ title: "Auto", colour: "#56B4E9" });
  expect(looks.get("tree")?.colour).not.toBe("#56b4e9");
});

test("what is left out is dashed, and what cannot be drawn is not drawn", () => {
  const mark = { box: { x: 1, y: 2, width: 3, height: 4 } };
  const shapes = [
    { class: "Auto", target: "car", contributor: null, mark },
    {
      class: "tree",
      target: null,
      contributor: null,
      mark: {
        polygons: [
          [
            [0, 0],
            [4, 0],
            [4, 4],
          ],
        ],
      },
    },
    { class: "tree", target: null, contributor: null, mark: { cuboid: {} } },
  ];
  const drawn = shapesOf({ name: "a", width_px: 9, height_px: 9, has_picture: true, shapes }, classes, plan, looksOf(classes, plan, own));
  expect(drawn.map(each => [each.geometry.kind, each.dashed])).toEqual([
    ["box", false],
    ["polygons", true],
  ]);
});

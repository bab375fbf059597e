import { expect, test } from "vitest";
import type { ScalarQuestion } from "../../engine";
import { isChosen, placedOptions, pressed } from "./answers";

const colours = { id: "c", kind: "choice", options: [{ id: "red" }, { id: "green" }] } as ScalarQuestion & { kind: "choice" };
const tree = {
  id: "t",
  kind: "choice",
  taxonomy: true,
  options: [{ id: "animal", children: [{ id: "cat" }, { id: "dog" }] }],
} as ScalarQuestion & { kind: "choice" };

test("pressing an option chooses it, pressing it again takes it back", () => {
  expect(pressed(colours, undefined, ["red"])).toBe("red");
  expect(pressed(colours, "red", ["green"])).toBe("green");
  expect(pressed(colours, "red", ["red"])).toBeNull();
});

test("several options are kept in the ontology's order", () => {
  const several = { ...colours, multiple: true };
  expect(pressed(several, ["green"], ["red"])).toEqual(["red", "green"]);
  expect(pressed(several, ["red", "green"], ["red"])).toEqual(["green"]);
  expect(pressed(several, ["red"], ["red"])).toBeNull();
});

test("an option of a tree is the way to it", () => {
  expect(placedOptions(tree.options).map(each => each.path.join("/"))).toEqual(["animal", "animal/cat", "animal/dog"]);
  expect(pressed(tree, undefined, ["animal", "cat"])).toEqual(["animal", "cat"]);
  expect(isChosen(tree, ["animal", "cat"], ["animal", "cat"])).toBe(true);
  expect(isChosen(tree, ["animal", "cat"], ["animal"])).toBe(false);
  expect(pressed({ ...tree, multiple: true }, [["animal", "dog"]], ["animal", "cat"])).toEqual([
    ["animal", "cat"],
    ["animal", "dog"],
  ]);
});

import { expect, test } from "vitest";
import { indexOntology, type JsonObject, readAnswers } from "../../engine";
import { proposedScene, untouched } from "./proposals";
import { leaseOf } from "./testing";

const ontology = indexOntology({
  questions: [
    {
      id: "objects",
      kind: "shapes",
      classes: [{ id: "car", colour: "#0072b2", geometries: ["box"], attributes: [{ id: "parked", kind: "boolean" }] }],
    },
    { id: "weather", kind: "choice", options: [{ id: "clear" }, { id: "rain" }] },
  ],
});
const car = (id: string, x: number, more: JsonObject = {}): JsonObject => ({
  id,
  class: "car",
  box: { x, y: 4, width: 10.125, height: 8 },
  ...more,
});
const size = { width: 64, height: 48 };
const sceneOf = (answers: JsonObject) => readAnswers(ontology, size, answers).scene;
const proposal: JsonObject = { objects: [car("a", 1), car("b", 20)], weather: "clear" };
const lease = { ...leaseOf("t"), prelabel: { origin: "detector 2", answers: proposal } };

const left = (answers: JsonObject) => {
  const scene = sceneOf(answers);
  const found = untouched("detector 2", proposedScene(lease, scene) ?? scene, scene);
  return found && [found.origin, found.shapes, found.questions.map(each => each.id)];
};

test("what stands as it was proposed is known, whatever else is there", () => {
  expect(left(proposal)).toEqual(["detector 2", ["a", "b"], ["weather"]]);
  expect(left({ objects: [car("c", 40), car("b", 20), car("a", 1)], weather: "rain" })).toEqual(["detector 2", ["a", "b"], []]);
});

test("what was moved, changed or removed is no proposal any more", () => {
  expect(left({ objects: [car("a", 1.5), car("b", 20)], weather: "clear" })).toEqual(["detector 2", ["b"], ["weather"]]);
  expect(left({ objects: [car("a", 1, { attributes: { parked: false } })] })).toBeNull();
  expect(left({})).toBeNull();
});

test("a task without a proposal has none", () => {
  expect(proposedScene(leaseOf("t"), sceneOf({}))).toBeNull();
});

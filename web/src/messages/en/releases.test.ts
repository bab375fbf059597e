import { expect, test } from "vitest";
import { releases } from "./releases";

const classes = new Map([
  ["car", { title: "Car" }],
  ["traffic_light", { title: "Traffic light" }],
]);

test("what an assay does not know names figures as the page does", () => {
  const message =
    "Fewer than 5 errors were seen in: accuracy, mean_iou, choice_accuracy. Whether errors come together could not be measured.";
  expect(releases.caveat({ code: "few_errors", message }, classes)).toBe(
    "Fewer than 5 errors were seen in: accuracy, mean IoU, choices. Whether errors come together could not be measured.",
  );
});

test("what an assay does not know names classes by their titles, and by their ids where these are all there is", () => {
  const message = "Classes with fewer than 30 true shapes may differ: car (3), traffic_light (16), tram (2).";
  expect(releases.caveat({ code: "small_classes", message }, classes)).toBe(
    "Classes with fewer than 30 true shapes may differ: Car (3), Traffic light (16), tram (2).",
  );
});

test("another sentence stands as the release has it", () => {
  const message = "Their own mistakes are not measured: each counts as an error of the release, or hides one.";
  expect(releases.caveat({ code: "auditor_error", message }, classes)).toBe(message);
});

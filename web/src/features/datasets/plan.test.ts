import { expect, test } from "vitest";
import {
  detailsOf,
  firstPlan,
  isOf,
  leftOut,
  likelyAs,
  mapped,
  propose,
  readAs,
  searchFormats,
  stepOf,
  takenAs,
  targetOf,
  withProposals,
} from "./plan";
import type { Dataset, Format, Report } from "./server";

const report: Report = {
  format: "coco",
  place: "",
  as: "responses",
  inputs: 100,
  pictures_missing: 0,
  objects: 273,
  answers: 100,
  classes: [
    { name: "car", objects: 20, marks: { box: 20 }, target: "car" },
    { name: "Pedestrian", objects: 5, marks: { box: 5 }, target: null },
    { name: "sheep", objects: 7, marks: { box: 7 }, target: null },
  ],
  questions: [],
  contributors: [],
  opinions: {},
  agreement: null,
  losses: [],
  faults: 0,
  first_faults: [],
  suspicions: [],
  samples: [],
  tasks_imported: 0,
  tasks_repeated: 0,
  responses_imported: 0,
  responses_repeated: 0,
};
const own = [
  { id: "car", title: "Car" },
  { id: "person", title: "Person" },
  { id: "traffic_light", title: "Traffic light" },
];
const plan = firstPlan({ format: "coco", place: "" });

test("a class keeps the server's match until somebody decides otherwise", () => {
  const [car, pedestrian] = report.classes as [Report["classes"][0], Report["classes"][0], Report["classes"][0]];
  expect(targetOf(plan.classes, car)).toBe("car");
  const without = mapped(plan, "classes", car, null);
  expect(targetOf(without.classes, car)).toBeNull();
  expect(targetOf(mapped(without, "classes", pedestrian, "person").classes, pedestrian)).toBe("person");
  expect(plan.classes).toEqual({});
});

test("a name that is no member of an object's own is none of the mapping", () => {
  expect(targetOf({}, { name: "constructor", target: null })).toBeNull();
});

test("what the server did not match is proposed by other writings of the word", () => {
  expect(propose("CARS", own)).toBe("car");
  expect(propose("vehicle.car", own)).toBe("car");
  expect(propose("TrafficLight", own)).toBe("traffic_light");
  expect(propose("traffic-lights", own)).toBe("traffic_light");
  expect(propose("Pedestrian", own)).toBe("person");
  expect(propose("bus", own)).toBeNull();
  expect(propose("", own)).toBeNull();
  expect(propose("--", own)).toBeNull();
  expect(propose("bus", [{ id: "bus", title: "Bus" }])).toBe("bus");
  expect(propose("buses", [{ id: "bus", title: "Bus" }])).toBe("bus");
});

test("proposals decide nothing that somebody has decided", () => {
  expect(withProposals(plan, report, own).classes).toEqual({ Pedestrian: "person" });
  const decided = { ...plan, classes: { Pedestrian: null } };
  expect(withProposals(decided, report, own)).toBe(decided);
});

test("what is left out is counted as the plan stands", () => {
  expect(leftOut(plan, report)).toEqual({ classes: 2, objects: 12 });
  expect(leftOut(withProposals(plan, report, own), report)).toEqual({ classes: 1, objects: 7 });
});

test("two plans are the same whatever order they were mapped in", () => {
  const one = { ...plan, classes: { a: "x", b: null } };
  const other = { ...plan, classes: { b: null, a: "x" } };
  expect(isOf(one, other)).toBe(true);
  expect(isOf(one, { ...other, as: "gold" })).toBe(false);
  expect(isOf(one, null)).toBe(false);
  expect(isOf(plan, { ...plan, voc_from_zero: false })).toBe(true);
});

test("reading the files as something else begins the mapping anew", () => {
  const planned = { ...plan, as: "gold" as const, classes: { car: null } };
  expect(readAs(planned, { format: "coco", place: "" })).toBe(planned);
  expect(readAs(planned, { format: "cvat", place: "b" })).toEqual({ ...firstPlan({ format: "cvat", place: "b" }), as: "gold" });
});

test("what people said becomes responses, known answers gold, and of predictions the pictures remain", () => {
  const likely = (opinions: Report["opinions"]) => likelyAs({ ...report, opinions });
  expect(likely({ annotation: 5, prediction: 10, gold: 3 })).toBe("responses");
  expect(likely({ gold: 10, prediction: 10 })).toBe("gold");
  expect(likely({ prediction: 10 })).toBe("prelabels");
  expect(likely({})).toBe("tasks");
});

test("proposals come from models where models said anything", () => {
  const plan = firstPlan({ format: "coco", place: "" });
  const taken = takenAs(plan, "prelabels", { ...report, opinions: { prediction: 3, annotation: 2 } });
  expect(taken.prelabels_from).toBe("predictions");
  expect(takenAs(plan, "prelabels", { ...report, opinions: { annotation: 2 } }).prelabels_from).toBe("annotations");
  expect(takenAs(taken, "gold", report)).toEqual({ ...plan, as: "gold" });
  expect(isOf(taken, { ...taken, prelabels_from: "annotations" })).toBe(false);
  expect(isOf(plan, { ...plan, whole: true })).toBe(false);
});

test("a step is where somebody asks to be, as far as it makes sense", () => {
  const dataset: Dataset = {
    id: "d",
    project: "p",
    name: "street",
    created_at: "",
    files: 0,
    bytes: 0,
    found: [],
    job: null,
    plan: null,
    survey: null,
    imported: null,
  };
  expect(stepOf(undefined, false, "import")).toBe("files");
  expect(stepOf(dataset, false, "mapping")).toBe("files");
  expect(stepOf({ ...dataset, files: 3 }, false, "mapping")).toBe("contents");
  expect(stepOf({ ...dataset, files: 3 }, true, "contents")).toBe("files");
  expect(stepOf({ ...dataset, files: 3, survey: report }, false, "mapping")).toBe("mapping");
  const job = { id: "j", kind: "import_dataset" as const, state: "running" as const, progress: 0.5, error: null };
  expect(stepOf({ ...dataset, files: 3, survey: report, job }, false, null)).toBe("import");
});

test("formats are found by their name and by what they carry", () => {
  const formats: Pick<Format, "id" | "name" | "marks" | "carries">[] = [
    { id: "coco", name: "COCO", marks: ["box", "polygon"], carries: ["scores"] },
    { id: "yolo", name: "YOLO (Ultralytics)", marks: ["box", "rotated_box"], carries: [] },
  ];
  expect(searchFormats(formats, "").length).toBe(2);
  expect(searchFormats(formats, "ultra").map(each => each.id)).toEqual(["yolo"]);
  expect(searchFormats(formats, "rotated box").map(each => each.id)).toEqual(["yolo"]);
  expect(searchFormats(formats, "coco scores").map(each => each.id)).toEqual(["coco"]);
});

test("only formats that leave something unsaid ask for it", () => {
  expect(detailsOf("voc").zero).toBe(true);
  expect(detailsOf("yolo-darknet")).toEqual({ zero: false, names: true, size: true });
  expect(detailsOf("coco")).toEqual({ zero: false, names: false, size: false });
});

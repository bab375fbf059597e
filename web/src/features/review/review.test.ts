import { describe, expect, test } from "vitest";
import { type Ontology, readAnswers, type Scene, writeAnswers } from "../../engine";
import { openSession, replay } from "../../engine/scene/session";
import { aboutAt, aboutPoint, beginningAt, wireComment } from "./comments";
import { changesOf } from "./decision";
import { decidedAt, gistOf, pointsOf } from "./points";
import {
  ALL_SEEN,
  CONSENSUS,
  caseOf,
  DECISION,
  isSeen,
  layersOf,
  PEOPLE_COLOURS,
  peopleOf,
  type ReviewLease,
  soloed,
  toggled,
} from "./sides";
import { dropCommand, startCommand, takeCommand } from "./take";

const ontology: Ontology = {
  questions: [
    {
      id: "objects",
      kind: "shapes",
      classes: [
        {
          id: "car",
          title: "Car",
          colour: "#d55e00",
          geometries: ["box"],
          attributes: [
            { id: "parked", kind: "boolean", title: "Parked" },
            { id: "doors", kind: "number", title: "Doors", when: { attribute: "parked", equals: true } },
          ],
        },
        { id: "van", title: "Van", colour: "#0072b2", geometries: ["box", "polygon"] },
        { id: "lane", title: "Lane", colour: "#009e73", geometries: ["polyline"] },
      ],
    },
    {
      id: "weather",
      kind: "choice",
      title: "Weather",
      options: [
        { id: "dry", title: "Dry" },
        { id: "wet", title: "Wet" },
      ],
    },
  ],
};

const box = (id: string, kind: string, x: number, more: object = {}) => ({
  id,
  class: kind,
  box: { x, y: 10, width: 20, height: 10 },
  ...more,
});

const parked = (value: boolean, more: object = {}) => ({ attributes: { parked: value, ...more } });

/** Two people. c1: a car, parked or not. c2: A says car, B van. r1: only B. c3 lies elsewhere for B. */
const answers = {
  A: { objects: [box("a1", "car", 0, parked(true, { doors: 4 })), box("a2", "car", 40), box("a3", "van", 80)], weather: "dry" },
  B: {
    objects: [box("b1", "car", 0, parked(false)), box("b2", "van", 40), box("b3", "van", 88), box("b4", "car", 120)],
    weather: "wet",
  },
  consensus: { objects: [box("c1", "car", 0, parked(true, { doors: 4 })), box("c2", "car", 40), box("c3", "van", 82)], weather: "dry" },
};

const detail = (shape: string, a: string | null, b: string | null) => ({
  question: "objects",
  shape,
  confidence: 0.8,
  existence: 0.9,
  classes: {},
  attributes: {},
  looked: 2,
  support: [...(a ? [{ response: "ra", shape: a }] : []), ...(b ? [{ response: "rb", shape: b }] : [])],
});

const difference = (kind: string, shape: string | null, confidence: number, more: object = {}) => ({
  question: kind === "answer" ? "weather" : "objects",
  kind,
  shape,
  attribute: null,
  similarity: null,
  confidence,
  for: ["ra"],
  against: ["rb"],
  ...more,
});

const lease = {
  token: "t",
  project: "p",
  task: "k",
  inputs: [{ kind: "image", url: "", width: 200, height: 100, media_type: "image/png" }],
  responses: [
    { response: "ra", letter: "A", answers: answers.A, is_correction: false, contributor: null },
    { response: "rb", letter: "B", answers: answers.B, is_correction: true, contributor: null },
  ],
  consensus: {
    digest: "d",
    answers: answers.consensus,
    confidence: 0.5,
    agreement: 0.5,
    differences: [
      difference("answer", null, 0.95),
      difference("attribute", "c1", 0.55, { attribute: "parked" }),
      difference("class", "c2", 0.6),
      difference("geometry", "c3", 0.7, { similarity: 0.4 }),
      difference("geometry", "c2", 0.99, { similarity: 0.7 }),
      difference("existence", "r1", 0.58, { for: ["rb"], against: ["ra"] }),
    ],
    detail: {
      all_right: 0.5,
      expected_missed: 0,
      questions: {},
      objects: [detail("c1", "a1", "b1"), detail("c2", "a2", "b2"), detail("c3", "a3", "b3")],
      rejected: [detail("r1", null, "b4")],
      rejected_answers: { objects: [box("r1", "car", 121)] },
    },
  },
} as unknown as ReviewLease;

const of = caseOf(lease, ontology);
const points = pointsOf(of);
const scene = (): Scene => readAnswers(of.ontology, of.size, answers.consensus).scene;
const at = (kind: string, object: string | null = null) => {
  const found = points.find(point => point.kind === kind && (object === null || point.object === object));
  if (!found) throw new Error(`No ${kind} of ${object}.`);
  return found;
};
const taken = (kind: string, object: string | null, side: string, from = scene()): Scene => {
  const command = takeCommand(of, from, at(kind, object), side);
  return command ? replay(openSession(from), [command]).scene : from;
};
const written = (from: Scene) =>
  writeAnswers(from) as { objects: { id: string; class: string; box: { x: number }; attributes?: object }[]; weather: string };

describe("points", () => {
  test("the least sure object comes first, with all that is said of it, and what it is before where it lies", () => {
    expect(points.map(point => `${point.kind} ${point.object ?? ""}`)).toEqual([
      "attribute c1",
      "existence r1",
      "class c2",
      "geometry c2",
      "geometry c3",
      "answer ",
    ]);
  });

  test("choices gather who says the same, the consensus first", () => {
    expect(at("class", "c2").choices.map(({ text, sides }) => [text, sides])).toEqual([
      ["Car", [CONSENSUS, "ra"]],
      ["Van", ["rb"]],
    ]);
    expect(at("existence", "r1").choices.map(({ text, sides }) => [text, sides])).toEqual([
      ["Is not there", [CONSENSUS, "ra"]],
      ["Is there", ["rb"]],
    ]);
    expect(at("attribute", "c1").choices.map(({ text, sides }) => [text, sides])).toEqual([
      ["Yes", [CONSENSUS, "ra"]],
      ["No", ["rb"]],
    ]);
    expect(at("answer").choices.map(({ text, sides }) => [text, sides])).toEqual([
      ["Dry", [CONSENSUS, "ra"]],
      ["Wet", ["rb"]],
    ]);
    expect(at("geometry", "c3").choices).toHaveLength(3);
  });

  test("what lies in the picture is looked at where everybody has it; a question has no place", () => {
    expect(at("geometry", "c3").bounds).toEqual({ left: 80, top: 10, right: 108, bottom: 20 });
    expect(at("existence", "r1").bounds).toEqual({ left: 120, top: 10, right: 141, bottom: 20 });
    expect(at("answer").bounds).toBeNull();
  });

  test("the decision says at first what the consensus says", () => {
    for (const point of points) {
      const said = decidedAt(scene(), point);
      expect(said && gistOf(said)).toBe(point.choices[0]?.gist);
    }
  });

  test("without a consensus there is nothing to step through", () => {
    expect(pointsOf(caseOf({ ...lease, consensus: null }, ontology))).toEqual([]);
  });
});

describe("taking", () => {
  test("a class brings its attributes, and the object keeps its id", () => {
    const after = written(taken("class", "c2", "rb"));
    expect(after.objects.map(({ id, class: kind }) => [id, kind])).toEqual([
      ["c1", "car"],
      ["c2", "van"],
      ["c3", "van"],
    ]);
  });

  test("an attribute is taken alone, and what hangs on it goes", () => {
    expect(written(taken("attribute", "c1", "rb")).objects[0]?.attributes).toEqual({ parked: false });
  });

  test("an outline is taken alone", () => {
    expect(written(taken("geometry", "c3", "rb")).objects[2]?.box.x).toBe(88);
  });

  test("an object comes in under the consensus' id, and goes again", () => {
    const added = taken("existence", "r1", "rb");
    expect(written(added).objects[3]).toMatchObject({ id: "r1", class: "car", box: { x: 120 } });
    expect(written(taken("existence", "r1", CONSENSUS, added))).toEqual(written(scene()));
    expect(written(taken("existence", "r1", "ra", added))).toEqual(written(scene()));
  });

  test("an answer is taken", () => {
    expect(written(taken("answer", null, "rb")).weather).toBe("wet");
  });

  test("whatever is taken of whomever, the decision then says it, and the consensus' word brings back what was", () => {
    for (const point of points) {
      for (const side of of.sides) {
        const choice = point.choices.find(each => each.sides.includes(side.id));
        if (!choice) continue;
        const command = takeCommand(of, scene(), point, side.id);
        const after = command ? replay(openSession(scene()), [command]).scene : scene();
        const said = decidedAt(after, point);
        expect(said && gistOf(said)).toBe(choice.gist);
        const back = takeCommand(of, after, point, CONSENSUS);
        expect(changesOf(of, back ? replay(openSession(after), [back]).scene : after)).toBe(0);
      }
    }
  });

  test("each is one step of undo", () => {
    const command = takeCommand(of, scene(), at("class", "c2"), "rb");
    expect(replay(openSession(scene()), command ? [command, { kind: "undo" }] : []).scene.shapes).toEqual(scene().shapes);
  });

  test("an object is taken out", () => {
    const command = dropCommand(scene(), at("geometry", "c3"));
    expect(command).toEqual({ kind: "delete", shapes: ["c3"] });
    expect(dropCommand(scene(), at("existence", "r1"))).toBeNull();
  });

  test("without a consensus one begins with somebody's answers", () => {
    const bare = caseOf({ ...lease, consensus: null }, ontology);
    const empty = readAnswers(bare.ontology, bare.size, undefined).scene;
    const command = startCommand(bare, "ra");
    expect(written(replay(openSession(empty), command ? [command] : []).scene)).toEqual(answers.A);
  });
});

describe("changes", () => {
  test("none at first, and one for each object and question", () => {
    expect(changesOf(of, scene())).toBe(0);
    const changed = taken("answer", null, "rb", taken("existence", "r1", "rb", taken("class", "c2", "rb")));
    expect(changesOf(of, changed)).toBe(3);
  });
});

describe("comments", () => {
  const b = of.sides.find(side => side.id === "rb");

  test("sending back begins with whoever says otherwise, at their shape", () => {
    expect(beginningAt(of, at("class", "c2"))).toEqual({ side: "rb", about: { kind: "shape", question: "objects", shape: "b2" } });
    expect(beginningAt(of, at("answer"))).toEqual({ side: "rb", about: { kind: "question", question: "weather" } });
    expect(beginningAt(of, null)).toEqual({ side: null, about: { kind: "all" } });
  });

  test("who did not mark an object is told its place", () => {
    expect(aboutPoint(of, at("existence", "r1"), "ra")).toEqual({ kind: "place", x: 130.5, y: 15 });
  });

  test("a click pins the smallest shape there, or the place", () => {
    expect(aboutAt(b, { x: 50, y: 15 })).toEqual({ kind: "shape", question: "objects", shape: "b2" });
    expect(aboutAt(b, { x: 50.04, y: 95 })).toEqual({ kind: "place", x: 50, y: 95 });
  });

  test("on the wire a comment says what it points at", () => {
    expect(wireComment({ text: " Look. ", about: { kind: "shape", question: "objects", shape: "b2" } })).toEqual({
      text: "Look.",
      question: "objects",
      shape: "b2",
    });
    expect(wireComment({ text: "Look.", about: { kind: "place", x: 1, y: 2 } })).toEqual({ text: "Look.", at: { x: 1, y: 2 } });
  });
});

describe("sides", () => {
  test("people are letters, unless the server tells their names", () => {
    expect(peopleOf(of).map(side => [side.letter, side.name])).toEqual([
      ["A", null],
      ["B", null],
    ]);
  });

  test("the consensus lies under the decision unseen at first; one alone and back; switching while alone ends it", () => {
    expect(layersOf(of, ALL_SEEN).map(layer => layer.visible)).toEqual([false, true, true]);
    const alone = soloed(ALL_SEEN, "rb");
    expect(layersOf(of, alone).map(layer => layer.visible)).toEqual([false, false, true]);
    expect(isSeen(alone, DECISION)).toBe(false);
    expect(soloed(alone, "rb")).toEqual(ALL_SEEN);
    expect(isSeen(toggled(ALL_SEEN, "ra"), "ra")).toBe(false);
    expect(isSeen(toggled(alone, DECISION), DECISION)).toBe(true);
  });

  test("colours of people are told apart by everybody", () => {
    const seenBy = { everybody: null, protan: PROTAN, deutan: DEUTAN, tritan: TRITAN };
    for (const matrix of Object.values(seenBy)) {
      const labs = PEOPLE_COLOURS.slice(0, 5).map(colour => lab(matrix ? through(matrix, linear(colour)) : linear(colour)));
      for (const [i, one] of labs.entries()) for (const other of labs.slice(0, i)) expect(distance(one, other)).toBeGreaterThan(12);
    }
    // A letter is read on each of them.
    for (const colour of PEOPLE_COLOURS) {
      const [r, g, blue] = linear(colour);
      const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * blue;
      expect((luminance + 0.05) / (0.0088 + 0.05)).toBeGreaterThan(4.5);
    }
  });
});

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

// G. M. Machado et al., IEEE Transactions on Visualization and Computer Graphics 15(6), 2009: severity 1, upon linear RGB.
const PROTAN: Matrix = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
];
const DEUTAN: Matrix = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];
const TRITAN: Matrix = [
  [1.255528, -0.076749, -0.178779],
  [-0.078411, 0.930809, 0.147602],
  [0.004733, 0.691367, 0.3039],
];

function linear(colour: string): Triple {
  const part = (from: number) => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const through = (matrix: Matrix, [r, g, b]: Triple): Triple =>
  matrix.map(row => Math.max(0, row[0] * r + row[1] * g + row[2] * b)) as unknown as Triple;

function lab([r, g, b]: Triple): Triple {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

import type { Size } from "../coordinates";
import { boxOf } from "../geometry/box";
import type { Geometry, GeometryKind, Visibility } from "../geometry/geometry";
import { SIDES } from "../geometry/geometry";
import { type AnswerValue, indexOntology, type Ontology, type ScalarQuestion, type ShapeClass } from "../ontology/ontology";
import type { Command, SessionCommand } from "../scene/commands";
import { emptyScene, type Scene, type Shape, type ShapeId, shapeId } from "../scene/scene";
import type { Random } from "./random";

/** An ontology with every kind of geometry and question, and conditions of every kind. */
export const everything: Ontology = {
  questions: [
    { kind: "choice", id: "weather", required: true, options: [{ id: "clear" }, { id: "rain" }, { id: "snow" }] },
    { kind: "boolean", id: "wet", when: { question: "weather", in: ["rain", "snow"] } },
    {
      kind: "shapes",
      id: "objects",
      required: true,
      max_count: 500,
      classes: [
        {
          id: "car",
          colour: "#e69f00",
          hotkey: "1",
          geometries: ["box", "rotated_box", "polygon"],
          limits: { min_width: 2 },
          attributes: [
            { kind: "boolean", id: "occluded" },
            {
              kind: "choice",
              id: "by",
              required: true,
              options: [{ id: "car" }, { id: "tree" }],
              when: { attribute: "occluded", equals: true },
            },
            {
              kind: "number",
              id: "share",
              min: 0,
              max: 1,
              when: { all: [{ attribute: "by", answered: true }, { not: { attribute: "by", equals: "tree" } }] },
            },
            { kind: "boolean", id: "wipers", when: { question: "wet", equals: true } },
          ],
        },
        {
          id: "person",
          colour: "#56b4e9",
          hotkey: "2",
          geometries: ["keypoints", "polygon", "box"],
          keypoints: {
            names: ["head", "left", "right", "feet"],
            skeleton: [
              ["head", "left"],
              ["head", "right"],
              ["left", "feet"],
            ],
          },
          attributes: [
            { kind: "text", id: "note", max_length: 20 },
            { kind: "rating", id: "age", min: 1, max: 5 },
            { kind: "boolean", id: "occluded" },
          ],
        },
        { id: "lane", colour: "#009e73", geometries: ["polyline", "polygon"], limits: { may_leave_image: true } },
      ],
    },
    {
      kind: "shapes",
      id: "signs",
      when: { question: "objects", contains: "lane" },
      classes: [
        {
          id: "sign",
          colour: "#d55e00",
          geometries: ["box", "polygon"],
          attributes: [
            {
              kind: "choice",
              id: "code",
              taxonomy: true,
              options: [{ id: "warning", children: [{ id: "a1" }, { id: "a2" }] }, { id: "stop" }],
            },
            { kind: "choice", id: "marks", multiple: true, options: [{ id: "dirt" }, { id: "bent" }, { id: "snow" }] },
            { kind: "boolean", id: "lit", when: { attribute: "code", contains: "warning" } },
          ],
        },
      ],
    },
    {
      kind: "choice",
      id: "surface",
      multiple: true,
      options: [{ id: "wet" }, { id: "dry" }, { id: "ice" }],
      when: {
        any: [
          { question: "signs", contains: "sign" },
          { question: "wet", answered: true },
        ],
      },
    },
    { kind: "rating", id: "quality", min: 1, max: 5 },
    { kind: "text", id: "note", multiline: true },
    { kind: "number", id: "speed", min: 0, step: 0.5 },
  ],
};

export const everythingIndex = indexOntology(everything);

export const everythingScene = (image: Size = { width: 800, height: 600 }): Scene => emptyScene(everythingIndex, image);

/** A ring around a centre that does not cross itself. */
export function ring(random: Random, cx: number, cy: number, radius: number, count: number): number[] {
  const xy: number[] = [];
  for (let i = 0; i < count; i++) {
    const angle = (i / count) * 2 * Math.PI;
    const reach = radius * random.between(0.75, 1.25);
    xy.push(cx + reach * Math.cos(angle), cy + reach * Math.sin(angle));
  }
  return xy;
}

export function randomGeometry(random: Random, kind: GeometryKind, image: Size, shapeClass?: ShapeClass): Geometry {
  const x = random.between(-20, image.width + 20);
  const y = random.between(-20, image.height + 20);
  switch (kind) {
    case "box":
      return boxOf({ left: x, top: y, right: x + random.between(1, 200), bottom: y + random.between(1, 200) });
    case "rotated_box":
      return { kind, cx: x, cy: y, width: random.between(1, 200), height: random.between(1, 100), angle: random.between(-9, 9) };
    case "polygon":
      return { kind, xy: ring(random, x, y, random.between(2, 80), 3 + random.whole(18)) };
    case "polyline":
      return { kind, xy: ring(random, x, y, random.between(2, 80), 2 + random.whole(10)) };
    case "keypoints": {
      const xyv = (shapeClass?.keypoints?.names ?? []).flatMap((_, i) => {
        const visibility = i === 0 ? 2 : random.whole(3);
        return visibility === 0 ? [0, 0, 0] : [x + random.between(-50, 50), y + random.between(-50, 50), visibility];
      });
      return { kind, xyv };
    }
  }
}

export function randomValue(random: Random, question: ScalarQuestion): AnswerValue {
  switch (question.kind) {
    case "boolean":
      return random.chance(0.5);
    case "rating":
      return question.min + random.whole(question.max - question.min + 1);
    case "number":
      return random.whole(20) / 20;
    case "text":
      return random.pick(["two words", "é 👍", "x"]);
    case "choice": {
      const one = random.pick(question.options);
      if (question.taxonomy) return one.children && random.chance(0.7) ? [one.id, random.pick(one.children).id] : [one.id];
      return question.multiple
        ? question.options
            .filter(() => random.chance(0.5))
            .map(option => option.id)
            .reverse()
        : one.id;
    }
  }
}

let serial = 0;

const newId = (random: Random): ShapeId => shapeId(`s${serial++}-${random.whole(1e6)}`);

function someShapes(random: Random, scene: Scene): ShapeId[] {
  if (scene.shapes.length === 0 || random.chance(0.02)) return [shapeId("nobody")];
  return Array.from({ length: 1 + random.whole(3) }, () => random.pick(scene.shapes).id);
}

/** Any command at all, most of them sensible, some not. */
export function randomCommand(random: Random, scene: Scene): Command {
  const ids = someShapes(random, scene);
  const shape = ids[0] as ShapeId;
  const known: Shape | undefined = scene.shapes.find(candidate => candidate.id === shape);
  const to = { x: random.between(-50, scene.image.width + 50), y: random.between(-50, scene.image.height + 50) };
  const index = random.whole(8);
  const shapeClass = known && scene.ontology.class(known.question, known.class);
  const attribute = shapeClass?.attributes?.length ? random.pick(shapeClass.attributes) : undefined;
  const question = random.pick(scene.ontology.ontology.questions);
  const gesture = random.chance(0.3) ? { gesture: `g${random.whole(3)}` } : {};
  switch (random.whole(scene.shapes.length > 60 ? 23 : 30)) {
    case 0:
      return { kind: "delete", shapes: ids };
    case 1:
      return { kind: "duplicate", shapes: ids, ids: ids.map(() => newId(random)), dx: 10, dy: 10 };
    case 2:
    case 3:
      return { kind: "move", shapes: ids, dx: random.between(-99, 99), dy: random.between(-99, 99), ...gesture };
    case 4:
    case 5:
      return { kind: "resize", shape, side: random.pick(SIDES), to, aspect: random.chance(0.3), ...gesture };
    case 6:
      return { kind: "rotate", shapes: ids, by: random.between(-3, 3), ...gesture };
    case 7:
    case 8:
      return { kind: "moveVertex", shape, index, to, ...gesture };
    case 9:
      return { kind: "insertVertex", shape, index, at: to };
    case 10:
      return { kind: "deleteVertex", shape, index };
    case 11:
      return {
        kind: "setVisibility",
        shape: scene.shapes.find(one => one.geometry.kind === "keypoints")?.id ?? shape,
        index: random.whole(5),
        visibility: random.whole(3) as Visibility,
      };
    case 12:
      return {
        kind: "setGeometry",
        shape,
        geometry: randomGeometry(random, random.pick(["box", "polygon", "polyline", "rotated_box"] as const), scene.image),
      };
    case 13:
      return { kind: "setClass", shapes: ids, class: random.pick(["car", "person", "lane", "sign", "nothing"]) };
    case 14:
    case 15:
      return {
        kind: "setAttribute",
        shapes: ids,
        attribute: attribute?.id ?? "nothing",
        value: attribute && random.chance(0.8) ? randomValue(random, attribute) : random.chance(0.2) ? "nonsense" : null,
        ...gesture,
      };
    case 16:
    case 17:
      return {
        kind: "setAnswer",
        question: question.id,
        value: question.kind !== "shapes" && random.chance(0.8) ? randomValue(random, question) : null,
        ...gesture,
      };
    case 18:
      return { kind: "reorder", shapes: ids, to: random.pick(["front", "back", "forward", "backward"]) };
    case 19:
      return { kind: "hide", shapes: ids, hidden: random.chance(0.4) };
    case 20:
      return { kind: "lock", shapes: ids, locked: random.chance(0.2) };
    case 21:
      return { kind: "select", shapes: ids };
    case 22:
      return { kind: "batch", commands: [randomCommand(random, scene), randomCommand(random, scene)], ...gesture };
    default: {
      const shapes = random.pick(scene.ontology.shapes);
      const of = random.pick(shapes.classes);
      const geometry = randomGeometry(random, random.pick(of.geometries), scene.image, of);
      return { kind: "add", shape: { id: newId(random), question: shapes.id, class: of.id, geometry } };
    }
  }
}

export function randomSessionCommand(random: Random, scene: Scene): SessionCommand {
  if (random.chance(0.1)) return { kind: random.chance(0.6) ? "undo" : "redo" };
  return randomCommand(random, scene);
}

/** Many polygons of 20 points over a picture, as the measurements use them. */
export function crowdedScene(random: Random, count: number, image: Size): Scene {
  const classes = Array.from({ length: 8 }, (_, i) => ({
    id: `c${i}`,
    colour: ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#880077"][i] as string,
    geometries: ["polygon", "box"] as const,
  }));
  const ontology = indexOntology({ questions: [{ kind: "shapes", id: "objects", classes }] });
  const shapes = Array.from({ length: count }, (_, i): Shape => {
    const radius = (image.width / 4000) * random.between(15, 75);
    const at = [
      random.between(radius * 1.3, image.width - radius * 1.3),
      random.between(radius * 1.3, image.height - radius * 1.3),
    ] as const;
    const xy = ring(random, at[0], at[1], radius, 20).map(value => Math.round(value * 1000) / 1000);
    return {
      id: shapeId(`s${i}`),
      question: "objects",
      class: `c${i % 8}`,
      geometry: { kind: "polygon", xy },
      attributes: {},
      hidden: false,
      locked: false,
    };
  });
  return { ...emptyScene(ontology, image), shapes };
}

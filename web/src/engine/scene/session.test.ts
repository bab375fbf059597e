import { describe, expect, it } from "vitest";
import { formOf } from "../geometry/registry";
import { Random } from "../testing/random";
import { everythingScene, randomCommand, randomGeometry, randomSessionCommand } from "../testing/scenes";
import type { Command, SessionCommand } from "./commands";
import { apply, invert } from "./delta";
import { reduce } from "./reduce";
import type { Scene } from "./scene";
import { shapeId } from "./scene";
import { advance, openSession, replay, type Session } from "./session";

/** Thousands of commands take their time on a busy machine. */
const LONG = { timeout: 120_000 };

const content = ({ shapes, answers, selection }: Scene) => ({ shapes, answers, selection });

describe("undo and redo", () => {
  it("are exact inverses of each of 10,000 random commands", LONG, () => {
    const random = new Random(918273);
    let scene = everythingScene();
    const done = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      const command = randomCommand(random, scene);
      const { scene: next, delta } = reduce(scene, command);
      if (!delta) {
        expect(next).toBe(scene);
        continue;
      }
      done.set(command.kind, (done.get(command.kind) ?? 0) + 1);
      const back = apply(next, invert(delta));
      expect(content(back)).toEqual(content(scene));
      expect(content(apply(back, delta))).toEqual(content(next));
      scene = next;
    }
    for (const kind of [
      "add",
      "delete",
      "duplicate",
      "move",
      "resize",
      "rotate",
      "moveVertex",
      "insertVertex",
      "deleteVertex",
      "setVisibility",
      "setGeometry",
      "setClass",
      "setAttribute",
      "setAnswer",
      "reorder",
      "hide",
      "lock",
      "select",
      "batch",
    ]) {
      expect(done.get(kind) ?? 0, kind).toBeGreaterThan(20);
    }
  });

  it.each(["box", "rotated_box", "polygon", "polyline", "keypoints"] as const)(
    "lead back to the beginning and forth to the end for %s",
    kind => {
      const random = new Random(kind.length * 7919);
      const empty = everythingScene();
      const of = kind === "polyline" ? "lane" : kind === "keypoints" ? "person" : "car";
      const shapeClass = empty.ontology.class("objects", of);
      const geometry = () => randomGeometry(random, kind, { width: 500, height: 400 }, shapeClass);
      const ids = Array.from({ length: 10 }, (_, i) => shapeId(`a${i}`));
      let session = openSession(
        ids.reduce(
          (scene, id) => reduce(scene, { kind: "add", shape: { id, question: "objects", class: of, geometry: geometry() } }).scene,
          empty,
        ),
      );
      const start = session;
      const path: Session[] = [session];
      for (let i = 0; i < 2_000; i++) {
        const command = randomCommand(random, session.scene);
        if (command.kind === "add") continue;
        const next = advance(session, command).session;
        if (next.past.length > session.past.length) path.push(next);
        else if (next.past !== session.past) path[path.length - 1] = next;
        session = next;
      }
      const end = session;
      for (let i = path.length - 1; i >= 0; i--) {
        expect(session.scene.shapes).toEqual(path[i]?.scene.shapes);
        expect(session.scene.answers).toEqual(path[i]?.scene.answers);
        session = advance(session, { kind: "undo" }).session;
      }
      expect(session.past).toEqual([]);
      expect(session.scene.shapes).toEqual(start.scene.shapes);
      while (session.future.length > 0) session = advance(session, { kind: "redo" }).session;
      expect(session.scene.shapes).toEqual(end.scene.shapes);
      expect(session.scene.answers).toEqual(end.scene.answers);
    },
  );

  it("come again by replaying a journal of JSON", LONG, () => {
    const random = new Random(4711);
    let session = openSession(everythingScene());
    const journal: SessionCommand[] = [];
    for (let i = 0; i < 3_000; i++) {
      const command = randomSessionCommand(random, session.scene);
      journal.push(command);
      session = advance(session, command).session;
    }
    const again = replay(openSession(everythingScene()), JSON.parse(JSON.stringify(journal)) as SessionCommand[]);
    expect(content(again.scene)).toEqual(content(session.scene));
    expect(again.past.length).toBe(session.past.length);
    expect(again.future.length).toBe(session.future.length);
  });
});

describe("a gesture", () => {
  const box = {
    kind: "add",
    shape: { id: shapeId("a"), question: "objects", class: "car", geometry: { kind: "box", x: 10, y: 10, width: 50, height: 40 } },
  } as const satisfies Command;
  const nudge = (gesture: string): Command => ({ kind: "move", shapes: [shapeId("a")], dx: 1, dy: 0, gesture });

  it("is one step of undo", () => {
    const session = replay(openSession(everythingScene()), [box, nudge("g"), nudge("g"), nudge("g"), nudge("h")]);
    expect(session.past.length).toBe(3);
    const once = advance(session, { kind: "undo" }).session;
    expect(once.scene.shapes[0]?.geometry).toMatchObject({ x: 13 });
    expect(advance(once, { kind: "undo" }).session.scene.shapes[0]?.geometry).toMatchObject({ x: 10 });
  });

  it("keeps only its beginning and its end", () => {
    const session = replay(openSession(everythingScene()), [box, ...Array.from({ length: 100 }, () => nudge("g"))]);
    expect(session.past[1]?.delta.changes.length).toBe(1);
  });

  it("does not reach back over something undone", () => {
    const session = replay(openSession(everythingScene()), [box, nudge("g"), nudge("h"), { kind: "undo" }, nudge("g")]);
    expect(session.past.length).toBe(3);
  });
});

describe("what is selected", () => {
  it("comes back when a deletion is undone", () => {
    const a = shapeId("a");
    const commands: SessionCommand[] = [
      { kind: "add", shape: { id: a, question: "objects", class: "car", geometry: { kind: "box", x: 1, y: 1, width: 9, height: 9 } } },
      { kind: "select", shapes: [a] },
      { kind: "delete", shapes: [a] },
    ];
    const session = replay(openSession(everythingScene()), commands);
    expect(session.scene.selection).toEqual([]);
    expect(advance(session, { kind: "undo" }).session.scene.selection).toEqual([a]);
  });

  it("neither is a step nor ends what can be done again", () => {
    const a = shapeId("a");
    const session = replay(openSession(everythingScene()), [
      { kind: "add", shape: { id: a, question: "objects", class: "car", geometry: { kind: "box", x: 1, y: 1, width: 9, height: 9 } } },
      { kind: "move", shapes: [a], dx: 5, dy: 0 },
      { kind: "undo" },
      { kind: "select", shapes: [a] },
    ]);
    expect(session.future.length).toBe(1);
    expect(advance(session, { kind: "redo" }).session.scene.shapes[0]?.geometry).toMatchObject({ x: 6 });
  });
});

describe("shapes", () => {
  it("stay where they may lie and as the server stores them, whatever is done", LONG, () => {
    const random = new Random(77);
    let scene = everythingScene();
    for (let i = 0; i < 5_000; i++) {
      scene = reduce(scene, randomCommand(random, scene)).scene;
      const last = scene.shapes[scene.shapes.length - 1];
      if (last) expect(formOf(last.geometry).canonical(last.geometry)).toEqual(last.geometry);
      for (const shape of i % 50 === 0 ? scene.shapes : []) {
        const shapeClass = scene.ontology.class(shape.question, shape.class);
        if (!shapeClass) throw new Error("A shape without a class.");
        expect(
          formOf(shape.geometry)
            .check(shape.geometry, shapeClass, scene.image)
            .filter(fault => fault.code === "outside" && !shapeClass.limits?.may_leave_image),
        ).toEqual([]);
      }
    }
  });

  it("are left alone while they are locked", () => {
    const a = shapeId("a");
    let scene = reduce(everythingScene(), {
      kind: "add",
      shape: { id: a, question: "objects", class: "car", geometry: { kind: "box", x: 1, y: 1, width: 9, height: 9 } },
    }).scene;
    scene = reduce(scene, { kind: "lock", shapes: [a], locked: true }).scene;
    const commands: Command[] = [
      { kind: "delete", shapes: [a] },
      { kind: "move", shapes: [a], dx: 1, dy: 1 },
      { kind: "setClass", shapes: [a], class: "person" },
      { kind: "setAttribute", shapes: [a], attribute: "occluded", value: true },
    ];
    for (const command of commands) expect(reduce(scene, command).delta).toBeNull();
  });
});

describe("answers whose condition no longer holds", () => {
  const a = shapeId("a");
  const car: SessionCommand = {
    kind: "add",
    shape: { id: a, question: "objects", class: "car", geometry: { kind: "box", x: 1, y: 1, width: 9, height: 9 } },
  };
  const set = (attribute: string, value: string | number | boolean | null): SessionCommand => ({
    kind: "setAttribute",
    shapes: [a],
    attribute,
    value,
  });

  it("are dropped, one after the other, and come back with undo", () => {
    const session = replay(openSession(everythingScene()), [
      car,
      set("occluded", true),
      set("by", "car"),
      set("share", 0.5),
      set("occluded", false),
    ]);
    expect(session.scene.shapes[0]?.attributes).toEqual({ occluded: false });
    expect(advance(session, { kind: "undo" }).session.scene.shapes[0]?.attributes).toEqual({ occluded: true, by: "car", share: 0.5 });
  });

  it("are dropped from every shape when a question's answer changes", () => {
    const session = replay(openSession(everythingScene()), [
      { kind: "setAnswer", question: "weather", value: "rain" },
      { kind: "setAnswer", question: "wet", value: true },
      car,
      set("wipers", true),
      { kind: "setAnswer", question: "weather", value: "clear" },
    ]);
    expect(session.scene.answers).toEqual({ weather: "clear" });
    expect(session.scene.shapes[0]?.attributes).toEqual({});
    const back = advance(session, { kind: "undo" }).session.scene;
    expect(back.answers).toEqual({ weather: "rain", wet: true });
    expect(back.shapes[0]?.attributes).toEqual({ wipers: true });
  });

  it("take shapes with them where their whole question is not asked", () => {
    const lane = shapeId("lane");
    const sign = shapeId("sign");
    const session = replay(openSession(everythingScene()), [
      { kind: "add", shape: { id: lane, question: "objects", class: "lane", geometry: { kind: "polyline", xy: [1, 1, 50, 50] } } },
      { kind: "add", shape: { id: sign, question: "signs", class: "sign", geometry: { kind: "box", x: 1, y: 1, width: 9, height: 9 } } },
      { kind: "setAnswer", question: "surface", value: ["ice", "wet"] },
      { kind: "delete", shapes: [lane] },
    ]);
    expect(session.scene.shapes).toEqual([]);
    expect(session.scene.answers).toEqual({});
    const back = advance(session, { kind: "undo" }).session.scene;
    expect(back.shapes.map(shape => shape.id)).toEqual([lane, sign]);
    expect(back.answers).toEqual({ surface: ["wet", "ice"] });
  });

  it("cannot be given", () => {
    const session = replay(openSession(everythingScene()), [car, set("by", "car"), { kind: "setAnswer", question: "wet", value: true }]);
    expect(session.scene.shapes[0]?.attributes).toEqual({});
    expect(session.scene.answers).toEqual({});
  });
});

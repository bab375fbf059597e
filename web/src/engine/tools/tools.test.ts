import { describe, expect, it } from "vitest";
import type { ClassRef } from "../ontology/ontology";
import type { Command } from "../scene/commands";
import { reduce } from "../scene/reduce";
import { type Scene, type ShapeId, shapeId } from "../scene/scene";
import { SceneIndex } from "../spatial/scene-index";
import { everythingScene } from "../testing/scenes";
import { type Crosshair, clicked, moved } from "./crosshair";
import { type RunningTool, startTool } from "./registry";
import { type Modifiers, NO_MODIFIERS, type ToolContext, type ToolId } from "./tool";

const CAR: ClassRef = { question: "objects", class: "car" };
const PERSON: ClassRef = { question: "objects", class: "person" };
const LANE: ClassRef = { question: "objects", class: "lane" };

/** A hand with a tool: what a person does at the canvas, without one. A CSS pixel is half a pixel of the picture. */
class Hand {
  scene: Scene = everythingScene();
  index = new SceneIndex(this.scene);
  done: Command[] = [];
  tool: RunningTool;
  modifiers: Modifiers = NO_MODIFIERS;
  readonly #active: ClassRef;
  #names = 0;

  constructor(tool: ToolId, active: ClassRef = CAR) {
    this.tool = startTool(tool);
    this.#active = active;
  }

  get context(): ToolContext {
    return {
      scene: this.scene,
      index: this.index,
      pixel: 0.5,
      activeClass: this.#active,
      newId: () => shapeId(`n${++this.#names}`),
      newGesture: () => `g${++this.#names}`,
    };
  }

  do(command: Command): void {
    const { scene, delta } = reduce(this.scene, command);
    this.scene = scene;
    this.done.push(command);
    if (delta) this.index.update(scene, delta);
  }

  input(kind: "down" | "move" | "up", x: number, y: number, clicks = 1): this {
    const { commands } = this.tool.step({ kind, at: { x, y }, clicks, modifiers: this.modifiers }, this.context);
    for (const command of commands ?? []) this.do(command);
    return this;
  }

  click(x: number, y: number, clicks = 1): this {
    return this.input("move", x, y).input("down", x, y, clicks).input("up", x, y, clicks);
  }

  drag(...path: readonly (readonly [number, number])[]): this {
    for (const [i, [x, y]] of path.entries()) this.input(i === 0 ? "down" : "move", x, y);
    const [x, y] = path[path.length - 1] ?? [0, 0];
    return this.input("up", x, y);
  }

  key(key: string, modifiers: Partial<Modifiers> = {}): boolean {
    const { commands, handled } = this.tool.step({ kind: "key", key, modifiers: { ...NO_MODIFIERS, ...modifiers } }, this.context);
    for (const command of commands ?? []) this.do(command);
    return handled;
  }

  press(key: string): this {
    this.key(key);
    return this;
  }

  holding(modifiers: Partial<Modifiers>, act: () => void): this {
    this.modifiers = { ...NO_MODIFIERS, ...modifiers };
    act();
    this.modifiers = NO_MODIFIERS;
    return this;
  }

  get shapes() {
    return this.scene.shapes.map(shape => shape.geometry);
  }
}

describe("the box", () => {
  it("is drawn by dragging, and is selected", () => {
    const hand = new Hand("box").drag([10, 20], [50, 30], [110, 70]);
    expect(hand.shapes).toEqual([{ kind: "box", x: 10, y: 20, width: 100, height: 50 }]);
    expect(hand.scene.selection).toEqual([hand.scene.shapes[0]?.id]);
  });

  it("is drawn by two clicks as well, in any direction", () => {
    expect(new Hand("box").click(110, 70).click(10, 20).shapes).toEqual([{ kind: "box", x: 10, y: 20, width: 100, height: 50 }]);
  });

  it("ends at the picture's edge", () => {
    expect(new Hand("box").drag([700, 500], [900, 900]).shapes).toEqual([{ kind: "box", x: 700, y: 500, width: 100, height: 100 }]);
  });

  it("is given up with Escape", () => {
    const hand = new Hand("box").click(10, 10);
    expect(hand.tool.isBusy).toBe(true);
    expect(hand.key("Escape")).toBe(true);
    expect(hand.tool.isBusy).toBe(false);
    expect(hand.key("Escape")).toBe(false);
    expect(hand.shapes).toEqual([]);
  });

  it("comes of its four extreme points in any order", () => {
    const hand = new Hand("extreme_box").click(50, 10).click(10, 40).click(90, 35);
    hand.key("Backspace");
    hand.click(100, 35).click(55, 80);
    expect(hand.shapes).toEqual([{ kind: "box", x: 10, y: 10, width: 90, height: 70 }]);
  });
});

describe("the rotated box", () => {
  it("is drawn by an edge and the opposite side, by clicks or by dragging the edge", () => {
    const expected = [{ kind: "rotated_box", cx: 55, cy: 30, width: 90, height: 40, angle: 0 }];
    expect(new Hand("rotated_box").click(10, 10).click(100, 10).click(70, 50).shapes).toEqual(expected);
    expect(new Hand("rotated_box").drag([10, 10], [60, 10], [100, 10]).click(70, 50).shapes).toEqual(expected);
  });
});

describe("the polygon", () => {
  const square = [10, 10, 110, 10, 110, 110, 10, 110];
  const begun = () => new Hand("polygon").click(10, 10).click(110, 10).click(110, 110).click(10, 110);

  it.each([
    ["a click on its first point", (hand: Hand) => hand.click(12, 11)],
    ["Enter", (hand: Hand) => hand.press("Enter")],
    ["a double click", (hand: Hand) => hand.click(10, 110, 2)],
  ])("is closed by %s", (_, close) => expect(close(begun()).shapes).toEqual([{ kind: "polygon", xy: square }]));

  it("loses its last point with Backspace, and all with Escape", () => {
    const hand = begun();
    hand.key("Backspace");
    hand.click(20, 100).key("Enter");
    expect(hand.shapes).toEqual([{ kind: "polygon", xy: [10, 10, 110, 10, 110, 110, 20, 100] }]);
    const other = begun();
    other.key("Escape");
    expect(other.tool.isBusy).toBe(false);
    expect(other.shapes).toEqual([]);
  });

  it("is not closed with two points", () => {
    const hand = new Hand("polygon").click(10, 10).click(50, 50);
    hand.key("Enter");
    expect(hand.shapes).toEqual([]);
    expect(hand.tool.isBusy).toBe(true);
  });

  it("snaps to vertices and to the picture's edge while the primary key is held", () => {
    const hand = begun();
    hand.key("Enter");
    hand.tool = startTool("polygon");
    hand.holding({ primary: true }, () => hand.click(112, 12).click(798, 300).click(113, 108)).key("Enter");
    expect(hand.shapes[1]).toEqual({ kind: "polygon", xy: [110, 10, 800, 300, 110, 110] });
  });

  it("follows the pointer while shift is held", () => {
    const hand = new Hand("polygon").click(10, 10);
    hand.holding({ shift: true }, () => {
      for (let x = 10; x <= 40; x++) hand.input("move", x, 10 + (x - 10) / 2);
    });
    hand.click(10, 60).key("Enter");
    const polygon = hand.shapes[0];
    expect(polygon?.kind === "polygon" && polygon.xy.length / 2).toBeGreaterThan(8);
  });
});

describe("the polyline", () => {
  it("ends with a double click and may leave the picture where its class may", () => {
    const hand = new Hand("polyline", LANE).click(10, 10).click(50, 60).click(900, 500).click(900, 500, 2);
    expect(hand.shapes).toEqual([{ kind: "polyline", xy: [10, 10, 50, 60, 900, 500] }]);
  });
});

describe("keypoints", () => {
  it("are put one after the other, hidden with shift, passed over with a full stop", () => {
    const hand = new Hand("keypoints", PERSON).click(10, 10);
    hand.holding({ shift: true }, () => hand.click(20, 20));
    hand.key(".");
    expect(hand.tool.show(hand.context).draft?.nextPoint).toBe(3);
    hand.click(40, 40);
    expect(hand.shapes).toEqual([{ kind: "keypoints", xyv: [10, 10, 2, 20, 20, 1, 0, 0, 0, 40, 40, 2] }]);
  });

  it("end early with Enter, and go back with Backspace", () => {
    const hand = new Hand("keypoints", PERSON).click(10, 10).click(20, 20);
    hand.key("Backspace");
    hand.key("Enter");
    expect(hand.shapes).toEqual([{ kind: "keypoints", xyv: [10, 10, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0] }]);
  });
});

describe("selecting", () => {
  const [a, b] = [shapeId("a"), shapeId("b")] as [ShapeId, ShapeId];
  const withBoxes = () => {
    const hand = new Hand("select");
    hand.do({ kind: "add", shape: { id: a, ...CAR, geometry: { kind: "box", x: 100, y: 100, width: 100, height: 100 } } });
    hand.do({ kind: "add", shape: { id: b, ...CAR, geometry: { kind: "box", x: 150, y: 150, width: 100, height: 100 } } });
    hand.done = [];
    return hand;
  };
  const boxOf = (hand: Hand, id: ShapeId) => hand.scene.shapes.find(shape => shape.id === id)?.geometry;

  it("takes the topmost, at the moment of pressing", () => {
    const hand = withBoxes().input("down", 180, 180);
    expect(hand.scene.selection).toEqual([b]);
  });

  it("takes the one beneath with alt, around and around", () => {
    const hand = withBoxes().click(180, 180);
    hand.holding({ alt: true }, () => hand.click(180, 180));
    expect(hand.scene.selection).toEqual([a]);
    hand.holding({ alt: true }, () => hand.click(180, 180));
    expect(hand.scene.selection).toEqual([b]);
  });

  it("adds and takes away with shift", () => {
    const hand = withBoxes().click(120, 120);
    hand.holding({ shift: true }, () => hand.click(220, 220));
    expect(hand.scene.selection).toEqual([a, b]);
    hand.holding({ shift: true }, () => hand.click(120, 120));
    expect(hand.scene.selection).toEqual([b]);
    expect(hand.click(700, 500).scene.selection).toEqual([]);
  });

  it("takes what lies within a marquee, or drawn to the left what it touches", () => {
    expect(withBoxes().drag([90, 90], [160, 160], [210, 210]).scene.selection).toEqual([a]);
    expect(withBoxes().drag([210, 90], [205, 95], [190, 120]).scene.selection).toEqual([a]);
  });

  it("moves by dragging, as one command at the end", () => {
    const hand = withBoxes().drag([120, 120], [130, 125], [160, 140]);
    expect(hand.done).toEqual([
      { kind: "select", shapes: [a] },
      { kind: "move", shapes: [a], dx: 40, dy: 20 },
    ]);
    expect(boxOf(hand, a)).toMatchObject({ x: 140, y: 120 });
  });

  it("shows what would come before it is done", () => {
    const hand = withBoxes().input("down", 120, 120).input("move", 150, 120);
    expect(hand.tool.show(hand.context).pending).toEqual([{ kind: "move", shapes: [a], dx: 30, dy: 0 }]);
    hand.key("Escape");
    hand.input("up", 150, 120);
    expect(boxOf(hand, a)).toMatchObject({ x: 100 });
  });

  it("does not move by a trembling click", () => {
    expect(withBoxes().drag([120, 120], [121, 120]).done).toEqual([{ kind: "select", shapes: [a] }]);
  });

  it("resizes by a corner, with shift in its ratio", () => {
    const hand = withBoxes().click(120, 120);
    hand.drag([200, 200], [230, 230], [260, 240]);
    expect(boxOf(hand, a)).toEqual({ kind: "box", x: 100, y: 100, width: 160, height: 140 });
    const other = withBoxes().click(120, 120);
    other.holding({ shift: true }, () => other.drag([200, 200], [230, 220], [300, 210]));
    expect(boxOf(other, a)).toEqual({ kind: "box", x: 100, y: 100, width: 200, height: 200 });
  });

  it("nudges with arrow keys as one step, and pulls with alt", () => {
    const hand = withBoxes().click(120, 120);
    hand.key("ArrowRight");
    hand.key("ArrowRight", { shift: true });
    hand.key("ArrowDown");
    const gestures = hand.done.filter(command => command.kind === "move").map(command => command.gesture);
    expect(new Set(gestures).size).toBe(1);
    expect(boxOf(hand, a)).toMatchObject({ x: 111, y: 101 });
    hand.key("ArrowRight", { alt: true });
    expect(boxOf(hand, a)).toMatchObject({ x: 111, width: 101 });
  });

  it("bends a polygon: by a vertex, by the middle of an edge, by alt and a click", () => {
    const hand = new Hand("select");
    const p = shapeId("p");
    hand.do({ kind: "add", shape: { id: p, ...CAR, geometry: { kind: "polygon", xy: [100, 100, 200, 100, 200, 200, 100, 200] } } });
    hand.click(150, 150).drag([200, 100], [220, 90], [240, 80]);
    expect(boxOf(hand, p)).toEqual({ kind: "polygon", xy: [100, 100, 240, 80, 200, 200, 100, 200] });
    hand.drag([150, 200], [150, 220], [150, 240]);
    expect(boxOf(hand, p)).toEqual({ kind: "polygon", xy: [100, 100, 240, 80, 200, 200, 150, 240, 100, 200] });
    hand.holding({ alt: true }, () => hand.click(150, 240));
    expect(boxOf(hand, p)).toEqual({ kind: "polygon", xy: [100, 100, 240, 80, 200, 200, 100, 200] });
  });

  it("bends a polygon by keys alone", () => {
    const hand = new Hand("select");
    const p = shapeId("p");
    hand.do({ kind: "add", shape: { id: p, ...CAR, geometry: { kind: "polygon", xy: [100, 100, 200, 100, 200, 200] } } });
    hand.do({ kind: "select", shapes: [p] });
    hand.key(".");
    hand.key("ArrowLeft", { shift: true });
    expect(boxOf(hand, p)).toEqual({ kind: "polygon", xy: [90, 100, 200, 100, 200, 200] });
    hand.key("Insert");
    hand.key("ArrowUp", { shift: true });
    expect(boxOf(hand, p)).toEqual({ kind: "polygon", xy: [90, 100, 145, 90, 200, 100, 200, 200] });
    hand.key("Delete");
    expect(boxOf(hand, p)).toEqual({ kind: "polygon", xy: [90, 100, 200, 100, 200, 200] });
  });

  it("turns a rotated box by its arm, with shift in steps", () => {
    const hand = new Hand("select");
    const r = shapeId("r");
    hand.do({
      kind: "add",
      shape: { id: r, ...CAR, geometry: { kind: "rotated_box", cx: 200, cy: 200, width: 100, height: 60, angle: 0 } },
    });
    hand.do({ kind: "select", shapes: [r] });
    hand.holding({ shift: true }, () => hand.drag([200, 158], [220, 160], [243, 199]));
    expect(boxOf(hand, r)).toMatchObject({ angle: 1.570796 });
  });

  it("deletes what is selected", () => {
    const hand = withBoxes().click(120, 120);
    hand.key("Delete");
    expect(hand.scene.shapes.map(shape => shape.id)).toEqual([b]);
  });

  it("passes over what is locked or hidden", () => {
    const hand = withBoxes();
    hand.do({ kind: "lock", shapes: [b], locked: true });
    expect(hand.click(180, 180).scene.selection).toEqual([a]);
    hand.do({ kind: "hide", shapes: [a], hidden: true });
    expect(hand.click(180, 180).scene.selection).toEqual([]);
  });
});

describe("drawing by keys alone", () => {
  const image = { width: 800, height: 600 };
  const press = (hand: Hand, crosshair: Crosshair, ...keys: readonly string[]): Crosshair =>
    keys.reduce((at, key) => {
      if (key === "Enter") {
        const next = clicked(at);
        hand.input("down", next.at.x, next.at.y, next.clicks).input("up", next.at.x, next.at.y, next.clicks);
        return next;
      }
      const next = moved(at, key, { ...NO_MODIFIERS, alt: true }, 1, image);
      if (!next) throw new Error(`${key} does not move it.`);
      hand.input("move", next.at.x, next.at.y);
      return next;
    }, crosshair);

  it("puts a box by two corners", () => {
    const hand = new Hand("box");
    press(hand, { at: { x: 100, y: 100 }, clicks: 0 }, "Enter", "ArrowRight", "ArrowDown", "ArrowDown", "Enter");
    expect(hand.shapes).toEqual([{ kind: "box", x: 100, y: 100, width: 50, height: 100 }]);
  });

  it("puts a polygon point by point, and ends it with Enter twice", () => {
    const hand = new Hand("polygon");
    press(hand, { at: { x: 100, y: 100 }, clicks: 0 }, "Enter", "ArrowRight", "Enter", "ArrowDown", "Enter", "ArrowLeft", "Enter", "Enter");
    expect(hand.shapes).toEqual([{ kind: "polygon", xy: [100, 100, 150, 100, 150, 150, 100, 150] }]);
  });
});
